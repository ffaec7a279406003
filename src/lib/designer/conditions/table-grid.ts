/** The texts of a decision table's cells, read and written: what grid keys and the clipboard use. */
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import { numberText } from '#lib/engine/logic/number-text.ts';
import type { Dictionary, Rule, VariableInfo } from '#lib/engine/logic/rule.ts';
import { unitOf } from '#lib/engine/logic/units.ts';
import { isList, isObject } from '../document-path.ts';
import { printCell, readCell, type CellSubject } from './cell-text.ts';
import { columnKey, readTable, type DecisionTable, type TableColumn } from './decision-table.ts';
import { insertRow, setCell, setOtherwise, setResult } from './edit-table.ts';
import { FormulaProblem } from './formula-problem.ts';
import { parseFormula } from './parse-formula.ts';
import { printFormula } from './print-formula.ts';

export interface GridWords {
	readonly dictionary: Dictionary;
	readonly locale: Locale;
}

/** The variable that a column asks about, with or without a default; null for a formula. */
export function variableOf(subject: Rule): string | null {
	const path = isObject(subject) ? subject['var'] : undefined;
	const name = isList(path) ? path[0] : path;
	return typeof name === 'string' ? name : null;
}

export function columnOf(path: string): TableColumn {
	const subject: Rule = { var: path };
	return { key: columnKey(subject), subject };
}

export function cellSubject(subject: Rule, { dictionary, locale }: GridWords): CellSubject {
	return { subject, info: infoOf(subject, dictionary), dictionary, locale };
}

function infoOf(subject: Rule, dictionary: Dictionary): VariableInfo | undefined {
	const path = variableOf(subject);
	if (path !== null) return dictionary.get(path);
	const unit = unitOf(parseRule(subject).node, dictionary);
	return { type: 'number', ...(unit === null ? {} : { unit }) };
}

/** The columns in view: those of the rule, and those that were added and ask nothing yet. */
export function gridColumns(
	table: DecisionTable,
	added: readonly TableColumn[]
): readonly TableColumn[] {
	const known = new Set(table.columns.map(({ key }) => key));
	return [...table.columns, ...added.filter(({ key }) => !known.has(key))];
}

/** The result column comes behind the conditions; the row behind the last is “otherwise”. */
export function cellText(
	rule: Rule,
	table: DecisionTable,
	columns: readonly TableColumn[],
	at: { readonly row: number; readonly column: number },
	words: GridWords
): string {
	const row = table.rows[at.row];
	const column = columns[at.column];
	if (!column) {
		const result = row ? row.result : (table.otherwise?.rule ?? null);
		if (!row && !table.otherwise) return '';
		return typeof result === 'number' ? numberText(result) : (printFormula(result) ?? '');
	}
	if (!row) return '';
	const tests = row.cells.get(column.key) ?? [];
	return printCell(rule, tests, cellSubject(column.subject, words));
}

export interface FailedCell {
	readonly row: number;
	readonly column: number;
	readonly text: string;
	/** What is wrong with a formula; null where the cell's language was not read. */
	readonly problem: FormulaProblem | null;
}

export interface WrittenCells {
	readonly rule: Rule;
	readonly failed: readonly FailedCell[];
}

/**
 * Writes texts into the cells from one on, to the right and down. Rows that are missing are added
 * before “otherwise”; texts that cannot be read are given back and change nothing.
 */
export function writeCells(
	rule: Rule,
	columns: readonly TableColumn[],
	from: { readonly row: number; readonly column: number },
	texts: readonly (readonly string[])[],
	words: GridWords
): WrittenCells {
	let next = rule;
	const failed: FailedCell[] = [];
	texts.forEach((line, down) => {
		const row = from.row + down;
		// A line that asks nothing is “otherwise”, where that is what stands here.
		const asks = line.some(
			(text, right) => from.column + right < columns.length && text.trim() !== ''
		);
		const mayAddRows = texts.length > 1 && asks;
		line.forEach((text, right) => {
			const at = { row, column: from.column + right };
			const written = writeCell(next, columns, at, text, words, mayAddRows);
			if (written instanceof FormulaProblem || written === null)
				failed.push({ ...at, text, problem: written });
			else next = written;
		});
	});
	return { rule: next, failed };
}

