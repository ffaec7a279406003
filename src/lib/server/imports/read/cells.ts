/**
 * Cells as people write them, read into values: `1,234.50`, `￥1.2万`, `60.6%`, `2013年5月`.
 *
 * Every reader answers `{ value }`, `{ missing: true }` or `{ expected }` (what should have stood
 * there). Nothing is guessed: a notation that could mean two things is refused until the mapping
 * names it.
 */

export type Reading<T> =
	{ readonly value: T } | { readonly missing: true } | { readonly expected: Expected };

/** What a cell should have held; the texts are in the diagnostics of this room. */
export type Expected = 'number' | 'date' | 'period' | 'boolean' | 'id' | 'choice';

export interface NumberNotation {
	/** `comma`: 308.192,31 */
	readonly decimal?: 'point' | 'comma';
	/** Every value of the column is multiplied: 万元 → 元, percent without its sign. */
	readonly scale?: keyof typeof SCALES;
	/** Every value of the column is multiplied (hours → minutes) and divided (g → kg). */
	readonly times?: number;
	readonly over?: number;
}

/**
 * `serial_…`: a number that a spreadsheet shows as a day, because its column has the format of
 * dates; read as the number again. `yymmdd`: days of six digits.
 */
export type DateNotation =
	'auto' | 'day_first' | 'month_first' | 'yymmdd' | 'serial_1900' | 'serial_1904';

const MISSING_MARKS = new Set([
	'',
	'-',
	'--',
	'—',
	'——',
	'–',
	'/',
	'n/a',
	'na',
	'nan',
	'null',
	'none',
	'无',
	'暂无',
	'#n/a',
	'#div/0!',
	'#value!',
	'#ref!'
]);

const SCALES = {
	thousand: 3,
	ten_thousand: 4,
	million: 6,
	hundred_million: 8,
	percent: -2
} as const;
const SUFFIXES: ReadonlyMap<string, number> = new Map([
	['万亿', 12],
	['千万', 7],
	['百万', 6],
	['万', 4],
	['亿', 8],
	['千', 3],
	['百', 2],
	['k', 3],
	['w', 4],
	['m', 6],
	['%', -2],
	['‰', -3]
]);

/** Currencies as amounts name them; `¥` is the yuan here. */
const CURRENCIES: ReadonlyMap<string, string> = new Map([
	['$', 'USD'],
	['us$', 'USD'],
	['美元', 'USD'],
	['¥', 'CNY'],
	['元', 'CNY'],
	['人民币', 'CNY'],
	['rmb', 'CNY'],
	['€', 'EUR'],
	['欧元', 'EUR'],
	['£', 'GBP'],
	['英镑', 'GBP'],
	['hk$', 'HKD'],
	['港元', 'HKD'],
	['港币', 'HKD'],
	['日元', 'JPY']
]);
const CODES = 'usd|cny|eur|gbp|hkd|jpy|krw|sgd|aud|cad|chf|thb|vnd|myr|idr|inr|twd|rub|brl|mxn|aed';
const MARKS = [...CURRENCIES.keys()]
	.sort((a, b) => b.length - a.length)
	.map((mark) => mark.replace(/\$/g, '\\$'))
	.join('|');
const LEADING_MARK = new RegExp(`^([+-]?)\\s*(${MARKS}|${CODES})\\s*`, 'i');
const TRAILING_MARK = new RegExp(`\\s*(${MARKS}|${CODES})$`, 'i');

/** The currency that an amount is marked with, as its code; null where it has no mark. */
export function currencyMark(raw: string): string | null {
	const text = tidyCell(raw).replace(/^\((.+)\)$/, '$1');
	const mark = LEADING_MARK.exec(text)?.[2] ?? TRAILING_MARK.exec(text)?.[1];
	if (mark === undefined) return null;
	return CURRENCIES.get(mark.toLowerCase()) ?? mark.toUpperCase();
}

