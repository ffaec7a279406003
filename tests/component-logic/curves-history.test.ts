/** What the history says of a curve, and which point it proposes for a share of people. */
import { describe, expect, test } from 'vitest';
import {
	addPoint,
	handlesOf,
	moveHandle,
	removePoint
} from '#lib/designer/curves/curve-handles.ts';
import { proposeFullMarks, sharesOf, type MetricHistory } from '#lib/designer/curves/history.ts';
import {
	SCORE_KINDS,
	startForm,
	type EditableForm,
	type PiecewiseForm
} from '#lib/designer/curves/score-form.ts';

/** A hundred people, evenly from 51 % to 150 %. */
const history: MetricHistory = {
	range: { from: '2026-01', to: '2026-10' },
	figures: 100,
	people: 10,
	missing: 0,
	hidden: false,
	mean: 1,
	p25: 0.75,
	median: 1,
	p75: 1.25,
	target: 1,
	bins: [{ from: 0.5, to: 1.5, count: 100 }],
	values: Array.from({ length: 100 }, (_, index) => (51 + index) / 100),
	person: null
};

const rising: PiecewiseForm = {
	kind: 'piecewise',
	input: 'item.attainment',
	points: [
		[0.6, 0],
		[1, 100],
		[1.2, 120]
	],
	below: 'flat',
	above: 'flat'
};
const free = { gap: 0.001, monotone: false };

describe('the history under a curve', () => {
	test('shares are of full marks, nothing and between', () => {
		const shares = sharesOf(rising, history);
		expect(shares).toMatchObject({ full: 0.51, zero: 0.1, middle: 0.39, none: 0, fullMarks: 100 });
	});

	test('without single figures, bins stand for them', () => {
		expect(sharesOf(rising, { ...history, values: null })?.full).toBe(1);
		expect(sharesOf(rising, { ...history, values: null, bins: [] })).toBeNull();
	});

	test.each([10, 20, 50])(
		'full marks for %d %% move the point there and nothing else',
		(percent) => {
			const proposal = proposeFullMarks(rising, history, percent / 100, 0.01);
			expect(proposal?.share).toBeCloseTo(percent / 100, 2);
			expect(proposal?.from).toBe(1);
			const form = proposal?.form as PiecewiseForm;
			expect(form.points.map(([, y]) => y)).toEqual([0, 100, 120]);
			expect(form.points[0]).toEqual([0.6, 0]);
		}
	);

	test('a curve that crosses full marks between points gets a point there', () => {
		const steep: PiecewiseForm = {
			...rising,
			points: [
				[0.6, 0],
				[1.2, 120]
			]
		};
		const proposal = proposeFullMarks(steep, history, 0.2, 0.01);
		expect(proposal?.from).toBe(1.1);
		expect(proposal?.share).toBeCloseTo(0.2, 2);
	});

	test('where lower is better, the share counts from below', () => {
		const proposal = proposeFullMarks(startForm('lower', 'item.attainment'), history, 0.2, 0.01);
		expect(proposal?.to).toBe(0.7);
		expect(proposal?.share).toBeCloseTo(0.2, 2);
	});

	test.each(SCORE_KINDS)(
		'what is proposed for %s is what then comes out, or there is none',
		(kind) => {
			const proposal = proposeFullMarks(startForm(kind, 'item.attainment'), history, 0.3, 0.01);
			if (!proposal) return;
			expect(sharesOf(proposal.form, history)?.full).toBe(proposal.share);
		}
	);
});

describe('handles', () => {
	test.each(SCORE_KINDS)('moving a handle of %s puts it where the hand is', (kind) => {
		const form = startForm(kind, 'item.attainment');
		handlesOf(form).forEach((_, index) => {
			const moved = moveHandle(form, index, [1.02, 77], free);
			const handle = handlesOf(moved)[index];
			expect(handle?.y).toBeCloseTo(77, 6);
		});
	});

	test('a point cannot pass its neighbour', () => {
		const moved = moveHandle(rising, 1, [5, 100], free) as PiecewiseForm;
		expect(moved.points[1]?.[0]).toBeLessThan(1.2);
		expect(moved.points[1]?.[0]).toBeCloseTo(1.199, 6);
	});

	test('with the lock on, a rising curve stays rising', () => {
		const moved = moveHandle(rising, 1, [1, 150], { gap: 0.001, monotone: true });
		expect((moved as PiecewiseForm).points[1]).toEqual([1, 120]);
	});

	test('a point added on the line leaves the line, and removed again leaves the form', () => {
		const added = addPoint(rising, 0.8, 0.001) as EditableForm;
		expect(handlesOf(added)[1]).toMatchObject({ x: 0.8, y: 50 });
		expect(removePoint(added, 1)).toEqual(rising);
		expect(removePoint({ ...rising, points: rising.points.slice(0, 2) }, 0)).toBeNull();
	});
});
