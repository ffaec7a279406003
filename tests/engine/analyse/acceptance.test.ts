/** What the user's own articles leave open, and the checker must say (cases AT-01 to AT-46). */
import { describe, expect, it } from 'vitest';
import { analyseScheme, type AnalyseOptions } from '#lib/engine/analyse/analyse.ts';
import { applyPatch } from '#lib/engine/analyse/apply-patch.ts';
import { checkMetrics } from '#lib/engine/analyse/metric-checks.ts';
import { checkCapacity } from '#lib/engine/analyse/plausibility.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { tableFromRows } from '#lib/engine/table/from-rows.ts';

const name = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const full: Rule = {
	curve: [
		{ var: 'item.attainment' },
		[
			[0, 0],
			[1, 100],
			[1.2, 120]
		],
		'flat',
		'flat'
	]
};
const item = (id: string, weight: Rule, more: object = {}) => ({
	id,
	metric: id,
	class: 'result' as const,
	weight,
	score: full,
	...more
});

/** AT-02: sales 60, customer conversion 30, teamwork 10. */
const base: SchemeDocument = {
	format: 'quanheng.scheme/1',
	id: 'sales',
	name: name('销售', 'Sales'),
	period: 'month',
	applies_to: true,
	weighting: 'percent',
	items: [item('sales', 60), item('conversion', 30), item('teamwork', 10)],
	grades: [{ id: 'all', name: name('全部', 'all'), from: 0 }]
};

/** AT-01: 1,000,000 earns 60 points, every 100,000 above adds 2. */
const pointsFrom = (whole: boolean): Rule => {
	const above: Rule = { '/': [{ '-': [{ var: 'item.actual' }, 1000000] }, 100000] };
	return { '+': [60, { '*': [2, whole ? { floor: above } : above] }] };
};
const scoredBy = (score: Rule): SchemeDocument => ({
	...base,
	items: [item('sales', 100, { score })]
});
const find = (scheme: SchemeDocument, options?: AnalyseOptions) =>
	analyseScheme(scheme, options).diagnostics;
const codes = (scheme: SchemeDocument): string[] => find(scheme).map(({ code }) => code);

describe('AT-01: a curve that the policy only half describes', () => {
	const guarded = (rule: Rule): Rule => ({
		if: [{ '>=': [{ var: 'item.actual' }, 1000000] }, rule]
	});

	it('is undefined below 1,000,000 where the rule is guarded', () => {
		const found = find(scoredBy(guarded(pointsFrom(false))));
		expect(found.find(({ code }) => code === 'curve_undefined')?.message.en).toContain(
			'[0, 1,000,000)'
		);
	});

	it('has no upper cap', () => {
		const found = find(scoredBy(pointsFrom(true))).find(({ code }) => code === 'no_upper_cap');
		expect(found?.message['zh-CN']).toContain('没有封顶');
	});

	it('was chosen to be neither step nor line, unless it is rounded down', () => {
		expect(codes(scoredBy(pointsFrom(false)))).toContain('step_or_line_not_chosen');
		expect(codes(scoredBy(pointsFrom(true)))).not.toContain('step_or_line_not_chosen');
	});

	it('goes on below its origin, which nobody chose', () => {
		const found = find(scoredBy(pointsFrom(true)));
		const end = found.find(({ code }) => code === 'curve_end_not_chosen');
		expect(end?.message.en).toContain('[0, 1,000,000)');
		expect(end?.message.en).toContain('falls to 40');
	});

	it('is clean once both ends, cap and step are written', () => {
		const rule: Rule = {
			clamp: [{ if: [{ '>=': [{ var: 'item.actual' }, 1000000] }, pointsFrom(true), 0] }, 0, 100]
		};
		expect(codes(scoredBy(rule)).filter((code) => code !== 'score_jump')).toEqual([]);
	});
});

