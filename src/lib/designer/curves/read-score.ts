import type { Json, Rule } from '#lib/engine/logic/rule.ts';
import { isList, isObject } from '../document-path.ts';
import {
	SCORE_INPUTS,
	type BelowBase,
	type Counting,
	type CurveEnd,
	type EditableForm,
	type NamedInput,
	type PiecewiseForm,
	type Point,
	type ScoreForm,
	type ScoreInput
} from './score-form.ts';

interface Call {
	readonly operator: string;
	readonly args: readonly Json[];
}

/** Reads a score rule into the form that says all of it. */
export function readScore(rule: Rule): ScoreForm {
	if (typeof rule === 'number') return { kind: 'fixed', score: rule };
	return (
		readCurve(rule) ??
		readSteps(rule) ??
		readPassFail(rule) ??
		readProportional(rule) ??
		readBaseStep(rule) ??
		readDeduction(rule) ?? { kind: 'advanced' }
	);
}

/** The one operator of a call and its arguments as a list. */
function call(rule: Rule | undefined): Call | null {
	if (!isObject(rule)) return null;
	const entries = Object.entries(rule);
	const entry = entries[0];
	if (entries.length !== 1 || !entry) return null;
	const [operator, args] = entry;
	return { operator, args: isList(args) ? args : [args] };
}

/** Arguments of a call of this operator with exactly so many of them. */
function argsOf(rule: Rule | undefined, operator: string, count: number): readonly Json[] | null {
	const found = call(rule);
	return found?.operator === operator && found.args.length === count ? found.args : null;
}

function readInput(rule: Rule | undefined): NamedInput | null {
	const path = argsOf(rule, 'var', 1)?.[0];
	return SCORE_INPUTS.find((input) => input === path) ?? null;
}

/** The input of a curve may be any calculation: it stays as it was written. */
function readAnyInput(rule: Rule | undefined): ScoreInput | null {
	return readInput(rule) ?? (rule !== undefined && call(rule) ? { rule } : null);
}

function readPoints(value: Json | undefined): readonly Point[] | null {
	if (!isList(value) || value.length === 0) return null;
	const points: Point[] = [];
	for (const pair of value) {
		if (!isList(pair) || pair.length !== 2) return null;
		const [x, y] = pair;
		if (typeof x !== 'number' || typeof y !== 'number') return null;
		points.push([x, y]);
	}
	return points;
}

function readCurve(rule: Rule): PiecewiseForm | null {
	const choice = call(rule);
	if (choice?.operator !== 'if') return plainCurve(rule);
	const [otherwise, ...rest] = [...choice.args].reverse();
	const curve = plainCurve(otherwise);
	const branches = rest.reverse();
	if (!curve || branches.length % 2 !== 0) return null;
	let { below, above } = curve;
	for (let index = 0; index < branches.length; index += 2) {
		const test = call(branches[index]);
		const value = branches[index + 1];
		const end: CurveEnd | null = value === 0 ? 'zero' : value === null ? 'undefined' : null;
		const [x, limit] = test?.args ?? [];
		if (!end || test?.args.length !== 2 || !sameInput(x, curve.input)) return null;
		if (test.operator === '<' && index === 0 && limit === curve.points[0]?.[0] && below === 'flat')
			below = end;
		else if (test.operator === '>' && limit === curve.points.at(-1)?.[0] && above === 'flat')
			above = end;
		else return null;
	}
	return { ...curve, below, above };
}

function sameInput(rule: Json | undefined, input: ScoreInput): boolean {
	const read = readAnyInput(rule);
	return read !== null && JSON.stringify(read) === JSON.stringify(input);
}

function plainCurve(rule: Rule | undefined): PiecewiseForm | null {
	const found = call(rule);
	if (found?.operator !== 'curve' || found.args.length > 4) return null;
	const [x, pairs, below = 'flat', above = 'flat'] = found.args;
	const input = readAnyInput(x);
	const points = readPoints(pairs);
	if (!input || !points || points.length < 2) return null;
	if ((below !== 'flat' && below !== 'extend') || (above !== 'flat' && above !== 'extend'))
		return null;
	return { kind: 'piecewise', input, points, below, above };
}

function readSteps(rule: Rule): EditableForm | null {
	const found = call(rule);
	if (found?.operator !== 'steps' || found.args.length > 3) return null;
	const [x, pairs, otherwise = null] = found.args;
	const input = readAnyInput(x);
	const steps = readPoints(pairs);
	if (!input || !steps || (otherwise !== null && typeof otherwise !== 'number')) return null;
	return { kind: 'steps', input, steps, otherwise };
}

/** `{"min": [inner, n]}` in either order → inner and n; any other rule → itself and null. */
function readLimit(rule: Rule, operator: 'min' | 'max'): { inner: Rule; limit: number | null } {
	const [first, second] = argsOf(rule, operator, 2) ?? [];
	if (first !== undefined && typeof second === 'number') return { inner: first, limit: second };
	if (second !== undefined && typeof first === 'number') return { inner: second, limit: first };
	return { inner: rule, limit: null };
}

