/**
 * Proposes what each column of a file means, and how sure that is. At 0.9 and above the page fills
 * the field in; below it a person confirms. Two columns never get the same field.
 */
import { pinyin } from 'pinyin-pro';
import type { ColumnTransform } from '#lib/contract/import-mapping.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ImportField } from './fields.ts';
import { proposeUnit, type UnitProposal } from './propose-units.ts';
import { isMissing, readDate, readNumber, readPeriod, tidyCell } from './read/cells.ts';
import { PERIOD_COLUMN, VALUE_COLUMN } from './read/find-shape.ts';
import type { FileRow } from './read/reading.ts';
import type { StoredReading } from './batches.ts';

/** From here on a suggestion is taken without asking. */
export const SURE = 0.9;
/** Below this a likeness is chance. */
const LIKELY = 0.55;
const SAMPLE_ROWS = 50;
/** From here on the transform that follows from a unit is filled in. */
const TRUSTED_UNIT = 0.5;

export interface ColumnSuggestion {
	readonly column: string;
	readonly field: string | null;
	/** 0 to 1. */
	readonly confidence: number;
	readonly why: 'exact' | 'alias' | 'alike' | 'sound' | 'preset' | 'values' | 'none';
	/** What speaks for it, in words. */
	readonly reasons: readonly LocalText[];
	readonly samples: readonly string[];
	readonly transform?: ColumnTransform;
	/** The unit that the column seems to be written in, and what follows from it. */
	readonly unit?: UnitProposal;
}

/** Extra names for fields, from a preset that a pack or a person saved. */
export type PresetAliases = ReadonlyMap<string, readonly string[]>;

/** Ids and names that cells are recognised by. */
export interface KnownWords {
	readonly employees: ReadonlySet<string>;
	/** In lower case. */
	readonly units: ReadonlySet<string>;
	/** The currency that amounts are kept in. */
	readonly currency: string;
}

const NOBODY: KnownWords = { employees: new Set(), units: new Set(), currency: 'CNY' };

export interface SuggestTable {
	readonly header: readonly string[];
	readonly rows: readonly FileRow[];
	readonly reading?: StoredReading | null;
}

/** One suggestion for each column of the file, in its order. */
export function suggestMapping(
	table: SuggestTable,
	fields: readonly ImportField[],
	preset: PresetAliases = new Map(),
	known: KnownWords = NOBODY
): ColumnSuggestion[] {
	const cells = table.header.map((_, at) => columnCells(table, at));
	const candidates = table.header.flatMap((column, at) =>
		fields.map((field) => {
			const named = likeness(column, field, preset.get(field.id) ?? [], table.reading ?? null);
			const told = valueEvidence(cells[at] ?? [], field, known);
			const fits = typeAgreement(cells[at] ?? [], field);
			const byName = { ...named, confidence: named.confidence * fits };
			return {
				at,
				field,
				fits,
				...(told > byName.confidence ? { confidence: told, why: 'values' as const } : byName)
			};
		})
	);
	const ranked = candidates
		.filter((candidate) => candidate.confidence >= LIKELY)
		.sort((a, b) => b.confidence - a.confidence || a.at - b.at);

	const chosen = new Map<number, (typeof ranked)[number]>();
	const taken = new Set<string>();
	for (const candidate of ranked) {
		if (chosen.has(candidate.at) || taken.has(candidate.field.id)) continue;
		chosen.set(candidate.at, candidate);
		taken.add(candidate.field.id);
	}
	const hasCommas = cells.some(usesDecimalComma);
	return table.header.map((column, at) => {
		const own = cells[at] ?? [];
		const samples = own.slice(0, 3).map((cell) => cell.slice(0, 80));
		const found = chosen.get(at);
		const decimal = hasCommas && isCommaNumber(own) ? { decimal: 'comma' as const } : {};
		if (!found) {
			// Whoever maps it by hand gets the notation all the same.
			return {
				column,
				field: null,
				confidence: 0,
				why: 'none',
				reasons: [],
				samples,
				...(hasCommas && isCommaNumber(own) ? { transform: decimal } : {})
			};
		}
		const unit =
			found.field.type === 'number'
				? proposeUnit(column, own, found.field, table.reading ?? null, known.currency)
				: null;
		const suggested = {
			...suggestTransform(own, found.field),
			...(unit && unit.confidence >= TRUSTED_UNIT ? unit.transform : {})
		};
		const transform =
			found.field.type === 'number' && hasCommas ? { ...suggested, ...decimal } : suggested;
		return {
			column,
			field: found.field.id,
			confidence: Math.round(found.confidence * 100) / 100,
			why: found.why,
			reasons: [REASONS[found.why], ...(found.fits < 1 ? [UNFIT] : [])],
			samples,
			...(Object.keys(transform).length > 0 ? { transform } : {}),
			...(unit ? { unit } : {})
		};
	});
}

