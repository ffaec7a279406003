import { describe, expect, it } from 'vitest';
import type { Rule, Value } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { runExamples } from '#lib/engine/score/examples.ts';
import { explainScorecard } from '#lib/engine/score/explain.ts';
import { prepareScheme, scoreRow } from '#lib/engine/score/score-row.ts';
import { selectScheme, selectSchemes } from '#lib/engine/score/select-scheme.ts';
import { findWayUp } from '#lib/engine/score/way-up.ts';
import { tableFromRows } from '#lib/engine/table/from-rows.ts';
import { given, item, read, scheme } from '../generators/plain-scheme.ts';
import { Random, seedOf } from '../generators/random.ts';

function metric(id: string, more: Partial<MetricDefinition> = {}): MetricDefinition {
	return {
		id,
		name: { 'zh-CN': `${id}指标`, en: id },
		unit: 'count',
		direction: 'higher',
		class: 'result',
		grain: 'employee',
		period: 'month',
		aggregation: 'sum',
		controllable: true,
		...more
	};
}

const metrics = new Map(
	[
		metric('sales'),
		metric('repeat_rate', { unit: 'ratio', decimals: 1 }),
		metric('faults', { direction: 'lower' }),
		metric('weather', { controllable: false })
	].map((one) => [one.id, one])
);

const senior = { '>=': [read('employee.tenure_months'), 12] };
const document = scheme({
	items: [
		item(
			'sales',
			60,
			{
				curve: [
					read('item.attainment'),
					[
						[0, 0],
						[0.8, 60],
						[1.2, 120]
					]
				]
			},
			{
				name: { 'zh-CN': '销售额', en: 'Sales' }
			}
		),
		item('repeat_rate', 40, { if: [senior, { '*': [read('item.actual'), 200] }, 80] })
	],
	adjustments: [
		{
			id: 'bonus',
			name: { 'zh-CN': '团队奖', en: 'Team bonus' },
			when: { '>': [read('metric.team'), 5] },
			points: 3
		}
	],
	gates: [
		{
			id: 'safety',
			name: { 'zh-CN': '安全', en: 'Safety' },
			when: { '>': [read('metric.accidents'), 0] },
			effect: { cap: 60 }
		}
	]
});

function explain(values: Record<string, Value>, of: SchemeDocument = document) {
	const prepared = prepareScheme(of);
	const variables = given(values);
	const card = scoreRow(prepared, variables);
	return { card, why: explainScorecard(prepared, variables, card, { metrics }) };
}

const ANN = {
	'metric.sales': 90,
	'target.sales': 100,
	'metric.repeat_rate': 0.4,
	'employee.tenure_months': 24,
	'metric.team': 6,
	'metric.accidents': 1
};

describe('the explanation of a scorecard', () => {
	it('says every rule with the person’s own numbers, in both languages', () => {
		const [sales, repeat] = explain(ANN).why.items;
		expect(sales?.name.en).toBe('Sales');
		expect(sales?.scoreRule?.sentence['zh-CN']).toContain('90%');
		expect(repeat?.scoreRule?.sentence.en).toContain('40%');
		expect(sales?.scoreRule?.value).toBe(sales?.score);
	});

	it('says which branch was taken, and which segment of a curve', () => {
		const { items } = explain(ANN).why;
		expect(items[0]?.scoreRule?.branches).toMatchObject([
			{ operator: 'curve', branch: 1, sentence: { en: 'between 0.8 and 1.2' } }
		]);
		expect(items[1]?.scoreRule?.branches[0]?.sentence.en).toMatch(/^holds: .*24/);
		const junior = explain({ ...ANN, 'employee.tenure_months': 3 }).why;
		expect(junior.items[1]?.scoreRule?.branches[0]?.sentence).toEqual({
			'zh-CN': '以上条件都不成立',
			en: 'none of the conditions holds'
		});
	});

	it('says what fired, what did not, and how the total came about', () => {
		const { why, card } = explain(ANN);
		expect(card.score).toBe(60);
		expect(why.adjustments).toMatchObject([{ id: 'bonus', fired: true, points: 3 }]);
		expect(why.gates).toMatchObject([{ id: 'safety', fired: true }]);
		expect(why.total.map(({ en }) => en)).toEqual([
			'Base = Sales 45 + repeat_rate 32 = 77',
			'Adjustment “Team bonus” + 3 → 80',
			'Gate “Safety”: capped at 60 → 60',
			'Rounded to 2 decimals: 60, grade “Below”'
		]);
		const calm = explain({ ...ANN, 'metric.accidents': 0, 'metric.team': null }).why;
		expect(calm.gates[0]?.fired).toBe(false);
		expect(calm.adjustments[0]?.when.missing.map(({ path }) => path)).toEqual(['metric.team']);
	});

	it('says what was missing where there is no score', () => {
		const { why, card } = explain({ ...ANN, 'target.sales': null });
		expect(card.status).toBe('incomplete');
		expect(why.reasons).toEqual([{ 'zh-CN': '“销售额”没有目标', en: '“Sales” has no target' }]);
		expect(why.total).toEqual([]);
	});
});

