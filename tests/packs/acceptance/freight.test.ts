/** Cases of the user's article on freight forwarding (AT-11 to AT-20), with the numbers of the case. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { calculated, cardOf, documentOf, itemScore, packOf, scoreOf, type Given } from './cards.ts';

let pack: Pack;
let sales: SchemeDocument;
beforeAll(async () => {
	pack = await packOf('freight-forwarding');
	sales = documentOf(pack, 'sales');
});

/** Two years with the company and on target everywhere: 100. */
const senior: Given = {
	'employee.tenure_months': 24,
	'employee.base_pay': 8000,
	'metric.collected_revenue': 1_000_000,
	'target.collected_revenue': 1_000_000,
	'metric.repeat_rate': 0.5,
	'target.repeat_rate': 0.5,
	'metric.profit_per_shipment': 800,
	'target.profit_per_shipment': 800,
	'metric.collaboration_rating': 5,
	'metric.collaboration_raters': 5
};
/** Three months with the company and on target everywhere: 100. */
const fresh: Given = {
	'employee.tenure_months': 3,
	'employee.base_pay': 6000,
	'metric.new_customers': 4,
	'target.new_customers': 4,
	'metric.quote_conversion': 0.25,
	'target.quote_conversion': 0.25,
	'metric.customer_visits': 20,
	'target.customer_visits': 20,
	'metric.training_completion': 1
};

describe('AT-12: sales 40, repurchase 25, profit per shipment 20, collaboration 15', () => {
	test('item scores of 100, 80, 90 and 70 give 40 + 20 + 18 + 10.5 = 88.5', () => {
		const card = cardOf(sales, senior, {
			'metric.repeat_rate': 0.4,
			'metric.profit_per_shipment': 720,
			'metric.collaboration_rating': 3.5
		});
		const counted = card.items.filter(({ weight }) => weight !== 0);
		expect(counted.map(({ weight }) => weight)).toEqual([40, 25, 20, 15]);
		expect(counted.map(({ points }) => points)).toEqual([40, 20, 18, 10.5]);
		expect(card).toMatchObject({ score: 88.5, grade: 'good' });
	});
	test('all at 100 give 100', () => {
		expect(scoreOf(sales, senior)).toBe(100);
	});
});

describe('AT-13: a team of 500 shipments that reaches 120 % adds 10 for everybody', () => {
	test.each([
		[600, 110],
		[599, 100],
		[500, 100]
	])('a team of %i: %i', (actual, expected) => {
		const team = { 'team.shipments.actual': actual, 'team.shipments.target': 500 };
		expect(scoreOf(sales, senior, team)).toBe(expected);
		expect(scoreOf(sales, fresh, team)).toBe(expected);
	});
	test('the 10 points enter before the grade, and the total ends at 120', () => {
		const team = { 'team.shipments.actual': 600, 'team.shipments.target': 500 };
		expect(cardOf(sales, senior, { ...team, 'metric.repeat_rate': 0.2 })).toMatchObject({
			base: 85,
			score: 95,
			grade: 'excellent'
		});
		expect(sales.total).toMatchObject({ max: 120 });
	});
});

describe('AT-14: one scheme with a branch on tenure', () => {
	test('both branches total 100, and the month of reaching twelve counts as senior as a whole', () => {
		const weights = (months: number) =>
			cardOf(sales, { ...fresh, ...senior }, { 'employee.tenure_months': months })
				.items.filter(({ weight }) => weight !== 0)
				.map(({ id, weight }) => [id, weight]);
		expect(weights(11)).toEqual([
			['new_customers', 40],
			['quote_conversion', 30],
			['customer_visits', 15],
			['training_completion', 15]
		]);
		expect(weights(12)).toEqual([
			['collected_revenue', 40],
			['repeat_rate', 25],
			['profit_per_shipment', 20],
			['collaboration_rating', 15]
		]);
	});
});

describe('AT-15: a target of sales alone rewards cargo that pays little and late', () => {
	/** A sells 1.2 million at 40 % of the profit, collects late and keeps few customers. */
	const a = {
		'metric.collected_revenue': 1_200_000,
		'metric.profit_per_shipment': 320,
		'metric.repeat_rate': 0.3,
		'metric.collaboration_rating': 3
	};
	/** B sells 950,000 with every measure of quality on target. */
	const b = { 'metric.collected_revenue': 950_000 };
	test('sales alone put A first, 40/25/20/15 put B first', () => {
		const alone: SchemeDocument = {
			...sales,
			items: sales.items
				.filter(({ id }) => id === 'collected_revenue')
				.map((item) => ({ ...item, weight: 100 }))
		};
		expect([scoreOf(alone, senior, a), scoreOf(alone, senior, b)]).toEqual([120, 95]);
		expect([scoreOf(sales, senior, a), scoreOf(sales, senior, b)]).toEqual([80, 98]);
	});
});

