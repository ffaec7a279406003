/**
 * A rule as a decision table: rows of conditions and, for a choice, a result. The first row that fits
 * counts, or the results of all rows that fit are added up, or the highest of them counts: an
 * if-chain, a sum of ifs, a maximum of ifs. The table is a view: an edit patches the tests of one cell, one result or one row of the
 * rule, and everything else keeps its bytes. A rule of another shape is no table, and says why.
 */
import type { Rule } from '#lib/engine/logic/rule.ts';
import { isList, isObject, type Path } from '../document-path.ts';
import { readParts, type ConditionPart, type TestPart } from './condition-tree.ts';
import { plainRule } from './print-formula.ts';

/** What a column asks about: a variable or a formula. */
export interface TableColumn {
	/** The plain form of the subject as text. */
	readonly key: string;
	readonly subject: Rule;
}

export interface TableRow {
	/** Where the condition of the row is. */
	readonly path: Path;
	readonly condition: Rule;
	/** Tests by column key, in the order written. */
	readonly cells: ReadonlyMap<string, readonly TestPart[]>;
	readonly resultPath: Path | null;
	readonly result: Rule | null;
}

/** What becomes of the rows that fit: the first counts, their sum, or the highest of them. */
export type Combination = 'first' | 'sum' | 'highest';

export interface DecisionTable {
	/** `choice`: rows have results. `condition`: any row that fits makes it hold. */
	readonly kind: 'choice' | 'condition';
	/** `first` for a condition as well: which of its rows fits makes no difference. */
	readonly combines: Combination;
	readonly columns: readonly TableColumn[];
	readonly rows: readonly TableRow[];
	/** The list in which rows (and results) are written; null where the rule is one row itself. */
	readonly listPath: Path | null;
	/**
	 * The result where no row fits; null where none is written. A sum of nothing is 0, which is
	 * nobody's to choose. The highest result is never below it.
	 */
	readonly otherwise: { readonly path: Path; readonly rule: Rule } | null;
}

/** Why a rule is no table. */
export type NoTableReason = 'no_branches' | 'too_short' | 'mixed_row' | 'not_a_test';

export type TableReading =
	| { readonly table: DecisionTable; readonly reason: null }
	| {
			readonly table: null;
			readonly reason: NoTableReason;
			/** The part that does not fit, and the row in which it stands, from 1. */
			readonly part: Rule;
			readonly row: number;
	  };

interface RawRow {
	readonly path: Path;
	readonly condition: Rule;
	readonly resultPath: Path | null;
	readonly result: Rule | null;
}

class NoTable extends Error {
	readonly reason: NoTableReason;
	readonly part: Rule;
	readonly row: number;

	constructor(reason: NoTableReason, part: Rule, row = 0) {
		super(reason);
		this.reason = reason;
		this.part = part;
		this.row = row;
	}
}

export function readTable(rule: Rule): TableReading {
	try {
		return { table: tableOf(rule), reason: null };
	} catch (problem) {
		if (!(problem instanceof NoTable)) throw problem;
		const { reason, part, row } = problem;
		return { table: null, reason, part, row };
	}
}

function tableOf(rule: Rule): DecisionTable {
	const chain = isObject(rule) && Object.keys(rule).length === 1 ? rule : {};
	for (const operator of ['if', '?:']) {
		const args = chain[operator];
		if (isList(args)) return choiceTable(rule, operator, args);
	}
	const combined = combinedTable(chain);
	if (combined) return combined;
	const any = chain['or'];
	if (isList(any) && any.length > 0) {
		const rows = any.map((condition, index): RawRow => row(['or', index], condition));
		return withColumns('condition', 'first', rows, ['or'], null);
	}
	return withColumns('condition', 'first', [row([], rule)], null, null);
}

