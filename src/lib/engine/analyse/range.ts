/**
 * The interval of values that a rule can give. The line of a variable is cut where the rule bends;
 * within a piece the rule is one straight formula, for which interval arithmetic is exact when the
 * variable occurs once. Elsewhere the interval is a safe one: never too narrow.
 */
import { evaluateRule } from '../logic/interpret.ts';
import type { CallNode, RuleNode } from '../logic/node.ts';
import { roundHalfAway } from '../logic/number.ts';
import { curvePoints, type Point } from '../logic/points.ts';
import { isTruthy } from '../logic/value.ts';
import { variablesOf } from '../logic/variables.ts';
import { asTest, constantOf, isConstant, pivotsOf } from './tests-of-rules.ts';
import { walk } from '../logic/node.ts';

/** Lowest and highest value; `missing` where the rule may give none. Empty: never a number. */
export interface Range {
	readonly least: number;
	readonly most: number;
	readonly missing: boolean;
}

export const ANY_NUMBER: Range = { least: -Infinity, most: Infinity, missing: true };
const NOTHING: Range = { least: Infinity, most: -Infinity, missing: true };

/** Ranges of variables; a variable without one may be any number or missing. */
export type RangeOf = (path: string) => Range;

export function isEmpty(range: Range): boolean {
	return range.least > range.most;
}

export function hull(ranges: readonly Range[]): Range {
	return {
		least: Math.min(...ranges.map((range) => range.least), Infinity),
		most: Math.max(...ranges.map((range) => range.most), -Infinity),
		missing: ranges.some((range) => range.missing)
	};
}

/** Where a rule bends or jumps along one variable, ascending. */
export function breakpointsOf(node: RuleNode, path: string): number[] {
	const points = new Set<number>();
	const add = (values: readonly number[]): void => {
		for (const value of values) if (Number.isFinite(value)) points.add(value);
	};
	walk(node, (one) => {
		if (one.kind !== 'call') return;
		const test = asTest(one);
		if (test?.path === path) add(test.numbers);
		const [subject, second] = one.args;
		if (one.operator === 'curve' && subject) {
			add(
				pivotsOf(
					subject,
					path,
					(curvePoints(second) ?? []).map(([x]) => x)
				)
			);
		}
		if (['min', 'max', 'clamp', 'abs'].includes(one.operator)) {
			const constants = one.args.filter(isConstant).map(constantOf);
			const numbers = constants.filter((value) => typeof value === 'number');
			const bends = one.operator === 'abs' ? [0] : numbers;
			for (const arg of one.args) add(pivotsOf(arg, path, bends));
		}
	});
	return [...points].toSorted((a, b) => a - b);
}

/** The values that a rule can give when its variables keep to their ranges. */
export function rangeOfRule(node: RuleNode, rangeOf: RangeOf): Range {
	const paths = variablesOf(node);
	const [path] = paths;
	if (path === undefined || paths.length > 1) return rangeOfNode(node, rangeOf);
	const own = rangeOf(path);
	const cuts = breakpointsOf(node, path).filter((x) => x > own.least && x < own.most);
	const ends = [own.least, ...cuts, own.most];
	const pieces: Range[] = [];
	for (let index = 0; index < ends.length; index++) {
		const [from, to] = [ends[index] ?? 0, ends[index + 1]];
		if (Number.isFinite(from)) pieces.push(piece(node, path, from, from));
		if (to !== undefined && from < to) pieces.push(piece(node, path, from, to));
	}
	if (own.missing) pieces.push(valueAt(node, path, null));
	return hull(pieces);
}

function piece(node: RuleNode, path: string, least: number, most: number): Range {
	if (least === most) return valueAt(node, path, least);
	const inside = insideOf(least, most);
	const here: Range = { least, most, missing: false };
	return rangeOfNode(node, (name) => (name === path ? here : ANY_NUMBER), { path, inside });
}

function insideOf(least: number, most: number): number {
	if (least === -Infinity && most === Infinity) return 0;
	if (least === -Infinity) return most - Math.max(1, Math.abs(most));
	return most === Infinity ? least + Math.max(1, Math.abs(least)) : least + (most - least) / 2;
}

