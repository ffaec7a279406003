/** The points of a form that a hand can move, and what the form becomes when one is moved. */
import { kindOf, type EditableForm, type Point } from './score-form.ts';
import { scoreAt } from './score-curve.ts';

export interface Handle {
	readonly x: number;
	readonly y: number;
	/** Directions in which moving it means something. */
	readonly moves: 'both' | 'x' | 'y';
}

export interface MoveLimits {
	/** Points keep at least this distance, so that none passes its neighbour. */
	readonly gap: number;
	/** Scores may not turn: a rising curve stays rising, a falling one falling. */
	readonly monotone: boolean;
}

/** The movable points of a form, in a fixed order. */
export function handlesOf(form: EditableForm): readonly Handle[] {
	switch (form.kind) {
		case 'piecewise':
			return form.points.map(([x, y]) => ({ x, y, moves: 'both' }));
		case 'steps':
			return form.steps.map(([x, y]) => ({ x, y, moves: 'both' }));
		case 'proportional': {
			const x = capInput(form);
			return [{ x, y: x * form.factor, moves: 'both' }];
		}
		case 'base_step':
			return [
				{ x: form.from, y: form.base, moves: 'both' },
				{ x: form.from + form.stepSize, y: form.base + form.perStep, moves: 'both' }
			];
		case 'deduction': {
			const far = form.side === 'above' ? form.per : -form.per;
			return [
				{ x: form.from, y: form.start, moves: 'both' },
				{ x: form.from + far, y: form.start - form.each, moves: 'both' }
			];
		}
		case 'pass_fail':
			return [
				{ x: form.threshold, y: form.pass, moves: 'both' },
				{ x: form.threshold, y: form.fail, moves: 'both' }
			];
		case 'fixed':
			return [];
	}
}

function capInput({ cap, capOn, factor }: Extract<EditableForm, { kind: 'proportional' }>): number {
	if (cap === null) return factor === 0 ? 1 : tidy(100 / factor);
	return capOn === 'input' ? cap : factor === 0 ? 1 : tidy(cap / factor);
}

/** The form with one of its handles at another place, as near as the limits allow. */
export function moveHandle(
	form: EditableForm,
	index: number,
	[x, y]: Point,
	limits: MoveLimits
): EditableForm {
	switch (form.kind) {
		case 'piecewise':
			return { ...form, points: movePoint(form.points, index, [x, y], limits) };
		case 'steps':
			return { ...form, steps: movePoint(form.steps, index, [x, y], limits) };
		case 'proportional': {
			if (x === 0) return form;
			const factor = tidy(y / x);
			if (form.cap === null) return { ...form, factor };
			return { ...form, factor, cap: form.capOn === 'input' ? x : y };
		}
		case 'base_step':
			if (index === 0) {
				const isFactor = typeof form.below === 'object' && 'factor' in form.below;
				const below = isFactor && x !== 0 ? { factor: tidy(y / x) } : form.below;
				return { ...form, from: x, base: y, below };
			}
			return {
				...form,
				stepSize: Math.max(limits.gap, tidy(x - form.from)),
				perStep: tidy(y - form.base)
			};
		case 'deduction':
			if (index === 0) return { ...form, from: x, start: y };
			return {
				...form,
				per: Math.max(limits.gap, tidy(form.side === 'above' ? x - form.from : form.from - x)),
				each: tidy(form.start - y)
			};
		case 'pass_fail':
			return { ...form, threshold: x, ...(index === 0 ? { pass: y } : { fail: y }) };
		case 'fixed':
			return form;
	}
}

function movePoint(
	points: readonly Point[],
	index: number,
	[x, y]: Point,
	{ gap, monotone }: MoveLimits
): readonly Point[] {
	const before = points[index - 1];
	const after = points[index + 1];
	const low = before ? before[0] + gap : -Infinity;
	const high = after ? after[0] - gap : Infinity;
	const at = low > high ? (points[index]?.[0] ?? x) : Math.min(Math.max(x, low), high);
	const score = monotone ? betweenScores(y, points, index) : y;
	return points.map((point, position) => (position === index ? [tidy(at), score] : point));
}

/** Keeps a score between its neighbours', in the direction that the other points have. */
function betweenScores(y: number, points: readonly Point[], index: number): number {
	const first = points[0]?.[1] ?? 0;
	const last = points.at(-1)?.[1] ?? 0;
	const rises = index === 0 ? (points[1]?.[1] ?? last) <= last && last >= first : last >= first;
	const before = points[index - 1]?.[1];
	const after = points[index + 1]?.[1];
	const low = (rises ? before : after) ?? -Infinity;
	const high = (rises ? after : before) ?? Infinity;
	return Math.min(Math.max(y, low), high);
}

/** True when scores never turn, so that a lock on it makes sense. */
export function isMonotone(form: EditableForm): boolean {
	const points = form.kind === 'piecewise' ? form.points : form.kind === 'steps' ? form.steps : [];
	const signs = new Set(
		points.slice(1).map(([, y], index) => Math.sign(y - (points[index]?.[1] ?? y)))
	);
	return kindOf(form) !== 'range' && !(signs.has(1) && signs.has(-1));
}

/** The form with one more point on its line; null for forms without a list of points. */
export function addPoint(form: EditableForm, x: number, gap: number): EditableForm | null {
	if (form.kind !== 'piecewise' && form.kind !== 'steps') return null;
	const points = form.kind === 'piecewise' ? form.points : form.steps;
	if (points.some(([other]) => Math.abs(other - x) < gap)) return null;
	const y = scoreAt(form, x) ?? points[0]?.[1] ?? 0;
	const next = [...points, [tidy(x), roundScore(y)] as const].sort(([a], [b]) => a - b);
	return withPoints(form, next);
}

/** The form with one more point half way after this one (before it, at the end). */
export function addBeside(form: EditableForm, index: number, gap: number): EditableForm | null {
	if (form.kind !== 'piecewise' && form.kind !== 'steps') return null;
	const points = form.kind === 'piecewise' ? form.points : form.steps;
	const here = points[index];
	const neighbour = points[index + 1] ?? points[index - 1];
	if (!here || !neighbour) return null;
	return addPoint(form, tidy((here[0] + neighbour[0]) / 2), gap);
}

/** The form without one of its points; null where it is needed. */
export function removePoint(form: EditableForm, index: number): EditableForm | null {
	if (form.kind !== 'piecewise' && form.kind !== 'steps') return null;
	const points = form.kind === 'piecewise' ? form.points : form.steps;
	if (points.length <= (form.kind === 'piecewise' ? 2 : 1)) return null;
	return withPoints(
		form,
		points.filter((_, at) => at !== index)
	);
}

function withPoints(
	form: Extract<EditableForm, { kind: 'piecewise' | 'steps' }>,
	points: readonly Point[]
): EditableForm {
	return form.kind === 'piecewise' ? { ...form, points } : { ...form, steps: points };
}

function roundScore(y: number): number {
	return Math.round(y * 10) / 10;
}

/** Removes the noise of binary arithmetic from what a hand made. */
export function tidy(value: number): number {
	return Number(value.toPrecision(12)) + 0;
}
