/** Whether rows are months already, months are columns, or every sheet is a month. */
import { isMissing, readNumber } from './cells.ts';
import { isTotalColumn, type FoundTable } from './find-table.ts';
import { headerMonth, yearIn } from './months.ts';
import type { Detection, FileRow, MonthColumn, ShapeKind, TableShape } from './reading.ts';

/** Headers of the columns that a shape adds; both languages, because a mapping names them. */
export const PERIOD_COLUMN = '期间 / Period';
export const VALUE_COLUMN = '数值 / Value';

/** Fewer months in a header are chance. */
const FEWEST_MONTHS = 3;

export interface FoundShape {
	readonly shape: TableShape;
	readonly header: readonly string[];
	readonly detection: Detection;
	readonly year: number | null;
	readonly yearDetection: Detection | null;
}

export interface ShapeHints {
	readonly shape?: ShapeKind;
	readonly year?: number;
	readonly fileName?: string;
	/** Lines above the header. */
	readonly titles: readonly FileRow[];
	readonly expectsFigures: boolean;
	/** How many sheets are read, and how many of them are named after a month. */
	readonly sheets: number;
	readonly monthSheets: number;
}

/** Decides on the shape, by choice where there is one. */
export function findShape(table: FoundTable, hints: ShapeHints): FoundShape {
	const found = yearOf(hints);
	const months = table.header.flatMap((column, at) => {
		const month = headerMonth(column, found?.year ?? null);
		return month ? [{ column, at, ...month }] : [];
	});
	const periods = new Set(months.map(({ period }) => period));
	const figures = months.filter(({ at }) => holdsFigures(table.rows, at)).length;
	const measures = new Set(months.map(({ measure }) => measure));
	// Two months of several measures each are a table as well, where none is missing.
	const isGrid =
		periods.size > 1 && measures.size > 1 && months.length === periods.size * measures.size;
	const looksWide =
		hints.expectsFigures &&
		(periods.size >= FEWEST_MONTHS || isGrid) &&
		figures * 2 >= months.length;
	const looksSheets = hints.sheets > 1 && hints.monthSheets === hints.sheets;
	const kind: ShapeKind = hints.shape ?? (looksWide ? 'wide' : looksSheets ? 'sheets' : 'long');
	const needsYear =
		(kind === 'wide' && months.some((month) => month.needsYear)) || kind === 'sheets';
	const base = {
		year: found?.year ?? null,
		yearDetection: needsYear ? yearDetection(found) : null
	};
	if (kind === 'wide' && months.length > 0) {
		const shape = wideShape(table.header, months);
		return { ...base, shape, header: wideHeader(shape), detection: wideDetection(months, hints) };
	}
	if (kind === 'sheets') {
		return {
			...base,
			shape: { kind: 'sheets' },
			header: [...table.header, PERIOD_COLUMN],
			detection: {
				what: 'shape',
				value: 'sheets',
				confidence: hints.shape ? 1 : 0.95,
				chosen: hints.shape !== undefined,
				reasons: [
					{
						'zh-CN': `${hints.monthSheets} 张工作表以月份命名`,
						en: `${hints.monthSheets} sheets are named after months`
					}
				]
			}
		};
	}
	return {
		...base,
		shape: { kind: 'long' },
		header: table.header,
		detection: {
			what: 'shape',
			value: 'long',
			confidence: hints.shape ? 1 : periods.size > 0 && hints.expectsFigures ? 0.7 : 0.95,
			chosen: hints.shape !== undefined,
			reasons: [{ 'zh-CN': '列名中没有成排的月份', en: 'the header holds no row of months' }]
		}
	};
}

function holdsFigures(rows: readonly FileRow[], at: number): boolean {
	const cells = rows
		.slice(0, 50)
		.map((row) => row.cells[at] ?? '')
		.filter((cell) => !isMissing(cell));
	if (cells.length === 0) return true;
	const readable = cells.filter(
		(cell) => 'value' in readNumber(cell) || 'value' in readNumber(cell, { decimal: 'comma' })
	);
	return readable.length * 2 >= cells.length;
}

