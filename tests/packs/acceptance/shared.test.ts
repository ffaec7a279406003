/** Cases that every industry answers: overseas staff (AT-31 to AT-38), 360 ratings, seasons, branches. */
import { beforeAll, describe, expect, test } from 'vitest';
import { splitTarget, suggestFromBest, targetReferences } from '#lib/engine/targets/references.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { cardOf, documentOf, itemScore, packOf, type Given } from './cards.ts';

interface Abroad {
	readonly pack: string;
	readonly scheme: string;
	readonly items: { readonly visits: string; readonly conversion: string; readonly orders: string };
	/** Metrics of conversion, orders and hours to settle a fault. */
	readonly conversion: string;
	readonly orders: string;
	readonly hours: string;
	/** The conversion that is asked of a region. */
	readonly asked: (share: number) => Given;
	/** The totals with a fault within its limit, and with one beyond it. */
	readonly faults: readonly [within: number, beyond: number];
	/** Whether it measures the share of cases that are solved. */
	readonly resolution: boolean;
}

const PACKS: readonly Abroad[] = [
	{
		pack: 'freight-forwarding',
		scheme: 'overseas-rep',
		items: { visits: 'customer_visits', conversion: 'quote_conversion', orders: 'orders_won' },
		conversion: 'quote_conversion',
		orders: 'orders_won',
		hours: 'exception_hours',
		asked: (share) => ({ 'target.quote_conversion': share }),
		faults: [100, 95],
		resolution: false
	},
	{
		pack: 'manufacturing',
		scheme: 'overseas-service',
		items: { visits: 'visits', conversion: 'conversion', orders: 'orders' },
		conversion: 'lead_conversion',
		orders: 'orders_won',
		hours: 'fault_hours',
		asked: (share) => ({ 'param.conversion_target': share }),
		faults: [100, 85],
		resolution: true
	},
	{
		pack: 'fintech',
		scheme: 'overseas-rep',
		items: { visits: 'visits', conversion: 'conversion', orders: 'merchants' },
		conversion: 'conversion_rate',
		orders: 'merchants_signed',
		hours: 'incident_hours',
		asked: (share) => ({ 'param.conversion_target': share }),
		faults: [100, 90],
		resolution: true
	}
];

const read = new Map<string, Pack>();
beforeAll(async () => {
	for (const { pack } of PACKS) read.set(pack, await packOf(pack));
}, 60_000);

function shipped(id: string): Pack {
	const pack = read.get(id);
	if (!pack) throw new Error(id);
	return pack;
}

describe.each(PACKS)('overseas staff of $pack', (abroad) => {
	const { items, conversion, orders, hours, asked } = abroad;
	const scheme = (): SchemeDocument => documentOf(shipped(abroad.pack), abroad.scheme);
	const base = (): Given => ({
		'employee.base_pay': 8000,
		'metric.customer_visits': 20,
		'target.customer_visits': 20,
		[`metric.${conversion}`]: 0.12,
		...asked(0.12),
		[`metric.${orders}`]: 6,
		[`target.${orders}`]: 6,
		'metric.on_time_collection_rate': 0.95,
		'metric.case_resolution': 0.9,
		'metric.training_hours': 10,
		'target.training_hours': 10,
		[`metric.${hours}`]: 24
	});
	const card = (figures: Given = {}) => cardOf(scheme(), base(), figures);

	test('AT-31: 80 % of the best, 25 visits and 15 %, are 20 visits and 12 %: reached, they are full marks', () => {
		const visits = suggestFromBest([25], { top: 1, ratio: 0.8 }) ?? 0;
		const share = suggestFromBest([0.15], { top: 1, ratio: 0.8 }) ?? 0;
		expect(visits).toBe(20);
		expect(share).toBeCloseTo(0.12, 12);
		const at = card({ 'target.customer_visits': visits, ...asked(0.12) });
		expect(itemScore(at, items.visits)).toBe(100);
		expect(itemScore(at, items.conversion)).toBe(100);
	});

	test('AT-32: the best make 22 visits and 8 orders: 20 and 6 are asked for', () => {
		expect(Math.round(suggestFromBest([22], { top: 1, ratio: 0.9 }) ?? 0)).toBe(20);
		expect(suggestFromBest([8], { top: 1, ratio: 0.75 })).toBe(6);
		expect(itemScore(card(), items.orders)).toBe(100);
		expect(itemScore(card({ [`metric.${orders}`]: 3 }), items.orders)).toBe(50);
	});

	test('AT-33: history stands beside the proposal, memory does not enter', () => {
		const history = [90_000, 100_000, 95_000].map((value, index) => ({
			period: `2026-0${index + 1}`,
			value
		}));
		expect(targetReferences(history, { period: '2026-04' })).toMatchObject({
			last: { value: 95_000 },
			best: { value: 100_000 }
		});
		// What nobody approved is no target: without one the item has no score.
		expect(itemScore(card({ [`target.${orders}`]: null }), items.orders)).toBeNull();
	});

	test('AT-34: orders at 100 % pay 10 % of 8,000, which is 800; at 99 % nothing', () => {
		const paid = (won: number) =>
			card({ [`metric.${orders}`]: won, [`target.${orders}`]: 100 }).payout;
		expect([paid(100), paid(99), paid(120)]).toEqual([800, 0, 800]);
	});

	test('AT-35: a fault of 24.0 hours passes, 24.1 fails', () => {
		const at = (taken: number) => card({ [`metric.${hours}`]: taken }).score;
		expect([at(24), at(24.1)]).toEqual(abroad.faults);
	});

	test('AT-36: three days without a visit and three weeks without a new customer are told', () => {
		const at = (figures: Given) => card(figures).insights;
		expect(at({ 'metric.days_without_visit': 3 })).toEqual(['no_visit']);
		expect(at({ 'metric.days_without_visit': 2 })).toEqual([]);
		expect(at({ 'metric.weeks_without_follow_up': 3 })).toEqual(['no_follow_up']);
		expect(at({ 'metric.weeks_without_follow_up': 2 })).toEqual([]);
	});

	test('AT-37: ten hours of training a month are measured', () => {
		const metric = shipped(abroad.pack).metrics.get('training_hours');
		expect(metric).toMatchObject({ unit: 'hours', aggregation: 'sum' });
		const [short, enough] = [card({ 'metric.training_hours': 5 }), card()];
		expect([short.score, short.insights]).not.toEqual([enough.score, enough.insights]);
	});

	test('AT-38: 12 % in South-East Asia is worth as much as 10 % in Europe, where 8 % is not enough', () => {
		const at = (made: number, goal: number) =>
			itemScore(card({ [`metric.${conversion}`]: made, ...asked(goal) }), items.conversion);
		expect(at(0.12, 0.12)).toBe(100);
		expect(at(0.1, 0.1)).toBe(100);
		expect(at(0.08, 0.1)).toBeCloseTo(80, 9);
		expect(at(0.08, 0.12)).toBeLessThan(at(0.08, 0.1) ?? 0);
	});
});

