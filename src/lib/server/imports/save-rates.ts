import { asc, desc, isNull } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { currencyRates } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { readSettings } from '../settings/client-settings.ts';
import { importProblems } from './problems.ts';
import { loadRates, type CurrencyRate } from './rates.ts';

export interface SaveRates {
	readonly rates: readonly CurrencyRate[];
	/** Where the rates come from. */
	readonly source?: string;
}

/**
 * Registers rates of other currencies in the client's own, each from a day on. A rate for a day that
 * has one is a correction: amounts that were converted keep what they were converted with until they
 * are imported again. Rates that hold already are left alone; gives how many were new.
 */
export async function saveRates(ctx: Context, actor: Actor, input: SaveRates): Promise<number> {
	admitActor(ctx, actor, 'import.edit');
	const { currency: own } = await readSettings(ctx.db.read);
	for (const { currency, rate, validFrom } of input.rates) {
		const isDay = /^\d{4}-\d{2}-\d{2}$/.test(validFrom);
		if (currency !== own && rate > 0 && Number.isFinite(rate) && isDay) continue;
		throw refuse(importProblems, 'rate_refused', {
			details: { found: `${currency} ${rate} ${validFrom}`, currency: own }
		});
	}
	return ctx.db.write(async (tx) => {
		const known = await loadRates(tx);
		const news = input.rates.filter(
			({ currency, validFrom, rate }) => known.dated(currency, validFrom) !== rate
		);
		if (news.length === 0) return 0;
		await bulkInsert(
			tx,
			currencyRates,
			news.map((rate) => ({
				...rate,
				source: input.source ?? null,
				recordedAt: momentOf(ctx.clock),
				recordedBy: actor.userId
			}))
		);
		await recordEvent(tx, ctx, actor, {
			type: 'rates_saved',
			currencies: [...new Set(news.map(({ currency }) => currency))].sort(),
			rates: news.length
		});
		return news.length;
	});
}

export interface SavedRate extends CurrencyRate {
	readonly source: string | null;
	readonly recordedAt: string;
	readonly recordedBy: string;
}

/** All rates that were not withdrawn, by currency, newest day first. */
export async function findRates(ctx: Context, actor: Actor): Promise<readonly SavedRate[]> {
	admitActor(ctx, actor, 'import.read', 'import.edit');
	return ctx.db.read
		.select({
			currency: currencyRates.currency,
			validFrom: currencyRates.validFrom,
			rate: currencyRates.rate,
			source: currencyRates.source,
			recordedAt: currencyRates.recordedAt,
			recordedBy: currencyRates.recordedBy
		})
		.from(currencyRates)
		.where(isNull(currencyRates.withdrawnAt))
		.orderBy(asc(currencyRates.currency), desc(currencyRates.validFrom), desc(currencyRates.id));
}
