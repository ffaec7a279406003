/** Rounds of target setting, and what each field of one stands for. */
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { lengthOfPeriod, periodsIn, shiftPeriod } from '#lib/contract/periods.ts';
import type { PeriodLength } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { HistoryPoint } from '#lib/engine/targets/references.ts';
import { quantile } from '#lib/engine/targets/references.ts';
import { textAt, valueAt } from '#lib/engine/table/row.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import type { Context } from '../context.ts';
import { targetCycles } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';

export type CycleRow = typeof targetCycles.$inferSelect;

/** The band of history within which a proposal may be agreed without a further look. */
export const cycleSettings = v.strictObject({
	bandLow: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.4),
	bandHigh: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.95)
});
export type CycleSettings = v.InferOutput<typeof cycleSettings>;

/** Fewer periods than this say nothing about a band. */
const ENOUGH_HISTORY = 3;
/** Periods of history beside a field. */
const HISTORY: Readonly<Record<PeriodLength, number>> = { month: 24, quarter: 8, half: 6, year: 4 };

/** The cycle of an id; 404 where there is none. */
export async function readCycle(queries: Queries, cycleId: string): Promise<CycleRow> {
	const [row] = await queries.select().from(targetCycles).where(eq(targetCycles.id, cycleId));
	if (!row) throw refuse(commonProblems, 'not_found');
	return row;
}

/** The settings of a cycle, defaults filled in. */
export function settingsOf(cycle: Pick<CycleRow, 'settings'>): CycleSettings {
	return v.parse(cycleSettings, cycle.settings);
}

/** The length of a cycle's periods. */
export function lengthOf(cycle: Pick<CycleRow, 'periodFrom'>): PeriodLength {
	const length = lengthOfPeriod(cycle.periodFrom);
	return length === null || length === 'day' ? 'month' : length;
}

/** The periods of a cycle, in order. */
export function periodsOf(
	cycle: Pick<CycleRow, 'periodFrom' | 'periodTo'>,
	fiscalMonth: number
): string[] {
	return periodsIn({ from: cycle.periodFrom, to: cycle.periodTo }, lengthOf(cycle), fiscalMonth);
}

/** Figures of the past, by employee and metric, in order of time. */
export type Histories = ReadonlyMap<string, ReadonlyMap<string, readonly HistoryPoint[]>>;

/** The history before a cycle's first period, of all people and the cycle's metrics. */
export async function loadHistories(ctx: Context, cycle: CycleRow): Promise<Histories> {
	const length = lengthOf(cycle);
	const to = shiftPeriod(cycle.periodFrom, -1);
	const from = shiftPeriod(cycle.periodFrom, -HISTORY[length]);
	const paths = cycle.metrics.map((metric) => `metric.${metric}`);
	const { snapshot } = await takeSnapshot(ctx, { range: { from, to }, length, paths });
	const table = tableOfSnapshot(snapshot);
	const histories = new Map<string, Map<string, HistoryPoint[]>>();
	for (let row = 0; row < table.rows; row += 1) {
		const employee = textAt(table, 'employee.id', row) ?? '';
		const period = textAt(table, 'period.id', row) ?? '';
		const own = histories.get(employee) ?? new Map<string, HistoryPoint[]>();
		histories.set(employee, own);
		for (const metric of cycle.metrics) {
			const column = table.columns.get(`metric.${metric}`);
			const value = column ? valueAt(column, row) : null;
			if (typeof value === 'number')
				own.set(metric, [...(own.get(metric) ?? []), { period, value }]);
		}
	}
	return histories;
}

/** Which way a metric is better; a range or a veto is read like “higher”. */
export function betterOf(
	metric: Pick<MetricDefinition, 'direction'> | undefined
): 'higher' | 'lower' {
	return metric?.direction === 'lower' ? 'lower' : 'higher';
}

export interface Band {
	readonly low: number;
	readonly high: number;
}

/** The band of history; null where there is too little of it. */
export function bandOf(
	history: readonly HistoryPoint[],
	settings: CycleSettings,
	better: 'higher' | 'lower'
): Band | null {
	if (history.length < ENOUGH_HISTORY) return null;
	const values = history.map(({ value }) => value);
	const [low, high] =
		better === 'higher'
			? [settings.bandLow, settings.bandHigh]
			: [1 - settings.bandHigh, 1 - settings.bandLow];
	const from = quantile(values, low);
	const to = quantile(values, high);
	return from === null || to === null ? null : { low: from, high: to };
}

/** True when a value lies within its band; without a band somebody has to look. */
export function isInBand(value: number | null, band: Band | null): boolean {
	return value !== null && band !== null && value >= band.low && value <= band.high;
}
