/**
 * Finds the tests in rules: comparisons of one variable with written-out values, which can be cut
 * into cells exactly. A calculation on the variable counts if it only ever rises or only ever falls
 * with it (`attainment × 100 ≥ 80`): then the double at which it turns is found by halving.
 */
import { evaluateRule } from '../logic/interpret.ts';
import { walk, type CallNode, type RuleNode } from '../logic/node.ts';
import type { Value } from '../logic/rule.ts';
import { pathsNamedIn, variablesOf } from '../logic/variables.ts';
import { fromOrdinal, noMarks, toOrdinal, type Marks } from './cells.ts';

const ORDERINGS: readonly string[] = ['<', '<=', '>', '>=', 'between'];
const EQUALITIES: readonly string[] = ['==', '!=', '===', '!=='];
/** Calculations further out than this are taken as they are at this distance. */
const FAR = toOrdinal(1e100);

/** A test of one variable. */
export interface VariableTest {
	/** The variable as the rule writes it. */
	readonly path: string;
	/** Values at which the outcome may change. */
	readonly numbers: readonly number[];
	readonly texts: readonly string[];
	readonly ordered: boolean;
	/** Some value is a number or a yes/no, so a text is read as a number. */
	readonly numeric: boolean;
	/** The variable is calculated with, so only numbers can be cut. */
	readonly calculated: boolean;
}

/** True if evaluating needs no variable at all. */
export function isConstant(node: RuleNode): boolean {
	let constant = true;
	walk(node, (one) => {
		if (one.kind === 'var') constant = false;
		if (one.kind === 'call' && pathsNamedIn(one).length > 0) constant = false;
	});
	return constant;
}

/** The value of a rule that needs no variable. */
export function constantOf(node: RuleNode): Value {
	return evaluateRule(node, new Map()).value;
}

/** Tests by node: finding a threshold by halving is done once. */
const knownTests = new WeakMap<CallNode, { readonly test: VariableTest | null }>();

/** Reads a call as a test of one variable; null if it is something else. */
export function asTest(call: CallNode): VariableTest | null {
	const known = knownTests.get(call) ?? { test: readTest(call) };
	knownTests.set(call, known);
	return known.test;
}

function readTest(call: CallNode): VariableTest | null {
	if (call.operator === 'steps') return asSteps(call);
	if (call.operator === 'in') return asMembership(call);
	const isOrdering = ORDERINGS.includes(call.operator);
	if (!isOrdering && !EQUALITIES.includes(call.operator)) return null;
	const subjects = call.args.filter((arg) => !isConstant(arg));
	const [subject] = subjects;
	if (!subject || subjects.length > 1) return null;
	const values = call.args.filter((arg) => arg !== subject).map(constantOf);
	if (values.some((value) => typeof value === 'object' && value !== null)) return null;
	return testOf(subject, values, isOrdering);
}

function asSteps(call: CallNode): VariableTest | null {
	const [subject, points, otherwise] = call.args;
	if (!subject || points?.kind !== 'list' || !isConstant(points)) return null;
	if (otherwise && !isConstant(otherwise)) return null;
	const list = constantOf(points);
	const thresholds = (Array.isArray(list) ? list : []).map((point: Value) =>
		Array.isArray(point) ? (point[0] as Value) : null
	);
	return isConstant(subject) ? null : testOf(subject, thresholds, true);
}

function asMembership(call: CallNode): VariableTest | null {
	const [subject, list] = call.args;
	if (!subject || !list || isConstant(subject) || !isConstant(list)) return null;
	const values = constantOf(list);
	if (!Array.isArray(values)) return null;
	const members = values as readonly Value[];
	if (members.some((value) => typeof value === 'object' && value !== null)) return null;
	return testOf(subject, members, false);
}

function testOf(
	subject: RuleNode,
	values: readonly Value[],
	isOrdering: boolean
): VariableTest | null {
	const plain = plainVariable(subject);
	const numbers = values.map(numberOf).filter((value) => value !== null);
	const numeric = numbers.length > 0;
	if (plain !== null) {
		const texts = values.filter((value): value is string => typeof value === 'string');
		return {
			path: plain,
			numbers,
			texts,
			ordered: isOrdering && texts.length > 0,
			numeric,
			calculated: false
		};
	}
	const paths = variablesOf(subject);
	const [path] = paths;
	if (path === undefined || paths.length > 1) return null;
	const trend = trendOf(subject);
	if (trend === null || values.some((value) => typeof value === 'string')) return null;
	const turns = numbers.flatMap((value) => turningPoints(subject, path, trend, value));
	return { path, numbers: turns, texts: [], ordered: false, numeric, calculated: true };
}

/** Where a calculation on one variable reaches these values; none where that is not certain. */
export function pivotsOf(subject: RuleNode, path: string, values: readonly number[]): number[] {
	if (plainVariable(subject) === path) return [...values];
	const paths = variablesOf(subject);
	const trend = paths.length === 1 && paths[0] === path ? trendOf(subject) : null;
	if (trend === null) return [];
	return values.flatMap((value) => turningPoints(subject, path, trend, value));
}

/** The number that a written number or yes/no stands for; texts are cut as texts. */
function numberOf(value: Value): number | null {
	if (typeof value === 'number') return value;
	return typeof value === 'boolean' ? Number(value) : null;
}

/** The path of `x`, `x or a constant` and `coalesce(x, constants)`. */
function plainVariable(node: RuleNode): string | null {
	if (node.kind === 'var') {
		return node.path !== null && (!node.fallback || isConstant(node.fallback)) ? node.path : null;
	}
	if (node.kind !== 'call' || node.operator !== 'coalesce') return null;
	const [first, ...others] = node.args;
	return first && others.every(isConstant) ? plainVariable(first) : null;
}

