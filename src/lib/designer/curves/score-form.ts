/**
 * The score rules that a form can show. A rule is read into a form only when the form says all of
 * it; everything else is `advanced` and stays untouched. Writing is asked for only after an edit.
 */
import type { Json, Rule } from '#lib/engine/logic/rule.ts';
import { isList, isObject } from '../document-path.ts';

export const SCORE_INPUTS = ['item.attainment', 'item.actual'] as const;
export type ScoreInput = (typeof SCORE_INPUTS)[number];

export type CurveEnd = 'flat' | 'extend';
export type Point = readonly [number, number];

export type ScoreForm =
	/** input × factor, the input capped before or the result after. */
	| {
			readonly kind: 'proportional';
			readonly input: ScoreInput;
			readonly factor: number;
			readonly cap: number | null;
			readonly capOn: 'input' | 'score';
	  }
	| {
			readonly kind: 'piecewise';
			readonly input: ScoreInput;
			readonly points: readonly Point[];
			readonly below: CurveEnd;
			readonly above: CurveEnd;
	  }
	| {
			readonly kind: 'steps';
			readonly input: ScoreInput;
			readonly steps: readonly Point[];
			readonly otherwise: number | null;
	  }
	/** base + perStep × ⌊(input − from) ÷ stepSize⌋ */
	| {
			readonly kind: 'base_step';
			readonly input: ScoreInput;
			readonly base: number;
			readonly perStep: number;
			readonly from: number;
			readonly stepSize: number;
			readonly cap: number | null;
	  }
	| {
			readonly kind: 'pass_fail';
			readonly input: ScoreInput;
			readonly comparison: '>=' | '>' | '<=' | '<';
			readonly threshold: number;
			readonly pass: number;
			readonly fail: number;
	  }
	| { readonly kind: 'fixed'; readonly score: number }
	| { readonly kind: 'advanced' };

export type ScoreKind = ScoreForm['kind'];
export const SCORE_KINDS: readonly Exclude<ScoreKind, 'advanced'>[] = [
	'proportional',
	'piecewise',
	'steps',
	'base_step',
	'pass_fail',
	'fixed'
];

/** The one operator of a call and its arguments as a list. */
function call(rule: Rule | undefined): { operator: string; args: readonly Json[] } | null {
	if (!isObject(rule)) return null;
	const entries = Object.entries(rule);
	const entry = entries[0];
	if (entries.length !== 1 || !entry) return null;
	const [operator, args] = entry;
	return { operator, args: isList(args) ? args : [args] };
}

