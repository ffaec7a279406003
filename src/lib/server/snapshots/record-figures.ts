/**
 * Figures that metrics take from records. Each month of records is read once for all metrics that
 * take from it, and only when it changed since the chunks at hand were made.
 */
import { and, between, eq } from 'drizzle-orm';
import { firstDayOf, lastDayOf } from '#lib/contract/periods.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { isDay } from '#lib/engine/scheme/period.ts';
import { bulkRead } from '../db/bulk.ts';
import { recordMonths, records } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadClosedMonths, type ClosedMonths } from '../records/closed-months.ts';
import { loadAllRecordTypes } from '../records/record-types.ts';
import { isCurrentRecord } from '../records/write-records.ts';
import type { ClientSettings } from '../settings/client-settings.ts';
import { ownLength, type Calendar } from './figure-store.ts';
import { subjectKey, type SubjectKey } from './subjects.ts';
import {
	packChunk,
	tallyAt,
	unpackChunk,
	type RecordChunk,
	type Tallies
} from './record-chunks.ts';
import { figureOf, isTakenWhole, RecordTaker, Tally, type FromRecords } from './record-tally.ts';

/** A metric that takes its figures from records. */
export type RecordMetric = MetricDefinition & { readonly from_records: FromRecords };

export function isRecordMetric(metric: MetricDefinition): metric is RecordMetric {
	return metric.from_records !== undefined;
}

export interface RecordRequest {
	readonly metrics: readonly RecordMetric[];
	readonly settings: Pick<ClientSettings, 'fiscalMonth' | 'timeZone'>;
	/** As it was known at this moment. */
	readonly knownAt: string | null;
	/** What “now” is: correction windows end by it. */
	readonly now: string;
	/** Chunks made before, by key. */
	readonly kept: ReadonlyMap<string, RecordChunk>;
	/** The units whose metrics a subject's record counts for on a day, nearest first. */
	readonly unitsOf: (kind: 'employee' | 'unit', id: string, day: string) => readonly string[];
	/** Changes whenever `unitsOf` may answer differently. */
	readonly peopleKey: string;
	/** Reads records as known then, whatever is closed: to compare with what counts. */
	readonly ignoreClosing?: boolean;
	/** Only these months of a type's own date are read. */
	readonly onlyMonths?: ReadonlySet<string>;
}

export interface LoadedRecords {
	readonly figures: RecordFigures;
	/** Chunks that had to be made, for whoever keeps them. */
	readonly built: readonly RecordChunk[];
	/** How many records were read for them. */
	readonly recordsRead: number;
}

/** Reads what has changed and gives the figures of all metrics asked for. */
export async function loadRecordFigures(
	queries: Queries,
	request: RecordRequest,
	calendar: Calendar
): Promise<LoadedRecords> {
	const { metrics, settings, knownAt, now } = request;
	const types = await loadAllRecordTypes(queries);
	const used = [...new Set(metrics.map(({ from_records: { record } }) => record))];
	const definitions = used.flatMap((id) => types.get(id)?.definition ?? []);
	const closed = await loadClosedMonths(queries, definitions, settings, knownAt ?? now);
	const months = await queries.select().from(recordMonths).orderBy(recordMonths.month);
	const reader = new ChunkReader(queries, request);
	const chunks = new Map<string, RecordChunk[]>();
	for (const type of definitions) {
		const touched = months.filter((month) => month.type === type.id);
		const own = metrics.filter(({ from_records: { record } }) => record === type.id);
		const closings = request.ignoreClosing ? null : (closed.get(type.id) ?? null);
		const dated = own.filter(({ from_records: { date } }) => date === type.date);
		for (const { month, revision } of touched) {
			if (request.onlyMonths && !request.onlyMonths.has(month)) continue;
			const until = earlier(knownAt, closings?.of(month)?.knownAt ?? null);
			await reader.month(type.id, month, until, until ?? `r${revision}`, dated, chunks);
		}
		const others = own.filter(({ from_records: { date } }) => date !== type.date);
		if (others.length > 0) await reader.wholeType(type.id, touched, closings, others, chunks);
	}
	const figures = new RecordFigures(metrics, chunks, calendar);
	return { figures, built: reader.built, recordsRead: reader.recordsRead };
}

function earlier(a: string | null, b: string | null): string | null {
	if (a === null) return b;
	return b === null || a < b ? a : b;
}

interface ReadRecord {
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly date: string;
	readonly data: JsonObject;
}

class ChunkReader {
	readonly built: RecordChunk[] = [];
	recordsRead = 0;
	readonly #queries: Queries;
	readonly #request: RecordRequest;

