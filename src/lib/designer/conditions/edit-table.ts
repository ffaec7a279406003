/** Edits of a decision table, each a patch on its rule. */
import type { Rule } from '#lib/engine/logic/rule.ts';
import { getAt, isList, setAt, type Path } from '../document-path.ts';
import {
	readTable,
	type Combination,
	type DecisionTable,
	type TableRow
} from './decision-table.ts';

/** Puts the tests of one cell; the other tests of the row stay where and as they are. */
export function setCell(rule: Rule, row: TableRow, key: string, tests: readonly Rule[]): Rule {
	return setAt(rule, row.path, conditionWith(rule, row, new Map([[key, tests]])));
}

/** The row's condition with the tests of some columns replaced. */
function conditionWith(
	rule: Rule,
	row: TableRow,
	replaced: ReadonlyMap<string, readonly Rule[]>
): Rule {
	const written = [...row.cells].flatMap(([key, tests]) =>
		tests.map((test) => ({ key, path: test.path, rule: getAt(rule, test.path) ?? null }))
	);
	const ordered = written.toSorted((a, b) => position(a.path) - position(b.path));
	const parts: Rule[] = [];
	const done = new Set<string>();
	for (const { key, rule: test } of ordered) {
		const next = replaced.get(key);
		if (!next) parts.push(test);
		else if (!done.has(key)) parts.push(...next);
		if (next) done.add(key);
	}
	for (const [key, tests] of replaced) if (!done.has(key)) parts.push(...tests);
	const [only] = parts;
	if (only === undefined) return true;
	return parts.length === 1 ? only : { and: parts };
}

function position(path: Path): number {
	const last = path.at(-1);
	return typeof last === 'number' ? last : 0;
}

export function setResult(rule: Rule, row: TableRow, result: Rule): Rule {
	return row.resultPath ? setAt(rule, row.resultPath, result) : rule;
}

/** Puts what holds where no row fits; null takes it away, so that the result is missing there. */
export function setOtherwise(rule: Rule, table: DecisionTable, result: Rule | undefined): Rule {
	const { listPath, otherwise } = table;
	if (table.combines === 'sum') return rule;
	if (table.combines === 'highest')
		return result === undefined ? rule : combined('highest', writtenRows(rule, table), result);
	const list = listPath && getAt(rule, listPath);
	if (table.kind !== 'choice' || !listPath || !isList(list)) return rule;
	const rows = otherwise ? list.slice(0, -1) : list;
	return setAt(rule, listPath, result === undefined ? rows : [...rows, result]);
}

/** The rows as they are written: one condition each, with its result in a choice. */
function writtenRows(rule: Rule, table: DecisionTable): Rule[][] {
	return table.rows.map((row) => [
		row.condition,
		...(row.resultPath ? [getAt(rule, row.resultPath) ?? null] : [])
	]);
}

function withRows(rule: Rule, table: DecisionTable, rows: readonly Rule[][]): Rule {
	const { kind, listPath, otherwise } = table;
	if (table.combines !== 'first') return combined(table.combines, rows, otherwise?.rule ?? 0);
	const list = [...rows.flat(), ...(otherwise ? [otherwise.rule] : [])];
	if (kind === 'choice') return listPath ? setAt(rule, listPath, list) : rule;
	const [only] = list;
	if (only === undefined) return false;
	return list.length === 1 && listPath === null ? only : { or: list };
}

function combined(how: Combination, rows: readonly Rule[][], floor: Rule): Rule {
	const ifs = rows.map(([condition = null, result = null]): Rule => ({
		if: [condition, result, floor]
	}));
	return how === 'sum' ? { '+': ifs } : { max: ifs };
}

/**
 * The same rows under another rule for those that fit. What no row covers stays as it was, except
 * that a sum of nothing is 0.
 */
export function combineRows(rule: Rule, table: DecisionTable, how: Combination): Rule {
	if (table.kind !== 'choice' || table.combines === how) return rule;
	const rows = writtenRows(rule, table);
	if (how === 'sum') return combined(how, rows, 0);
	if (how === 'highest') return combined(how, rows, table.otherwise?.rule ?? 0);
	return { if: [...rows.flat(), table.otherwise?.rule ?? 0] };
}

/** Inserts a row that fits nobody yet in no column; its result is that of the row above. */
export function insertRow(
	rule: Rule,
	table: DecisionTable,
	at: number,
	condition: Rule = true,
	result?: Rule
): Rule {
	const rows = writtenRows(rule, table);
	const [, near = 0] = rows[at - 1] ?? rows[at] ?? [];
	const added = table.kind === 'choice' ? [condition, result ?? near] : [condition];
	return withRows(rule, table, [...rows.slice(0, at), added, ...rows.slice(at)]);
}

/** Removes a row; a choice keeps its last one. */
export function removeRow(rule: Rule, table: DecisionTable, at: number): Rule {
	if (table.rows.length === 1) return rule;
	const rows = writtenRows(rule, table).filter((_, index) => index !== at);
	return withRows(rule, table, rows);
}

export function moveRow(rule: Rule, table: DecisionTable, at: number, by: 1 | -1): Rule {
	const rows = writtenRows(rule, table);
	const [moved] = rows.splice(at, 1);
	const to = at + by;
	if (!moved || to < 0 || to > rows.length) return rule;
	return withRows(rule, table, [...rows.slice(0, to), moved, ...rows.slice(to)]);
}

/** Takes a column's tests out of every row. */
export function removeColumn(rule: Rule, table: DecisionTable, key: string): Rule {
	return table.rows.reduce((next, _, index) => {
		const row = readTable(next).table?.rows[index];
		return row?.cells.has(key) ? setCell(next, row, key, []) : next;
	}, rule);
}