describe('AT-03: conversion raised from 30 to 40', () => {
	const raised: SchemeDocument = {
		...base,
		items: [item('sales', 60), item('conversion', 40), item('teamwork', 10)]
	};

	it('is refused with repairs that lead to 50/40/10, 51.43/40/8.57, or by hand', () => {
		const [found] = find(raised, { baseline: base });
		expect(found?.code).toBe('weights_not_100');
		const weights = found?.repairs?.map(({ patch }) => {
			const mended = applyPatch(raised, patch);
			return mended?.items.map(({ weight }) => weight);
		});
		expect(weights).toContainEqual([50, 40, 10]);
		expect(weights).toContainEqual([51.43, 40, 8.57]);
		expect(found?.repairs?.at(-1)?.patch).toEqual([]);
	});

	it('is refused too where whom it applies to cannot be decided', () => {
		const scopes: Rule[] = [
			{ in: ['Sales', { var: 'employee.position' }] },
			{ '>': [{ '*': [{ var: 'metric.sales' }, { var: 'metric.visits' }] }, 7] }
		];
		for (const applies_to of scopes) {
			const found = find({ ...raised, applies_to }, { baseline: base });
			expect(found.filter(({ severity }) => severity === 'error')).not.toEqual([]);
		}
	});

	it('does not move a locked weight', () => {
		const locked: SchemeDocument = {
			...raised,
			items: [item('sales', 60, { locked: true }), item('conversion', 40), item('teamwork', 10)]
		};
		for (const { patch } of find(locked)[0]?.repairs ?? []) {
			expect(applyPatch(locked, patch)?.items[0]?.weight).toBe(60);
		}
	});

	it('needs no data to be collected again (AT-46)', () => {
		const found = find(
			{ ...raised, items: [item('sales', 50), ...raised.items.slice(1)] },
			{ baseline: base }
		);
		expect(found.map(({ code }) => code)).toEqual(['needs_nothing_new']);
	});
});

describe('AT-05: a number that should move with the target', () => {
	it('is asked to be bound, and the repair binds it', () => {
		const score: Rule = {
			min: [100, { '*': [100, { '/': [{ var: 'item.actual' }, 1000000] }] }]
		};
		const scheme = scoredBy(score);
		const values = new Map([['target.sales', [1000000]]]);
		const found = find(scheme, { values }).find(({ code }) => code === 'literal_equals_target');
		expect(found?.message.en).toContain('1,000,000');
		const mended = applyPatch(scheme, found?.repairs?.[0]?.patch ?? []);
		expect(JSON.stringify(mended?.items[0]?.score)).toContain('"item.target"');
	});
});

describe('AT-06: excellent from 90, good from 80', () => {
	it('leaves a gap on [0, 80) and the repair closes it', () => {
		const scheme: SchemeDocument = {
			...base,
			grades: [
				{ id: 'excellent', name: name('优秀', 'excellent'), from: 90 },
				{ id: 'good', name: name('良好', 'good'), from: 80 }
			]
		};
		const found = find(scheme).find(({ code }) => code === 'grade_gap');
		expect(found?.message['zh-CN']).toContain('[0, 80)');
		const mended = applyPatch(scheme, found?.repairs?.[0]?.patch ?? []);
		expect(mended?.grades.at(-1)?.from).toBe(0);
	});
});

describe('AT-10: conversion in one department, repurchase in another, for the same purpose', () => {
	const ratio = (id: string, zh: string, en: string): MetricDefinition => ({
		id,
		name: name(zh, en),
		unit: 'ratio',
		direction: 'higher',
		class: 'result',
		grain: 'employee',
		period: 'month',
		aggregation: 'ratio',
		numerator: 'orders',
		denominator: 'leads'
	});
	const metrics = new Map(
		[ratio('conversion', '转化率', 'Conversion'), ratio('deal_rate', '成交率', 'Deal rate')].map(
			(metric) => [metric.id, metric]
		)
	);

	it('is one metric under two names, and the dictionary says so', () => {
		const [found] = checkMetrics(metrics);
		expect(found?.code).toBe('metrics_alike');
		expect(found?.details).toMatchObject({ metric: 'deal_rate', other: 'conversion' });
	});

	it('is said where a scheme uses either of them', () => {
		const [found] = analyseScheme(base, { metrics }).diagnostics.filter(
			({ code }) => code === 'metrics_alike'
		);
		expect(found?.at).toBe('/items/1/metric');
	});
});