describe('the way up', () => {
	const plain: SchemeDocument = {
		...document,
		gates: [],
		items: [
			item('sales', 50, {
				curve: [
					read('item.attainment'),
					[
						[0, 0],
						[1, 100]
					]
				]
			}),
			item('faults', 30, {
				steps: [
					read('item.actual'),
					[
						[0, 100],
						[3, 60],
						[10, 0]
					]
				]
			}),
			item('weather', 20, read('item.actual'))
		]
	};
	const prepared = prepareScheme(plain);
	// 50·0.7 + 30·0.6 + 20·1 = 73: seven points below “good”
	const bob = {
		'metric.sales': 70,
		'target.sales': 100,
		'metric.faults': 5,
		'metric.weather': 100
	};

	it('is the smallest change of one metric that reaches the next grade', () => {
		const way = findWayUp(prepared, given(bob), { metrics });
		expect(way.grade).toBe('good');
		expect(way.steps).toMatchObject([
			{ metric: 'sales', from: 70, to: 84, change: 14, reaches: 'good', score: 80 },
			{ metric: 'faults', from: 5, to: 2, change: -3, reaches: 'good', score: 85 }
		]);
	});

	it('offers only metrics that one can influence', () => {
		expect(
			findWayUp(prepared, given(bob), { metrics }).steps.map((step) => step.metric)
		).not.toContain('weather');
		expect(findWayUp(prepared, given(bob), { metrics: new Map() }).steps).toEqual([]);
	});

	it('ends at the best grade, and has no step where there is no score', () => {
		const best = { ...bob, 'metric.sales': 100, 'metric.faults': 0 };
		expect(findWayUp(prepared, given(best), { metrics })).toEqual({ grade: null, steps: [] });
		expect(
			findWayUp(prepared, given({ ...bob, 'metric.sales': null }), { metrics }).grade
		).toBeNull();
	});

	it('stays within the range that a metric can have', () => {
		const bounded = new Map(metrics).set('sales', metric('sales', { valid: [0, 80] }));
		const steps = findWayUp(prepared, given(bob), { metrics: bounded }).steps;
		expect(steps.map((step) => step.metric)).toEqual(['faults']);
	});

	const SEED = seedOf(404);
	it(`holds, and nothing smaller does, on monotone curves (seed ${SEED})`, () => {
		const random = new Random(SEED);
		let steps = 0;
		for (let i = 0; i < 120; i++) {
			const xs = [...new Set(random.times(4, () => random.int(0, 30) / 10))].sort((a, b) => a - b);
			const ys = random.times(xs.length + 1, () => random.int(0, 130)).sort((a, b) => a - b);
			const points = xs.map((x, k) => [x, ys[k] ?? 0]);
			const rule: Rule =
				points.length > 1 && random.chance(0.5)
					? { curve: [read('item.attainment'), points] }
					: { steps: [read('item.attainment'), points, 0] };
			const one = prepareScheme(scheme({ items: [item('sales', 100, rule)] }));
			const many = new Map([['sales', metric('sales', { decimals: 6 })]]);
			const variables = given({ 'metric.sales': random.next() * 200, 'target.sales': 100 });
			const { grade, steps: found } = findWayUp(one, variables, { metrics: many });
			for (const { threshold, to } of found) {
				steps++;
				const gradeAt = (sales: number) =>
					scoreRow(one, new Map(variables).set('metric.sales', sales)).grade;
				const better = ['excellent', 'good', 'below'].slice(
					0,
					['excellent', 'good', 'below'].indexOf(grade ?? '') + 1
				);
				expect(better).toContain(gradeAt(to));
				expect(better).toContain(gradeAt(threshold));
				expect(better).not.toContain(gradeAt(threshold * (1 - 1e-12)));
			}
		}
		expect(steps).toBeGreaterThan(20);
	});
});

