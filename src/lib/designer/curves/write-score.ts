import type { Json, Rule } from '#lib/engine/logic/rule.ts';
import type {
	BaseStepForm,
	Counting,
	DeductionForm,
	EditableForm,
	PiecewiseForm,
	ProportionalForm,
	ScoreInput
} from './score-form.ts';

/** The rule of a form, in the shape that `readScore` reads back to the same form. */
export function writeScore(form: EditableForm): Rule {
	switch (form.kind) {
		case 'fixed':
			return form.score;
		case 'proportional':
			return writeProportional(form);
		case 'piecewise':
			return writeCurve(form);
		case 'steps': {
			const args: Json[] = [inputRule(form.input), form.steps];
			if (form.otherwise !== null) args.push(form.otherwise);
			return { steps: args };
		}
		case 'base_step':
			return writeBaseStep(form);
		case 'deduction':
			return writeDeduction(form);
		case 'pass_fail': {
			const { comparison, threshold, pass, fail, guarded } = form;
			const x = inputRule(form.input);
			const test: Rule = { [comparison]: [x, threshold] };
			return guarded
				? { if: [{ '==': [x, null] }, null, test, pass, fail] }
				: { if: [test, pass, fail] };
		}
	}
}

export function inputRule(input: ScoreInput): Rule {
	return typeof input === 'string' ? { var: input } : input.rule;
}

function writeProportional({ input, factor, cap, capOn }: ProportionalForm): Rule {
	const x = inputRule(input);
	if (cap === null) return { '*': [x, factor] };
	return capOn === 'input'
		? { '*': [{ min: [x, cap] }, factor] }
		: { min: [{ '*': [x, factor] }, cap] };
}

/** Missing data passes both tests of the ends and has no score by the curve itself. */
function writeCurve({ input, points, below, above }: PiecewiseForm): Rule {
	const x = inputRule(input);
	const args: Json[] = [x, points];
	if (below === 'extend' || above === 'extend') {
		args.push(below === 'extend' ? 'extend' : 'flat', above === 'extend' ? 'extend' : 'flat');
	}
	const branches: Json[] = [];
	const beyond = { zero: 0, undefined: null } as const;
	const first = points[0]?.[0] ?? 0;
	const last = points.at(-1)?.[0] ?? 0;
	if (below === 'zero' || below === 'undefined') branches.push({ '<': [x, first] }, beyond[below]);
	if (above === 'zero' || above === 'undefined') branches.push({ '>': [x, last] }, beyond[above]);
	const curve: Rule = { curve: args };
	return branches.length === 0 ? curve : { if: [...branches, curve] };
}

function counted(counting: Counting, ratio: Rule): Rule {
	if (counting === 'pro_rata') return ratio;
	return counting === 'whole' ? { floor: ratio } : { ceil: ratio };
}

function writeBaseStep(form: BaseStepForm): Rule {
	const x = inputRule(form.input);
	const ratio: Rule = { '/': [{ '-': [x, form.from] }, form.stepSize] };
	let rule: Rule = { '+': [form.base, { '*': [form.perStep, counted(form.counting, ratio)] }] };
	if (form.floor !== null) rule = { max: [rule, form.floor] };
	if (form.cap !== null) rule = { min: [rule, form.cap] };
	if (form.below === 'continue') return rule;
	if (typeof form.below === 'object' && 'factor' in form.below)
		return { if: [{ '>=': [x, form.from] }, rule, { '*': [form.below.factor, x] }] };
	// The test is on the other side here: missing data must not fall into the score below.
	return {
		if: [{ '<': [x, form.from] }, form.below === 'undefined' ? null : form.below.score, rule]
	};
}

function writeDeduction(form: DeductionForm): Rule {
	const { start, each, from, per, side, floor } = form;
	const x = inputRule(form.input);
	// A count of mistakes needs no bound: it is never below none.
	const isCount = from === 0 && side === 'above';
	const distance: Rule = isCount ? x : { '-': side === 'above' ? [x, from] : [from, x] };
	const steps = counted(form.counting, per === 1 ? distance : { '/': [distance, per] });
	const rule: Rule = { '-': [start, { '*': [each, isCount ? steps : { max: [0, steps] }] }] };
	return floor === null ? rule : { max: [floor, rule] };
}
