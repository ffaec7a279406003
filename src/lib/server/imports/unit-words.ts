/** Units as headers and rows of units write them, and what one of them is in another. */
import { tidyCell } from './read/cells.ts';

type Dimension = 'money' | 'ratio' | 'time' | 'day' | 'mass' | 'number';

/** A unit: so many of the base of its dimension; money has a currency besides. */
export interface UnitWord {
	readonly dimension: Dimension;
	/** As a fraction, so that nothing is rounded: times ÷ over. */
	readonly times: number;
	readonly over: number;
	readonly currency?: string;
}

const of = (dimension: Dimension, times = 1, over = 1): UnitWord => ({ dimension, times, over });

const CURRENCY_WORDS: ReadonlyMap<string, string> = new Map([
	['元', 'CNY'],
	['人民币', 'CNY'],
	['rmb', 'CNY'],
	['cny', 'CNY'],
	['¥', 'CNY'],
	['美元', 'USD'],
	['美金', 'USD'],
	['usd', 'USD'],
	['us$', 'USD'],
	['$', 'USD'],
	['欧元', 'EUR'],
	['eur', 'EUR'],
	['€', 'EUR'],
	['港元', 'HKD'],
	['港币', 'HKD'],
	['hkd', 'HKD'],
	['日元', 'JPY'],
	['jpy', 'JPY'],
	['英镑', 'GBP'],
	['gbp', 'GBP'],
	['£', 'GBP'],
	['sgd', 'SGD']
]);

const SIZE_WORDS: ReadonlyMap<string, number> = new Map([
	['千', 1e3],
	['k', 1e3],
	['thousand', 1e3],
	["'000", 1e3],
	['000', 1e3],
	['万', 1e4],
	['10k', 1e4],
	['十万', 1e5],
	['百万', 1e6],
	['million', 1e6],
	['mn', 1e6],
	['千万', 1e7],
	['亿', 1e8]
]);

const WORDS: ReadonlyMap<string, UnitWord> = new Map([
	...words(of('ratio', 1, 100), ['%', '百分比', '百分数', 'percent', 'pct']),
	...words(of('ratio', 1, 1000), ['‰', '千分比']),
	...words(of('ratio', 1, 10_000), ['bp', 'bps', '基点', '万分比']),
	...words(of('ratio', 1, 1_000_000), ['ppm']),
	...words(of('time', 1, 3600), ['秒', '秒钟', 's', 'sec', 'secs', 'second', 'seconds']),
	...words(of('time', 1, 60), ['分钟', 'min', 'mins', 'minute', 'minutes']),
	...words(of('time'), ['小时', '工时', 'h', 'hr', 'hrs', 'hour', 'hours']),
	...words(of('day'), ['天', '日', '工作日', 'day', 'days']),
	...words(of('mass', 1, 1000), ['克', 'g', 'gram', 'grams']),
	...words(of('mass', 1, 2), ['斤']),
	...words(of('mass'), ['公斤', '千克', 'kg', 'kgs', 'kilogram', 'kilograms']),
	...words(of('mass', 1000), ['吨', 't', 'ton', 'tons', 'tonne', 'tonnes', 'mt']),
	...words(of('number'), ['个', '件', '单', '票', '人', '次', '台', '套', '笔', '户', '箱']),
	...words(of('number'), ['pcs', 'pc', 'piece', 'pieces', 'count', 'teu'])
]);

/** Units of metrics whose name is not a word of a header. */
const METRIC_UNITS: ReadonlyMap<string, UnitWord> = new Map([
	['money', of('money')],
	['ratio', of('ratio')],
	['count', of('number')]
]);

function words(unit: UnitWord, all: readonly string[]): [string, UnitWord][] {
	return all.map((word) => [word, unit]);
}

/** The unit that a word names: `万元`, `USD thousand`, `%`, `min`; null where it names none. */
export function unitOfWord(raw: string): UnitWord | null {
	const word = tidyCell(raw)
		.toLowerCase()
		.replace(/^[（(［[【]|[）)］\]】]$/g, '')
		.replace(/^单位[:：]/, '')
		.trim();
	if (word === '') return null;
	return WORDS.get(word) ?? moneyWord(word) ?? countWord(word);
}

function moneyWord(word: string): UnitWord | null {
	for (const [name, currency] of CURRENCY_WORDS) {
		let rest: string | null = null;
		if (word.endsWith(name)) rest = word.slice(0, -name.length);
		else if (word.startsWith(name)) rest = word.slice(name.length);
		if (rest === null) continue;
		const size = rest.replace(/[\s/·]+/g, '');
		if (size === '') return { ...of('money'), currency };
		const times = SIZE_WORDS.get(size);
		if (times !== undefined) return { ...of('money', times), currency };
	}
	return null;
}

/** `万`, `千`, `万件`: a size of whatever the column counts. */
function countWord(word: string): UnitWord | null {
	for (const [name, times] of SIZE_WORDS) {
		if (name === '000' || !word.startsWith(name)) continue;
		const rest = word.slice(name.length);
		if (rest === '' || WORDS.get(rest)?.dimension === 'number') return of('number', times);
	}
	return null;
}

const BRACKETS = /[（(［[【]([^）)］\]】]+)[）)］\]】]/g;

/** The unit at the end of a header or in its brackets, with the words that name it. */
export function unitInHeader(
	header: string
): { readonly word: string; readonly unit: UnitWord; readonly isBracketed: boolean } | null {
	const tidy = tidyCell(header);
	for (const [, word = ''] of tidy.matchAll(BRACKETS)) {
		const unit = unitOfWord(word);
		if (unit) return { word: word.trim(), unit, isBracketed: true };
	}
	// After a mark any unit may stand; run together only words that mean nothing else there.
	const parted = /[\s_/,，:：-]([^\s_/,，:：-]+)$/.exec(tidy)?.[1];
	const trailing = parted ?? /(?:[十百千]?[万亿千]元?|[美欧港日]元|%|％|‰)$/.exec(tidy)?.[0];
	if (trailing === undefined || trailing.length === tidy.length) return null;
	const unit = unitOfWord(trailing);
	return unit && { word: trailing, unit, isBracketed: false };
}

/** The unit of a metric; null where it is a word of the client's own. */
export function unitOfMetric(unit: string): UnitWord | null {
	return METRIC_UNITS.get(unit) ?? unitOfWord(unit);
}
