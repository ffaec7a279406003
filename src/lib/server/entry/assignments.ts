/** Who enters which metric by hand, for whom, and until when. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import { addMonths } from '#lib/contract/periods.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { recordEvent } from '../audit/record-event.ts';
import { loadMembers, type MemberName } from '../auth/memberships.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { entryAssignments } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { isObserved } from '../imports/fields.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { peopleProblems } from '../people/problems.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { entryProblems } from './problems.ts';

export interface EntryAssignment {
	readonly id: string;
	readonly metric: string;
	/** Null for everybody. */
	readonly unitId: string | null;
	readonly userId: string;
	/** Due on this working day of the month that follows. */
	readonly dueWorkingDay: number;
}

/** The assignments in force, by metric. */
export async function loadAssignments(queries: Queries): Promise<readonly EntryAssignment[]> {
	return queries
		.select({
			id: entryAssignments.id,
			metric: entryAssignments.metric,
			unitId: entryAssignments.unitId,
			userId: entryAssignments.userId,
			dueWorkingDay: entryAssignments.dueWorkingDay
		})
		.from(entryAssignments)
		.where(isNull(entryAssignments.endedAt))
		.orderBy(asc(entryAssignments.metric), asc(entryAssignments.createdAt));
}

/** The day on which the figures of a month are due. */
export function dueDay(
	{ dueWorkingDay }: Pick<EntryAssignment, 'dueWorkingDay'>,
	month: string,
	calendar: Calendar
): string {
	return calendar.nthOf(addMonths(month, 1), dueWorkingDay);
}

/** Metrics that people tell month by month: only those can be entered in a sheet. */
export function isEntered(metric: MetricDefinition): boolean {
	return (
		isObserved(metric) &&
		metric.from_records === undefined &&
		metric.period === 'month' &&
		metric.grain === 'employee'
	);
}

export interface AssignEntry {
	readonly metric: string;
	readonly unitId: string | null;
	readonly userId: string;
	readonly dueWorkingDay: number;
}

/** Asks a user to enter a metric every month. */
export async function assignEntry(
	ctx: Context,
	actor: Actor,
	input: AssignEntry
): Promise<{ readonly id: string }> {
	admitActor(ctx, actor, 'entry.assign');
	const { metric, unitId, userId, dueWorkingDay } = input;
	if (!Number.isInteger(dueWorkingDay) || dueWorkingDay < 1 || dueWorkingDay > 20) {
		throw refuse(entryProblems, 'due_day_refused');
	}
	const members = await loadMembers(ctx, ctx.clientId);
	if (!members.some((member) => member.userId === userId)) {
		throw refuse(entryProblems, 'person_unknown');
	}
	return ctx.db.write(async (tx) => {
		const definition = (await loadMetrics(tx)).get(metric);
		if (!definition || !isEntered(definition)) {
			throw refuse(entryProblems, 'metric_not_entered', { details: { metric } });
		}
		if (unitId !== null && !(await loadUnits(tx)).all.has(unitId)) {
			throw refuse(peopleProblems, 'unit_unknown');
		}
		const same = (await loadAssignments(tx)).some(
			(one) => one.metric === metric && one.unitId === unitId && one.userId === userId
		);
		if (same) throw refuse(entryProblems, 'assigned_already');
		const id = ctx.ids.make();
		await tx.insert(entryAssignments).values({
			id,
			metric,
			unitId,
			userId,
			dueWorkingDay,
			createdAt: momentOf(ctx.clock),
			createdBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, {
			type: 'entry_assigned',
			assignment: id,
			metric,
			user: userId
		});
		return { id };
	});
}

/** Ends an assignment; what was entered stays. */
export async function endAssignment(
	ctx: Context,
	actor: Actor,
	input: { readonly id: string }
): Promise<void> {
	admitActor(ctx, actor, 'entry.assign');
	await ctx.db.write(async (tx) => {
		const ended = await tx
			.update(entryAssignments)
			.set({ endedAt: momentOf(ctx.clock), endedBy: actor.userId })
			.where(and(eq(entryAssignments.id, input.id), isNull(entryAssignments.endedAt)))
			.returning({ id: entryAssignments.id });
		if (ended.length === 0) throw refuse(commonProblems, 'not_found');
		await recordEvent(tx, ctx, actor, { type: 'entry_ended', assignment: input.id });
	});
}

export interface EntryChoices {
	readonly metrics: readonly Pick<MetricDefinition, 'id' | 'name' | 'entered_by'>[];
	readonly members: readonly MemberName[];
}

/** What may be assigned, and to whom. */
export async function entryChoices(ctx: Context, actor: Actor): Promise<EntryChoices> {
	admitActor(ctx, actor, 'entry.assign');
	const metrics = [...(await loadMetrics(ctx.db.read)).values()].filter(isEntered);
	return {
		metrics: metrics.map(({ id, name, entered_by: by }) => ({
			id,
			name,
			...(by === undefined ? {} : { entered_by: by })
		})),
		members: await loadMembers(ctx, ctx.clientId)
	};
}