const PLAIN = /^[!-&(-~][!-~]*$|^$/;
const PLAIN_NUMBER = /^-?\d{1,15}(?:\.\d{1,12})?$/;
const PLAIN_MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** One spelling for what looks the same: full-width forms, odd blanks, the apostrophe of a text cell. */
export function tidyCell(raw: string): string {
	// Most cells of a large file are plain already.
	if (PLAIN.test(raw)) return raw;
	return raw
		.normalize('NFKC')
		.replace(/[\u200b\ufeff]/g, '')
		.trim()
		.replace(/^'/, '')
		.trim();
}

/** A cell that says “nothing here” in one of the usual ways. Empty is never zero. */
export function isMissing(raw: string): boolean {
	return MISSING_MARKS.has(tidyCell(raw).toLowerCase());
}

/** Reads a number, exactly: `1.2万` is 12000 because the exponent moves, nothing is multiplied. */
export function readNumber(raw: string, notation: NumberNotation = {}): Reading<number> {
	const read = readPlainNumber(raw, notation);
	const { times = 1, over = 1 } = notation;
	if ((times === 1 && over === 1) || !('value' in read)) return read;
	// Without the dust of a binary division: 90 minutes are 1.5 hours.
	return { value: Number(((read.value * times) / over).toPrecision(15)) };
}

function readPlainNumber(raw: string, notation: NumberNotation): Reading<number> {
	let text = tidyCell(raw);
	if (notation.decimal !== 'comma' && !notation.scale && PLAIN_NUMBER.test(text)) {
		const plain = Number(text);
		return { value: plain === 0 ? 0 : plain };
	}
	if (isMissing(text)) return { missing: true };
	let sign = '';
	const bracketed = /^\((.+)\)$/.exec(text);
	if (bracketed?.[1]) {
		sign = '-';
		text = bracketed[1];
	}
	text = text.replace(LEADING_MARK, '$1').replace(TRAILING_MARK, '').trim();
	let exponent: number = notation.scale ? SCALES[notation.scale] : 0;
	for (const length of [2, 1]) {
		const mark = text.slice(-length).toLowerCase();
		const suffix = mark.length === length ? SUFFIXES.get(mark) : undefined;
		if (suffix === undefined) continue;
		// `60%` in a column of percent is 0.6 once, not twice.
		exponent = notation.scale === 'percent' && suffix === -2 ? -2 : exponent + suffix;
		text = text.slice(0, -length).trim();
		break;
	}
	const digits = plainDigits(text, notation.decimal ?? 'point');
	if (digits === null) return { expected: 'number' };
	const [mantissa = '', own = '0'] = digits.toLowerCase().split('e');
	const value = Number(`${sign}${mantissa}e${Number(own) + exponent}`);
	if (!Number.isFinite(value)) return { expected: 'number' };
	return { value: value === 0 ? 0 : value };
}

const plainNumber = (point: string) =>
	new RegExp(`^[+-]?(?:\\d+(?:\\${point}\\d*)?|\\${point}\\d+)(?:e[+-]?\\d+)?$`, 'i');
// Groups of three, or of two before the last three as in India.
const groupedNumber = (point: string, group: string) =>
	new RegExp(`^[+-]?\\d{1,3}(?:${group}\\d{2,3})*${group}\\d{3}(?:\\${point}\\d+)?$`);
const NOTATIONS = {
	point: {
		mark: '.',
		plain: plainNumber('.'),
		grouped: groupedNumber('.', "[,' ]"),
		groups: /[,' ]/g
	},
	comma: {
		mark: ',',
		plain: plainNumber(','),
		grouped: groupedNumber(',', "[.' ]"),
		groups: /[.' ]/g
	}
} as const;

/** Removes thousands separators that stand where they belong; null where the text is no number. */
function plainDigits(text: string, decimal: 'point' | 'comma'): string | null {
	const { mark, plain, grouped, groups } = NOTATIONS[decimal];
	let cleaned: string;
	if (plain.test(text)) cleaned = text;
	else if (grouped.test(text)) cleaned = text.replace(groups, '');
	else return null;
	return cleaned.replace(mark, '.').replace(/^\+/, '');
}

const DAY_MS = 86_400_000;
const EPOCHS = { serial_1900: Date.UTC(1899, 11, 30), serial_1904: Date.UTC(1904, 0, 1) } as const;

/** The number behind a day that a spreadsheet shows because of its column's format. */
export function serialOf(raw: string, notation: DateNotation | undefined): string {
	if (notation !== 'serial_1900' && notation !== 'serial_1904') return raw;
	const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(tidyCell(raw));
	if (!day) return raw;
	const at = Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]));
	return String(Math.round((at - EPOCHS[notation]) / DAY_MS));
}

/**
 * Reads an id. Leading zeros stay. A number in scientific notation (`1.23E+17`) lost digits before it
 * reached us and is refused; `276.0` is what a spreadsheet makes of 276 and is only accepted `loose`.
 * `pad` gives ids of digits zeros in front, up to that length.
 */
export function readId(raw: string, loose = false, pad = 0): Reading<string> {
	const text = tidyCell(raw);
	if (isMissing(text)) return { missing: true };
	if (/^\d+(?:\.\d+)?e\+?\d+$/i.test(text)) return { expected: 'id' };
	const padded = (id: string): string => (/^\d+$/.test(id) ? id.padStart(pad, '0') : id);
	if (!loose) return { value: padded(text) };
	return { value: padded(text.replace(/^(\d+)\.0+$/, '$1').replace(/^0+(?=\d)/, '')) };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads a calendar day into `yyyy-mm-dd`. */
export function readDate(raw: string, notation: DateNotation = 'auto'): Reading<string> {
	const text = tidyCell(raw);
	if (isMissing(text)) return { missing: true };
	if (notation === 'yymmdd') {
		const short = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
		// A century is assumed as spreadsheets do: 30 and later is the last one.
		const century = Number(short?.[1]) >= 30 ? '19' : '20';
		if (short) return dayOf(`${century}${short[1]}`, short[2], short[3]);
	}
	const yearFirst =
		/^(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?(?:[T\s]+\d{1,2}:\d{2}.*)?$/.exec(text) ??
		/^(\d{4})(\d{2})(\d{2})$/.exec(text);
	if (yearFirst) return dayOf(yearFirst[1], yearFirst[2], yearFirst[3]);
	const named = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})(?:\s+\d{1,2}:\d{2}.*)?$/i.exec(text);
	if (named) return dayOf(named[3], monthOfName(named[1]), named[2]);
	const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
	if (german) return dayOf(german[3], german[2], german[1]);
	const slashed = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(text);
	if (slashed && notation === 'day_first') return dayOf(slashed[3], slashed[2], slashed[1]);
	if (slashed && notation === 'month_first') return dayOf(slashed[3], slashed[1], slashed[2]);
	return { expected: 'date' };
}

function monthOfName(name: string | undefined): string {
	return String(MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);
}

function dayOf(year = '', month = '', day = ''): Reading<string> {
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	const isReal =
		date.getUTCFullYear() === Number(year) &&
		date.getUTCMonth() === Number(month) - 1 &&
		date.getUTCDate() === Number(day);
	return isReal ? { value: date.toISOString().slice(0, 10) } : { expected: 'date' };
}

const QUARTER_WORDS: ReadonlyMap<string, string> = new Map([
	['一', '1'],
	['二', '2'],
	['三', '3'],
	['四', '4']
]);

/** Reads a period: a month in any of the usual notations, a day's month, a quarter, a half or a year. */
export function readPeriod(raw: string, notation: DateNotation = 'auto'): Reading<string> {
	const text = tidyCell(raw);
	if (PLAIN_MONTH.test(text)) return { value: text };
	if (isMissing(text)) return { missing: true };
	const month =
		/^(\d{4})[-/.年]\s?(\d{1,2})月?份?$/.exec(text) ?? /^(\d{4})(0[1-9]|1[0-2])$/.exec(text);
	if (month) return monthOf(month[1], month[2]);
	const monthFirst = /^(\d{1,2})[/.-](\d{4})$/.exec(text);
	if (monthFirst) return monthOf(monthFirst[2], monthFirst[1]);
	const named = /^([a-z]{3})[a-z]*[\s.,-]+(\d{4})$/i.exec(text);
	if (named) return monthOf(named[2], monthOfName(named[1]));
	const quarter =
		/^(\d{4})[-\s年]*q([1-4])$/i.exec(text) ??
		/^(\d{4})年?\s?第?([1-4一二三四])季度?$/.exec(text) ??
		/^()q([1-4])[-\s/]*(\d{4})$/i.exec(text);
	if (quarter) {
		const number = QUARTER_WORDS.get(quarter[2] ?? '') ?? quarter[2];
		return { value: `${quarter[1] || quarter[3]}-Q${number}` };
	}
	const half = /^(\d{4})[-\s年]*h([12])$/i.exec(text) ?? /^(\d{4})年?([上下])半年$/.exec(text);
	if (half)
		return { value: `${half[1]}-H${half[2] === '上' ? 1 : half[2] === '下' ? 2 : half[2]}` };
	const year = /^(\d{4})年?$/.exec(text);
	if (year) return { value: year[1] ?? '' };
	const day = readDate(text, notation);
	return 'value' in day ? { value: day.value.slice(0, 7) } : { expected: 'period' };
}

function monthOf(year = '', month = ''): Reading<string> {
	const number = Number(month);
	if (number < 1 || number > 12) return { expected: 'period' };
	return { value: `${year}-${String(number).padStart(2, '0')}` };
}

const TRUE_WORDS = new Set(['true', 'yes', 'y', '1', '是', '√']);
const FALSE_WORDS = new Set(['false', 'no', 'n', '0', '否', '×']);

/** Reads a yes or no. */
export function readBoolean(raw: string): Reading<boolean> {
	const text = tidyCell(raw).toLowerCase();
	if (isMissing(text)) return { missing: true };
	if (TRUE_WORDS.has(text)) return { value: true };
	if (FALSE_WORDS.has(text)) return { value: false };
	return { expected: 'boolean' };
}
