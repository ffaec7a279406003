/**
 * Proposes what each column of a file means, and how sure that is. At 0.9 and above the page fills
 * the field in; below it a person confirms. Two columns never get the same field.
 */
import { pinyin } from 'pinyin-pro';
import type { ColumnTransform } from '#lib/contract/imports.ts';
import type { ImportField } from './fields.ts';
import { isMissing, readDate, readNumber, readPeriod, tidyCell } from './read/cells.ts';
import type { FileReading } from './read/read-csv.ts';

/** From here on a suggestion is taken without asking. */
export const SURE = 0.9;
/** Below this a likeness is chance. */
const LIKELY = 0.55;
const SAMPLE_ROWS = 50;

export interface ColumnSuggestion {
	readonly column: string;
	readonly field: string | null;
	/** 0 to 1. */
	readonly confidence: number;
	readonly why: 'exact' | 'alias' | 'alike' | 'sound' | 'preset' | 'none';
	readonly samples: readonly string[];
	readonly transform?: ColumnTransform;
}

/** Extra names for fields, from a preset that a pack or a person saved. */
export type PresetAliases = ReadonlyMap<string, readonly string[]>;

/** One suggestion for each column of the file, in its order. */
export function suggestMapping(
	reading: Pick<FileReading, 'header' | 'rows'>,
	fields: readonly ImportField[],
	preset: PresetAliases = new Map()
): ColumnSuggestion[] {
	const candidates = reading.header.flatMap((column, at) =>
		fields.map((field) => ({ at, field, ...likeness(column, field, preset.get(field.id) ?? []) }))
	);
	const ranked = candidates
		.map((candidate) => ({
			...candidate,
			confidence:
				candidate.confidence * typeAgreement(columnCells(reading, candidate.at), candidate.field)
		}))
		.filter((candidate) => candidate.confidence >= LIKELY)
		.sort((a, b) => b.confidence - a.confidence || a.at - b.at);

	const chosen = new Map<number, (typeof ranked)[number]>();
	const taken = new Set<string>();
	for (const candidate of ranked) {
		if (chosen.has(candidate.at) || taken.has(candidate.field.id)) continue;
		chosen.set(candidate.at, candidate);
		taken.add(candidate.field.id);
	}
	return reading.header.map((column, at) => {
		const samples = columnCells(reading, at).slice(0, 3);
		const found = chosen.get(at);
		if (!found) return { column, field: null, confidence: 0, why: 'none', samples };
		const transform = suggestTransform(column, columnCells(reading, at), found.field);
		return {
			column,
			field: found.field.id,
			confidence: Math.round(found.confidence * 100) / 100,
			why: found.why,
			samples,
			...(transform ? { transform } : {})
		};
	});
}

function columnCells(reading: Pick<FileReading, 'rows'>, at: number): string[] {
	return reading.rows
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
	presetNames: readonly string[]
): { confidence: number; why: ColumnSuggestion['why'] } {
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

function suggestTransform(
	column: string,
	cells: readonly string[],
	field: ImportField
): ColumnTransform | undefined {
	if (field.type === 'number') {
		const scale = /万元|万/.test(column)
			? ('ten_thousand' as const)
			: /%|％|百分/.test(column) && field.metric?.unit === 'ratio'
				? ('percent' as const)
				: undefined;
		const decimal = cells.some((cell) => /^\s*-?\d{1,3}(\.\d{3})*,\d{1,2}\s*$/.test(cell))
			? ('comma' as const)
			: undefined;
		if (scale || decimal) return { ...(scale ? { scale } : {}), ...(decimal ? { decimal } : {}) };
	}
	if (field.type === 'date' || field.type === 'period') {
		const parts = cells.map((cell) => /^(\d{1,2})[-/](\d{1,2})[-/]\d{4}$/.exec(tidyCell(cell)));
		if (parts.some((part) => Number(part?.[1]) > 12)) return { date: 'day_first' };
		if (parts.some((part) => Number(part?.[2]) > 12)) return { date: 'month_first' };
	}
	return undefined;
}
