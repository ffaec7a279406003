import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { firstDayOf, lastDayOf, lengthOfPeriod, monthsOf } from '#lib/contract/periods.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import { isDay } from '#lib/engine/scheme/period.ts';
import { textAt, valueAt } from '#lib/engine/table/row.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { importBatches, observations, records } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { assertCovers, covers } from '../people/scope.ts';
import { unitsOn } from '../snapshots/crews.ts';
import { isRecordMetric, type RecordMetric } from '../snapshots/record-figures.ts';
import { figureOf, RecordTaker, Tally } from '../snapshots/record-tally.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { loadClosedMonths, type MonthClosing } from './closed-months.ts';
import { recordScope, selectRecords, toFound, type FoundRecord } from './find-records.ts';
import { loadAllRecordTypes, type RecordType } from './record-types.ts';
import { isCurrentRecord } from './write-records.ts';

export interface GetFigure {
	readonly metricId: string;
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	/** A scoring period: a month, quarter, half or year. */
	readonly period: string;
}

/** A record and what the metric takes of it. */
export interface CountedRecord extends FoundRecord {
	/** Whether it fulfils the metric's condition. */
	readonly counts: boolean;
	/** The value of the metric's column; null for counts. */
	readonly value: number | string | null;
}

export interface ToldFigure {
	readonly period: string;
	readonly value: number | null;
	readonly raw: string | null;
	readonly source: string | null;
	readonly evidence: string | null;
	readonly batchId: string | null;
	readonly fileName: string | null;
	readonly recordedAt: string;
}

export interface FigureDetail {
	readonly metric: MetricDefinition;
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly subjectName: string;
	readonly period: string;
	/** As scoring reads it. */
	readonly value: number | null;
	/** The metrics it is made from, with their figures of the same period. */
	readonly sources: readonly { readonly metric: MetricDefinition; readonly value: number | null }[];
	/** Figures that were told for the period or parts of it, the newest of each first. */
	readonly told: readonly ToldFigure[];
	readonly records: {
		readonly type: RecordType;
		/** How many fulfil the condition, and how many there are. */
		readonly counted: number;
		readonly total: number;
		/** What they give, worked out from the records listed. */
		readonly figure: number | null;
		readonly shown: readonly CountedRecord[];
		/** Months of the period that are closed. */
		readonly closed: readonly (MonthClosing & { readonly month: string })[];
	} | null;
}

/** More than anybody reads; the export of records has them all. */
const MOST_SHOWN = 1_000;

/** A figure with what it is made of: its records, the figures that were told, or other metrics. */
export async function getFigure(
	ctx: Context,
	actor: Actor,
	input: GetFigure
): Promise<FigureDetail> {
	const access = await recordScope(ctx, actor);
	const { scope, names, settings } = access;
	if (input.subjectKind === 'employee') assertCovers(scope.employees, input.subjectId);
	else if (!covers(scope.units, input.subjectId)) throw refuse(commonProblems, 'not_found');
	const metrics = await loadMetrics(ctx.db.read);
	const metric = metrics.get(input.metricId);
	const name = names.get(`${input.subjectKind} ${input.subjectId}`);
	const length = lengthOfPeriod(input.period);
	if (!metric || name === undefined || length === null || length === 'day') {
		throw refuse(commonProblems, 'not_found');
	}
	const ids = [metric.id, ...metricSources(metric)];
	const values = await valuesOf(ctx, input, ids);
	const counted = isRecordMetric(metric) ? await countedRecords(ctx, input, metric, access) : null;
	return {
		metric,
		subjectKind: input.subjectKind,
		subjectId: input.subjectId,
		subjectName: name,
		period: input.period,
		value: values.get(metric.id) ?? counted?.figure ?? null,
		sources: metricSources(metric).flatMap((id) => {
			const source = metrics.get(id);
			return source ? [{ metric: source, value: values.get(id) ?? null }] : [];
		}),
		told: await toldFigures(ctx, input, settings.fiscalMonth),
		records: counted
	};
}

