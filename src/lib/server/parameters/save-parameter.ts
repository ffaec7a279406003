import { and, desc, eq, isNull } from 'drizzle-orm';
import { lengthOfPeriod } from '#lib/contract/periods.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { parameters, parameterValues } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { peopleProblems } from '../people/problems.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { parameterProblems } from './problems.ts';

export interface SaveParameter {
	readonly id: string;
	readonly name: LocalText;
	readonly unit: string;
}

/** Registers a parameter, or changes its name and unit. Rules read it as `param.<id>`. */
export async function saveParameter(
	ctx: Context,
	actor: Actor,
	input: SaveParameter
): Promise<void> {
	admitActor(ctx, actor, 'metric.edit');
	const { id } = input;
	if (!/^[a-z][a-z0-9_]{0,59}$/.test(id)) {
		throw refuse(parameterProblems, 'parameter_id_refused', { details: { id } });
	}
	const zh = input.name['zh-CN'].trim();
	const en = input.name.en.trim();
	if (zh === '' && en === '') throw refuse(parameterProblems, 'parameter_name_missing');
	const row = { name: { 'zh-CN': zh || en, en: en || zh }, unit: input.unit.trim() || 'count' };
	await ctx.db.write(async (tx) => {
		await tx
			.insert(parameters)
			.values({ id, ...row, createdAt: momentOf(ctx.clock) })
			.onConflictDoUpdate({ target: parameters.id, set: row });
		await recordEvent(tx, ctx, actor, { type: 'parameter_saved', parameter: id });
	});
}

export interface SetParameterValue {
	readonly parameterId: string;
	/** A unit and those below it; null for the whole client. */
	readonly unitId: string | null;
	/** The period from which the value holds. */
	readonly validFrom: string;
	/** Null says: missing from then on. */
	readonly value: number | null;
	readonly source?: string | null;
	readonly evidence?: string | null;
}

/** Records a value from a period on; an earlier record for the same period stays as history. */
export async function setParameterValue(
	ctx: Context,
	actor: Actor,
	input: SetParameterValue
): Promise<void> {
	admitActor(ctx, actor, 'metric.edit');
	const length = lengthOfPeriod(input.validFrom);
	if (length === null || length === 'day') {
		throw refuse(parameterProblems, 'parameter_period_refused', {
			details: { period: input.validFrom }
		});
	}
	await ctx.db.write(async (tx) => {
		const [known] = await tx
			.select({ id: parameters.id })
			.from(parameters)
			.where(eq(parameters.id, input.parameterId));
		if (!known) throw refuse(commonProblems, 'not_found');
		if (input.unitId !== null && !(await loadUnits(tx)).all.has(input.unitId)) {
			throw refuse(peopleProblems, 'unit_unknown');
		}
		const isNew = await recordValue(tx, ctx, actor, { source: 'form', ...input });
		if (isNew) {
			await recordEvent(tx, ctx, actor, { type: 'parameter_saved', parameter: input.parameterId });
		}
	});
}

/** Appends a value unless it is what holds for that very period; true when it was news. */
export async function recordValue(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	input: SetParameterValue
): Promise<boolean> {
	const { parameterId, unitId, validFrom, value } = input;
	const [now] = await tx
		.select({ value: parameterValues.value })
		.from(parameterValues)
		.where(
			and(
				eq(parameterValues.parameterId, parameterId),
				unitId === null ? isNull(parameterValues.unitId) : eq(parameterValues.unitId, unitId),
				eq(parameterValues.validFrom, validFrom),
				isNull(parameterValues.withdrawnAt)
			)
		)
		.orderBy(desc(parameterValues.id))
		.limit(1);
	if (now && now.value === value) return false;
	await tx.insert(parameterValues).values({
		parameterId,
		unitId,
		validFrom,
		value,
		source: input.source ?? null,
		evidence: input.evidence ?? null,
		recordedAt: momentOf(ctx.clock),
		recordedBy: actor.userId
	});
	return true;
}

/** Takes a recorded value back; the one before it holds again. */
export async function withdrawParameterValue(
	ctx: Context,
	actor: Actor,
	input: { readonly id: number }
): Promise<void> {
	admitActor(ctx, actor, 'metric.edit');
	await ctx.db.write(async (tx) => {
		const [row] = await tx
			.update(parameterValues)
			.set({ withdrawnAt: momentOf(ctx.clock), withdrawnBy: actor.userId })
			.where(and(eq(parameterValues.id, input.id), isNull(parameterValues.withdrawnAt)))
			.returning({ parameter: parameterValues.parameterId });
		if (!row) throw refuse(commonProblems, 'not_found');
		await recordEvent(tx, ctx, actor, { type: 'parameter_saved', parameter: row.parameter });
	});
}
