/** The condition of a mapping over the rows of a file: JSON Logic whose variables are its columns. */
import { diagnose, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Json, JsonObject, Value } from '#lib/engine/logic/rule.ts';
import { isTruthy } from '#lib/engine/logic/value.ts';
import { variablesOf } from '#lib/engine/logic/variables.ts';
import { importDiagnostics } from '../diagnostics.ts';
import { isMissing, readDate, readNumber, tidyCell } from '../read/cells.ts';
import type { FileRow } from '../read/reading.ts';

export interface RowFilter {
	readonly accepts: (row: FileRow) => boolean;
	readonly diagnostics: readonly Diagnostic[];
	/** The columns that it looks at. */
	readonly columns: readonly string[];
}

const EVERY_ROW: RowFilter = { accepts: () => true, diagnostics: [], columns: [] };

/** Comparisons by size read a cell as a figure, or as a day where the other side is one. */
const BY_SIZE: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'between']);
/** Marks how a variable is read; no header holds control characters. */
const AS = { number: 'number\u0001', day: 'day\u0001' } as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Compiles a condition against the header of a file. */
export function rowFilter(rule: Json | undefined, header: readonly string[]): RowFilter {
	if (rule === undefined || rule === null) return EVERY_ROW;
	const { node, diagnostics: faults } = parseRule(withReadings(rule), {
		at: '/filter',
		expects: 'boolean'
	});
	if (!node || faults.some(({ severity }) => severity === 'error')) {
		return { ...EVERY_ROW, diagnostics: faults };
	}
	const position = new Map(header.map((column, at) => [column, at]));
	const names = variablesOf(node);
	const readers = names.map((name) => {
		const mark = Object.values(AS).find((prefix) => name.startsWith(prefix));
		const column = mark === undefined ? name : name.slice(mark.length);
		return { name, column, mark, at: position.get(column) };
	});
	const columns = [...new Set(readers.map(({ column }) => column))];
	const diagnostics = columns
		.filter((column) => !position.has(column))
		.map((column) =>
			diagnose(importDiagnostics, 'import_column_missing', '/filter', {
				column,
				field: 'filter',
				found: header.filter((name) => name !== '').join(', ')
			})
		);
	return {
		columns,
		diagnostics,
		accepts(row) {
			const variables = new Map<string, Value>();
			for (const { name, mark, at } of readers) {
				const cell = at === undefined ? '' : (row.cells[at] ?? '');
				variables.set(name, readAs(cell, mark));
			}
			return isTruthy(evaluateRule(node, variables).value);
		}
	};
}

function readAs(cell: string, mark: string | undefined): Value {
	if (isMissing(cell)) return null;
	if (mark === undefined) return tidyCell(cell);
	const read = mark === AS.number ? readNumber(cell) : readDate(cell);
	return 'value' in read ? read.value : null;
}

/** The rule with every variable that is compared by size marked with how its cells are read. */
function withReadings(rule: Json): Json {
	if (Array.isArray(rule)) return rule.map(withReadings);
	if (rule === null || typeof rule !== 'object') return rule;
	const [name, ...others] = Object.keys(rule);
	if (name === undefined || others.length > 0) return rule;
	const operands: Json = (rule as JsonObject)[name] ?? null;
	if (!BY_SIZE.has(name) || !Array.isArray(operands)) return { [name]: withReadings(operands) };
	const isDay = operands.some((operand) => typeof operand === 'string' && DAY.test(operand));
	return { [name]: operands.map((operand: Json) => marked(operand, isDay ? AS.day : AS.number)) };
}

function marked(operand: Json, mark: string): Json {
	if (operand !== null && typeof operand === 'object' && !Array.isArray(operand)) {
		const path = (operand as JsonObject)['var'];
		if (typeof path === 'string') return { var: `${mark}${path}` };
	}
	return withReadings(operand);
}