/** Figures of a person as scoring reads them; a unit has a row only through its people. */
async function valuesOf(
	ctx: Context,
	input: GetFigure,
	ids: readonly string[]
): Promise<Map<string, number | null>> {
	const length = lengthOfPeriod(input.period);
	if (length === null || length === 'day' || input.subjectKind === 'unit') return new Map();
	const { snapshot } = await takeSnapshot(ctx, {
		range: { from: input.period, to: input.period },
		length,
		paths: ids.map((id) => `metric.${id}`)
	});
	const table = tableOfSnapshot(snapshot);
	for (let row = 0; row < table.rows; row += 1) {
		if (textAt(table, 'employee.id', row) !== input.subjectId) continue;
		return new Map(
			ids.map((id) => {
				const column = table.columns.get(`metric.${id}`);
				const value = column ? valueAt(column, row) : null;
				return [id, typeof value === 'number' ? value : null];
			})
		);
	}
	return new Map();
}

async function toldFigures(
	ctx: Context,
	input: GetFigure,
	fiscalMonth: number
): Promise<ToldFigure[]> {
	const months = monthsOf(input.period, fiscalMonth);
	const rows = await ctx.db.read
		.select({
			period: observations.period,
			value: observations.value,
			raw: observations.raw,
			source: observations.source,
			evidence: observations.evidence,
			batchId: observations.batchId,
			fileName: importBatches.fileName,
			recordedAt: observations.recordedAt
		})
		.from(observations)
		.leftJoin(importBatches, eq(importBatches.id, observations.batchId))
		.where(
			and(
				eq(observations.metric, input.metricId),
				eq(observations.subjectKind, input.subjectKind),
				eq(observations.subjectId, input.subjectId),
				or(
					eq(observations.period, input.period),
					inArray(sql`substr(${observations.period}, 1, 7)`, months)
				),
				isNull(observations.withdrawnAt)
			)
		)
		.orderBy(asc(observations.period), desc(observations.id))
		.limit(MOST_SHOWN);
	const newest = new Map<string, ToldFigure>();
	for (const row of rows) if (!newest.has(row.period)) newest.set(row.period, row);
	return [...newest.values()];
}

/** The records behind a figure of a metric that is taken from records. */
async function countedRecords(
	ctx: Context,
	input: GetFigure,
	metric: RecordMetric,
	access: Awaited<ReturnType<typeof recordScope>>
): Promise<FigureDetail['records']> {
	const { settings, names, people, tree } = access;
	const from = metric.from_records;
	const type = (await loadAllRecordTypes(ctx.db.read)).get(from.record)?.definition;
	if (!type) return null;
	const closings = await loadClosedMonths(ctx.db.read, [type], settings, momentOf(ctx.clock));
	const closedMonths = closings.get(type.id);
	const taker = new RecordTaker(from);
	const tally = new Tally();
	const found: CountedRecord[] = [];
	const closed: (MonthClosing & { readonly month: string })[] = [];
	const isTheirs = (kind: 'employee' | 'unit', id: string, date: string): boolean => {
		if (input.subjectKind === 'employee') return kind === 'employee' && id === input.subjectId;
		const units = kind === 'unit' ? tree.upward(id, date) : unitsOn(people, tree, id, date);
		return units.includes(input.subjectId);
	};
	for (const month of monthsOf(input.period, settings.fiscalMonth)) {
		const closing = closedMonths?.of(month) ?? null;
		if (closing) closed.push({ ...closing, month });
		const rows = await selectRecords(ctx.db.read)
			.where(
				and(
					eq(records.type, type.id),
					input.subjectKind === 'employee'
						? and(eq(records.subjectKind, 'employee'), eq(records.subjectId, input.subjectId))
						: undefined,
					from.date === type.date
						? sql`${records.date} BETWEEN ${firstDayOf(month)} AND ${lastDayOf(month)}`
						: undefined,
					isCurrentRecord(closing?.knownAt ?? null)
				)
			)
			.orderBy(asc(records.date), asc(records.key));
		for (const row of rows) {
			const day = row.data[from.date];
			if (typeof day !== 'string' || !isDay(day) || day.slice(0, 7) !== month) continue;
			if (!isTheirs(row.subjectKind, row.subjectId, row.date)) continue;
			taker.add(tally, row.data);
			const counts = taker.accepts(row.data);
			found.push({ ...toFound(row, names), counts, value: taker.valueOf(row.data) });
		}
	}
	found.sort((a, b) => Number(b.counts) - Number(a.counts));
	return {
		type,
		counted: tally.matched,
		total: tally.records,
		figure: figureOf(from, tally),
		shown: found.slice(0, MOST_SHOWN),
		closed
	};
}