	constructor(queries: Queries, request: RecordRequest) {
		this.#queries = queries;
		this.#request = request;
	}

	/** One month of records for the metrics that go by the type's own date. */
	async month(
		type: string,
		month: string,
		until: string | null,
		state: string,
		metrics: readonly RecordMetric[],
		into: Map<string, RecordChunk[]>
	): Promise<void> {
		const made = this.#begin(
			metrics,
			(metric) => `${this.#ruleKey(metric)}|${month}|${state}`,
			into
		);
		if (made.length === 0) return;
		const inMonth = and(
			eq(records.type, type),
			between(records.date, firstDayOf(month), lastDayOf(month))
		);
		await this.#read(inMonth, until, (record) => {
			for (const one of made) this.#add(one, record, record.date);
		});
		this.#end(made, into);
	}

	/**
	 * All records of a type for metrics that go by another of its dates: no index finds their months,
	 * so a change of the type reads it again, once for the open months and once for each closing.
	 */
	async wholeType(
		type: string,
		touched: readonly { readonly month: string; readonly revision: number }[],
		closings: ClosedMonths | null,
		metrics: readonly RecordMetric[],
		into: Map<string, RecordChunk[]>
	): Promise<void> {
		const { knownAt } = this.#request;
		const untilOf = (day: string): string | null =>
			earlier(knownAt, closings?.of(day.slice(0, 7))?.knownAt ?? null);
		const revision = touched.reduce((sum, { revision: one }) => sum + one, 0);
		const dates = await this.#datesOf(type, metrics);
		const untils = new Set<string | null>([knownAt, ...dates.map(untilOf)]);
		for (const until of untils) {
			const months = [...new Set(dates.map((day) => day.slice(0, 7)))].filter(
				(month) => untilOf(month) === until
			);
			const state = `${until ?? `r${revision}`}|${months.join(',')}`;
			const made = this.#begin(metrics, (metric) => `${this.#ruleKey(metric)}|*|${state}`, into);
			if (made.length === 0) continue;
			await this.#read(eq(records.type, type), until, (record) => {
				for (const one of made) {
					const day = record.data[one.metric.from_records.date];
					if (typeof day !== 'string' || !isDay(day) || untilOf(day) !== until) continue;
					this.#add(one, record, day);
				}
			});
			this.#end(made, into);
		}
	}

	/** Months that any version of a record names in the columns that these metrics go by. */
	async #datesOf(type: string, metrics: readonly RecordMetric[]): Promise<string[]> {
		const columns = new Set(metrics.map(({ from_records: { date } }) => date));
		const months = new Set<string>();
		for await (const rows of bulkRead(this.#queries, records, ['data'], eq(records.type, type))) {
			for (const [data] of rows as readonly (readonly [JsonObject])[]) {
				for (const column of columns) {
					const day = data[column];
					if (typeof day === 'string' && isDay(day)) months.add(day.slice(0, 7));
				}
			}
		}
		return [...months].sort();
	}

	#ruleKey(metric: RecordMetric): string {
		const { from_records: from, grain, period } = metric;
		const place = grain === 'unit' ? this.#request.peopleKey : '';
		return canonicalJson([from as unknown as Json, grain, period === 'day', place]);
	}

	#begin(
		metrics: readonly RecordMetric[],
		keyOf: (metric: RecordMetric) => string,
		into: Map<string, RecordChunk[]>
	): Making[] {
		const made: Making[] = [];
		for (const metric of metrics) {
			const key = keyOf(metric);
			const known = this.#request.kept.get(key);
			if (known) append(into, metric.id, known);
			else
				made.push({ metric, key, taker: new RecordTaker(metric.from_records), tallies: new Map() });
		}
		return made;
	}

	#end(made: readonly Making[], into: Map<string, RecordChunk[]>): void {
		for (const { metric, key, tallies } of made) {
			const { take } = metric.from_records;
			const chunk = packChunk(key, tallies, take === 'median' || take === 'distinct');
			this.built.push(chunk);
			append(into, metric.id, chunk);
		}
	}

	#add({ metric, taker, tallies }: Making, record: ReadRecord, day: string): void {
		const part = metric.period === 'day' ? day : day.slice(0, 7);
		for (const subject of this.#subjectsOf(metric, record)) {
			taker.add(tallyAt(tallies, subject, part), record.data);
		}
	}

	/** A record counts for its unit and those above, where the metric is of units. */
	#subjectsOf({ grain }: RecordMetric, record: ReadRecord): readonly SubjectKey[] {
		const { subjectKind, subjectId, date } = record;
		if (grain === 'employee') {
			return subjectKind === 'employee' ? [subjectKey('employee', subjectId)] : [];
		}
		const units = this.#request.unitsOf(subjectKind, subjectId, date);
		return units.map((unit) => subjectKey('unit', unit));
	}

	async #read(
		where: ReturnType<typeof and>,
		until: string | null,
		take: (record: ReadRecord) => void
	): Promise<void> {
		const held = and(where, isCurrentRecord(until));
		const columns = ['subjectKind', 'subjectId', 'date', 'data'] as const;
		for await (const rows of bulkRead(this.#queries, records, columns, held)) {
			for (const [subjectKind, subjectId, date, data] of rows as readonly (readonly [
				'employee' | 'unit',
				string,
				string,
				JsonObject
			])[]) {
				this.recordsRead += 1;
				take({ subjectKind, subjectId, date, data });
			}
		}
	}
}

