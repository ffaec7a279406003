/**
 * What can be proved of a decision table without data: rows that never decide anything under its hit
 * policy, rows that fit together, and values that no row covers. Values are cut where tests bend, as the checker
 * does it, so one representative speaks for a whole cell and the answer is exact. A comparison with
 * something that is not written out may hold or not.
 */
import { cutDomain, noMarks, representative, type Domain } from '#lib/engine/analyse/cells.ts';
import { cellsRule } from '#lib/engine/analyse/region-words.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Dictionary, Rule, VariableInfo } from '#lib/engine/logic/rule.ts';
import { isTruthy } from '#lib/engine/logic/value.ts';
import { getAt, isList, isObject } from '../document-path.ts';
import type { TestPart } from './condition-tree.ts';
import type { DecisionTable } from './decision-table.ts';
import type { Policy } from './table-layout.ts';

export interface TableFindings {
	/** Positions of rows that never decide: never first, never highest, or fitting nothing at all. */
	readonly dead: ReadonlySet<number>;
	/** For each row, the rows that fit some of the same values: the earlier ones, or all of them. */
	readonly overlaps: readonly (readonly number[])[];
	/** Where only one row may fit: pairs that fit together, each with one region in which they do. */
	readonly conflicts: readonly Conflict[];
	/** Conditions that no row covers; what is missing is not counted as a gap. */
	readonly gaps: readonly (readonly Rule[])[];
}

export interface Conflict {
	readonly rows: readonly [number, number];
	readonly when: readonly Rule[];
}

/** More combinations than this are not looked at. */
const MOST_COMBINATIONS = 60_000;
const MOST_GAPS = 8;
const MOST_CONFLICTS = 8;

interface Axis {
	readonly domain: Domain;
	/** What stands for the domain's path in a rule of the scheme; an open condition itself. */
	readonly subject: Rule;
	/** Of each row, whether its tests on this axis hold in each cell; null where it has none. */
	readonly holds: readonly (readonly boolean[] | null)[];
}

/** Findings, or null where a table has too many combinations of values to look at. */
export function checkTable(
	rule: Rule,
	table: DecisionTable,
	dictionary: Dictionary,
	policy: Policy = table.combines
): TableFindings | null {
	const axes = axesOf(rule, table, dictionary);
	const size = axes.reduce((product, { domain }) => product * domain.cells.length, 1);
	if (size > MOST_COMBINATIONS) return null;
	const count = table.rows.length;
	const deciding = new Set<number>();
	const overlaps = Array.from({ length: count }, () => new Set<number>());
	const together = new Map<string, { rows: readonly [number, number]; where: Set<number> }>();
	const uncovered = new Set<number>();
	for (let combination = 0; combination < size; combination++) {
		const cells = cellsAt(axes, combination);
		const fitting: number[] = [];
		for (let row = 0; row < count; row++)
			if (axes.every(({ holds }, at) => holds[row]?.[cells[at] ?? 0] ?? true)) fitting.push(row);
		if (fitting.length === 0) uncovered.add(combination);
		for (const row of decidingOf(fitting, table, policy)) deciding.add(row);
		fitting.forEach((row, at) =>
			fitting.slice(0, at).forEach((earlier) => {
				overlaps[row]?.add(earlier);
				if (policy === 'first') return;
				overlaps[earlier]?.add(row);
				const key = `${earlier}/${row}`;
				const pair = together.get(key) ?? { rows: [earlier, row], where: new Set() };
				pair.where.add(combination);
				together.set(key, pair);
			})
		);
	}
	const dead = new Set(table.rows.flatMap((_, row) => (deciding.has(row) ? [] : [row])));
	const conflicting = policy === 'unique' ? [...together.values()].slice(0, MOST_CONFLICTS) : [];
	return {
		dead,
		overlaps: overlaps.map((rows) => [...rows].sort((a, b) => a - b)),
		conflicts: conflicting.map(({ rows, where }) => ({
			rows,
			when: regionsOf(axes, where)[0] ?? []
		})),
		gaps: regionsOf(axes, uncovered)
	};
}

/** Of the rows that fit together, those on which the result depends. */
function decidingOf(
	fitting: readonly number[],
	{ rows, otherwise }: DecisionTable,
	policy: Policy
): readonly number[] {
	if (policy === 'first') return fitting.slice(0, 1);
	if (policy !== 'highest') return fitting;
	const floor = typeof otherwise?.rule === 'number' ? otherwise.rule : -Infinity;
	// Results that have to be worked out may be the highest or not, so they always count.
	const written = fitting.map((row) => rows[row]?.result);
	const best = Math.max(floor, ...written.filter((result) => typeof result === 'number'));
	const first = written.indexOf(best);
	return fitting.filter((_, at) => at === first || typeof written[at] !== 'number');
}

/** Which cell of each axis a combination is; the last axis varies fastest. */
function cellsAt(axes: readonly Axis[], combination: number): number[] {
	const cells: number[] = [];
	let rest = combination;
	for (let at = axes.length - 1; at >= 0; at--) {
		const size = axes[at]?.domain.cells.length ?? 1;
		cells[at] = rest % size;
		rest = Math.floor(rest / size);
	}
	return cells;
}