function readInput(rule: Rule | undefined): ScoreInput | null {
	const found = call(rule);
	if (found?.operator !== 'var' || found.args.length !== 1) return null;
	return SCORE_INPUTS.find((input) => input === found.args[0]) ?? null;
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

function isEnd(value: Json | undefined): value is CurveEnd | undefined {
	return value === undefined || value === 'flat' || value === 'extend';
}

/** `{"min": [inner, n]}` → inner and n; a rule that is not capped → itself and null. */
function readCap(rule: Rule): { inner: Rule; cap: number | null } {
	const found = call(rule);
	const [inner, cap] = found?.args ?? [];
	if (
		found?.operator === 'min' &&
		found.args.length === 2 &&
		inner !== undefined &&
		typeof cap === 'number'
	)
		return { inner, cap };
	return { inner: rule, cap: null };
}

function readProportional(rule: Rule): ScoreForm | null {
	const outer = readCap(rule);
	const product = call(outer.inner);
	if (product?.operator !== '*' || product.args.length !== 2) return null;
	const [operand, factor] = product.args;
	if (operand === undefined || typeof factor !== 'number') return null;
	const inner = readCap(operand);
	const input = readInput(inner.inner);
	if (!input || (outer.cap !== null && inner.cap !== null)) return null;
	return {
		kind: 'proportional',
		input,
		factor,
		cap: inner.cap ?? outer.cap,
		capOn: outer.cap !== null ? 'score' : 'input'
	};
}

function readBaseStep(rule: Rule): ScoreForm | null {
	const { inner, cap } = readCap(rule);
	const sum = call(inner);
	if (sum?.operator !== '+' || sum.args.length !== 2) return null;
	const [base, term] = sum.args;
	const product = call(term);
	if (typeof base !== 'number' || product?.operator !== '*' || product.args.length !== 2)
		return null;
	const [perStep, floored] = product.args;
	const floor = call(floored);
	if (typeof perStep !== 'number' || floor?.operator !== 'floor' || floor.args.length !== 1)
		return null;
	const quotient = call(floor.args[0]);
	if (quotient?.operator !== '/' || quotient.args.length !== 2) return null;
	const [difference, stepSize] = quotient.args;
	const minus = call(difference);
	if (typeof stepSize !== 'number' || minus?.operator !== '-' || minus.args.length !== 2)
		return null;
	const [x, from] = minus.args;
	const input = readInput(x);
	if (!input || typeof from !== 'number') return null;
	return { kind: 'base_step', input, base, perStep, from, stepSize, cap };
}

function readPassFail(args: readonly Json[]): ScoreForm | null {
	if (args.length !== 3) return null;
	const [condition, pass, fail] = args;
	const test = call(condition);
	if (!test || test.args.length !== 2 || typeof pass !== 'number' || typeof fail !== 'number')
		return null;
	const comparison = (['>=', '>', '<=', '<'] as const).find((sign) => sign === test.operator);
	const input = readInput(test.args[0]);
	const threshold = test.args[1];
	if (!comparison || !input || typeof threshold !== 'number') return null;
	return { kind: 'pass_fail', input, comparison, threshold, pass, fail };
}

/** Reads a score rule into the form that says all of it. */
export function readScore(rule: Rule): ScoreForm {
	if (typeof rule === 'number') return { kind: 'fixed', score: rule };
	const found = call(rule);
	if (found?.operator === 'curve') {
		const [x, pairs, below, above] = found.args;
		const input = readInput(x);
		const points = readPoints(pairs);
		if (
			input &&
			points &&
			points.length >= 2 &&
			isEnd(below) &&
			isEnd(above) &&
			found.args.length <= 4
		)
			return { kind: 'piecewise', input, points, below: below ?? 'flat', above: above ?? 'flat' };
	}
	if (found?.operator === 'steps') {
		const [x, pairs, otherwise] = found.args;
		const input = readInput(x);
		const steps = readPoints(pairs);
		const rest = otherwise ?? null;
		if (input && steps && (rest === null || typeof rest === 'number') && found.args.length <= 3)
			return { kind: 'steps', input, steps, otherwise: rest };
	}
	if (found?.operator === 'if') {
		const form = readPassFail(found.args);
		if (form) return form;
	}
	return readProportional(rule) ?? readBaseStep(rule) ?? { kind: 'advanced' };
}

/** The rule of a form, in the shape that `readScore` reads back to the same form. */
export function writeScore(form: Exclude<ScoreForm, { kind: 'advanced' }>): Rule {
	switch (form.kind) {
		case 'fixed':
			return form.score;
		case 'proportional': {
			const x: Rule = { var: form.input };
			const capped: Rule = form.cap !== null && form.capOn === 'input' ? { min: [x, form.cap] } : x;
			const product: Rule = { '*': [capped, form.factor] };
			return form.cap !== null && form.capOn === 'score' ? { min: [product, form.cap] } : product;
		}
		case 'piecewise': {
			const args: Json[] = [{ var: form.input }, form.points];
			if (form.below !== 'flat' || form.above !== 'flat') args.push(form.below, form.above);
			return { curve: args };
		}
		case 'steps': {
			const args: Json[] = [{ var: form.input }, form.steps];
			if (form.otherwise !== null) args.push(form.otherwise);
			return { steps: args };
		}
		case 'base_step': {
			const difference: Rule = { '-': [{ var: form.input }, form.from] };
			const whole: Rule = { floor: { '/': [difference, form.stepSize] } };
			const sum: Rule = { '+': [form.base, { '*': [form.perStep, whole] }] };
			return form.cap === null ? sum : { min: [sum, form.cap] };
		}
		case 'pass_fail':
			return {
				if: [{ [form.comparison]: [{ var: form.input }, form.threshold] }, form.pass, form.fail]
			};
	}
}

/** A sensible start when another kind is chosen; the input stays what it was. */
export function startForm(
	kind: Exclude<ScoreKind, 'advanced'>,
	input: ScoreInput
): Exclude<ScoreForm, { kind: 'advanced' }> {
	const scale = input === 'item.attainment' ? 1 : 100;
	switch (kind) {
		case 'proportional':
			return { kind, input, factor: 100 / scale, cap: 1.2 * scale, capOn: 'input' };
		case 'piecewise':
			return {
				kind,
				input,
				points: [
					[0.6 * scale, 0],
					[scale, 100]
				],
				below: 'flat',
				above: 'flat'
			};
		case 'steps':
			return {
				kind,
				input,
				steps: [
					[0.6 * scale, 60],
					[0.8 * scale, 80],
					[scale, 100]
				],
				otherwise: 0
			};
		case 'base_step':
			return {
				kind,
				input,
				base: 60,
				perStep: 2,
				from: scale,
				stepSize: 0.1 * scale,
				cap: 120
			};
		case 'pass_fail':
			return { kind, input, comparison: '>=', threshold: scale, pass: 100, fail: 0 };
		case 'fixed':
			return { kind, score: 100 };
	}
}
