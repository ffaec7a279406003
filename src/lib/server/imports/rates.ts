/** Rates of other currencies in the client's own, each from a day on. */
import { asc, isNull } from 'drizzle-orm';
import Decimal from 'decimal.js';
import { currencyRates } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

export interface CurrencyRate {
	readonly currency: string;
	readonly validFrom: string;
	readonly rate: number;
}

/** Rates as they hold now, asked by currency and day. */
export class Rates {
	readonly #byCurrency = new Map<string, CurrencyRate[]>();

	constructor(rates: readonly CurrencyRate[]) {
		for (const rate of rates) {
			const known = this.#byCurrency.get(rate.currency);
			if (known) known.push(rate);
			else this.#byCurrency.set(rate.currency, [rate]);
		}
	}

	/** The rate that holds on a day; null where none is dated on or before it. */
	on(currency: string, day: string): number | null {
		const found = this.#byCurrency.get(currency)?.findLast(({ validFrom }) => validFrom <= day);
		return found?.rate ?? null;
	}

	/** The rate that is dated exactly on a day; null where none is. */
	dated(currency: string, day: string): number | null {
		const found = this.#byCurrency.get(currency)?.findLast(({ validFrom }) => validFrom === day);
		return found?.rate ?? null;
	}
}

/** The current rates: of two for one currency and day the newest not withdrawn. */
export async function loadRates(queries: Queries): Promise<Rates> {
	const rows = await queries
		.select({
			currency: currencyRates.currency,
			validFrom: currencyRates.validFrom,
			rate: currencyRates.rate
		})
		.from(currencyRates)
		.where(isNull(currencyRates.withdrawnAt))
		.orderBy(asc(currencyRates.validFrom), asc(currencyRates.id));
	return new Rates(rows);
}

/** An amount in the client's currency, without the dust of binary fractions. */
export function convert(amount: number, rate: number): number {
	return new Decimal(amount).times(rate).toDecimalPlaces(6).toNumber();
}
