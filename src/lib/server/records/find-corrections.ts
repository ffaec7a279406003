/**
 * Closed months whose records changed since: what waits to be accepted as a correction, figure by
 * figure, and what was accepted before.
 */
import { and, desc, eq, gt, lt, or } from 'drizzle-orm';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { recordCorrections, recordMonths, records } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings } from '../settings/client-settings.ts';
import { unitsOn } from '../snapshots/crews.ts';
import { readPeopleRevision } from '../snapshots/data-revision.ts';
import { Calendar } from '../snapshots/figure-store.ts';
import {
	isRecordMetric,
	loadRecordFigures,
	type RecordFigures,
	type RecordMetric
} from '../snapshots/record-figures.ts';
import { loadClosedMonths, type MonthClosing } from './closed-months.ts';
import { loadAllRecordTypes } from './record-types.ts';

/** One figure before and after a correction. */
export interface ChangedFigure {
	readonly metric: string;
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly period: string;
	readonly before: number | null;
	readonly after: number | null;
}

export interface PendingCorrection {
	readonly type: string;
	readonly month: string;
	readonly closing: MonthClosing;
	/** Versions of records that came or were withdrawn since. */
	readonly records: number;
	readonly figures: readonly ChangedFigure[];
}

export interface AcceptedCorrection {
	readonly id: string;
	readonly type: string;
	readonly month: string;
	readonly knownAt: string;
	readonly reason: string;
	readonly figures: number;
	readonly recordedAt: string;
	readonly recordedBy: string;
}

export interface RecordCorrections {
	/** The moment up to which records were compared: an acceptance quotes it. */
	readonly asOf: string;
	readonly pending: readonly PendingCorrection[];
	readonly accepted: readonly AcceptedCorrection[];
}

/** What waits and what was accepted, for one record type or all. */
export async function findCorrections(
	ctx: Context,
	actor: Actor,
	input: { readonly type?: string } = {}
): Promise<RecordCorrections> {
	admitActor(ctx, actor, 'people.read');
	const asOf = momentOf(ctx.clock);
	const accepted = await ctx.db.read
		.select()
		.from(recordCorrections)
		.where(input.type === undefined ? undefined : eq(recordCorrections.type, input.type))
		.orderBy(desc(recordCorrections.recordedAt));
	return { asOf, pending: await pendingCorrections(ctx.db.read, asOf, input.type), accepted };
}

/** Closed months with later changes, and the figures that those would change. */
export async function pendingCorrections(
	queries: Queries,
	now: string,
	only?: string
): Promise<PendingCorrection[]> {
	const settings = await readSettings(queries);
	const all = await loadAllRecordTypes(queries);
	const types = [...all.values()]
		.map(({ definition }) => definition)
		.filter(({ id }) => only === undefined || id === only);
	const closings = await loadClosedMonths(queries, types, settings, now);
	const months = await queries.select().from(recordMonths).orderBy(desc(recordMonths.month));
	const waiting: { type: string; month: string; closing: MonthClosing; records: number }[] = [];
	for (const { type, month } of months) {
		const closing = closings.get(type)?.of(month) ?? null;
		if (!closing) continue;
		const late = await lateRecords(queries, type, month, closing.knownAt);
		if (late > 0) waiting.push({ type, month, closing, records: late });
	}
	if (waiting.length === 0) return [];
	const figures = await changedFigures(queries, settings, now, waiting);
	return waiting.map((one) => ({
		...one,
		figures: figures.filter(({ period, type }) => type === one.type && period.startsWith(one.month))
	}));
}

/** Versions that came, or were withdrawn, after a month was closed. */
async function lateRecords(
	queries: Queries,
	type: string,
	month: string,
	since: string
): Promise<number> {
	const rows = await queries
		.select({ id: records.id })
		.from(records)
		.where(
			and(
				eq(records.type, type),
				gt(records.date, `${month}-00`),
				lt(records.date, `${month}-32`),
				or(gt(records.recordedAt, since), gt(records.withdrawnAt, since))
			)
		);
	return rows.length;
}

/** Figures of the months as they count, beside those that all records known now would give. */
async function changedFigures(
	queries: Queries,
	settings: Awaited<ReturnType<typeof readSettings>>,
	now: string,
	waiting: readonly { readonly type: string; readonly month: string }[]
): Promise<(ChangedFigure & { readonly type: string })[]> {
	const metrics = [...(await loadMetrics(queries)).values()]
		.filter(isRecordMetric)
		.filter(({ from_records: { record } }) => waiting.some(({ type }) => type === record));
	const [people, tree] = await Promise.all([loadPeople(queries), loadUnits(queries)]);
	const calendar = new Calendar(settings.fiscalMonth);
	const request = {
		metrics,
		settings,
		knownAt: null,
		now,
		kept: new Map(),
		unitsOf: (kind: 'employee' | 'unit', id: string, day: string) =>
			kind === 'unit' ? tree.upward(id, day) : unitsOn(people, tree, id, day),
		peopleKey: await readPeopleRevision(queries),
		onlyMonths: new Set(waiting.map(({ month }) => month))
	};
	const counting = await loadRecordFigures(queries, request, calendar);
	const later = { ...request, knownAt: now, ignoreClosing: true };
	const known = await loadRecordFigures(queries, later, calendar);
	const isWaiting = (metric: RecordMetric, period: string): boolean =>
		waiting.some(
			({ type, month }) => type === metric.from_records.record && period.startsWith(month)
		);
	return difference(counting.figures, known.figures, isWaiting);
}

function difference(
	before: RecordFigures,
	after: RecordFigures,
	wanted: (metric: RecordMetric, period: string) => boolean
): (ChangedFigure & { readonly type: string })[] {
	const cells = new Map<
		string,
		{
			metric: RecordMetric;
			subject: string;
			period: string;
			old: number | null;
			now: number | null;
		}
	>();
	for (const [metric, subject, period, value] of before.ownFigures()) {
		if (!wanted(metric, period)) continue;
		cells.set(`${metric.id} ${subject} ${period}`, {
			metric,
			subject,
			period,
			old: value,
			now: null
		});
	}
	for (const [metric, subject, period, value] of after.ownFigures()) {
		if (!wanted(metric, period)) continue;
		const key = `${metric.id} ${subject} ${period}`;
		const cell = cells.get(key);
		if (cell) cell.now = value;
		else cells.set(key, { metric, subject, period, old: null, now: value });
	}
	return [...cells.values()]
		.filter(({ old, now }) => old !== now)
		.map(({ metric, subject, period, old, now }) => {
			const [kind, subjectId = ''] = subject.split('\u0001');
			return {
				type: metric.from_records.record,
				metric: metric.id,
				subjectKind: kind === 'unit' ? 'unit' : 'employee',
				subjectId,
				period,
				before: old,
				after: now
			};
		});
}