describe('AT-14: one scheme with a branch on tenure', () => {
	it('is proven on both sides of the line, and for people without a hire date', () => {
		const isNew: Rule = { '<': [{ var: 'employee.tenure_months' }, 6] };
		const scheme: SchemeDocument = {
			...base,
			items: [
				item('new_customers', { if: [isNew, 60, 0] }),
				item('conversion', { if: [isNew, 40, 0] }),
				item('repurchase', { if: [isNew, 0, 50] }),
				item('profit', { if: [isNew, 0, 50] })
			]
		};
		expect(analyseScheme(scheme).weights).toEqual([
			{ when: name('所有人', 'everyone'), total: 100 }
		]);
	});
});

describe('AT-23: 950 a month against a capacity of 8 × 22 × 150', () => {
	it('is below 4 % of capacity, so unit and scope are asked for', () => {
		const capacity = { perPersonAndDay: 8, people: 150, daysPerPeriod: 22 };
		const found = checkCapacity('output', 950, capacity);
		expect(found?.message.en).toContain('3.6 %');
		expect(found?.advice.en).toContain('person, a team or the company');
		expect(checkCapacity('output', 26_400, capacity)).toBeNull();
	});

	it('is found in a history where a parameter states what one person gives on one day', () => {
		const header = ['employee.id', 'period.id', 'metric.output', 'target.output'];
		const rows = Array.from({ length: 150 }, (_, i) => [`E${i}`, '2025-01', '940', '950', '8']);
		const { table } = tableFromRows([...header, 'param.capacity_output'], rows);
		if (!table) throw new Error('The history of the test is no table.');
		const scheme: SchemeDocument = { ...base, items: [item('output', 100)] };
		const found = find(scheme, { history: table });
		const below = found.find(({ code }) => code === 'target_below_capacity');
		expect(below?.at).toBe('/items/0/metric');
		expect(below?.message['zh-CN']).toContain('26,400');
	});
});

describe('AT-46: what a change newly requires', () => {
	it('is listed exactly where a new metric is used', () => {
		const scheme: SchemeDocument = {
			...base,
			items: [item('sales', 60), item('repeat_rate', 30), item('teamwork', 10)]
		};
		const found = find(scheme, { baseline: base }).find(({ code }) => code === 'needs_new_data');
		expect(found?.details['needs']).toBe('metric.repeat_rate, target.repeat_rate');
	});
});

describe('waivers', () => {
	const gap: SchemeDocument = {
		...base,
		grades: [{ id: 'good', name: name('良好', 'good'), from: 80 }],
		waivers: [{ code: 'grade_gap', at: '/grades', reason: 'no grade on purpose' }]
	};

	it('turn a warning into a hint that carries the reason', () => {
		const found = find(gap).find(({ code }) => code === 'grade_gap');
		expect([found?.severity, found?.waived]).toEqual(['hint', 'no grade on purpose']);
	});

	it('do not touch an error', () => {
		const scheme: SchemeDocument = {
			...base,
			items: [item('sales', 70), item('conversion', 40)],
			waivers: [{ code: 'weights_not_100', at: '/items', reason: 'please' }]
		};
		const found = find(scheme);
		expect(found.find(({ code }) => code === 'weights_not_100')?.severity).toBe('error');
		expect(found.map(({ code }) => code)).toContain('waiver_of_error');
	});
});