const REASONS: Readonly<Record<ColumnSuggestion['why'], LocalText>> = {
	exact: { 'zh-CN': '列名就是字段名', en: 'the column has the field’s name' },
	alias: { 'zh-CN': '列名是常见的叫法', en: 'the column’s name is a usual word for it' },
	alike: { 'zh-CN': '列名相近', en: 'the names are alike' },
	sound: { 'zh-CN': '列名读音相同', en: 'the names sound alike' },
	preset: { 'zh-CN': '保存的映射认得这一列', en: 'a saved mapping knows the column' },
	values: { 'zh-CN': '单元格的内容相符', en: 'the cells hold what the field holds' },
	none: { 'zh-CN': '没有相符的字段', en: 'no field fits' }
};
const UNFIT: LocalText = {
	'zh-CN': '部分单元格读不出该类型',
	en: 'some cells cannot be read as its type'
};

/** What the cells alone say: ids of employees and names of units are recognised. */
function valueEvidence(cells: readonly string[], field: ImportField, known: KnownWords): number {
	if (cells.length < 3) return 0;
	const share = (test: (cell: string) => boolean): number =>
		cells.filter((cell) => test(tidyCell(cell))).length / cells.length;
	if (field.id === 'employee' && known.employees.size > 0) {
		return share((cell) => known.employees.has(cell)) * 0.92;
	}
	if (field.id === 'attribute.unit' && known.units.size > 0) {
		return share((cell) => known.units.has(cell.toLowerCase())) * 0.85;
	}
	if (field.id === 'period' && share((cell) => /\d{4}.*\d/.test(cell)) > 0.9) {
		return share((cell) => 'value' in readPeriod(cell) && !('value' in readNumber(cell))) * 0.75;
	}
	return 0;
}

function columnCells(table: Pick<SuggestTable, 'rows'>, at: number): string[] {
	return table.rows
		.slice(0, SAMPLE_ROWS)
		.map((row) => row.cells[at] ?? '')
		.filter((cell) => !isMissing(cell));
}

/** Lower case, one spelling of widths, without blanks, marks, brackets and the unit in them. */
export function tidyHeader(name: string): string {
	return tidyCell(name)
		.toLowerCase()
		.replace(/[（(［[][^）)］\]]*[）)］\]]/g, '')
		.replace(/[\s_\-./:：·]+/g, '');
}

function likeness(
	column: string,
	field: ImportField,
	presetNames: readonly string[],
	reading: StoredReading | null
): { confidence: number; why: ColumnSuggestion['why'] } {
	// Columns that the table's shape made mean what they were made for.
	if (reading && reading.shape.kind !== 'long') {
		if (column === PERIOD_COLUMN)
			return { confidence: field.id === 'period' ? 1 : 0, why: 'exact' };
		if (column === VALUE_COLUMN) return { confidence: 0, why: 'none' };
	}
	const name = tidyHeader(column);
	if (name === '') return { confidence: 0, why: 'none' };
	const own = [
		field.id,
		field.id.replace(/^(metric|target|attribute)\./, ''),
		...Object.values(field.name)
	];
	if (presetNames.some((alias) => tidyHeader(alias) === name))
		return { confidence: 1, why: 'preset' };
	if (own.some((alias) => tidyHeader(alias) === name)) return { confidence: 1, why: 'exact' };
	if (field.aliases.some((alias) => tidyHeader(alias) === name))
		return { confidence: 0.95, why: 'alias' };
	const sound = soundOf(name);
	if (field.aliases.some((alias) => soundOf(tidyHeader(alias)) === sound)) {
		return { confidence: 0.8, why: 'sound' };
	}
	const best = Math.max(...field.aliases.map((alias) => dice(name, tidyHeader(alias))));
	return { confidence: best * 0.85, why: 'alike' };
}

