/** Settings of a client: one record with defaults, kept by key. */
import * as v from 'valibot';
import { inArray } from 'drizzle-orm';
import { settings } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Every setting with its meaning and default. */
export const clientSettings = v.strictObject({
	/** First month of quarters, halves and years. */
	fiscalMonth: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)), 1),
	/** Currency of every amount. */
	currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)), 'CNY'),
	/** Decides what “today” is. */
	timeZone: v.optional(v.string(), 'Asia/Shanghai'),
	/** Whether heads, and auditors, see payouts. */
	headsSeePay: v.optional(v.boolean(), false),
	auditorsSeePay: v.optional(v.boolean(), false),
	/** Limits of a replay that a draft must keep to be submitted; what is absent is not checked. */
	guardrails: v.optional(
		v.strictObject({
			/** Largest fall of one person, in points. */
			largestFall: v.optional(v.pipe(v.number(), v.minValue(0))),
			/** Share of rows whose grade gets worse. */
			gradeDownShare: v.optional(share),
			/** Growth of all payouts. */
			payoutGrowth: v.optional(v.pipe(v.number(), v.minValue(-1))),
			/** Smallest share of rows with a score. */
			coverage: v.optional(share),
			/** Largest change of a unit's mean, in points. */
			unitMeanDelta: v.optional(v.pipe(v.number(), v.minValue(0)))
		}),
		{}
	)
});
export type ClientSettings = v.InferOutput<typeof clientSettings>;

const KEYS = Object.keys(clientSettings.entries) as (keyof ClientSettings)[];

/** The settings of a client, defaults filled in. */
export async function readSettings(queries: Queries): Promise<ClientSettings> {
	const rows = await queries
		.select({ key: settings.key, value: settings.value })
		.from(settings)
		.where(inArray(settings.key, KEYS));
	return v.parse(clientSettings, Object.fromEntries(rows.map(({ key, value }) => [key, value])));
}

/** Today at the client, `yyyy-mm-dd`. */
export function todayAt(now: Date, timeZone: string): string {
	// Sweden writes dates as ISO does.
	return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
}