function axesOf(rule: Rule, table: DecisionTable, dictionary: Dictionary): Axis[] {
	const open = new Map<string, { readonly rule: Rule; readonly rows: boolean[] }>();
	const axes = table.columns.map(({ key, subject }, index): Axis => {
		const path = `column.${index}`;
		const marks = noMarks();
		const tests = table.rows.map((row, at) =>
			(row.cells.get(key) ?? []).flatMap((test): Rule[] => {
				const written = onPath(rule, test, path);
				if (written) {
					mark(marks, written, test.operator);
					return [written];
				}
				const whole = getAt(rule, test.path) ?? null;
				const name = JSON.stringify(whole);
				const entry = open.get(name) ?? { rule: whole, rows: [] };
				entry.rows[at] = true;
				open.set(name, entry);
				return [];
			})
		);
		const domain = cutDomain(path, marks, knownOf(subject, dictionary));
		const values = domain.cells.map((cell) => representative(cell, domain.whole, marks.texts));
		const holds = tests.map((written) =>
			written.length === 0
				? null
				: values.map((value) => written.every((test) => isTrue(test, path, value)))
		);
		return { domain, subject, holds };
	});
	const conditions = [...open.values()].map(({ rule: condition, rows }, index): Axis => {
		const path = `open.${index}`;
		const cells = [true, false].map((truth) => ({ kind: 'open', truth }) as const);
		return {
			domain: { path, cells, whole: false, open: true },
			subject: condition,
			holds: table.rows.map((_, row) => (rows[row] ? [true, false] : null))
		};
	});
	return [...axes, ...conditions];
}

/** A test with the axis in the place of its subject; null where it compares with no written value. */
function onPath(rule: Rule, test: TestPart, path: string): Rule | null {
	const operands = test.operands.slice(1).map((operand, index) => {
		const isWritten = operand.kind === 'value' || operand.kind === 'values';
		return isWritten ? getAt(rule, [...test.comparisonPath, test.operator, index + 1]) : undefined;
	});
	const written = operands.filter((operand) => operand !== undefined);
	if (written.length !== operands.length) return null;
	const compared = { [test.operator]: [{ var: path }, ...written] };
	return test.negated ? { '!': [compared] } : compared;
}

function mark(marks: ReturnType<typeof noMarks>, written: Rule, operator: string): void {
	const visit = (value: Rule): void => {
		if (typeof value === 'number') marks.numbers.add(value);
		else if (typeof value === 'string') {
			marks.texts.add(value);
			if (!['==', '!=', '===', '!==', 'in'].includes(operator)) marks.ordered = true;
		} else if (isList(value)) value.forEach(visit);
		else if (isObject(value) && !Object.hasOwn(value, 'var')) Object.values(value).forEach(visit);
	};
	visit(written);
}

function infoOf(subject: Rule, dictionary: Dictionary): VariableInfo | undefined {
	const path = isObject(subject) ? subject['var'] : undefined;
	const name = isList(path) ? path[0] : path;
	return typeof name === 'string' ? dictionary.get(name) : undefined;
}

/** Only what the subject says of itself; ranges that data happen to have prove nothing. */
function knownOf(subject: Rule, dictionary: Dictionary) {
	const info = infoOf(subject, dictionary);
	const [least, most] = info?.valid ?? [-Infinity, Infinity];
	const type = info?.type ?? 'number';
	return {
		type: type === 'array' || type === 'object' ? ('any' as const) : type,
		whole: info?.unit === 'count',
		least: info?.unit === 'count' ? Math.max(least, 0) : least,
		most
	};
}

function isTrue(test: Rule, path: string, value: Rule): boolean {
	return isTruthy(evaluateRule(parseRule(test).node, new Map([[path, value]])).value);
}

/** Combinations as boxes: neighbouring cells are joined while the other axes agree. */
function regionsOf(axes: readonly Axis[], combinations: ReadonlySet<number>): Rule[][] {
	if (combinations.size === 0 || axes.length === 0) return [];
	return boxesOf(axes, 0, 0, combinations)
		.slice(0, MOST_GAPS)
		.map((box) => box.flatMap((cells, at) => rulesOf(axes[at], cells)));
}

/** Per box the chosen cells of the axes from `at` on. */
function boxesOf(
	axes: readonly Axis[],
	at: number,
	prefix: number,
	combinations: ReadonlySet<number>
): ReadonlySet<number>[][] {
	const axis = axes[at];
	if (!axis) return combinations.has(prefix) ? [[]] : [];
	const { cells } = axis.domain;
	const boxes: { rest: string; last: number; cells: Set<number>; tail: ReadonlySet<number>[] }[] =
		[];
	cells.forEach((cell, index) => {
		if (cell.kind === 'missing') return;
		for (const tail of boxesOf(axes, at + 1, prefix * cells.length + index, combinations)) {
			const rest = JSON.stringify(tail.map((chosen) => [...chosen]));
			const isNumber = cell.kind === 'number';
			const known = boxes.find(
				(box) =>
					box.rest === rest &&
					(!isNumber || (box.last === index - 1 && cells[box.last]?.kind === 'number'))
			);
			if (known) {
				known.cells.add(index);
				known.last = index;
			} else boxes.push({ rest, last: index, cells: new Set([index]), tail });
		}
	});
	return boxes.map((box) => [box.cells, ...box.tail]);
}

/** The condition that an axis lies in these cells, on its subject; none where that is any value. */
function rulesOf(axis: Axis | undefined, cells: ReadonlySet<number>): Rule[] {
	if (!axis) return [];
	const { domain, subject } = axis;
	const present = domain.cells.filter(({ kind }) => kind !== 'missing').length;
	if (cells.size === present) return [];
	if (domain.open) return [cells.has(0) ? subject : { '!': [subject] }];
	const said = substitute(cellsRule(domain, cells), domain.path, subject);
	const joined = isObject(said) ? said['and'] : undefined;
	return isList(joined) ? [...joined] : [said];
}

function substitute(rule: Rule, path: string, subject: Rule): Rule {
	if (isList(rule)) return rule.map((part) => substitute(part, path, subject));
	if (!isObject(rule)) return rule;
	if (rule['var'] === path) return subject;
	return Object.fromEntries(
		Object.entries(rule).map(([key, value]) => [key, substitute(value, path, subject)])
	);
}
