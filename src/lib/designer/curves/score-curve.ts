/** Points that draw a score form as a line: enough for the eye, exact at every corner. */
import type { Point, ScoreForm } from './score-form.ts';

/** The score of a form at a value of its input; null where the form gives none. */
export function scoreAt(form: ScoreForm, x: number): number | null {
	switch (form.kind) {
		case 'advanced':
			return null;
		case 'fixed':
			return form.score;
		case 'proportional': {
			const capped = form.cap !== null && form.capOn === 'input' ? Math.min(x, form.cap) : x;
			const score = capped * form.factor;
			return form.cap !== null && form.capOn === 'score' ? Math.min(score, form.cap) : score;
		}
		case 'piecewise':
			return curveAt(form, x);
		case 'steps': {
			const reached = form.steps.filter(([threshold]) => threshold <= x).at(-1);
			return reached ? reached[1] : form.otherwise;
		}
		case 'base_step': {
			const steps = Math.floor((x - form.from) / form.stepSize + 1e-9);
			const score = form.base + form.perStep * steps;
			return form.cap === null ? score : Math.min(score, form.cap);
		}
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

function curveAt(form: Extract<ScoreForm, { kind: 'piecewise' }>, x: number): number | null {
	const { points } = form;
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last) return null;
	if (x < first[0] && form.below === 'flat') return first[1];
	if (x > last[0] && form.above === 'flat') return last[1];
	const after = points.findIndex(([px]) => px > x);
	const right = after <= 0 ? (after === 0 ? 1 : points.length - 1) : after;
	const a = points[right - 1];
	const b = points[right];
	if (!a || !b || b[0] === a[0]) return last[1];
	return a[1] + (x - a[0]) * ((b[1] - a[1]) / (b[0] - a[0]));
}

/** The range worth drawing: around the corners of the form. */
export function drawnRange(form: ScoreForm): readonly [number, number] {
	const corners = cornersOf(form);
	const low = Math.min(...corners);
	const high = Math.max(...corners);
	const margin = (high - low || Math.abs(high) || 1) * 0.25;
	return [low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin];
}

function cornersOf(form: ScoreForm): readonly number[] {
	switch (form.kind) {
		case 'piecewise':
			return form.points.map(([x]) => x);
		case 'steps':
			return form.steps.map(([x]) => x);
		case 'base_step':
			return [form.from, form.from + 10 * form.stepSize];
		case 'pass_fail':
			return [form.threshold];
		case 'proportional':
			return [0, form.cap !== null && form.capOn === 'input' ? form.cap : 1];
		default:
			return [0, 1];
	}
}

/** The line of a form over its range. */
export function drawCurve(form: ScoreForm, samples = 160): readonly Point[] {
	const [low, high] = drawnRange(form);
	const xs = new Set([...cornersOf(form)]);
	for (let index = 0; index <= samples; index++) xs.add(low + ((high - low) * index) / samples);
	return [...xs]
		.filter((x) => x >= low && x <= high)
		.sort((a, b) => a - b)
		.flatMap((x): Point[] => {
			const y = scoreAt(form, x);
			return y === null ? [] : [[x, y]];
		});
}