function valueAt(node: RuleNode, path: string, value: number | null): Range {
	const result = evaluateRule(node, new Map([[path, value]])).value;
	return typeof result === 'number' ? { least: result, most: result, missing: false } : NOTHING;
}

/** A point of the piece at hand: what tests give there they give on the whole piece. */
interface Inside {
	readonly path: string;
	readonly inside: number;
}

function rangeOfNode(node: RuleNode, rangeOf: RangeOf, at?: Inside): Range {
	if (isConstant(node)) {
		const value = constantOf(node);
		return typeof value === 'number' ? { least: value, most: value, missing: false } : NOTHING;
	}
	if (node.kind === 'var') {
		if (node.path === null) return ANY_NUMBER;
		const own = rangeOf(node.path);
		if (!node.fallback || !own.missing) return own;
		return hull([{ ...own, missing: false }, rangeOfNode(node.fallback, rangeOf, at)]);
	}
	if (node.kind !== 'call') return ANY_NUMBER;
	const ranges = (): Range[] => node.args.map((arg) => rangeOfNode(arg, rangeOf, at));
	switch (node.operator) {
		case 'if':
		case '?:':
			return rangeOfBranches(node, rangeOf, at);
		case 'coalesce':
			return rangeOfFirst(ranges());
		case 'curve':
			return rangeOfCurve(node, ranges()[0] ?? ANY_NUMBER);
		case 'steps':
			return rangeOfSteps(node, rangeOf, at);
		default:
			return strict(node.operator, ranges());
	}
}

function rangeOfBranches(node: CallNode, rangeOf: RangeOf, at?: Inside): Range {
	const { args } = node;
	const results: Range[] = [];
	for (let index = 0; index < args.length; index += 2) {
		const [test, then] = [args[index], args[index + 1]];
		if (!test) continue;
		if (!then) return hull([...results, rangeOfNode(test, rangeOf, at)]);
		const truth = truthAt(test, at);
		if (truth !== false) results.push(rangeOfNode(then, rangeOf, at));
		if (truth === true) return hull(results);
	}
	return hull([...results, NOTHING]);
}

/** The truth of a condition on the piece at hand; null where it hangs on more than that. */
function truthAt(test: RuleNode, at: Inside | undefined): boolean | null {
	const paths = variablesOf(test);
	if (paths.length === 0 && isConstant(test)) return isTruthy(constantOf(test));
	if (!at || paths.some((path) => path !== at.path)) return null;
	return isTruthy(evaluateRule(test, new Map([[at.path, at.inside]])).value);
}

function rangeOfFirst(ranges: readonly Range[]): Range {
	const used: Range[] = [];
	for (const range of ranges) {
		used.push({ ...range, missing: false });
		if (!range.missing) return hull(used);
	}
	return { ...hull(used), missing: true };
}

function rangeOfCurve(node: CallNode, x: Range): Range {
	const points = curvePoints(node.args[1]);
	if (!points || isEmpty(x)) return isEmpty(x) ? NOTHING : ANY_NUMBER;
	const value = (position: number): number => curveAt(node, points, position);
	const inside = points.filter(([px]) => px > x.least && px < x.most).map(([, y]) => y);
	const values = [value(x.least), value(x.most), ...inside];
	return { least: Math.min(...values), most: Math.max(...values), missing: x.missing };
}

/** A curve at any position, beyond all numbers included. */
function curveAt(node: CallNode, points: readonly Point[], x: number): number {
	if (Number.isFinite(x)) {
		const [, drawn, ...ends] = node.args;
		const subject: RuleNode = { kind: 'literal', at: node.at, value: x };
		const call: CallNode = { ...node, args: drawn ? [subject, drawn, ...ends] : [subject] };
		const { value } = evaluateRule(call, new Map());
		return typeof value === 'number' ? value : NaN;
	}
	const side = node.args[x < 0 ? 2 : 3];
	const [a, b] = x < 0 ? points : points.slice(-2);
	const end = x < 0 ? points[0] : points.at(-1);
	const extended = side?.kind === 'literal' && side.value === 'extend';
	if (!extended || !a || !b || a[1] === b[1]) return end?.[1] ?? 0;
	return b[1] > a[1] === x > 0 ? Infinity : -Infinity;
}

