import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { observations } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings } from '../settings/client-settings.ts';
import { entryProblems } from './problems.ts';
import { newestOf, peopleOf, readAssignment } from './sheet.ts';

export interface EnteredFigure {
	readonly employeeId: string;
	/** Null empties the cell: the figure is missing again. */
	readonly value: number | null;
	/** The text as it was typed. */
	readonly raw: string;
	readonly evidence: string | null;
	/** The observation that was in the cell when it was filled. */
	readonly seenFactId: number | null;
}

export interface EnterFigures {
	readonly assignmentId: string;
	readonly month: string;
	readonly figures: readonly EnteredFigure[];
	/** Values outside the usual range were looked at again. */
	readonly checked: boolean;
}

/**
 * Records the cells that somebody filled, all or none, each as a fact with its source. A cell that
 * says what is known is not recorded again; one that somebody else changed meanwhile is refused.
 */
export async function enterFigures(
	ctx: Context,
	actor: Actor,
	input: EnterFigures
): Promise<{ readonly recorded: number }> {
	const { month } = input;
	return ctx.db.write(async (tx) => {
		const assignment = await readAssignment(tx, ctx, actor, input.assignmentId);
		if (assignment.userId !== actor.userId) {
			throw refuse(commonProblems, 'not_allowed', { details: { permission: 'entry' } });
		}
		const metric = (await loadMetrics(tx)).get(assignment.metric);
		if (!metric) throw refuse(commonProblems, 'not_found');
		const asked = peopleOf(assignment, month, await loadPeople(tx), await loadUnits(tx));
		const names = new Map(asked.map(({ id, name }) => [id, name]));
		const known = await newestOf(tx, metric.id, month, month);
		const { currency } = await readSettings(tx);
		const rows: (typeof observations.$inferInsert)[] = [];
		for (const figure of input.figures) {
			const employee = names.get(figure.employeeId);
			if (employee === undefined) {
				throw refuse(entryProblems, 'not_in_sheet', { details: { employee: figure.employeeId } });
			}
			const now = known.get(`${figure.employeeId} ${month}`);
			const evidence = figure.evidence?.trim() || null;
			if ((now?.value ?? null) === figure.value && (now?.evidence ?? null) === evidence) continue;
			if ((now?.id ?? null) !== figure.seenFactId) {
				throw refuse(entryProblems, 'changed_meanwhile', { details: { employee } });
			}
			const [low, high] = metric.valid ?? [-Infinity, Infinity];
			const { value } = figure;
			if (value !== null && (value < low || value > high) && !input.checked) {
				throw refuse(entryProblems, 'outside_range', {
					details: { employee, found: value, low, high }
				});
			}
			rows.push({
				subjectKind: 'employee',
				subjectId: figure.employeeId,
				metric: metric.id,
				period: month,
				value,
				raw: figure.raw.slice(0, 100),
				currency: metric.unit === 'money' ? currency : null,
				source: 'entry',
				evidence,
				recordedAt: momentOf(ctx.clock),
				recordedBy: actor.userId
			});
		}
		if (rows.length > 0) {
			await bulkInsert(tx, observations, rows);
			await recordEvent(tx, ctx, actor, {
				type: 'figures_entered',
				metric: metric.id,
				period: month,
				facts: rows.length
			});
		}
		return { recorded: rows.length };
	});
}