const HANZI = /[\u4e00-\u9fff]/;
/** Aliases are asked for again with every file, and pinyin is slow. */
const sounds = new Map<string, string>();

function soundOf(name: string): string {
	if (!HANZI.test(name)) return name;
	let sound = sounds.get(name);
	if (sound === undefined) {
		sound = pinyin(name, { toneType: 'none', separator: '' });
		if (sounds.size < 10_000) sounds.set(name, sound);
	}
	return sound;
}

/** Likeness of two words by their pairs of letters (Dice). */
function dice(a: string, b: string): number {
	if (a.length < 2 || b.length < 2) return 0;
	const pairs = new Map<string, number>();
	for (let i = 0; i < a.length - 1; i += 1) {
		const pair = a.slice(i, i + 2);
		pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
	}
	let shared = 0;
	for (let i = 0; i < b.length - 1; i += 1) {
		const pair = b.slice(i, i + 2);
		const left = pairs.get(pair) ?? 0;
		if (left === 0) continue;
		pairs.set(pair, left - 1);
		shared += 1;
	}
	return (2 * shared) / (a.length + b.length - 2);
}

/** 1 where the cells can be read as the field's type, less where they cannot. */
function typeAgreement(cells: readonly string[], field: ImportField): number {
	if (cells.length === 0 || field.type === 'text' || field.type === 'id') return 1;
	const reader = { number: readNumber, date: readDate, period: readPeriod, boolean: null }[
		field.type
	];
	if (!reader) return 1;
	const readable = cells.filter((cell) => 'value' in reader(cell)).length / cells.length;
	// Day-first dates are only readable once the notation is chosen, so doubt stays mild.
	return readable >= 0.5 ? 1 : 0.75 + readable / 4;
}

function suggestTransform(cells: readonly string[], field: ImportField): ColumnTransform {
	const found: { date?: NonNullable<ColumnTransform['date']> } = {};
	if (field.type === 'date' || field.type === 'period') {
		const date = dateNotation(cells, field.type);
		if (date !== null && date !== undefined) found.date = date;
	}
	// A column of numbers that has the format of dates: what stands there is no day.
	if (field.type === 'id' && cells.length > 0 && cells.every((cell) => ISO_DAY.test(cell))) {
		found.date = 'serial_1900';
	}
	return found;
}

const ISO_DAY = /^(?:19|20)\d{2}-\d{2}-\d{2}$/;

/** True when commas can only be decimal marks: `308.192,31`, or `12,5` beside nothing with a point. */
function usesDecimalComma(cells: readonly string[]): boolean {
	const tidy = cells.map(tidyCell);
	if (tidy.some((cell) => /^-?\d{1,3}(?:\.\d{3})+,\d+(?:\s*%)?$/.test(cell))) return true;
	const short = tidy.filter((cell) => /^-?\d+,\d{1,2}(?:\s*%)?$/.test(cell));
	return short.length > 0 && !tidy.some((cell) => /\d\.\d/.test(cell));
}

/** True for a column whose figures can all be read with decimal commas, some only so. */
function isCommaNumber(cells: readonly string[]): boolean {
	return (
		cells.length > 0 &&
		cells.every((cell) => 'value' in readNumber(cell, { decimal: 'comma' })) &&
		cells.some((cell) => cell.includes(','))
	);
}

function dateNotation(
	cells: readonly string[],
	type: 'date' | 'period'
): ColumnTransform['date'] | null {
	const parts = cells.map((cell) => /^(\d{1,2})[-/](\d{1,2})[-/]\d{4}$/.exec(tidyCell(cell)));
	if (parts.some((part) => Number(part?.[1]) > 12)) return 'day_first';
	if (parts.some((part) => Number(part?.[2]) > 12)) return 'month_first';
	const isShort = cells.length > 0 && cells.every((cell) => /^\d{6}$/.test(tidyCell(cell)));
	if (!isShort) return null;
	const reader = type === 'date' ? readDate : readPeriod;
	const plain = cells.some((cell) => 'value' in reader(cell));
	return !plain && cells.every((cell) => 'value' in reader(cell, 'yymmdd')) ? 'yymmdd' : null;
}
