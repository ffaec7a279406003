/** What the history says of a curve: shares of people, and where a point would have to be. */
import { tidy } from './curve-handles.ts';
import { scoreAt } from './score-curve.ts';
import { kindOf, type EditableForm, type Point, type ScoreForm } from './score-form.ts';

/** The history of a metric as the server gives it. */
export interface MetricHistory {
	readonly range: { readonly from: string; readonly to: string } | null;
	readonly figures: number;
	readonly people: number;
	readonly missing: number;
	readonly hidden: boolean;
	readonly mean: number | null;
	readonly p25: number | null;
	readonly median: number | null;
	readonly p75: number | null;
	readonly target: number | null;
	readonly bins: readonly {
		readonly from: number;
		readonly to: number;
		readonly count: number | null;
	}[];
	readonly values: readonly number[] | null;
	readonly person: {
		readonly id: string;
		readonly name: string;
		readonly period: string;
		readonly value: number;
	} | null;
}

export interface Shares {
	readonly full: number;
	readonly middle: number;
	readonly zero: number;
	/** No score at all. */
	readonly none: number;
	readonly mean: number | null;
	/** The score that counts as full marks. */
	readonly fullMarks: number;
}

/** Figures with how often they occur: single ones where they may be seen, else middles of bins. */
function weighed(history: MetricHistory): readonly (readonly [number, number])[] {
	if (history.values) return history.values.map((value) => [value, 1]);
	return history.bins.map(({ from, to, count }) => [(from + to) / 2, count ?? 0]);
}

/** Full marks are 100 where a form reaches them, else the most that it gives. */
export function fullMarksOf(form: ScoreForm): number {
	return Math.min(100, bestOf(form));
}

function bestOf(form: ScoreForm): number {
	switch (form.kind) {
		case 'piecewise':
			return form.above === 'extend' || form.below === 'extend'
				? 100
				: Math.max(...form.points.map(([, y]) => y));
		case 'steps':
			return Math.max(...form.steps.map(([, y]) => y), form.otherwise ?? -Infinity);
		case 'proportional':
			if (form.cap === null) return 100;
			return form.capOn === 'score' ? form.cap : tidy(form.cap * form.factor);
		case 'base_step':
			return form.cap ?? 100;
		case 'deduction':
			return form.start;
		case 'pass_fail':
			return Math.max(form.pass, form.fail);
		case 'fixed':
			return form.score;
		case 'advanced':
			return 100;
	}
}

/** Who would stand where; null without history. */
export function sharesOf(form: ScoreForm, history: MetricHistory): Shares | null {
	const fullMarks = fullMarksOf(form);
	const counts = { full: 0, middle: 0, zero: 0, none: 0 };
	let total = 0;
	let scored = 0;
	let sum = 0;
	for (const [value, count] of weighed(history)) {
		const score = scoreAt(form, value);
		total += count;
		if (score === null) counts.none += count;
		else {
			scored += count;
			sum += score * count;
			if (score >= fullMarks) counts.full += count;
			else if (score <= 0) counts.zero += count;
			else counts.middle += count;
		}
	}
	if (total === 0) return null;
	return {
		full: counts.full / total,
		middle: counts.middle / total,
		zero: counts.zero / total,
		none: counts.none / total,
		mean: scored === 0 ? null : sum / scored,
		fullMarks
	};
}

export interface Proposal {
	readonly form: EditableForm;
	/** Where full marks begin now and would begin. */
	readonly from: number | null;
	readonly to: number;
	/** The share of the history that would reach them. */
	readonly share: number;
}

/**
 * Moves the point of full marks to where so many people reached it. The other points keep their
 * distance from it in proportion; a form without such a point has no proposal.
 *
 * @param step the grid that the new point is rounded to
 */
