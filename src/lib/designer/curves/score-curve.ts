/** A score form as a function and as a line: the same bits as its rule, drawn exactly at corners. */
import { ceilTolerant, floorTolerant } from '#lib/engine/logic/number.ts';
import type {
	BaseStepForm,
	Counting,
	DeductionForm,
	PiecewiseForm,
	Point,
	ScoreForm
} from './score-form.ts';

/** The score of a form at a value of its input; null where the form gives none. */
export function scoreAt(form: ScoreForm, x: number): number | null {
	const score = rawScoreAt(form, x);
	return score === null || !Number.isFinite(score) ? null : score + 0;
}

function rawScoreAt(form: ScoreForm, x: number): number | null {
	switch (form.kind) {
		case 'advanced':
			return null;
		case 'fixed':
			return form.score;
		case 'proportional': {
			const { factor, cap, capOn } = form;
			if (cap === null) return x * factor;
			return capOn === 'input' ? Math.min(x, cap) * factor : Math.min(x * factor, cap);
		}
		case 'piecewise':
			return curveAt(form, x);
		case 'steps': {
			const reached = form.steps.findLast(([threshold]) => threshold <= x);
			return reached ? reached[1] : form.otherwise;
		}
		case 'base_step':
			return baseStepAt(form, x);
		case 'deduction':
			return deductionAt(form, x);
		case 'pass_fail': {
			const { threshold, pass, fail } = form;
			const passes = {
				'>=': x >= threshold,
				'>': x > threshold,
				'<=': x <= threshold,
				'<': x < threshold
			}[form.comparison];
			return passes ? pass : fail;
		}
	}
}

function counted(counting: Counting, ratio: number): number {
	if (counting === 'pro_rata') return ratio;
	return counting === 'whole' ? floorTolerant(ratio) : ceilTolerant(ratio);
}

function baseStepAt(form: BaseStepForm, x: number): number | null {
	if (x < form.from && form.below !== 'continue') {
		if (form.below === 'undefined') return null;
		return 'score' in form.below ? form.below.score : form.below.factor * x;
	}
	const steps = counted(form.counting, (x - form.from) / form.stepSize);
	let score = form.base + form.perStep * steps;
	if (form.floor !== null) score = Math.max(score, form.floor);
	return form.cap === null ? score : Math.min(score, form.cap);
}

function deductionAt(form: DeductionForm, x: number): number {
	const { start, each, from, per, side, floor } = form;
	const isCount = from === 0 && side === 'above';
	const distance = isCount ? x : side === 'above' ? x - from : from - x;
	const steps = counted(form.counting, per === 1 ? distance : distance / per);
	const score = start - each * (isCount ? steps : Math.max(0, steps));
	return floor === null ? score : Math.max(floor, score);
}

function curveAt({ points, below, above }: PiecewiseForm, x: number): number | null {
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last) return null;
	const end = x < first[0] ? below : x > last[0] ? above : null;
	if (end === 'zero') return 0;
	if (end === 'undefined') return null;
	if (x < first[0]) return end === 'extend' ? onSegment(points, 0, x) : first[1];
	if (x >= last[0]) return end === 'extend' ? onSegment(points, points.length - 2, x) : last[1];
	return onSegment(
		points,
		points.findLastIndex(([px]) => px <= x),
		x
	);
}

function onSegment(points: readonly Point[], index: number, x: number): number {
	const [x0, y0] = points[index] ?? [0, 0];
	const [x1, y1] = points[index + 1] ?? [x0, y0];
	return y0 + (x - x0) * ((y1 - y0) / (x1 - x0));
}

/** Where the line of a form bends or jumps. */
export function cornersOf(form: ScoreForm): readonly number[] {
	switch (form.kind) {
		case 'piecewise':
			return form.points.map(([x]) => x);
		case 'steps':
			return form.steps.map(([x]) => x);
		case 'base_step':
			return [form.from, form.from + shownSteps(form) * form.stepSize];
		case 'deduction': {
			const far = form.each === 0 ? 10 : Math.min(20, (form.start - (form.floor ?? 0)) / form.each);
			return [form.from, form.from + (form.side === 'above' ? 1 : -1) * far * form.per];
		}
		case 'pass_fail':
			return [form.threshold];
		case 'proportional':
			return [0, form.cap === null ? 100 / form.factor : capInput(form.factor, form)];
		default:
			return [0, 1];
	}
}

function capInput(factor: number, { cap, capOn }: { cap: number | null; capOn: string }): number {
	if (cap === null || capOn === 'input') return cap ?? 1;
	return factor === 0 ? 1 : cap / factor;
}

/** So many steps are drawn: up to the cap where there is one. */
function shownSteps({ base, perStep, cap }: BaseStepForm): number {
	if (cap === null || perStep <= 0) return 10;
	return Math.max(2, Math.min(40, Math.ceil((cap - base) / perStep)));
}

/** The range worth drawing: around the corners of the form. */
export function drawnRange(form: ScoreForm): readonly [number, number] {
	const corners = cornersOf(form).filter(Number.isFinite);
	const low = Math.min(...corners);
	const high = Math.max(...corners);
	const margin = (high - low || Math.abs(high) || 1) * 0.25;
	return [low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin];
}

/** How far left and right of a jump the line is looked at, as a share of the range. */
const JUMP = 1e-7;

/** The line of a form over a range, in pieces that are broken where there is no score. */
export function drawCurve(
	form: ScoreForm,
	[low, high]: readonly [number, number] = drawnRange(form),
	samples = 240
): readonly (readonly Point[])[] {
	const width = high - low;
	const xs = new Set<number>([low, high]);
	for (const x of cornersOf(form)) {
		for (const near of [x - width * JUMP, x, x + width * JUMP]) xs.add(near);
	}
	for (const x of jumpsOf(form, low, high)) {
		for (const near of [x - width * JUMP, x]) xs.add(near);
	}
	if (form.kind !== 'piecewise' && form.kind !== 'steps' && form.kind !== 'pass_fail')
		for (let index = 1; index < samples; index++) xs.add(low + (width * index) / samples);
	const pieces: Point[][] = [[]];
	for (const x of [...xs].filter((at) => at >= low && at <= high).sort((a, b) => a - b)) {
		const y = scoreAt(form, x);
		if (y === null) pieces.push([]);
		else pieces.at(-1)?.push([x, y]);
	}
	return pieces.filter((piece) => piece.length > 1);
}

/** Steps of counting forms, as far as they can be told apart. */
function jumpsOf(form: ScoreForm, low: number, high: number): readonly number[] {
	const isCounting = form.kind === 'base_step' || form.kind === 'deduction';
	if (!isCounting || form.counting === 'pro_rata') return [];
	const size = form.kind === 'base_step' ? form.stepSize : form.per;
	const count = (high - low) / Math.abs(size);
	if (!(count <= 200)) return [];
	const first = Math.ceil((low - form.from) / size);
	return Array.from(
		{ length: Math.ceil(count) + 1 },
		(_, step) => form.from + (first + step) * size
	);
}
