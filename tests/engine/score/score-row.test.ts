import { describe, expect, it } from 'vitest';
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme, scoreRow } from '#lib/engine/score/score-row.ts';
import { given, item, read, scheme, text } from '../generators/plain-scheme.ts';

const actual = read('item.actual');

function score(document: SchemeDocument, values: Record<string, number | string | boolean | null>) {
	return scoreRow(prepareScheme(document), given(values));
}

describe('the examples that must hold', () => {
	const twelve = scheme({
		items: [
			item('sales', 40, actual),
			item('repurchase', 25, actual),
			item('profit', 20, actual),
			item('teamwork', 15, actual)
		]
	});

	it('weights 40/25/20/15 with scores 100/80/90/70 give 88.5 (AT-12)', () => {
		const card = score(twelve, {
			'metric.sales': 100,
			'metric.repurchase': 80,
			'metric.profit': 90,
			'metric.teamwork': 70
		});
		expect(card).toMatchObject({ status: 'scored', score: 88.5, grade: 'good' });
		expect(card.items.map((row) => row.points)).toEqual([40, 20, 18, 10.5]);
	});

	it('everything at 100 gives 100', () => {
		const all = Object.fromEntries(
			['sales', 'repurchase', 'profit', 'teamwork'].map((id) => [`metric.${id}`, 100])
		);
		expect(score(twelve, all).score).toBe(100);
	});

	it('a million earns 60 points and every full hundred thousand above adds 2 (AT-01)', () => {
		const rule: Rule = {
			'+': [60, { '*': [2, { floor: { '/': [{ '-': [actual, 1000000] }, 100000] } }] }]
		};
		const points = scheme({ weighting: 'points', items: [item('sales', undefined, rule)] });
		const scores = [1000000, 1100000, 1200000, 1250000, 1500000, 3000000].map(
			(sales) => score(points, { 'metric.sales': sales }).score
		);
		expect(scores).toEqual([60, 62, 64, 64, 70, 100]);
	});

	it('931 of 950 with maintenance at 90 % gives 96.4 (AT-21)', () => {
		const production = scheme({
			items: [
				item('output', 80, { '*': [{ min: [read('item.attainment'), 1] }, 100] }),
				item('maintenance', 20, { '*': [actual, 100] })
			]
		});
		const card = score(production, {
			'metric.output': 931,
			'target.output': 950,
			'metric.maintenance': 0.9
		});
		expect(card.score).toBe(96.4);
	});

	it('a team at 120 % of its target gives everybody 10 points, at 119.8 % none (AT-13)', () => {
		const team = scheme({
			items: [item('sales', 100, 80)],
			adjustments: [
				{
					id: 'team_bonus',
					name: text('Team'),
					when: { '>=': [read('team.shipments.attainment'), 1.2] },
					points: 10
				}
			]
		});
		const at = (shipments: number) =>
			score(team, { 'team.shipments.actual': shipments, 'team.shipments.target': 500 }).score;
		expect([at(600), at(599), at(500)]).toEqual([90, 80, 80]);
	});

	it('a safety gate caps at 60 whatever the adjustments', () => {
		const gated = scheme({
			items: [item('sales', 100, 94)],
			adjustments: [{ id: 'bonus', name: text('Bonus'), when: true, points: 20 }],
			gates: [
				{
					id: 'safety',
					name: text('Safety'),
					when: { '>': [read('metric.accidents'), 0] },
					effect: { cap: 60 }
				}
			]
		});
		expect(score(gated, { 'metric.accidents': 1 })).toMatchObject({ score: 60, gates: ['safety'] });
		expect(score(gated, { 'metric.accidents': 0 }).score).toBe(114);
	});

	it('weights 60/40/10 as data are an error; only a preview scales them and says so', () => {
		const off = scheme({ items: [item('a', 60, 100), item('b', 40, 50), item('c', 10, 0)] });
		const card = score(off, {});
		expect(card).toMatchObject({ status: 'error', reasons: [{ code: 'weights_not_100' }] });
		expect(card.items.map((row) => [row.weight, row.score, row.points])).toEqual([
			[60, 100, null],
			[40, 50, null],
			[10, 0, null]
		]);
		const preview = scoreRow(prepareScheme(off), given({}), { preview: true });
		expect(preview).toMatchObject({ status: 'scored', scaled: true, score: 72.73 });
	});

	it('an excluded item leaves the others scaled: (50·90 + 20·60) ÷ 70', () => {
		const excluding = scheme({
			items: [item('a', 50, 90), item('b', 30, actual, { missing: 'exclude' }), item('c', 20, 60)]
		});
		const card = score(excluding, {});
		expect(card.score).toBe(81.43);
		expect(card.items[1]).toMatchObject({ weight: 30, score: null, points: null, excluded: true });
	});

	it.each([
		[89.995, 90, 'excellent'],
		[89.994, 89.99, 'good'],
		[90, 90, 'excellent'],
		[89.99, 89.99, 'good'],
		[80, 80, 'good'],
		[79.99, 79.99, 'below']
	])('a total of %d is rounded to %d before it is graded %s', (raw, rounded, grade) => {
		expect(score(scheme({ items: [item('a', 100, raw)] }), {})).toMatchObject({
			score: rounded,
			grade
		});
	});
});