describe('AT-16: errors in data are no performance', () => {
	test('revenue that is invoiced and not collected does not count', () => {
		const half = {
			'metric.invoiced_revenue': 1_000_000,
			'metric.collected_revenue': 500_000
		};
		expect(itemScore(cardOf(sales, senior, half), 'collected_revenue')).toBe(50);
	});
	test('jobs whose cost was left out have no profit, and the scorecard names the item', () => {
		const { numerator = '', denominator = '' } = pack.metrics.get('profit_per_shipment') ?? {};
		expect([numerator, denominator]).toEqual(['gross_profit', 'own_shipments']);
		expect(cardOf(sales, senior, { 'metric.profit_per_shipment': null })).toMatchObject({
			status: 'incomplete',
			score: null,
			reasons: [{ item: 'profit_per_shipment' }]
		});
	});
});

describe('AT-17: how far the month is from its target', () => {
	test('70 % of the target and 50 % of the new customers are scored so, 50,000 short is seen', () => {
		const item = (card: ReturnType<typeof cardOf>, id: string) =>
			card.items.find((one) => one.id === id);
		const short = item(
			cardOf(sales, senior, { 'metric.collected_revenue': 950_000 }),
			'collected_revenue'
		);
		expect((short?.target ?? 0) - (short?.actual ?? 0)).toBe(50_000);
		const seventy = cardOf(sales, senior, { 'metric.collected_revenue': 700_000 });
		expect(item(seventy, 'collected_revenue')).toMatchObject({ attainment: 0.7, score: 70 });
		const halfway = cardOf(sales, fresh, { 'metric.new_customers': 2 });
		expect(item(halfway, 'new_customers')).toMatchObject({ attainment: 0.5, score: 50 });
	});
});

describe('AT-18: advice over several months', () => {
	const low = { 'metric.repeat_rate': 0.4 };
	test('first by profit for three months with low repurchase: customer relationship training', () => {
		const at = (streak: number) =>
			cardOf(sales, senior, {
				...low,
				'metric.collected_revenue': 990_000,
				'metric.profit_first_streak': streak
			}).insights;
		expect(at(3)).toEqual(['profitable_but_fleeting']);
		expect(at(2)).toEqual([]);
		const streak = pack.metrics.get('profit_first_streak')?.streak;
		expect(streak).toEqual({ when: { '==': [{ var: 'metric.profit_rank' }, 1] } });
		expect(pack.metrics.get('profit_rank')?.rank).toEqual({ within: 'unit', order: 'high' });
	});
	test('first by new customers: the talent pool, with team-management training', () => {
		const at = (rank: number) =>
			cardOf(sales, fresh, { 'metric.new_customer_rank': rank }).insights;
		expect(at(1)).toEqual(['high_potential']);
		expect(at(2)).toEqual([]);
		expect(sales.insights?.find(({ id }) => id === 'high_potential')?.action).toBe(
			'course-team-management'
		);
	});
});

describe('AT-19: a newcomer who needs more support', () => {
	test('training at 80 % and probation at 60 % call for the course on the freight process', () => {
		const at = (training: number, probation: number) =>
			cardOf(sales, fresh, {
				'metric.training_completion': training,
				'metric.probation_attainment': probation
			}).insights;
		expect(at(0.8, 0.6)).toEqual(['probation_support']);
		expect(at(1, 0.9)).toEqual([]);
		expect(sales.insights?.find(({ id }) => id === 'probation_support')?.action).toBe(
			'course-freight-operations'
		);
	});
});

describe('AT-20: repurchase became a core figure because it moves the margin', () => {
	test('it weighs 25 of 100, and its definition says what that rests on', () => {
		const card = cardOf(sales, senior);
		expect(card.items.find(({ id }) => id === 'repeat_rate')?.weight).toBe(25);
		expect(pack.metrics.get('repeat_rate')?.reference).toContain('AT-20');
		// 10 % more repurchase is worth 2.5 points of the total.
		const drop = 100 - (scoreOf(sales, senior, { 'metric.repeat_rate': 0.45 }) ?? 0);
		expect(drop).toBeCloseTo(2.5, 9);
	});
	test('the ratio is one of sums: customers with two shipments of the customers who shipped', () => {
		expect(pack.metrics.get('repeat_rate')).toMatchObject({
			aggregation: 'ratio',
			numerator: 'repeat_customers',
			denominator: 'active_customers'
		});
		expect(() => calculated(pack, 'repeat_rate', {})).toThrow('no formula');
	});
});

describe('AT-11: sales met, repurchase low', () => {
	test('customer relationship training is advised, and only then', () => {
		const at = (figures: Given) => cardOf(sales, senior, figures).insights;
		expect(at({ 'metric.repeat_rate': 0.49 })).toEqual(['relationship_training']);
		expect(at({ 'metric.repeat_rate': 0.5 })).toEqual([]);
		expect(at({ 'metric.repeat_rate': 0.49, 'metric.collected_revenue': 999_999 })).toEqual([]);
		expect(sales.insights?.find(({ id }) => id === 'relationship_training')?.action).toBe(
			'course-customer-relationship'
		);
	});
});