type Trend = 'up' | 'down' | 'none';

/**
 * Whether a calculation rises or falls with its one variable; null if neither is certain. Every
 * step named here is monotone in floating arithmetic too, because rounding to a double is.
 */
export function trendOf(node: RuleNode): Trend | null {
	if (isConstant(node)) return typeof constantOf(node) === 'number' ? 'none' : null;
	if (node.kind === 'var') return node.path !== null && !node.fallback ? 'up' : null;
	if (node.kind !== 'call') return null;
	const [first, second, third] = node.args;
	switch (node.operator) {
		case '+':
		case 'min':
		case 'max':
			return joined(node.args.map(trendOf));
		case '-':
			if (first && !second) return flipped(trendOf(first));
			return first && second ? joined([trendOf(first), flipped(trendOf(second))]) : null;
		case '*':
			return productTrend(node.args);
		case '/': {
			if (!first || !second || !isConstant(second)) return null;
			return scaled(trendOf(first), constantOf(second));
		}
		case 'round':
		case 'floor':
		case 'ceil':
			return first ? trendOf(first) : null;
		case 'clamp':
			return first && second && third && isConstant(second) && isConstant(third)
				? trendOf(first)
				: null;
		default:
			return null;
	}
}

function joined(trends: readonly (Trend | null)[]): Trend | null {
	const moving = trends.filter((trend) => trend !== 'none');
	const [first] = moving;
	if (first === undefined) return 'none';
	return moving.every((trend) => trend === first) ? first : null;
}

function flipped(trend: Trend | null): Trend | null {
	if (trend === 'up') return 'down';
	return trend === 'down' ? 'up' : trend;
}

function scaled(trend: Trend | null, factor: Value): Trend | null {
	if (typeof factor !== 'number' || factor === 0) return null;
	return factor > 0 ? trend : flipped(trend);
}

function productTrend(args: readonly RuleNode[]): Trend | null {
	const moving = args.filter((arg) => !isConstant(arg));
	const [only] = moving;
	if (!only || moving.length > 1) return null;
	return args
		.filter((arg) => arg !== only)
		.reduce<Trend | null>((trend, arg) => scaled(trend, constantOf(arg)), trendOf(only));
}

/** The doubles around which a monotone calculation reaches and passes a value. */
function turningPoints(node: RuleNode, path: string, trend: Trend, value: number): number[] {
	if (trend === 'none') return [];
	const at = (x: number): number => {
		const result = evaluateRule(node, new Map([[path, x]])).value;
		return typeof result === 'number' ? result : Number.NaN;
	};
	const rising = trend === 'up';
	const first = (reached: (y: number) => boolean): number | null => {
		let low = -FAR;
		let high = FAR;
		if (reached(at(fromOrdinal(low))) || !reached(at(fromOrdinal(high)))) return null;
		while (high - low > 1n) {
			const middle = (low + high) / 2n;
			if (reached(at(fromOrdinal(middle)))) high = middle;
			else low = middle;
		}
		return fromOrdinal(high);
	};
	const points = rising
		? [first((y) => y >= value), first((y) => y > value)]
		: [first((y) => y <= value), first((y) => y < value)];
	return points.filter((point) => point !== null);
}

/** Collects what a rule compares each variable with; `resolve` names the variable of a path. */
export function collectMarks(
	rule: RuleNode,
	resolve: (path: string) => string,
	marks: Map<string, Marks>
): void {
	const of = (path: string): Marks => {
		const name = resolve(path);
		const known = marks.get(name) ?? noMarks();
		marks.set(name, known);
		return known;
	};
	const visit = (node: RuleNode, asksTruth: boolean): void => {
		if (node.kind === 'var') {
			if (node.path !== null) of(node.path).truth ||= asksTruth;
			if (node.fallback) visit(node.fallback, asksTruth);
		} else if (node.kind === 'list') {
			for (const item of node.items) visit(item, false);
		} else if (node.kind === 'call') {
			for (const named of pathsNamedIn(node)) of(named.path).texts.add('');
			const test = asTest(node);
			if (!test) {
				for (const [path, text] of sought(node)) of(path).texts.add(text);
				node.args.forEach((arg, index) => visit(arg, truthAsked(node, index, asksTruth)));
				return;
			}
			const known = of(test.path);
			for (const number of test.numbers) known.numbers.add(number);
			for (const text of test.texts) known.texts.add(text);
			known.ordered ||= test.ordered;
		}
	};
	visit(rule, true);
}

/**
 * A text that is sought inside a variable stays an open condition, but the variable that is just
 * this text certainly has it: whoever looks for somebody on that branch finds them there.
 */
function sought({ operator, args }: CallNode): (readonly [string, string])[] {
	const [part, whole] = args;
	if (operator !== 'in' || !part || !whole || !isConstant(part)) return [];
	const text = constantOf(part);
	const path = plainVariable(whole);
	return path !== null && typeof text === 'string' ? [[path, text]] : [];
}

/** Whether a call asks for the truth of an operand, rather than for its value. */
function truthAsked(call: CallNode, index: number, asked: boolean): boolean {
	switch (call.operator) {
		case 'if':
		case '?:':
			return index % 2 === 0 && index < call.args.length - 1 ? true : asked;
		case 'and':
		case 'or':
		case '!':
		case '!!':
			return true;
		default:
			return false;
	}
}
