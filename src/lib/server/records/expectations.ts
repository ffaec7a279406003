/** Who is expected to have records: reminders when none come (AT: no visit for three days). */
import { asc } from 'drizzle-orm';
import type { Expectation } from '#lib/contract/records.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Dictionary, JsonObject, VariableInfo } from '#lib/engine/logic/rule.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { recordExpectations } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { recordProblems } from './problems.ts';
import { loadRecordTypes, type RecordType } from './record-types.ts';

export interface ExpectationRevision {
	readonly revision: number;
	readonly definition: Expectation;
	readonly retired: boolean;
}

/** The newest revision of each expectation, retired ones included. */
export async function loadExpectations(
	queries: Queries
): Promise<Map<string, ExpectationRevision>> {
	const rows = await queries
		.select()
		.from(recordExpectations)
		.orderBy(asc(recordExpectations.revision));
	return new Map(
		rows.map(({ id, revision, definition, retired }) => [
			id,
			// The definition was judged by its schema before it was stored.
			{ revision, definition: definition as unknown as Expectation, retired }
		])
	);
}

/** The variables of a record of a type, as rules name them. */
export function recordDictionary(type: RecordType): Dictionary {
	return new Map(
		type.columns.map(({ id, name, type: kind, values }): [string, VariableInfo] => [
			`record.${id}`,
			{
				type:
					kind === 'number' || kind === 'money'
						? 'number'
						: kind === 'boolean'
							? 'boolean'
							: 'string',
				name,
				...(values ? { values } : {})
			}
		])
	);
}

/** Registers a reminder or makes a new revision of it. */
export async function saveExpectation(
	ctx: Context,
	actor: Actor,
	input: { readonly definition: Expectation; readonly revision: number }
): Promise<{ readonly id: string; readonly revision: number }> {
	admitActor(ctx, actor, 'metric.edit');
	const { definition } = input;
	const type = (await loadRecordTypes(ctx.db.read)).get(definition.record);
	if (!type) throw refuse(commonProblems, 'not_found');
	const diagnostics = await checkRules(ctx.db.read, definition, type.definition);
	if (diagnostics.length > 0) {
		throw refuse(recordProblems, 'expectation_refused', {
			details: { count: diagnostics.length },
			diagnostics
		});
	}
	return writeRevision(ctx, actor, definition, input.revision, false);
}

/** Ends a reminder. */
export async function retireExpectation(
	ctx: Context,
	actor: Actor,
	input: { readonly id: string; readonly revision: number }
): Promise<{ readonly id: string; readonly revision: number }> {
	admitActor(ctx, actor, 'metric.edit');
	const known = (await loadExpectations(ctx.db.read)).get(input.id);
	if (!known || known.retired) throw refuse(commonProblems, 'not_found');
	return writeRevision(ctx, actor, known.definition, input.revision, true);
}

async function checkRules(
	queries: Queries,
	{ who, where }: Expectation,
	type: RecordType
): Promise<Diagnostic[]> {
	const known = await clientDictionary(queries);
	const people = new Map([...known].filter(([path]) => path.startsWith('employee.')));
	const judge = (rule: Expectation['who'], at: string, dictionary: Dictionary) =>
		parseRule(rule, { at, expects: 'boolean', dictionary }).diagnostics.filter(
			({ severity }) => severity === 'error'
		);
	return [
		...judge(who, '/who', people),
		...(where === undefined ? [] : judge(where, '/where', recordDictionary(type)))
	];
}

async function writeRevision(
	ctx: Context,
	actor: Actor,
	definition: Expectation,
	seen: number,
	retired: boolean
): Promise<{ readonly id: string; readonly revision: number }> {
	return ctx.db.write(async (tx) => {
		const known = (await loadExpectations(tx)).get(definition.id);
		const current = known && !known.retired ? known.revision : 0;
		if (current !== seen) throw refuse(recordProblems, 'expectation_stale');
		const revision = (known?.revision ?? 0) + 1;
		await tx.insert(recordExpectations).values({
			id: definition.id,
			revision,
			definition: definition as unknown as JsonObject,
			retired,
			recordedAt: momentOf(ctx.clock),
			recordedBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, {
			type: retired ? 'expectation_retired' : 'expectation_saved',
			expectation: definition.id,
			revision
		});
		return { id: definition.id, revision };
	});
}