export function proposeFullMarks(
	form: EditableForm,
	history: MetricHistory,
	share: number,
	step: number
): Proposal | null {
	const values = weighed(history)
		.flatMap(([value, count]) => Array.from({ length: count }, () => value))
		.sort((a, b) => a - b);
	if (values.length === 0 || share <= 0 || share >= 1) return null;
	const falls = isFalling(form);
	const rank = Math.round(values.length * (falls ? share : 1 - share));
	const wish = values[Math.max(0, Math.min(values.length - 1, falls ? rank - 1 : rank))];
	if (wish === undefined) return null;
	const to = tidy((falls ? Math.floor : Math.ceil)(tidy(wish / step)) * step);
	const moved = reachFullAt(form, to);
	if (!moved) return null;
	const reached = sharesOf(moved.form, history);
	return { ...moved, to, share: reached?.full ?? 0 };
}

function isFalling(form: EditableForm): boolean {
	if (form.kind === 'deduction') return form.side === 'above';
	if (form.kind === 'pass_fail') return form.comparison.startsWith('<') === form.pass >= form.fail;
	if (form.kind === 'steps') return (form.steps[0]?.[1] ?? 0) > (form.steps.at(-1)?.[1] ?? 0);
	return kindOf(form) === 'lower';
}

function reachFullAt(
	form: EditableForm,
	to: number
): { readonly form: EditableForm; readonly from: number } | null {
	switch (form.kind) {
		case 'piecewise': {
			const full = fullMarksOf(form);
			const moved = movePoints(withCrossing(form.points, full), to, full, isFalling(form));
			return moved && { form: { ...form, points: moved.points }, from: moved.from };
		}
		case 'steps': {
			const moved = movePoints(form.steps, to, fullMarksOf(form), isFalling(form));
			return moved && { form: { ...form, steps: moved.points }, from: moved.from };
		}
		case 'proportional': {
			if (to <= 0) return null;
			const full = fullMarksOf(form);
			const factor = tidy(full / to);
			const from = form.factor === 0 ? 0 : tidy(full / form.factor);
			const scale = form.cap !== null && form.capOn === 'input' && from !== 0 ? to / from : 1;
			return {
				form: { ...form, factor, cap: form.cap === null ? null : tidy(form.cap * scale) },
				from
			};
		}
		case 'pass_fail':
			return { form: { ...form, threshold: to }, from: form.threshold };
		case 'deduction':
			return { form: { ...form, from: to }, from: form.from };
		case 'base_step': {
			if (form.perStep <= 0) return null;
			const steps = Math.ceil(tidy((fullMarksOf(form) - form.base) / form.perStep));
			const from = tidy(form.from + steps * form.stepSize);
			return { form: { ...form, from: tidy(form.from + to - from) }, from };
		}
		case 'fixed':
			return null;
	}
}

/** The points with one where the line crosses full marks, so that there is a point to move. */
function withCrossing(points: readonly Point[], full: number): readonly Point[] {
	return points.flatMap((point, index): Point[] => {
		const before = points[index - 1];
		const crosses = before && (before[1] - full) * (point[1] - full) < 0;
		if (!before || !crosses) return [point];
		const x = before[0] + ((full - before[1]) * (point[0] - before[0])) / (point[1] - before[1]);
		return [[tidy(x), full], point];
	});
}

function movePoints(
	points: readonly Point[],
	to: number,
	full: number,
	falls: boolean
): { points: readonly Point[]; from: number } | null {
	const at = falls
		? points.findLastIndex(([, y]) => y >= full)
		: points.findIndex(([, y]) => y >= full);
	const anchor = falls ? points.at(-1) : points[0];
	const from = points[at]?.[0];
	if (from === undefined || !anchor) return null;
	const room = to - anchor[0];
	const had = from - anchor[0];
	// Beyond the anchor, or with the anchor itself full, the whole curve moves along.
	const stretches = had !== 0 && Math.sign(room) === Math.sign(had);
	const moved = points.map(([x, y], index): Point => {
		const isOuter = falls ? index <= at : index >= at;
		if (isOuter || !stretches) return [tidy(x + to - from), y];
		return [tidy(anchor[0] + ((x - anchor[0]) * room) / had), y];
	});
	return { points: moved, from };
}