describe('what is missing', () => {
	it('a missing item blocks the scorecard unless its scheme says otherwise, and says why', () => {
		const blocked = scheme({ items: [item('a', 60, 100), item('b', 40, read('item.attainment'))] });
		expect(score(blocked, {})).toMatchObject({
			status: 'incomplete',
			score: null,
			payout: null,
			reasons: [{ code: 'missing_actual', item: 'b' }]
		});
		expect(score(blocked, { 'metric.b': 1 }).reasons).toEqual([
			{ code: 'missing_target', item: 'b' }
		]);
		expect(score(blocked, { 'metric.b': 1, 'target.b': 0 }).reasons).toEqual([
			{ code: 'zero_target', item: 'b' }
		]);
	});

	it.each([
		['zero' as const, 60],
		[{ score: 50 }, 80]
	])('the policy %j scores a missing item', (missing, total) => {
		const document = scheme({ items: [item('a', 60, 100), item('b', 40, actual, { missing })] });
		expect(score(document, {})).toMatchObject({
			status: 'scored',
			score: total,
			items: [{}, { imputed: true }]
		});
	});

	it('an item of weight 0 neither counts nor blocks', () => {
		const document = scheme({ items: [item('a', 100, 70), item('b', 0, actual)] });
		expect(score(document, {})).toMatchObject({
			status: 'scored',
			score: 70,
			items: [{}, { weight: 0, score: null, points: null }]
		});
	});

	it('with every item excluded no item is left and there is no score', () => {
		const document = scheme({ items: [item('a', 100, actual, { missing: 'exclude' })] });
		expect(score(document, {})).toMatchObject({
			status: 'incomplete',
			reasons: [{ code: 'no_items' }]
		});
	});

	it.each([
		['negative', -5],
		['missing', null],
		['a text', 'forty']
	])(
		'a weight that is %s is an error that names the item; the others are still reported',
		(_, w) => {
			const document = scheme({ items: [item('a', read('param.w'), 50), item('b', 40, 70)] });
			const card = score(document, { 'param.w': w });
			expect(card).toMatchObject({ status: 'error', reasons: [{ code: 'bad_weight', item: 'a' }] });
			expect(card.items[1]).toMatchObject({ weight: 40, score: 70, points: null });
		}
	);
});

describe('who is scored', () => {
	it('whom the scheme does not apply to is uncovered, and a missing attribute is not a match', () => {
		const document = scheme({
			applies_to: { '==': [read('employee.position'), 'sales'] },
			items: [item('a', 100, 70)]
		});
		expect(score(document, { 'employee.position': 'sales' }).status).toBe('scored');
		expect(score(document, { 'employee.position': 'driver' }).status).toBe('uncovered');
		expect(score(document, {}).status).toBe('uncovered');
	});

	it('weights by branch of tenure total 100 on both sides of the line (AT-14)', () => {
		const isNew: Rule = { '<': [read('employee.tenure_months'), 12] };
		const document = scheme({
			items: [
				item('new_customers', { if: [isNew, 100, 0] }, actual),
				item('repurchase', { if: [isNew, 0, 100] }, actual)
			]
		});
		expect(
			score(document, { 'employee.tenure_months': 11, 'metric.new_customers': 85 }).score
		).toBe(85);
		expect(score(document, { 'employee.tenure_months': 12, 'metric.repurchase': 92 }).score).toBe(
			92
		);
	});
});

