/** How figures, periods and moments are written, in the reader's language. */
import { getLocale } from '#lib/paraglide/runtime.js';
import { m } from '#lib/paraglide/messages.js';

/** What is shown where there is no value; never a zero. */
export const NO_VALUE = '—';

type Figure = number | null | undefined;

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = `${getLocale()} ${JSON.stringify(options)}`;
	const known = formats.get(key);
	if (known) return known;
	const made = new Intl.NumberFormat(getLocale(), options);
	formats.set(key, made);
	return made;
}

function missing(value: Figure): value is null | undefined {
	return value === null || value === undefined || Number.isNaN(value);
}

/** Up to `digits` decimals. */
export function formatNumber(value: Figure, digits = 2): string {
	if (missing(value)) return NO_VALUE;
	return numberFormat({ maximumFractionDigits: digits }).format(value);
}

/** Exactly `digits` decimals, as scores are written: 89.96 never becomes 90.0. */
export function formatScore(value: Figure, digits = 2): string {
	if (missing(value)) return NO_VALUE;
	return numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
		value
	);
}

/** 12.3万 in Chinese, 123K in English; the full value belongs in the title. */
export function formatCompact(value: Figure): string {
	if (missing(value)) return NO_VALUE;
	return numberFormat({ notation: 'compact', maximumFractionDigits: 2 }).format(value);
}

/** A share between 0 and 1 as a percentage. */
export function formatPercent(share: Figure, digits = 1): string {
	if (missing(share)) return NO_VALUE;
	return numberFormat({ style: 'percent', maximumFractionDigits: digits }).format(share);
}

/** A figure that already is a percentage, as weights are. */
export function formatWeight(percent: Figure): string {
	if (missing(percent)) return NO_VALUE;
	return `${numberFormat({ maximumFractionDigits: 2 }).format(percent)}%`;
}

/** A change, always with its sign. */
export function formatDelta(value: Figure, digits = 2): string {
	if (missing(value)) return NO_VALUE;
	return numberFormat({ maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value);
}

export function formatMoney(value: Figure, currency = 'CNY', digits = 2): string {
	if (missing(value)) return NO_VALUE;
	return numberFormat({
		style: 'currency',
		currency,
		currencyDisplay: 'narrowSymbol',
		maximumFractionDigits: digits
	}).format(value);
}

/** A change of money, signed and compact: +3.2万. */
export function formatMoneyDelta(value: Figure, currency = 'CNY'): string {
	if (missing(value)) return NO_VALUE;
	return numberFormat({
		style: 'currency',
		currency,
		currencyDisplay: 'narrowSymbol',
		notation: 'compact',
		maximumFractionDigits: 2,
		signDisplay: 'exceptZero'
	}).format(value);
}

/** A value of a metric in its unit: ratios as percentages, money and counts as numbers. */
export function formatInUnit(value: Figure, unit: string | null | undefined, digits = 2): string {
	if (missing(value)) return NO_VALUE;
	if (unit === 'ratio') return formatPercent(value, digits);
	return formatNumber(value, digits);
}

/** Word of a unit beside a figure; ratio, money and count need none. */
export function unitWord(unit: string | null | undefined): string {
	switch (unit) {
		case 'hours':
			return m.ui_unit_hours();
		case 'days':
			return m.ui_unit_days();
		case 'months':
			return m.ui_unit_months();
		case 'score':
			return m.ui_unit_score();
		case 'money':
			return m.ui_unit_money();
		case 'ratio':
			return '%';
		case 'count':
		case null:
		case undefined:
			return '';
		default:
			return unit;
	}
}

/** 2025-01 → 2025年1月, 2025-Q3 → 2025年第3季度, 2025-H1 → 2025年上半年. */
export function formatPeriod(period: string | null | undefined): string {
	if (!period) return NO_VALUE;
	const month = /^(\d{4})-(\d{2})$/.exec(period);
	if (month) {
		return getLocale() === 'zh-CN'
			? `${month[1]}年${Number(month[2])}月`
			: new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
					Date.UTC(Number(month[1]), Number(month[2]) - 1, 1)
				);
	}
	const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
	if (quarter) return m.ui_period_quarter({ year: quarter[1] ?? '', quarter: quarter[2] ?? '' });
	const half = /^(\d{4})-H([12])$/.exec(period);
	if (half) {
		const year = half[1] ?? '';
		return half[2] === '1' ? m.ui_period_first_half({ year }) : m.ui_period_second_half({ year });
	}
	return /^\d{4}$/.test(period) ? m.ui_period_year({ year: period }) : period;
}

type Moment = string | number | Date | null | undefined;

function momentDate(moment: Moment): Date | null {
	if (moment === null || moment === undefined || moment === '') return null;
	const date = new Date(moment);
	return Number.isNaN(date.getTime()) ? null : date;
}

/** 2026-11-22 14:03, in the office's zone so that server and browser write the same. */
export function formatMoment(moment: Moment, zone = 'Asia/Shanghai'): string {
	const date = momentDate(moment);
	if (!date) return NO_VALUE;
	return new Intl.DateTimeFormat('sv-SE', {
		timeZone: zone,
		dateStyle: 'short',
		timeStyle: 'short'
	}).format(date);
}

/** 2026-11-22. A date without a time is shown as it is written. */
export function formatDate(moment: Moment, zone = 'Asia/Shanghai'): string {
	if (typeof moment === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(moment)) return moment;
	const date = momentDate(moment);
	if (!date) return NO_VALUE;
	return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(date);
}

/** 14:03, for “saved 14:03”. */
export function formatTime(moment: Moment): string {
	const date = momentDate(moment);
	if (!date) return NO_VALUE;
	return new Intl.DateTimeFormat('sv-SE', { timeStyle: 'short' }).format(date);
}

/** The first characters of a hash: enough to recognise it by. */
export function shortHash(hash: string | null | undefined): string {
	return hash ? hash.slice(0, 10) : NO_VALUE;
}
