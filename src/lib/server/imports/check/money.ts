/** Amounts in other currencies: whose they are, and what they are worth in the client's own. */
import { lastDayOf } from '#lib/contract/periods.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { currencyMark } from '../read/cells.ts';
import { convert, type Rates } from '../rates.ts';
import type { FileRow } from '../read/reading.ts';
import type { Source } from './mapping.ts';
import { cellFinding } from './row-findings.ts';

export interface Money {
	/** In the client's currency. */
	readonly value: number;
	readonly originalValue: number | null;
	readonly originalCurrency: string | null;
}

export interface MoneyRules {
	/** The client's reporting currency. */
	readonly currency: string;
	readonly rates: Rates;
}

/**
 * Turns an amount into the client's currency, at the rate of the last day of its period. The
 * currency is that of the row, else of the column. A mark in the cell counts where the column says
 * so; elsewhere one that contradicts is questioned, because exports are full of careless marks.
 * Null, with a finding, where no rate is known.
 */
export function inOwnCurrency(
	amount: number,
	period: string,
	row: FileRow,
	source: Source,
	ofRow: string | null,
	rules: MoneyRules,
	problems: Diagnostic[]
): Money | null {
	const chosen = source.transform.currency;
	const mark = currencyMark(source.cell(row));
	const ofColumn = chosen === 'mark' ? mark : (chosen ?? null);
	const currency = ofRow ?? ofColumn ?? rules.currency;
	if (chosen === undefined && mark !== null && mark !== currency) {
		problems.push(cellFinding('import_currency_mark', row, source, { found: mark, currency }));
	}
	if (currency === rules.currency) {
		return { value: amount, originalValue: null, originalCurrency: null };
	}
	const day = lastDayOf(period);
	const rate = rules.rates.on(currency, day);
	if (rate === null) {
		problems.push(
			cellFinding('import_rate_missing', row, source, {
				found: currency,
				currency: rules.currency,
				day
			})
		);
		return null;
	}
	return { value: convert(amount, rate), originalValue: amount, originalCurrency: currency };
}
