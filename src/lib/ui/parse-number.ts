/**
 * Reads the numbers people type: `25`, `25%`, full-width `２５％`, `1/4`, `1,200`, `1.2万`, `3亿`.
 * Nothing is guessed: what is not wholly a number gives null.
 */

export type NumberForm = 'plain' | 'percent' | 'fraction' | 'large';

export interface ParsedNumber {
	readonly value: number;
	/** How it was written: `percent` keeps the figure before the sign (25 for `25%`). */
	readonly form: NumberForm;
}

const LARGE_UNITS: Readonly<Record<string, number>> = {
	万: 10_000,
	萬: 10_000,
	亿: 100_000_000,
	億: 100_000_000,
	k: 1_000,
	m: 1_000_000
};

/** Full-width digits, signs and letters become their ordinary forms. */
export function narrow(text: string): string {
	return text.normalize('NFKC').replaceAll('，', ',').replaceAll('。', '.').replaceAll('−', '-');
}

export function parseNumber(text: string): ParsedNumber | null {
	const plain = narrow(text)
		.replace(/\s/g, '')
		.replace(/^[¥￥$€]/, '');
	const fraction = /^([+-]?\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(plain);
	if (fraction) {
		const divisor = Number(fraction[2]);
		return divisor === 0 ? null : { value: Number(fraction[1]) / divisor, form: 'fraction' };
	}
	const match = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?)(%|万|萬|亿|億|[km])?$/i.exec(plain);
	const digits = match?.[1]?.replaceAll(',', '') ?? '';
	if (!match || !/\d/.test(digits)) return null;
	const value = Number(digits);
	if (!Number.isFinite(value)) return null;
	const unit = match[2]?.toLowerCase();
	if (unit === '%') return { value, form: 'percent' };
	if (unit) return { value: tidy(value * (LARGE_UNITS[unit] ?? 1)), form: 'large' };
	return { value, form: 'plain' };
}

/** A quantity: `25%` is 0.25, `1.2万` is 12 000. */
export function parseQuantity(text: string): number | null {
	const parsed = parseNumber(text);
	if (!parsed) return null;
	return parsed.form === 'percent' ? tidy(parsed.value / 100) : parsed.value;
}

/** A percentage: `25` and `25%` are 25, `1/4` is 25. */
export function parsePercent(text: string): number | null {
	const parsed = parseNumber(text);
	if (!parsed) return null;
	return parsed.form === 'fraction' ? tidy(parsed.value * 100) : parsed.value;
}

/** Removes the noise of binary multiplication (1.1万 is 11000, not 11000.000000000002). */
function tidy(value: number): number {
	return Number(value.toPrecision(15));
}
