import { hasPermission } from '../auth/permissions.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { loadMembers } from '../auth/memberships.ts';
import { loadCalendar } from '../calendar/calendar.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { todayOf } from '../people/scope.ts';
import { readSettings } from '../settings/client-settings.ts';
import { dueDay, loadAssignments, type EntryAssignment } from './assignments.ts';
import { newestOf, peopleOf } from './sheet.ts';

export interface EntryState extends EntryAssignment {
	readonly metricName: LocalText;
	readonly unitName: LocalText | null;
	readonly userName: string;
	readonly due: string;
	readonly asked: number;
	readonly entered: number;
	readonly state: 'done' | 'open' | 'overdue';
	readonly isOwn: boolean;
}

/**
 * How far a month's sheets are. One sees one's own; those who wait for the figures see all, with
 * who holds them.
 */
export async function findEntries(
	ctx: Context,
	actor: Actor,
	input: { readonly month: string }
): Promise<readonly EntryState[]> {
	if (actor.clientId !== ctx.clientId) throw refuse(commonProblems, 'not_found');
	const queries = ctx.db.read;
	const seesAll = hasPermission(actor, 'entry.read');
	const assignments = (await loadAssignments(queries)).filter(
		({ userId }) => seesAll || userId === actor.userId
	);
	if (assignments.length === 0) return [];
	const [metrics, people, tree, calendar] = [
		await loadMetrics(queries),
		await loadPeople(queries),
		await loadUnits(queries),
		await loadCalendar(queries)
	];
	const names = new Map(
		(await loadMembers(ctx, ctx.clientId)).map(({ userId, name }) => [userId, name])
	);
	const today = todayOf(ctx, await readSettings(queries));
	const states: EntryState[] = [];
	for (const assignment of assignments) {
		const known = await newestOf(queries, assignment.metric, input.month, input.month);
		const asked = peopleOf(assignment, input.month, people, tree);
		const entered = asked.filter(
			({ id }) => (known.get(`${id} ${input.month}`)?.value ?? null) !== null
		).length;
		const due = dueDay(assignment, input.month, calendar);
		const isDone = entered === asked.length;
		states.push({
			...assignment,
			metricName: metrics.get(assignment.metric)?.name ?? {
				'zh-CN': assignment.metric,
				en: assignment.metric
			},
			unitName: assignment.unitId === null ? null : (tree.all.get(assignment.unitId)?.name ?? null),
			userName: names.get(assignment.userId) ?? assignment.userId,
			due,
			asked: asked.length,
			entered,
			state: isDone ? 'done' : due < today ? 'overdue' : 'open',
			isOwn: assignment.userId === actor.userId
		});
	}
	return states;
}