function readProportional(rule: Rule): EditableForm | null {
	const outer = readLimit(rule, 'min');
	const product = argsOf(outer.inner, '*', 2);
	const [operand, factor] =
		typeof product?.[0] === 'number' ? [...product].reverse() : (product ?? []);
	if (operand === undefined || typeof factor !== 'number') return null;
	const inner = readLimit(operand, 'min');
	const input = readInput(inner.inner);
	if (!input || (outer.limit !== null && inner.limit !== null)) return null;
	return {
		kind: 'proportional',
		input,
		factor,
		cap: inner.limit ?? outer.limit,
		capOn: outer.limit !== null ? 'score' : 'input'
	};
}

const COMPARISONS = ['>=', '>', '<=', '<'] as const;

function readPassFail(rule: Rule): EditableForm | null {
	const guarded = argsOf(rule, 'if', 5);
	const [condition, pass, fail] = guarded?.slice(2) ?? argsOf(rule, 'if', 3) ?? [];
	const test = call(condition);
	if (test?.args.length !== 2 || typeof pass !== 'number' || typeof fail !== 'number') return null;
	const [x, threshold] = test.args;
	const comparison = COMPARISONS.find((sign) => sign === test.operator);
	const input = readInput(x);
	if (!comparison || !input || typeof threshold !== 'number') return null;
	if (guarded) {
		const [missing, nothing] = argsOf(guarded[0], '==', 2) ?? [];
		if (readInput(missing) !== input || nothing !== null || guarded[1] !== null) return null;
	}
	return { kind: 'pass_fail', input, comparison, threshold, pass, fail, guarded: !!guarded };
}

function readCounting(rule: Rule): { ratio: Rule; counting: Counting } {
	const whole = argsOf(rule, 'floor', 1)?.[0];
	if (whole !== undefined) return { ratio: whole, counting: 'whole' };
	const started = argsOf(rule, 'ceil', 1)?.[0];
	if (started !== undefined) return { ratio: started, counting: 'started' };
	return { ratio: rule, counting: 'pro_rata' };
}

function readBaseStep(rule: Rule): EditableForm | null {
	const choice = argsOf(rule, 'if', 3);
	if (!choice) return plainBaseStep(rule);
	const [condition, then, otherwise] = choice;
	const test = call(condition);
	const [x, limit] = test?.args ?? [];
	const isBelow = test?.operator === '<';
	const form = plainBaseStep((isBelow ? otherwise : then) ?? null);
	if (!form || test?.args.length !== 2 || readInput(x) !== form.input || limit !== form.from)
		return null;
	if (isBelow) {
		if (then === null) return { ...form, below: 'undefined' };
		return typeof then === 'number' ? { ...form, below: { score: then } } : null;
	}
	// Missing data falls into the other branch here: only one that stays missing may be read.
	if (test.operator !== '>=' || otherwise === undefined) return null;
	if (otherwise === null) return { ...form, below: 'undefined' };
	const below = readFactor(otherwise, form.input);
	return below ? { ...form, below } : null;
}

function readFactor(rule: Rule, input: NamedInput): BelowBase | null {
	const [first, second] = argsOf(rule, '*', 2) ?? [];
	if (typeof first === 'number' && readInput(second) === input) return { factor: first };
	if (typeof second === 'number' && readInput(first) === input) return { factor: second };
	return null;
}

function plainBaseStep(rule: Rule): Extract<EditableForm, { kind: 'base_step' }> | null {
	const capped = readLimit(rule, 'min');
	const floored = readLimit(capped.inner, 'max');
	const [base, term] = argsOf(floored.inner, '+', 2) ?? [];
	const [perStep, count] = argsOf(term, '*', 2) ?? [];
	if (typeof base !== 'number' || typeof perStep !== 'number' || count === undefined) return null;
	const { ratio, counting } = readCounting(count);
	const [difference, stepSize] = argsOf(ratio, '/', 2) ?? [];
	const [x, from] = argsOf(difference, '-', 2) ?? [];
	const input = readInput(x);
	if (!input || typeof stepSize !== 'number' || typeof from !== 'number') return null;
	return {
		kind: 'base_step',
		input,
		base,
		perStep,
		from,
		stepSize,
		counting,
		cap: capped.limit,
		floor: floored.limit,
		below: 'continue'
	};
}

function readDeduction(rule: Rule): EditableForm | null {
	const { inner, limit: floor } = readLimit(rule, 'max');
	const [start, product] = argsOf(inner, '-', 2) ?? [];
	const [each, amount] = argsOf(product, '*', 2) ?? [];
	if (typeof start !== 'number' || typeof each !== 'number' || amount === undefined) return null;
	const bounded = readLimit(amount, 'max');
	if (bounded.limit !== null && bounded.limit !== 0) return null;
	const { ratio, counting } = readCounting(bounded.inner);
	const divided = argsOf(ratio, '/', 2);
	const distance = divided ? divided[0] : ratio;
	const per = divided ? divided[1] : 1;
	if (typeof per !== 'number' || distance === undefined) return null;
	const common = { kind: 'deduction', start, each, per, counting, floor } as const;
	const count = readInput(distance);
	if (count)
		return bounded.limit === null ? { ...common, input: count, from: 0, side: 'above' } : null;
	const [left, right] = argsOf(distance, '-', 2) ?? [];
	if (bounded.limit === null || left === undefined || right === undefined) return null;
	const above = readInput(left);
	if (above && typeof right === 'number' && right !== 0)
		return { ...common, input: above, from: right, side: 'above' };
	const below = readInput(right);
	if (below && typeof left === 'number')
		return { ...common, input: below, from: left, side: 'below' };
	return null;
}