interface Making {
	readonly metric: RecordMetric;
	readonly key: string;
	readonly taker: RecordTaker;
	readonly tallies: Tallies;
}

function append(into: Map<string, RecordChunk[]>, metric: string, chunk: RecordChunk): void {
	const chunks = into.get(metric);
	if (chunks) chunks.push(chunk);
	else into.set(metric, [chunk]);
}

/** Figures from records, asked by metric, subject and period. */
export class RecordFigures {
	readonly #metrics: ReadonlyMap<string, RecordMetric>;
	readonly #calendar: Calendar;
	/** By metric and subject: tallies by part, which is a day or a month. */
	readonly #tallies = new Map<string, Map<SubjectKey, Map<string, Tally>>>();

	constructor(
		metrics: readonly RecordMetric[],
		chunks: ReadonlyMap<string, readonly RecordChunk[]>,
		calendar: Calendar
	) {
		this.#metrics = new Map(metrics.map((metric) => [metric.id, metric]));
		this.#calendar = calendar;
		for (const [id, list] of chunks) {
			const subjects = new Map<SubjectKey, Map<string, Tally>>();
			this.#tallies.set(id, subjects);
			for (const chunk of list) {
				for (const [subject, part, tally] of unpackChunk(chunk)) {
					let parts = subjects.get(subject);
					if (!parts) subjects.set(subject, (parts = new Map()));
					const known = parts.get(part);
					if (known) known.merge(tally);
					else parts.set(part, tally);
				}
			}
		}
	}

	/** Figures in the metric's own period, as if each had been told. */
	*ownFigures(): Generator<readonly [RecordMetric, SubjectKey, string, number]> {
		for (const [id, subjects] of this.#tallies) {
			const metric = this.#metrics.get(id);
			if (!metric) continue;
			for (const [subject, parts] of subjects) {
				for (const [period, tally] of this.#ownPeriods(metric, parts)) {
					const figure = figureOf(metric.from_records, tally);
					if (figure !== null) yield [metric, subject, period, figure];
				}
			}
		}
	}

	#ownPeriods(metric: RecordMetric, parts: ReadonlyMap<string, Tally>): ReadonlyMap<string, Tally> {
		if (metric.period === 'day' || metric.period === 'month') return parts;
		const longer = new Map<string, Tally>();
		for (const [month, tally] of parts) {
			const period = this.#calendar.parent(month, ownLength(metric));
			const known = longer.get(period) ?? new Tally();
			longer.set(period, known);
			known.merge(tally);
		}
		return longer;
	}

	/**
	 * A period taken anew from all records of these subjects; null where the metric combines the
	 * figures of shorter periods instead, or nobody has a record.
	 */
	whole(metricId: string, subjects: Iterable<SubjectKey>, period: string): number | null {
		const metric = this.#metrics.get(metricId);
		if (!metric || !isTakenWhole(metric)) return null;
		const tally = this.tally(metricId, subjects, period);
		return tally === null ? null : figureOf(metric.from_records, tally);
	}

	/** All records of these subjects in a period together; null where there are none. */
	tally(metricId: string, subjects: Iterable<SubjectKey>, period: string): Tally | null {
		const bySubject = this.#tallies.get(metricId);
		if (!bySubject) return null;
		const months = isDay(period) ? null : new Set(this.#calendar.parts(period, 'month') ?? []);
		let merged: Tally | null = null;
		for (const subject of subjects) {
			for (const [part, tally] of bySubject.get(subject) ?? []) {
				if (months ? !months.has(part.slice(0, 7)) : part !== period) continue;
				merged ??= new Tally();
				merged.merge(tally);
			}
		}
		return merged;
	}

	/** Whether a subject has records in a part: those count instead of a figure that was told. */
	has(metricId: string, subject: SubjectKey, part: string): boolean {
		return this.tally(metricId, [subject], part) !== null;
	}
}
