/** The sheet of one assignment and month: whom to enter, what was there before, what is missing. */
import { and, asc, eq, gte, isNull, lte } from 'drizzle-orm';
import { addMonths, firstDayOf, lastDayOf } from '#lib/contract/periods.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { hasPermission } from '../auth/permissions.ts';
import { loadCalendar } from '../calendar/calendar.ts';
import type { Actor, Context } from '../context.ts';
import { observations } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople, type PeopleHistory } from '../people/history.ts';
import { loadUnits, type UnitTree } from '../people/unit-tree.ts';
import { dueDay, loadAssignments, type EntryAssignment } from './assignments.ts';

/** Months shown beside the cell that is filled. */
export const MONTHS_BEFORE = 6;

export interface EntryRow {
	readonly employeeId: string;
	readonly name: string;
	readonly unitId: string | null;
	/** Value of each of the months before, oldest first. */
	readonly before: readonly (number | null)[];
	/** What holds now; null while it is missing. */
	readonly value: number | null;
	/** The observation that holds; quoted when saving. */
	readonly factId: number | null;
	readonly source: string | null;
	readonly evidence: string | null;
}

export interface EntrySheet {
	readonly assignment: EntryAssignment;
	readonly metric: MetricDefinition;
	readonly month: string;
	readonly monthsBefore: readonly string[];
	readonly due: string;
	readonly rows: readonly EntryRow[];
	readonly missing: number;
	readonly mayEnter: boolean;
}

/** One's own assignment, or any for those who may read them; anything else does not exist. */
export async function readAssignment(
	queries: Queries,
	ctx: Pick<Context, 'clientId'>,
	actor: Actor,
	id: string
): Promise<EntryAssignment> {
	const found = (await loadAssignments(queries)).find((one) => one.id === id);
	const isReader = actor.clientId === ctx.clientId && hasPermission(actor, 'entry.read');
	const isOwn = actor.clientId === ctx.clientId && found?.userId === actor.userId;
	if (!found || (!isOwn && !isReader)) throw refuse(commonProblems, 'not_found');
	return found;
}

/** People whose figure is asked for: employed in the month, within the unit at its end. */
export function peopleOf(
	{ unitId }: EntryAssignment,
	month: string,
	people: PeopleHistory,
	tree: UnitTree
): { readonly id: string; readonly name: string; readonly unitId: string | null }[] {
	const [first, last] = [firstDayOf(month), lastDayOf(month)];
	const found = [];
	for (const { id, name } of people.all.values()) {
		const day = people.lastEmployedDay(id, first, last);
		if (day === null) continue;
		const unit = people.valueOn(id, 'unit', day);
		const own = typeof unit === 'string' ? unit : null;
		if (unitId !== null && (own === null || !tree.isWithin(own, unitId, day))) continue;
		found.push({ id, name, unitId: own });
	}
	return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The newest observation of a metric for each employee and month of a range. */
export async function newestOf(queries: Queries, metric: string, from: string, to: string) {
	const rows = await queries
		.select({
			id: observations.id,
			employeeId: observations.subjectId,
			period: observations.period,
			value: observations.value,
			source: observations.source,
			evidence: observations.evidence
		})
		.from(observations)
		.where(
			and(
				eq(observations.metric, metric),
				eq(observations.subjectKind, 'employee'),
				gte(observations.period, from),
				lte(observations.period, to),
				isNull(observations.withdrawnAt)
			)
		)
		.orderBy(asc(observations.id));
	return new Map(rows.map((row) => [`${row.employeeId} ${row.period}`, row]));
}

/** The sheet. Rights: the assignment is one's own, or `entry.read`. */
export async function getEntrySheet(
	ctx: Context,
	actor: Actor,
	input: { readonly assignmentId: string; readonly month: string }
): Promise<EntrySheet> {
	const queries = ctx.db.read;
	const assignment = await readAssignment(queries, ctx, actor, input.assignmentId);
	const metric = (await loadMetrics(queries)).get(assignment.metric);
	if (!metric) throw refuse(commonProblems, 'not_found');
	const { month } = input;
	const monthsBefore = Array.from({ length: MONTHS_BEFORE }, (_, at) =>
		addMonths(month, at - MONTHS_BEFORE)
	);
	const [people, tree] = [await loadPeople(queries), await loadUnits(queries)];
	const known = await newestOf(queries, metric.id, monthsBefore[0] ?? month, month);
	const rows = peopleOf(assignment, month, people, tree).map(({ id, name, unitId }): EntryRow => {
		const now = known.get(`${id} ${month}`);
		return {
			employeeId: id,
			name,
			unitId,
			before: monthsBefore.map((before) => known.get(`${id} ${before}`)?.value ?? null),
			value: now?.value ?? null,
			factId: now?.id ?? null,
			source: now?.source ?? null,
			evidence: now?.evidence ?? null
		};
	});
	return {
		assignment,
		metric,
		month,
		monthsBefore,
		due: dueDay(assignment, month, await loadCalendar(queries)),
		rows,
		missing: rows.filter(({ value }) => value === null).length,
		mayEnter: assignment.userId === actor.userId
	};
}
