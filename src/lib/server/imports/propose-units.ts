/**
 * The unit that a column of figures is written in, against the unit of the field it is for: what it
 * is, what says so, how sure that is, and the transform that follows.
 */
import type { ColumnTransform } from '#lib/contract/import-mapping.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { StoredReading } from './batches.ts';
import type { ImportField } from './fields.ts';
import { readNumber, tidyCell } from './read/cells.ts';
import { unitInHeader, unitOfMetric, unitOfWord, type UnitWord } from './unit-words.ts';

export interface UnitProposal {
	/** The unit as the file writes it. */
	readonly word: string;
	/** 0 to 1; below one half nothing is transformed. */
	readonly confidence: number;
	readonly reasons: readonly LocalText[];
	readonly transform: ColumnTransform;
}

interface Found {
	readonly word: string;
	readonly unit: UnitWord;
	readonly confidence: number;
	readonly reason: LocalText;
}

/** The proposal for a column of figures; null where the file names no unit. */
export function proposeUnit(
	column: string,
	cells: readonly string[],
	field: ImportField,
	reading: StoredReading | null,
	ownCurrency: string
): UnitProposal | null {
	const wanted = field.unit === undefined ? null : unitOfMetric(field.unit);
	const found = findUnit(column, wanted, reading);
	if (!found) return null;
	const proposal = (
		confidence: number,
		reason: LocalText,
		transform: ColumnTransform = {}
	): UnitProposal => ({
		word: found.word,
		confidence: Math.round(confidence * 100) / 100,
		reasons: [found.reason, reason],
		transform
	});
	const { unit } = found;
	if (wanted && !fits(unit, wanted)) {
		return proposal(0.3, {
			'zh-CN': `字段的单位是 ${field.unit}，不能由它换算，请核对这一列`,
			en: `the field is in ${field.unit}, which it cannot be converted to: check the column`
		});
	}
	const figures = cells.flatMap((cell) => {
		const read = readNumber(cell);
		return 'value' in read ? [Math.abs(read.value)] : [];
	});
	const saysItself = cells.some((cell) => /\d\s*[万亿千kw]\s*元?$/i.test(tidyCell(cell)));
	if (saysItself && unit.times > 1) {
		return proposal(0.4, {
			'zh-CN': '单元格自己写了万、千等，再乘就重复了',
			en: 'the cells name their size themselves; it would count twice'
		});
	}
	const isShare = unit.dimension === 'ratio' && unit.over === 100;
	const hasMarks = cells.some((cell) => /[%％]\s*$/.test(cell));
	if (isShare && wanted !== null && !hasMarks && figures.length > 2) {
		if (figures.every((figure) => figure <= 1.5) && figures.some((figure) => figure % 1 !== 0)) {
			return proposal(0.45, {
				'zh-CN': '数值都不超过 1.5，像是已经写成小数',
				en: 'no figure is above 1.5: they look like fractions already'
			});
		}
	}
	const transform = conversion(unit, wanted, ownCurrency);
	return proposal(found.confidence, explain(found.word, field, transform, ownCurrency), transform);
}

/** The header says it best, then a row of units below it, then a line above the table. */
function findUnit(
	column: string,
	wanted: UnitWord | null,
	reading: StoredReading | null
): Found | null {
	const own = unitInHeader(column);
	if (own) {
		const where = own.isBracketed
			? { 'zh-CN': `列名的括号里写着 ${own.word}`, en: `the header has ${own.word} in brackets` }
			: { 'zh-CN': `列名以 ${own.word} 结尾`, en: `the header ends with ${own.word}` };
		return { ...own, confidence: own.isBracketed ? 0.95 : 0.85, reason: where };
	}
	const at = reading?.fileHeader.indexOf(column) ?? -1;
	const below = reading?.units?.[at] ?? '';
	const unit = unitOfWord(below);
	if (unit) {
		const reason = {
			'zh-CN': `表头下面的单位行写着 ${below}`,
			en: `the row of units below the header says ${below}`
		};
		return { word: below, unit, confidence: 0.9, reason };
	}
	const above = reading?.tableUnit ?? '';
	const ofTable = unitOfWord(above);
	// A line over the table speaks of its amounts, not of every column.
	if (!ofTable || wanted?.dimension !== 'money' || ofTable.dimension === 'ratio') return null;
	const reason = {
		'zh-CN': `表格上方写着“单位：${above}”`,
		en: `a line above the table says the unit is ${above}`
	};
	return { word: above, unit: ofTable, confidence: 0.8, reason };
}

/** A size alone (万, 千) fits amounts and counts alike. */
function fits(unit: UnitWord, wanted: UnitWord): boolean {
	if (unit.dimension === wanted.dimension) return true;
	return unit.dimension === 'number' && wanted.dimension === 'money';
}

const SCALES: ReadonlyMap<number, NonNullable<ColumnTransform['scale']>> = new Map([
	[1e3, 'thousand'],
	[1e4, 'ten_thousand'],
	[1e6, 'million'],
	[1e8, 'hundred_million']
]);

function conversion(unit: UnitWord, wanted: UnitWord | null, ownCurrency: string): ColumnTransform {
	const times = unit.times * (wanted?.over ?? 1);
	const over = unit.over * (wanted?.times ?? 1);
	const currency =
		unit.currency !== undefined && unit.currency !== ownCurrency && wanted?.dimension === 'money'
			? { currency: unit.currency }
			: {};
	if (times === over) return currency;
	const shared = divisor(times, over);
	const [up, down] = [times / shared, over / shared];
	if (up === 1 && down === 100 && unit.dimension === 'ratio')
		return { ...currency, scale: 'percent' };
	const scale = down === 1 ? SCALES.get(up) : undefined;
	if (scale) return { ...currency, scale };
	return {
		...currency,
		...(up === 1 ? {} : { times: up }),
		...(down === 1 ? {} : { over: down })
	};
}

function divisor(a: number, b: number): number {
	return b === 0 ? a : divisor(b, a % b);
}

function explain(
	word: string,
	field: ImportField,
	transform: ColumnTransform,
	ownCurrency: string
): LocalText {
	if (transform.currency !== undefined) {
		return {
			'zh-CN': `按所属期间末日的汇率折算为 ${ownCurrency}`,
			en: `converted to ${ownCurrency} at the rate of the last day of its period`
		};
	}
	if (Object.keys(transform).length === 0) {
		return {
			'zh-CN': '与字段的单位相同，不用换算',
			en: 'the same unit as the field: kept as it is'
		};
	}
	const unit = field.unit ?? '';
	return unit === ''
		? { 'zh-CN': `按 ${word} 还原`, en: `${word} is written out` }
		: {
				'zh-CN': `字段的单位是 ${unit}，按 ${word} 换算`,
				en: `the field is in ${unit}: ${word} is converted`
			};
}