describe('after the base', () => {
	it('an adjustment without points counts as 0, a condition that is missing as false', () => {
		const document = scheme({
			items: [item('a', 100, 70)],
			adjustments: [
				{ id: 'empty', name: text('Empty'), when: true, points: read('metric.none') },
				{ id: 'unknown', name: text('Unknown'), when: { '>': [read('metric.none'), 1] }, points: 5 }
			]
		});
		expect(score(document, {})).toMatchObject({
			score: 70,
			adjustments: [{ id: 'empty', points: null }]
		});
	});

	it('a gate may name the best possible grade; the worst of several holds', () => {
		const document = scheme({
			items: [item('a', 100, 95)],
			gates: [
				{ id: 'first', name: text('First'), when: true, effect: { grade: 'below' } },
				{ id: 'second', name: text('Second'), when: true, effect: { grade: 'good' } }
			]
		});
		expect(score(document, {})).toMatchObject({ score: 95, grade: 'below' });
	});

	it('below the last grade there is none, even where a gate names one', () => {
		const document = scheme({
			items: [item('a', 100, 50)],
			grades: [{ id: 'good', name: text('Good'), from: 80 }],
			gates: [{ id: 'gate', name: text('Gate'), when: true, effect: { grade: 'good' } }]
		});
		expect(score(document, {}).grade).toBeNull();
	});

	it('orders completed to 100 % pay a tenth of the salary, 99 % nothing (AT-34)', () => {
		const document = scheme({
			items: [item('orders', 100, { '*': [read('item.attainment'), 100] })],
			payout: {
				currency: 'CNY',
				amount: {
					if: [
						{ '>=': [read('attainment.orders'), 1] },
						{ '*': [read('employee.base_pay'), 0.1] },
						0
					]
				}
			}
		});
		const pay = (orders: number) =>
			score(document, { 'metric.orders': orders, 'target.orders': 100, 'employee.base_pay': 8000 })
				.payout;
		expect([pay(100), pay(99)]).toEqual([800, 0]);
	});

	it('fault handling of 24.0 hours passes and 24.1 fails: the boundary counts (AT-35)', () => {
		const document = scheme({
			items: [item('fault_hours', 100, { if: [{ '<=': [actual, 24] }, 100, 0] })]
		});
		const at = (hours: number) => score(document, { 'metric.fault_hours': hours }).score;
		expect([at(24), at(24.1)]).toEqual([100, 0]);
	});

	it('insights see score and grade and never change the score', () => {
		const document = scheme({
			items: [item('a', 100, 95)],
			insights: [
				{ id: 'praise', when: { '==': [read('grade'), 'excellent'] }, message: text('Well done') },
				{ id: 'train', when: { '<': [read('items.a.score'), 50] }, message: text('Train') }
			]
		});
		expect(score(document, {})).toMatchObject({ score: 95, insights: ['praise'] });
	});

	it('a total beyond the numbers is an error, not Infinity', () => {
		const document = scheme({
			weighting: 'points',
			items: [item('a', undefined, 1.7e308), item('b', undefined, 1.7e308)]
		});
		expect(score(document, {})).toMatchObject({
			status: 'error',
			reasons: [{ code: 'not_finite' }]
		});
	});

	it('a rule with an unknown operator makes the rows that need it errors with its place', () => {
		const document = scheme({ items: [item('a', 100, { launch: [1] })] });
		expect(score(document, {})).toMatchObject({
			status: 'error',
			reasons: [{ item: 'a', at: expect.stringContaining('/items/0/score') }]
		});
	});
});

it('the volume chaser leads on sales alone and the quality seller on the four weights (AT-15)', () => {
	const attained: Rule = { '*': [{ min: [read('item.attainment'), 1.2] }, 100] };
	const salesOnly = scheme({ items: [item('sales', 100, attained)] });
	const four = scheme({
		items: [
			item('sales', 40, attained),
			item('repurchase', 25, attained),
			item('profit', 20, attained),
			item('teamwork', 15, attained)
		]
	});
	const at = (sales: number, quality: number) => ({
		'metric.sales': sales,
		'target.sales': 1000000,
		'metric.repurchase': 0.3 * quality,
		'target.repurchase': 0.3,
		'metric.profit': 1000 * quality,
		'target.profit': 1000,
		'metric.teamwork': 90 * quality,
		'target.teamwork': 90
	});
	const chaser = at(1200000, 0.4);
	const seller = at(950000, 1);
	expect(score(salesOnly, chaser).score).toBe(120);
	expect(score(salesOnly, seller).score).toBe(95);
	expect(score(four, chaser).score).toBe(72);
	expect(score(four, seller).score).toBe(98);
});