/** A sum of ifs that else are 0, or a maximum of ifs that else are all the same. */
function combinedTable(chain: Rule): DecisionTable | null {
	for (const operator of ['+', 'max'] as const) {
		const terms = isObject(chain) ? chain[operator] : undefined;
		if (!isList(terms) || terms.length === 0) continue;
		const ifs = terms.map((term) => (isObject(term) && Object.keys(term).length === 1 ? term : {}));
		const parts = ifs.map((term) => term['if']).filter((args) => isList(args));
		const floors = new Set(parts.map((args) => JSON.stringify(args[2])));
		if (parts.length < terms.length || parts.some((args) => args.length !== 3)) continue;
		if (floors.size > 1 || (operator === '+' && !floors.has('0'))) continue;
		const rows = parts.map(([condition = null, result = null], index): RawRow => ({
			path: [operator, index, 'if', 0],
			condition,
			resultPath: [operator, index, 'if', 1],
			result
		}));
		if (operator === '+') return withColumns('choice', 'sum', rows, ['+'], null);
		const otherwise = { path: ['max', 0, 'if', 2], rule: parts[0]?.[2] ?? null };
		return withColumns('choice', 'highest', rows, ['max'], otherwise);
	}
	return null;
}

function row(path: Path, condition: Rule): RawRow {
	return { path, condition, resultPath: null, result: null };
}

function choiceTable(rule: Rule, operator: string, args: readonly Rule[]): DecisionTable {
	if (args.length < 2) throw new NoTable('too_short', rule);
	const rows: RawRow[] = [];
	for (let index = 0; index + 1 < args.length; index += 2)
		rows.push({
			path: [operator, index],
			condition: args[index] ?? null,
			resultPath: [operator, index + 1],
			result: args[index + 1] ?? null
		});
	const last = args.length - 1;
	const rest = args.length % 2 === 1 ? args[last] : undefined;
	const otherwise = rest === undefined ? null : { path: [operator, last], rule: rest };
	return withColumns('choice', 'first', rows, [operator], otherwise);
}

function withColumns(
	kind: DecisionTable['kind'],
	combines: Combination,
	raw: readonly RawRow[],
	listPath: Path | null,
	otherwise: DecisionTable['otherwise']
): DecisionTable {
	const columns = new Map<string, TableColumn>();
	const rows = raw.map((one, index): TableRow => {
		const cells = new Map<string, TestPart[]>();
		for (const test of testsOf(one, index + 1, kind)) {
			const subject = subjectOf(one, test);
			const key = columnKey(subject);
			if (!columns.has(key)) columns.set(key, { key, subject });
			cells.set(key, [...(cells.get(key) ?? []), test]);
		}
		return { ...one, cells };
	});
	return { kind, combines, columns: [...columns.values()], rows, listPath, otherwise };
}

export function columnKey(subject: Rule): string {
	return JSON.stringify(plainRule(subject));
}

/** The tests of a row, which all have to hold. */
function testsOf(raw: RawRow, number: number, kind: DecisionTable['kind']): readonly TestPart[] {
	const root = readParts(raw.condition, raw.path);
	if (root.kind === 'constant' && root.value) return [];
	const parts = root.kind === 'group' && root.join === 'all' ? root.children : [root];
	return parts.map((part) => {
		if (part.kind === 'test' && isCellTest(part)) return part;
		const isWhole = part === root && kind === 'condition' && number === 1 && raw.path.length === 0;
		throw new NoTable(
			isWhole && part.kind !== 'test' ? 'no_branches' : reasonOf(part),
			ruleOf(raw, part),
			number
		);
	});
}

function reasonOf(part: ConditionPart): NoTableReason {
	return part.kind === 'group' ? 'mixed_row' : 'not_a_test';
}

function ruleOf(raw: RawRow, part: ConditionPart): Rule {
	if (part.kind === 'opaque') return part.rule;
	let value: Rule | undefined = raw.condition;
	for (const token of part.path.slice(raw.path.length)) {
		if (isList(value)) value = value[Number(token)];
		else if (isObject(value)) value = value[String(token)];
	}
	return value ?? null;
}

/**
 * A test that a cell can hold: a variable or formula on the left, not negated except “not one of”,
 * and values to choose from written out.
 */
function isCellTest({ operator, operands, negated }: TestPart): boolean {
	const [left, right] = operands;
	if (left?.kind !== 'field' && left?.kind !== 'formula') return false;
	if (operator === 'in') return right?.kind === 'values' && right.values.length > 0;
	return !negated;
}

function subjectOf(raw: RawRow, test: TestPart): Rule {
	let value: Rule | undefined = raw.condition;
	for (const token of [...test.comparisonPath.slice(raw.path.length), test.operator, 0]) {
		if (isList(value)) value = value[Number(token)];
		else if (isObject(value)) value = value[String(token)];
	}
	return value ?? null;
}
