/**
 * The score rules that a form can show. A rule is read into a form only when the form says all of
 * it; everything else is `advanced` and stays untouched. Writing is asked for only after an edit.
 */
import type { Rule } from '#lib/engine/logic/rule.ts';

export { readScore } from './read-score.ts';
export { writeScore } from './write-score.ts';

export const SCORE_INPUTS = ['item.attainment', 'item.actual'] as const;
export type NamedInput = (typeof SCORE_INPUTS)[number];
/** What a score is measured by; a rule of any other shape stays as it was written. */
export type ScoreInput = NamedInput | { readonly rule: Rule };

/** Beyond a curve: hold the last score, go on, score 0, or no score at all. */
export const CURVE_ENDS = ['flat', 'extend', 'zero', 'undefined'] as const;
export type CurveEnd = (typeof CURVE_ENDS)[number];
export type Point = readonly [number, number];

/** Full steps count, begun steps count, or every part of a step does. */
export const COUNTINGS = ['whole', 'started', 'pro_rata'] as const;
export type Counting = (typeof COUNTINGS)[number];

/** Below the start of base and steps: the formula goes on, no score, a score, or input × factor. */
export type BelowBase =
	'continue' | 'undefined' | { readonly score: number } | { readonly factor: number };

/** input × factor, the input capped before or the result after. */
export interface ProportionalForm {
	readonly kind: 'proportional';
	readonly input: NamedInput;
	readonly factor: number;
	readonly cap: number | null;
	readonly capOn: 'input' | 'score';
}

export interface PiecewiseForm {
	readonly kind: 'piecewise';
	readonly input: ScoreInput;
	readonly points: readonly Point[];
	readonly below: CurveEnd;
	readonly above: CurveEnd;
}

export interface StepsForm {
	readonly kind: 'steps';
	readonly input: ScoreInput;
	readonly steps: readonly Point[];
	/** Below the first step; null gives no score there. */
	readonly otherwise: number | null;
}

/** base + perStep × steps of (input − from) ÷ stepSize */
export interface BaseStepForm {
	readonly kind: 'base_step';
	readonly input: NamedInput;
	readonly base: number;
	readonly perStep: number;
	readonly from: number;
	readonly stepSize: number;
	readonly counting: Counting;
	readonly cap: number | null;
	readonly floor: number | null;
	readonly below: BelowBase;
}

export interface PassFailForm {
	readonly kind: 'pass_fail';
	readonly input: NamedInput;
	readonly comparison: '>=' | '>' | '<=' | '<';
	readonly threshold: number;
	readonly pass: number;
	readonly fail: number;
	/** Without data there is no score; otherwise missing data fails. */
	readonly guarded: boolean;
}

/** start − each × steps by which the input is above (below) `from`, not under `floor`. */
export interface DeductionForm {
	readonly kind: 'deduction';
	readonly input: NamedInput;
	readonly start: number;
	readonly each: number;
	readonly from: number;
	readonly per: number;
	readonly side: 'above' | 'below';
	readonly counting: Counting;
	readonly floor: number | null;
}

export interface FixedForm {
	readonly kind: 'fixed';
	readonly score: number;
}

/** A form whose rule is written by `writeScore`. */
export type EditableForm =
	| ProportionalForm
	| PiecewiseForm
	| StepsForm
	| BaseStepForm
	| PassFailForm
	| DeductionForm
	| FixedForm;

export type ScoreForm = EditableForm | { readonly kind: 'advanced' };

/** Kinds as people choose them: a curve that falls, or peaks in a range, is a kind of its own. */
export const SCORE_KINDS = [
	'proportional',
	'piecewise',
	'lower',
	'range',
	'steps',
	'base_step',
	'deduction',
	'pass_fail',
	'fixed'
] as const;
export type EditableKind = (typeof SCORE_KINDS)[number];
export type ScoreKind = EditableKind | 'advanced';

/** The kind that people would call a form by. */
export function kindOf(form: ScoreForm): ScoreKind {
	return form.kind === 'piecewise' ? shapeOf(form.points) : form.kind;
}

function shapeOf(points: readonly Point[]): 'piecewise' | 'lower' | 'range' {
	const changes = points
		.slice(1)
		.map(([, y], index) => Math.sign(y - (points[index]?.[1] ?? y)))
		.filter((sign) => sign !== 0);
	const firstFall = changes.indexOf(-1);
	if (firstFall === -1) return 'piecewise';
	if (changes.lastIndexOf(1) > firstFall) return 'piecewise';
	return firstFall === 0 ? 'lower' : 'range';
}

/** The input as a variable; null where it is a rule of another shape. */
export function namedInput(input: ScoreInput): NamedInput | null {
	return typeof input === 'string' ? input : null;
}

/**
 * A sensible start when another kind is chosen; the input stays what it was.
 *
 * @param scale a usual value of the input, such as its target
 */
export function startForm(
	kind: EditableKind,
	input: NamedInput,
	scale: number = input === 'item.attainment' ? 1 : 100
): EditableForm {
	const at = (share: number) => Number((share * scale).toPrecision(12));
	const ends = { below: 'flat', above: 'flat' } as const;
	const curve = (...points: readonly Point[]): PiecewiseForm => ({
		kind: 'piecewise',
		input,
		points,
		...ends
	});
	switch (kind) {
		case 'proportional':
			return { kind, input, factor: at(1) === 0 ? 100 : 100 / at(1), cap: at(1.2), capOn: 'input' };
		case 'piecewise':
			return curve([at(0.6), 0], [at(1), 100]);
		case 'lower':
			return curve([at(1), 100], [at(1.5), 0]);
		case 'range':
			return curve([at(0.8), 0], [at(0.95), 100], [at(1.05), 100], [at(1.2), 0]);
		case 'steps':
			return {
				kind,
				input,
				steps: [
					[at(0.6), 60],
					[at(0.8), 80],
					[at(1), 100]
				],
				otherwise: 0
			};
		case 'base_step':
			return {
				kind,
				input,
				base: 60,
				perStep: 2,
				from: at(1),
				stepSize: at(0.1),
				counting: 'whole',
				cap: 100,
				floor: null,
				below: { score: 0 }
			};
		case 'deduction':
			return {
				kind,
				input,
				start: 100,
				each: 2,
				from: at(1),
				per: at(0.01),
				side: 'below',
				counting: 'whole',
				floor: 0
			};
		case 'pass_fail':
			return {
				kind,
				input,
				comparison: '>=',
				threshold: at(1),
				pass: 100,
				fail: 0,
				guarded: true
			};
		case 'fixed':
			return { kind, score: 100 };
	}
}