function wideShape(
	header: readonly string[],
	months: readonly MonthColumn[]
): Extract<TableShape, { kind: 'wide' }> {
	const taken = new Set(months.map(({ at }) => at));
	const rest = header.flatMap((column, at) => (taken.has(at) ? [] : [{ column, at }]));
	// A sum of the months stands to the right of the first of them.
	const first = Math.min(...taken);
	const totals = rest.filter(({ column, at }) => at > first && isTotalColumn(column));
	return {
		kind: 'wide',
		months: months.map(({ column, at, period, measure }) => ({ column, at, period, measure })),
		kept: rest.filter((column) => !totals.includes(column)),
		totals: totals.map(({ column }) => column)
	};
}

/** The measures of a wide table, in the order of their first month. */
export function measuresOf(shape: Extract<TableShape, { kind: 'wide' }>): string[] {
	return [...new Set(shape.months.map(({ measure }) => measure))];
}

function wideHeader(shape: Extract<TableShape, { kind: 'wide' }>): string[] {
	const kept = shape.kept.map(({ column }) => column);
	return [
		...kept,
		PERIOD_COLUMN,
		...measuresOf(shape).map((measure) => (measure === '' ? VALUE_COLUMN : measure))
	];
}

function wideDetection(
	months: readonly { readonly column: string }[],
	hints: ShapeHints
): Detection {
	const first = months[0]?.column ?? '';
	const last = months.at(-1)?.column ?? '';
	return {
		what: 'shape',
		value: 'wide',
		confidence: hints.shape ? 1 : Math.min(0.98, 0.7 + months.length * 0.04),
		chosen: hints.shape !== undefined,
		reasons: [
			{
				'zh-CN': `${months.length} 列以月份命名：${first} 至 ${last}`,
				en: `${months.length} columns are named after months: ${first} to ${last}`
			}
		]
	};
}

function yearOf(hints: ShapeHints): { year: number; from: 'person' | 'title' | 'file' } | null {
	if (hints.year !== undefined) return { year: hints.year, from: 'person' };
	for (const row of hints.titles) {
		for (const cell of row.cells) {
			const year = yearIn(cell);
			if (year !== null) return { year, from: 'title' };
		}
	}
	const year = yearIn(hints.fileName ?? '');
	return year === null ? null : { year, from: 'file' };
}

const YEAR_WORDS = {
	person: { 'zh-CN': '由人指定', en: 'chosen by a person' },
	title: { 'zh-CN': '标题行中写有年份', en: 'a title line names it' },
	file: { 'zh-CN': '文件名中写有年份', en: 'the name of the file has it' }
} as const;

function yearDetection(found: ReturnType<typeof yearOf>): Detection {
	if (!found) {
		return {
			what: 'year',
			value: '',
			confidence: 0,
			chosen: false,
			reasons: [{ 'zh-CN': '文件没有写年份', en: 'the file names no year' }]
		};
	}
	return {
		what: 'year',
		value: String(found.year),
		confidence: found.from === 'person' ? 1 : found.from === 'title' ? 0.9 : 0.8,
		chosen: found.from === 'person',
		reasons: [YEAR_WORDS[found.from]]
	};
}

/** The rows of a reading in the shape of its header: one row for every month that holds anything. */
export function tableRows(shape: TableShape, rows: readonly FileRow[]): readonly FileRow[] {
	return shape.kind === 'wide' ? rows.flatMap((row) => unfold(shape, row)) : rows;
}

function unfold(shape: Extract<TableShape, { kind: 'wide' }>, row: FileRow): FileRow[] {
	const measures = measuresOf(shape);
	const kept = shape.kept.map(({ at }) => row.cells[at] ?? '');
	const found = new Map<string, { cells: string[]; column: string }>();
	for (const { period, measure, at, column } of shape.months) {
		const cell = row.cells[at] ?? '';
		// Nothing was told for this month: not employed yet, no quota.
		if (cell.trim() === '') continue;
		const known = found.get(period) ?? { cells: measures.map(() => ''), column };
		known.cells[measures.indexOf(measure)] = cell;
		found.set(period, known);
	}
	return [...found].map(([period, { cells, column }]) => ({
		line: row.line,
		cells: [...kept, period, ...cells],
		column
	}));
}
