/** The frame of a curve: what is shown of both axes, and where a value lies in pixels. */
import { drawCurve, drawnRange } from './score-curve.ts';
import { tidy } from './curve-handles.ts';
import type { MetricHistory } from './history.ts';
import type { Point, ScoreForm } from './score-form.ts';

export type Span = readonly [number, number];

export interface Frame {
	readonly x: Span;
	readonly y: Span;
}

/** Shows the bends of the form and where most people stand. */
export function frameOf(forms: readonly ScoreForm[], history: MetricHistory | null): Frame {
	const shown = forms.filter((form) => form.kind !== 'advanced' && form.kind !== 'fixed');
	const ranges = shown.map(drawnRange);
	const [low, high] = spread(ranges, history);
	const x: Span = low < high ? [low, high] : [low, low + 1];
	const scores = shown.flatMap((form) =>
		drawCurve(form, x).flatMap((piece) => piece.map(([, y]) => y))
	);
	const top = Math.max(100, ...scores);
	const bottom = Math.min(0, ...scores);
	return { x, y: [bottom, top + (top - bottom) * 0.08] };
}

function spread(ranges: readonly Span[], history: MetricHistory | null): Span {
	const lows = ranges.map(([low]) => low);
	const highs = ranges.map(([, high]) => high);
	const low = Math.min(...lows);
	const high = Math.max(...highs);
	if (ranges.length === 0) return [0, 1];
	const first = history?.bins[0]?.from;
	const last = history?.bins.at(-1)?.to;
	if (first === undefined || last === undefined) return [low, high];
	// A history far wider than the form would press the form into a corner.
	const room = (high - low) * 2;
	return [Math.max(Math.min(low, first), low - room), Math.min(Math.max(high, last), high + room)];
}

export interface Plot {
	readonly width: number;
	readonly height: number;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	readonly px: (x: number) => number;
	readonly py: (y: number) => number;
	readonly xAt: (px: number) => number;
	readonly yAt: (py: number) => number;
}

const EDGES = { left: 40, right: 40, top: 22, bottom: 38 } as const;
/** Height of a line of words over the marks. */
export const MARK_LINE = 12;

/** Lays a frame into a box of so many pixels, with room for lines of words above it. */
export function plotOf({ x, y }: Frame, width: number, height: number, lines = 1): Plot {
	const { left } = EDGES;
	const top = EDGES.top + (lines - 1) * MARK_LINE;
	const right = width - EDGES.right;
	const bottom = height - EDGES.bottom;
	const perX = (right - left) / (x[1] - x[0]);
	const perY = (bottom - top) / (y[1] - y[0]);
	return {
		width,
		height,
		left,
		right,
		top,
		bottom,
		px: (value) => left + (value - x[0]) * perX,
		py: (value) => bottom - (value - y[0]) * perY,
		xAt: (pixel) => x[0] + (pixel - left) / perX,
		yAt: (pixel) => y[0] + (bottom - pixel) / perY
	};
}

/** Path of the pieces of a line. */
export function pathOf(pieces: readonly (readonly Point[])[], { px, py }: Plot): string {
	return pieces
		.map((piece) =>
			piece
				.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${px(x).toFixed(2)} ${py(y).toFixed(2)}`)
				.join('')
		)
		.join('');
}

/** The unit of one step of the grid that points snap to: a percent, or about a hundredth. */
export function unitOf({ x: [low, high] }: Frame, asPercent: boolean): number {
	if (asPercent) return 0.01;
	return 10 ** Math.floor(Math.log10((high - low) / 50));
}

export const SNAPS = [1, 5, 10] as const;
export type Snap = (typeof SNAPS)[number];

/** The nearest multiple of a step. */
export function snapTo(value: number, step: number): number {
	return tidy(Math.round(value / step) * step);
}

export interface PlacedMark {
	readonly kind: 'p25' | 'median' | 'p75' | 'target' | 'person';
	readonly value: number;
	readonly word: string;
	readonly x: number;
	/** Marks whose words would meet stand in several lines. */
	readonly line: number;
}

/** Marks inside the frame, from left to right, each in the first line with room for its words. */
export function placeMarks(
	marks: readonly Omit<PlacedMark, 'x' | 'line'>[],
	plot: Plot
): readonly PlacedMark[] {
	const ends: number[] = [];
	return marks
		.map((mark) => ({ ...mark, x: plot.px(mark.value) }))
		.filter(({ x }) => x >= plot.left && x <= plot.right)
		.sort((a, b) => a.x - b.x)
		.map((mark) => {
			// Chinese words are about as wide as they are long; others take little more than half.
			const half = (mark.word.length * (/[^\0-\x7f]/.test(mark.word) ? 11 : 6.5) + 8) / 2;
			const free = ends.findIndex((end) => end <= mark.x - half);
			const line = free === -1 ? ends.length : free;
			ends[line] = mark.x + half;
			return { ...mark, line };
		});
}