describe('which scheme scores whom', () => {
	const sales = prepareScheme(
		scheme({
			id: 'sales',
			applies_to: { '==': [read('employee.position'), 'sales'] },
			items: [item('a', 100, 1)]
		})
	);
	const seniors = prepareScheme(
		scheme({ id: 'seniors', applies_to: senior, items: [item('a', 100, 1)] })
	);

	it('exactly one, none, or an error that names both', () => {
		const at = (position: string, months: number) =>
			selectScheme(
				[sales, seniors],
				given({ 'employee.position': position, 'employee.tenure_months': months })
			);
		expect(at('sales', 1)).toEqual({ kind: 'scheme', index: 0 });
		expect(at('driver', 24)).toEqual({ kind: 'scheme', index: 1 });
		expect(at('driver', 1)).toEqual({ kind: 'uncovered' });
		expect(at('sales', 24)).toEqual({ kind: 'conflict', indexes: [0, 1] });
	});

	it('over a table every pair that contradicts each other is reported once, with an example', () => {
		const { table } = tableFromRows(
			['employee.id', 'period.id', 'employee.position', 'employee.tenure_months'],
			[
				['ann', '2025-01', 'sales', '24'],
				['bob', '2025-01', 'sales', '30'],
				['cho', '2025-01', 'driver', '1']
			]
		);
		if (!table) throw new Error('no table');
		const selection = selectSchemes([sales, seniors], table);
		expect([...selection.scheme]).toEqual([-2, -2, -1]);
		expect(selection.conflicts).toBe(2);
		expect(selection.diagnostics).toHaveLength(1);
		expect(selection.diagnostics[0]?.message.en).toBe(
			'Employee ann is scored by both “sales” and “seniors” in 2025-01.'
		);
	});
});

it('golden employees compare exactly what they expect, and nothing else', () => {
	const golden = prepareScheme({
		...document,
		examples: [
			{
				name: 'as expected',
				period: '2025-03',
				given: ANN,
				expect: {
					score: 60,
					grade: 'below',
					'items.sales.score': 75,
					status: 'scored',
					insights: []
				}
			},
			{
				name: 'nested data',
				given: { metric: { sales: 90 }, target: { sales: 100 } },
				expect: { status: 'incomplete', score: null }
			},
			{ name: 'wrong', given: ANN, expect: { score: 61, 'items.sales.points': 45 } }
		]
	});
	expect(runExamples(golden).map(({ passed, mismatches }) => ({ passed, mismatches }))).toEqual([
		{ passed: true, mismatches: [] },
		{
			passed: false,
			mismatches: [
				{ key: 'status', expected: 'incomplete', found: 'scored' },
				{ key: 'score', expected: null, found: 77 }
			]
		},
		{ passed: false, mismatches: [{ key: 'score', expected: 61, found: 60 }] }
	]);
});