describe.each(PACKS.filter(({ resolution }) => resolution))(
	'AT-38: cases of customers abroad in $pack',
	(abroad) => {
		test('90 % in the Middle East, 85 % in Africa, where 80 % is short', () => {
			const at = (made: number, goal: number) =>
				itemScore(
					cardOf(documentOf(shipped(abroad.pack), abroad.scheme), {
						'metric.case_resolution': made,
						'param.resolution_target': goal
					}),
					'resolution'
				) ?? 0;
			expect(at(0.9, 0.9)).toBe(100);
			expect(at(0.85, 0.85)).toBe(100);
			expect(at(0.8, 0.85)).toBeLessThan(100);
			expect(at(0.8, 0.85)).toBeGreaterThan(at(0.8, 0.9));
		});
	}
);

describe('AT-42: 360-degree ratings', () => {
	test.each([
		['manufacturing', 'plant-manager'],
		['fintech', 'business-head']
	])('%s: three groups of 40, 30 and 30, and too few raters do not count', (id, scheme) => {
		const rated = (figures: Given) =>
			itemScore(
				cardOf(
					documentOf(shipped(id), scheme),
					{
						'metric.superior_rating': 4,
						'metric.colleague_rating': 3,
						'metric.colleague_raters': 3,
						'metric.customer_rating': 5,
						'metric.customer_raters': 3
					},
					figures,
					'2026-Q1'
				),
				'feedback_360'
			);
		// (40 × 4 + 30 × 3 + 30 × 5) ÷ 100 = 4, which the curve makes 80.
		expect(rated({})).toBe(80);
		// Without the colleagues the others are scaled: (40 × 4 + 30 × 5) ÷ 70 = 4.43.
		const without = 60 + ((310 / 70 - 3) / 2) * 40;
		expect(rated({ 'metric.colleague_raters': 2 })).toBeCloseTo(without, 9);
		expect(rated({ 'metric.colleague_raters': 2, 'metric.colleague_rating': 1 })).toBeCloseTo(
			without,
			9
		);
	});
	test('freight-forwarding: collaboration by two raters is left out and the others are scaled', () => {
		const sales = documentOf(shipped('freight-forwarding'), 'sales');
		const at = (raters: number) =>
			cardOf(sales, {
				'employee.tenure_months': 24,
				'metric.collected_revenue': 100,
				'target.collected_revenue': 100,
				'metric.repeat_rate': 0.5,
				'target.repeat_rate': 0.5,
				'metric.profit_per_shipment': 800,
				'target.profit_per_shipment': 800,
				'metric.collaboration_rating': 1,
				'metric.collaboration_raters': raters
			}).score;
		expect([at(3), at(2)]).toEqual([85, 100]);
	});
});

describe('AT-43: a year of 12 million split by seasons', () => {
	test.each([
		['freight-forwarding', 'branch-manager', 'gross_profit', 'gross_profit'],
		['manufacturing', 'sales', 'order_amount', 'orders'],
		['fintech', 'ecommerce', 'gmv', 'gmv']
	])(
		'%s: the months total the year, and each is full marks at its own target',
		(id, scheme, metric, item) => {
			const param = shipped(id).manifest.params.find((one) => one.id === 'season_index');
			const months = param?.months ?? [];
			expect(months).toHaveLength(12);
			const parts = splitTarget(12_000_000, months) ?? [];
			expect(parts.reduce((sum, part) => sum + part, 0)).toBe(12_000_000);
			expect(months.reduce((sum, index) => sum + Math.round(index * 1000), 0)).toBe(12_000);
			expect(new Set(months).size).toBeGreaterThan(3);
			for (const [index, season] of months.entries()) {
				const period = `2026-${String(index + 1).padStart(2, '0')}`;
				const at = (actual: number) =>
					itemScore(
						cardOf(
							documentOf(shipped(id), scheme),
							{ [`target.${metric}`]: 1_000_000, 'param.season_index': season },
							{ [`metric.${metric}`]: actual },
							period
						),
						item
					) ?? 0;
				expect(at(parts[index] ?? 0), period).toBeCloseTo(100, 6);
				expect(at((parts[index] ?? 0) * 0.99), period).toBeLessThan(100);
			}
			expect(shipped(id).readme).toContain(months.join('、'));
		}
	);
});