/** The rule with one cell written; what is wrong where the text cannot be read. */
function writeCell(
	rule: Rule,
	columns: readonly TableColumn[],
	{ row, column }: { readonly row: number; readonly column: number },
	text: string,
	words: GridWords,
	mayAddRows: boolean
): Rule | FormulaProblem | null {
	const { table } = readTable(rule);
	const width = columns.length + (table?.kind === 'choice' ? 1 : 0);
	if (!table || column >= width) return rule;
	const asked = columns[column];
	const isBeyond = row >= table.rows.length;
	if (isBeyond && mayAddRows && (asked || row > table.rows.length)) {
		const added = insertRow(rule, table, table.rows.length);
		return writeCell(added, columns, { row: table.rows.length, column }, text, words, false);
	}
	const target = table.rows[row];
	if (!asked) return writeResult(rule, table, row, text, words);
	if (!target) return rule;
	const about = cellSubject(asked.subject, words);
	const before = cellText(rule, table, columns, { row, column }, words);
	// A text that says what is there already leaves the tests as they are written.
	if (before === text.trim()) return rule;
	const { tests } = readCell(text, about);
	return tests === null ? null : setCell(rule, target, asked.key, tests);
}

function writeResult(
	rule: Rule,
	table: DecisionTable,
	row: number,
	text: string,
	words: GridWords
): Rule | FormulaProblem {
	const target = table.rows[row];
	const typed = text.trim().replace(/^[=＝]/, '');
	if (typed === '' || typed === '—') {
		if (target) return setResult(rule, target, null);
		return table.otherwise ? setOtherwise(rule, table, undefined) : rule;
	}
	const before = cellText(rule, table, [], { row, column: 0 }, words);
	if (before === typed) return rule;
	const { rule: result, problem } = parseFormula(ungrouped(typed), {
		dictionary: words.dictionary
	});
	if (problem) return problem;
	return target ? setResult(rule, target, result) : setOtherwise(rule, table, result);
}

/** A number as spreadsheets show it: `1,200` is one number. */
function ungrouped(text: string): string {
	return /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
}

/** A cell by its position; behind the last row is “otherwise”, behind the last column the result. */
export interface Spot {
	readonly row: number;
	readonly column: number;
}

export interface GridSize {
	/** Columns of conditions. */
	readonly columns: number;
	readonly rows: number;
	readonly isChoice: boolean;
	/** A row behind the last, of which only the result is a cell. */
	readonly hasOtherwise: boolean;
}

/** A condition has no results; what a sum of nothing gives is nobody’s to choose. */
export function gridSize(table: DecisionTable, columns: number): GridSize {
	const isChoice = table.kind === 'choice';
	const hasOtherwise = isChoice && table.combines !== 'sum';
	return { columns, rows: table.rows.length, isChoice, hasOtherwise };
}

/** The cell that Tab goes to, or Shift+Tab back; null where it leaves the table. */
export function spotBeside(
	at: Spot,
	by: 1 | -1,
	{ columns, rows, isChoice, hasOtherwise }: GridSize
): Spot | null {
	const width = columns + (isChoice ? 1 : 0);
	const inOtherwise = at.row === rows;
	const first = inOtherwise ? columns : 0;
	const column = at.column + by;
	if (column >= first && column < width) return { row: at.row, column };
	const row = at.row + by;
	if (row < 0 || row >= rows + (hasOtherwise ? 1 : 0)) return null;
	if (row === rows) return { row, column: columns };
	return { row, column: by === 1 ? 0 : width - 1 };
}

/** The cells between two, both included. */
export interface Span {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

export function spanOf(a: Spot, b: Spot): Span {
	return {
		top: Math.min(a.row, b.row),
		bottom: Math.max(a.row, b.row),
		left: Math.min(a.column, b.column),
		right: Math.max(a.column, b.column)
	};
}

export function isWithin({ top, bottom, left, right }: Span, { row, column }: Spot): boolean {
	return row >= top && row <= bottom && column >= left && column <= right;
}

/** One copied cell fills all that is chosen, as in a spreadsheet; a range goes where it begins. */
export function spread(
	texts: readonly (readonly string[])[],
	{ top, bottom, left, right }: Span
): readonly (readonly string[])[] {
	const [[text] = []] = texts;
	const isOne = texts.length === 1 && texts[0]?.length === 1 && text !== undefined;
	if (!isOne) return texts;
	return Array.from({ length: bottom - top + 1 }, () =>
		Array.from({ length: right - left + 1 }, () => text)
	);
}

/** What arrows do: rows down, columns to the right. */
export const GRID_MOVES: Readonly<Record<string, readonly [number, number]>> = {
	ArrowUp: [-1, 0],
	ArrowDown: [1, 0],
	ArrowLeft: [0, -1],
	ArrowRight: [0, 1]
};