function rangeOfSteps(node: CallNode, rangeOf: RangeOf, at?: Inside): Range {
	const [subject, points, otherwise] = node.args;
	const steps = curvePoints(points);
	if (!subject || !steps) return ANY_NUMBER;
	if (at && variablesOf(node).every((path) => path === at.path)) {
		return valueAt(node, at.path, at.inside);
	}
	const x = rangeOfNode(subject, rangeOf, at);
	const values = steps.filter((_, index) => {
		const next = steps[index + 1];
		const [from] = steps[index] ?? [0];
		return from <= x.most && (!next || next[0] > x.least);
	});
	const ranges: Range[] = values.map(([, y]) => ({ least: y, most: y, missing: false }));
	const below = (steps[0]?.[0] ?? -Infinity) > x.least;
	if (below) ranges.push(otherwise ? rangeOfNode(otherwise, rangeOf, at) : NOTHING);
	const result = hull(ranges);
	return { ...result, missing: result.missing || x.missing };
}

/** Operators that give null when an operand is null. */
function strict(operator: string, ranges: readonly Range[]): Range {
	if (ranges.some(isEmpty)) return NOTHING;
	const missing = ranges.some((range) => range.missing);
	const [a, b, c] = ranges;
	const of = (least: number, most: number, mayMiss = missing): Range =>
		Number.isNaN(least) || Number.isNaN(most)
			? { least: -Infinity, most: Infinity, missing: true }
			: { least, most, missing: mayMiss };
	const ends = (combine: (x: number, y: number) => number): Range => {
		if (!a || !b) return ANY_NUMBER;
		const values = [a.least, a.most].flatMap((x) => [b.least, b.most].map((y) => combine(x, y)));
		return of(Math.min(...values), Math.max(...values));
	};
	switch (operator) {
		case '+':
			return ranges.reduce((sum, one) => of(sum.least + one.least, sum.most + one.most));
		case '-':
			if (a && !b) return of(-a.most, -a.least);
			return a && b ? of(a.least - b.most, a.most - b.least) : ANY_NUMBER;
		case '*':
			if (ranges.length > 2) return ranges.reduce((one, other) => strict('*', [one, other]));
			return ranges.length === 1 && a ? a : ends((x, y) => (x === 0 || y === 0 ? 0 : x * y));
		case '/':
			if (!a || !b || (b.least <= 0 && b.most >= 0)) return ANY_NUMBER;
			return ends((x, y) => (x === 0 || !Number.isFinite(y) ? 0 : x / y));
		case 'min':
			return of(
				Math.min(...ranges.map(({ least }) => least)),
				Math.min(...ranges.map(({ most }) => most))
			);
		case 'max':
			return of(
				Math.max(...ranges.map(({ least }) => least)),
				Math.max(...ranges.map(({ most }) => most))
			);
		case 'clamp':
			if (!a || !b || !c) return ANY_NUMBER;
			return of(
				Math.min(Math.max(a.least, b.least), c.least),
				Math.min(Math.max(a.most, b.most), c.most)
			);
		case 'abs':
			if (!a) return ANY_NUMBER;
			return of(
				a.least <= 0 && a.most >= 0 ? 0 : Math.min(Math.abs(a.least), Math.abs(a.most)),
				Math.max(Math.abs(a.least), Math.abs(a.most))
			);
		case 'round':
			return a ? of(rounded(a.least, b), rounded(a.most, b)) : ANY_NUMBER;
		case 'floor':
			return a ? of(Math.floor(a.least), Math.floor(a.most + 1e-6)) : ANY_NUMBER;
		case 'ceil':
			return a ? of(Math.ceil(a.least - 1e-6), Math.ceil(a.most)) : ANY_NUMBER;
		case '<':
		case '<=':
		case '>':
		case '>=':
		case '==':
		case '!=':
		case '===':
		case '!==':
		case '!':
		case '!!':
		case 'in':
		case 'between':
			return NOTHING;
		default:
			return ANY_NUMBER;
	}
}

function rounded(x: number, digits: Range | undefined): number {
	return Number.isFinite(x) ? roundHalfAway(x, digits?.least ?? 0) : x;
}
