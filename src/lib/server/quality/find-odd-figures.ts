/**
 * Figures of a month that ask for a word: far from the person's own history, or short of the
 * target. Scores are not held up by them; the explanation stands beside the figure.
 */
import { and, desc, eq } from 'drizzle-orm';
import { addMonths } from '#lib/contract/periods.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { anomalyNotes } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { isEntered } from '../entry/assignments.ts';
import { figureKey } from '../imports/check/figure-rows.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import { covers, scopeOf, todayOf } from '../people/scope.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { READ_FACTS } from '../facts/find-facts.ts';
import { readSettings } from '../settings/client-settings.ts';
import { currentFigures } from '../snapshots/figures.ts';
import { figuresOfMonths } from './figures-of-months.ts';
import { bandOf, seasonsOf, type MonthValue } from './robust-band.ts';

/** Months of history that a band is made of. */
const HISTORY_MONTHS = 24;

export const CAUSES = ['target', 'external', 'execution', 'data'] as const;
export type Cause = (typeof CAUSES)[number];

export interface AnomalyNote {
	readonly cause: Cause;
	readonly reason: string;
	readonly evidence: string | null;
	readonly writtenAt: string;
	readonly writtenBy: string;
}

export interface OddFigure {
	/** `low` and `high`: outside the own band; `missed`: short of the target. */
	readonly kind: 'low' | 'high' | 'missed';
	readonly employeeId: string;
	readonly name: string;
	readonly metric: string;
	readonly metricName: LocalText;
	readonly unit: string;
	readonly value: number;
	/** The band for odd figures, the target alone for missed ones. */
	readonly low: number | null;
	readonly high: number | null;
	readonly target: number | null;
	/** How far outside, in widths of the band or as a share of the target: sorts the list. */
	readonly distance: number;
	/** The months before, oldest first; null where there was none. */
	readonly before: readonly (number | null)[];
	readonly note: AnomalyNote | null;
}

export interface FindOddFigures {
	readonly month: string;
}

/** Odd and missed figures of a month, the farthest first. Heads see those of their people. */
export async function findOddFigures(
	ctx: Context,
	actor: Actor,
	input: FindOddFigures
): Promise<readonly OddFigure[]> {
	admitActor(ctx, actor, 'fact.read', 'fact.read_own_unit');
	const queries = ctx.db.read;
	const { month } = input;
	const metrics = [...(await loadMetrics(queries)).values()].filter(isEntered);
	const ids = metrics.map(({ id }) => id);
	const [people, tree] = [await loadPeople(queries), await loadUnits(queries)];
	const today = todayOf(ctx, await readSettings(queries));
	const scope = scopeOf(actor, people, tree, today, READ_FACTS);
	const figures = await figuresOfMonths(queries, ids, addMonths(month, -HISTORY_MONTHS), month);
	const targets = await currentFigures(queries, 'targets', {
		metrics: ids,
		from: month,
		to: month
	});
	const notes = await loadNotes(queries, month);
	const found: OddFigure[] = [];
	for (const metric of metrics) {
		const histories = new Map<string, MonthValue[]>();
		for (const [who, values] of figures.get(metric.id) ?? []) {
			histories.set(
				who,
				[...values]
					.filter(([at]) => at < month)
					.sort(([a], [b]) => (a < b ? -1 : 1))
					.map(([at, value]) => ({ month: at, value }))
			);
		}
		const seasons = seasonsOf(histories.values());
		for (const [who, before] of histories) {
			const value = figures.get(metric.id)?.get(who)?.get(month);
			if (value === undefined || !covers(scope, who)) continue;
			const target =
				targets.get(
					figureKey({ subjectKind: 'employee', subjectId: who, metric: metric.id, period: month })
				) ?? null;
			const odd = judge(metric, value, target, bandOf(before, month, seasons));
			if (!odd) continue;
			found.push({
				...odd,
				employeeId: who,
				name: people.all.get(who)?.name ?? who,
				metric: metric.id,
				metricName: metric.name,
				unit: metric.unit,
				value,
				target,
				before: before.slice(-12).map(({ value: earlier }) => earlier),
				note: notes.get(`${who} ${metric.id}`) ?? null
			});
		}
	}
	return found.sort(
		(a, b) => Number(a.note !== null) - Number(b.note !== null) || b.distance - a.distance
	);
}

function judge(
	metric: MetricDefinition,
	value: number,
	target: number | null,
	band: ReturnType<typeof bandOf>
): Pick<OddFigure, 'kind' | 'low' | 'high' | 'distance'> | null {
	if (band && (value < band.low || value > band.high)) {
		const half = (band.high - band.low) / 2;
		const distance = Math.abs(value - band.median) / half;
		const kind = value < band.low ? 'low' : 'high';
		return { kind, low: band.low, high: band.high, distance };
	}
	if (target === null || target === 0) return null;
	const isMissed = metric.direction === 'lower' ? value > target : value < target;
	if (!isMissed || metric.direction === 'range') return null;
	return {
		kind: 'missed',
		low: band?.low ?? null,
		high: band?.high ?? null,
		// Always behind those outside their band.
		distance: Math.min(0.99, Math.abs(value - target) / Math.abs(target))
	};
}

async function loadNotes(
	queries: Queries,
	month: string
): Promise<ReadonlyMap<string, AnomalyNote>> {
	const rows = await queries
		.select()
		.from(anomalyNotes)
		.where(and(eq(anomalyNotes.period, month)))
		.orderBy(desc(anomalyNotes.id));
	const notes = new Map<string, AnomalyNote>();
	for (const { employeeId, metric, cause, reason, evidence, writtenAt, writtenBy } of rows) {
		const key = `${employeeId} ${metric}`;
		if (!notes.has(key)) notes.set(key, { cause, reason, evidence, writtenAt, writtenBy });
	}
	return notes;
}
