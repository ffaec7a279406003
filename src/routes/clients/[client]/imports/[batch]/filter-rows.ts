/** A condition over the rows of a file as a person edits it: column, comparison, value. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';

export const FILTER_COMPARISONS = [
	'is',
	'is_not',
	'contains',
	'contains_not',
	'at_least',
	'at_most',
	'above',
	'below',
	'filled',
	'blank'
] as const;
export type FilterComparison = (typeof FILTER_COMPARISONS)[number];

export interface FilterRow {
	column: string;
	comparison: FilterComparison;
	/** One or several texts, or one figure or day. */
	values: string;
}

export interface FilterForm {
	/** All of the rows must hold, or any of them. */
	join: 'all' | 'any';
	rows: FilterRow[];
	/** A condition that rows cannot show; kept as it is. */
	opaque: Json | null;
}

const SIZES = { at_least: '>=', at_most: '<=', above: '>', below: '<' } as const;

/** Several values stand in one field, parted by a comma of either language. */
export function valuesOf(text: string): string[] {
	return text
		.split(/[,，、;；\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

/** True for comparisons that need no value. */
export function isUnary(comparison: FilterComparison): boolean {
	return comparison === 'filled' || comparison === 'blank';
}

/** The rows as JSON Logic; undefined where every row of the file is wanted. */
export function filterRule({ join, rows, opaque }: FilterForm): Json | undefined {
	if (opaque !== null) return opaque;
	const parts = rows.flatMap((row): Json[] => {
		const rule = ruleOf(row);
		return rule === null ? [] : [rule];
	});
	if (parts.length === 0) return undefined;
	return parts.length === 1 ? parts[0] : { [join === 'all' ? 'and' : 'or']: parts };
}

function ruleOf({ column, comparison, values }: FilterRow): Json | null {
	const own = { var: column };
	if (column === '') return null;
	if (comparison === 'filled') return { '!=': [own, null] };
	if (comparison === 'blank') return { '==': [own, null] };
	const list = valuesOf(values);
	const [first] = list;
	if (first === undefined) return null;
	switch (comparison) {
		case 'is':
			return { in: [own, list] };
		case 'is_not':
			return { '!': [{ in: [own, list] }] };
		case 'contains':
			return { in: [values.trim(), own] };
		case 'contains_not':
			return { '!': [{ in: [values.trim(), own] }] };
		default: {
			const bound = values.trim();
			const figure = Number(bound.replaceAll(',', ''));
			return { [SIZES[comparison]]: [own, Number.isNaN(figure) ? bound : figure] };
		}
	}
}

/** What a mapping says of rows, as rows to edit; older mappings list the values of columns. */
export function filterForm(mapping: ImportMapping | null): FilterForm {
	const listed = (mapping?.where ?? []).map(({ column, values }): FilterRow => ({
		column,
		comparison: 'is',
		values: values.join(', ')
	}));
	const rule = mapping?.filter;
	if (rule === undefined) return { join: 'all', rows: listed, opaque: null };
	const single = rowOf(rule);
	if (single) return { join: 'all', rows: [...listed, single], opaque: null };
	const [name, operands] = callOf(rule) ?? ['', null];
	const isJoin = name === 'and' || name === 'or';
	const rows = isJoin && Array.isArray(operands) ? operands.map((part: Json) => rowOf(part)) : [];
	const shown = rows.flatMap((row) => (row === null ? [] : [row]));
	const canJoin = name === 'and' || listed.length === 0;
	if (shown.length === 0 || shown.length < rows.length || !canJoin) {
		return { join: 'all', rows: listed, opaque: rule };
	}
	return { join: name === 'and' ? 'all' : 'any', rows: [...listed, ...shown], opaque: null };
}

function callOf(rule: Json): readonly [string, Json] | null {
	if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return null;
	const entries = Object.entries(rule as JsonObject);
	const [only] = entries;
	return entries.length === 1 && only ? only : null;
}

function rowOf(rule: Json): FilterRow | null {
	const call = callOf(rule);
	if (!call) return null;
	const [name, operands] = call;
	const list: readonly Json[] = Array.isArray(operands) ? operands : [operands];
	if (name === '!') {
		const inside = list.length === 1 ? rowOf(list[0] ?? null) : null;
		if (inside?.comparison === 'is') return { ...inside, comparison: 'is_not' };
		if (inside?.comparison === 'contains') return { ...inside, comparison: 'contains_not' };
		return null;
	}
	const [left = null, right = null] = list;
	if (list.length !== 2) return null;
	if (name === 'in') {
		const part = columnOf(right);
		if (typeof left === 'string' && part !== null) {
			return { column: part, comparison: 'contains', values: left };
		}
		const column = columnOf(left);
		const isList = Array.isArray(right) && right.every((item: Json) => typeof item === 'string');
		return column !== null && isList
			? { column, comparison: 'is', values: (right as readonly string[]).join(', ') }
			: null;
	}
	const column = columnOf(left);
	if (column === null) return null;
	if (right === null && name === '!=') return { column, comparison: 'filled', values: '' };
	if (right === null && name === '==') return { column, comparison: 'blank', values: '' };
	const size = Object.entries(SIZES).find(([, operator]) => operator === name);
	const isPlain = typeof right === 'number' || typeof right === 'string';
	return size && isPlain
		? { column, comparison: size[0] as FilterComparison, values: String(right) }
		: null;
}

function columnOf(operand: Json): string | null {
	const call = callOf(operand);
	return call?.[0] === 'var' && typeof call[1] === 'string' ? call[1] : null;
}
