/**
 * Until when records count in a month. A month is closed once it was scored, or once the correction
 * window of its record type is over; from then on its figures are those of the records known at
 * that moment, and what comes later changes them only when somebody says so and why
 * (`accept-correction.ts`). A month that closed before any record of the type was told is open: the
 * first load of a history corrects nothing.
 */
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { lastDayOf, monthsOf } from '#lib/contract/periods.ts';
import type { RecordType } from '#lib/packs/pack.ts';
import { recordCorrections, records, scoringRuns } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import type { ClientSettings } from '../settings/client-settings.ts';

export type ClosedBy = 'scored' | 'window' | 'corrected';

export interface MonthClosing {
	/** Records known by then count. */
	readonly knownAt: string;
	readonly by: ClosedBy;
	/** The period that was scored. */
	readonly period: string | null;
}

/** When months are closed for the records of one type. */
export class ClosedMonths {
	readonly #scored: ReadonlyMap<string, MonthClosing>;
	readonly #corrected: ReadonlyMap<string, string>;
	readonly #inUseSince: string | null;
	readonly #correctionDays: number | undefined;
	readonly #timeZone: string;
	readonly #now: string;

	constructor(parts: {
		readonly scored: ReadonlyMap<string, MonthClosing>;
		readonly corrected: ReadonlyMap<string, string>;
		readonly inUseSince: string | null;
		readonly correctionDays: number | undefined;
		readonly timeZone: string;
		readonly now: string;
	}) {
		this.#scored = parts.scored;
		this.#corrected = parts.corrected;
		this.#inUseSince = parts.inUseSince;
		this.#correctionDays = parts.correctionDays;
		this.#timeZone = parts.timeZone;
		this.#now = parts.now;
	}

	/** When the month was closed; null while its figures follow its records. */
	of(month: string): MonthClosing | null {
		const closing = this.#firstClosing(month);
		if (!closing || this.#inUseSince === null || this.#inUseSince > closing.knownAt) return null;
		const corrected = this.#corrected.get(month);
		return corrected === undefined || corrected < closing.knownAt
			? closing
			: { ...closing, knownAt: corrected, by: 'corrected' };
	}

	#firstClosing(month: string): MonthClosing | null {
		const scored = this.#scored.get(month) ?? null;
		if (this.#correctionDays === undefined) return scored;
		const lastDay = Date.parse(`${lastDayOf(month)}T00:00:00Z`);
		const day = new Date(lastDay + (this.#correctionDays + 1) * 86_400_000);
		const knownAt = startOfDay(day, this.#timeZone);
		if (knownAt > this.#now || (scored && scored.knownAt <= knownAt)) return scored;
		return { knownAt, by: 'window', period: null };
	}
}

/** The moment at which a day (given as its UTC midnight) begins in a time zone. */
function startOfDay(day: Date, timeZone: string): string {
	const offsetAt = (moment: number): number => {
		const local = new Intl.DateTimeFormat('sv-SE', {
			timeZone,
			dateStyle: 'short',
			timeStyle: 'medium'
		}).format(new Date(moment));
		return Date.parse(`${local.replace(' ', 'T')}Z`) - moment;
	};
	const guess = day.getTime() - offsetAt(day.getTime());
	return new Date(day.getTime() - offsetAt(guess)).toISOString();
}

/** What was closed when, for each of the types, as it was at a moment. */
export async function loadClosedMonths(
	queries: Queries,
	types: Iterable<RecordType>,
	settings: Pick<ClientSettings, 'fiscalMonth' | 'timeZone'>,
	now: string
): Promise<Map<string, ClosedMonths>> {
	const all = [...types];
	if (all.length === 0) return new Map();
	const ids = all.map(({ id }) => id);
	const scored = await scoredMonths(queries, settings.fiscalMonth, now);
	const since = await queries
		.select({ type: records.type, at: sql<string>`min(${records.recordedAt})` })
		.from(records)
		.where(inArray(records.type, ids))
		.groupBy(records.type);
	const inUseSince = new Map(since.map(({ type, at }) => [type, at]));
	const corrections = await queries
		.select()
		.from(recordCorrections)
		.where(and(inArray(recordCorrections.type, ids), lte(recordCorrections.recordedAt, now)))
		.orderBy(asc(recordCorrections.knownAt));
	return new Map(
		all.map(({ id, correction_days: correctionDays }) => [
			id,
			new ClosedMonths({
				scored,
				corrected: new Map(
					corrections
						.filter(({ type }) => type === id)
						.map(({ month, knownAt }) => [month, knownAt] as const)
				),
				inUseSince: inUseSince.get(id) ?? null,
				correctionDays,
				timeZone: settings.timeZone,
				now
			})
		])
	);
}

/** Months inside periods that were scored, with the first run that read them. */
async function scoredMonths(
	queries: Queries,
	fiscalMonth: number,
	now: string
): Promise<Map<string, MonthClosing>> {
	const runs = await queries
		.select({ period: scoringRuns.period, at: scoringRuns.createdAt })
		.from(scoringRuns)
		.where(and(eq(scoringRuns.status, 'done'), lte(scoringRuns.createdAt, now)))
		.orderBy(asc(scoringRuns.createdAt));
	const months = new Map<string, MonthClosing>();
	for (const { period, at } of runs) {
		for (const month of monthsOf(period, fiscalMonth)) {
			if (!months.has(month)) months.set(month, { knownAt: at, by: 'scored', period });
		}
	}
	return months;
}
