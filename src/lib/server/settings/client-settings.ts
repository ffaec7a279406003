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
	/** Guardrails of a replay; null is not checked. */
	guardrails: v.optional(
		v.strictObject({
			gradeFallShare: v.optional(v.nullable(share), 0.2),
			largestFall: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0))), 20),
			payRise: v.optional(v.nullable(share), 0.1),
			coverage: v.optional(v.nullable(share), 0.95)
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
