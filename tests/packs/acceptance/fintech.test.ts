/** Cases of the user's article on internet finance (AT-01 to AT-06, AT-11), with the numbers of the case. */
import { beforeAll, describe, expect, test } from 'vitest';
import { analyseScheme } from '#lib/engine/analyse/analyse.ts';
import { applyPatch } from '#lib/engine/analyse/apply-patch.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { splitTarget } from '#lib/engine/targets/references.ts';
import { packDictionary } from '#lib/packs/dictionary.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { cardOf, documentOf, itemScore, packOf, scoreOf, type Given } from './cards.ts';

let pack: Pack;
let points: SchemeDocument;
let weights: SchemeDocument;
beforeAll(async () => {
	pack = await packOf('fintech');
	points = documentOf(pack, 'sales');
	weights = documentOf(pack, 'channel-sales');
});

/** On target everywhere. */
const onTarget: Given = {
	'employee.base_pay': 8000,
	'metric.contract_amount': 1_000_000,
	'target.contract_amount': 1_000_000,
	'metric.conversion_rate': 0.2,
	'target.conversion_rate': 0.2,
	'metric.teamwork_rating': 5,
	'metric.teamwork_raters': 4
};

describe('AT-01: a million earns 60 points, every 100,000 above adds 2', () => {
	test.each([
		[1_000_000, 60],
		[1_100_000, 62],
		[1_200_000, 64],
		[1_500_000, 70],
		[3_000_000, 100]
	])('%i: %i', (amount, expected) => {
		const card = cardOf(points, onTarget, { 'metric.contract_amount': amount });
		expect(itemScore(card, 'sales')).toBe(expected);
	});
	test.each([
		[500_000, 30, 'below a million in proportion'],
		[1_050_000, 60, 'whole steps only'],
		[4_000_000, 100, 'an upper cap']
	])('%i: %i, %s, as the pack chose', (amount, expected) => {
		const card = cardOf(points, onTarget, { 'metric.contract_amount': amount });
		expect(itemScore(card, 'sales')).toBe(expected);
	});
});

describe('AT-02: sales 60, conversion 20 % for 30, teamwork for 10', () => {
	test('all three on target give 100, in points and in weights', () => {
		expect(cardOf(points, onTarget).items.map(({ score }) => score)).toEqual([60, 30, 10]);
		expect(cardOf(weights, onTarget).items.map(({ weight }) => weight)).toEqual([60, 30, 10]);
		expect([scoreOf(points, onTarget), scoreOf(weights, onTarget)]).toEqual([100, 100]);
	});
	test('each item says where its figures come from', () => {
		for (const { metric } of weights.items) {
			expect(pack.metrics.get(metric)?.source?.en, metric).toBeTruthy();
		}
	});
});

describe('AT-03: conversion raised from 30 to 40', () => {
	test('the weights total 110, which is refused with the repairs of the case', () => {
		const raised: SchemeDocument = {
			...weights,
			items: weights.items.map((item) =>
				item.id === 'conversion' ? { ...item, weight: 40 } : item
			)
		};
		expect(cardOf(raised, onTarget)).toMatchObject({ status: 'error', score: null });
		const options = {
			metrics: pack.metrics,
			dictionary: packDictionary(pack.manifest, pack.metrics),
			baseline: weights
		};
		const [found] = analyseScheme(raised, options).diagnostics.filter(
			({ code }) => code === 'weights_not_100'
		);
		expect(found).toMatchObject({ severity: 'error' });
		expect(found?.message.en).toContain('110');
		const mended = (found?.repairs ?? []).flatMap(({ patch }) => applyPatch(raised, patch) ?? []);
		const offers = mended.map(({ items }) => items.map(({ weight }) => weight));
		expect(offers).toContainEqual([50, 40, 10]);
		expect(offers).toContainEqual([51.43, 40, 8.57]);
		// Nothing has to be collected again: the figures at hand give the target score.
		for (const offer of [
			[50, 40, 10],
			[51.43, 40, 8.57]
		]) {
			const repaired = mended.find(
				({ items }) => items.map(({ weight }) => weight).join() === offer.join()
			);
			expect(repaired && scoreOf(repaired, onTarget), offer.join('/')).toBe(100);
		}
	});
});

describe('AT-04: the target of a department divided by its people', () => {
	test('10 million among ten are a million each, and parts always total the whole', () => {
		expect(splitTarget(10_000_000, Array<number>(10).fill(1))).toEqual(
			Array<number>(10).fill(1_000_000)
		);
		const seven = splitTarget(10_000_000, Array<number>(7).fill(1)) ?? [];
		expect(seven.reduce((sum, part) => sum + part, 0)).toBe(10_000_000);
		expect(pack.metrics.get('team_contract_amount')).toMatchObject({ grain: 'unit' });
	});
});

describe('AT-05: the company target rises from 10 to 12 million', () => {
	test('each of ten is asked for 1.2 million, and the same million earns 50 instead of 60', () => {
		const [target = 0] = splitTarget(12_000_000, Array<number>(10).fill(1)) ?? [];
		expect(target).toBe(1_200_000);
		const at = (goal: number) =>
			itemScore(cardOf(points, onTarget, { 'target.contract_amount': goal }), 'sales');
		expect(at(1_000_000)).toBe(60);
		expect(at(target)).toBe(50);
		expect(scoreOf(weights, onTarget, { 'target.contract_amount': target })).toBeLessThan(90);
	});
	test('no rule holds the million as a number: it moves with the target', () => {
		expect(JSON.stringify(points.items)).not.toMatch(/1000000|100000\b/);
	});
});

describe('AT-06: excellent from 90, good from 80', () => {
	/** A conversion that brings the total of the scheme in points to what is wanted. */
	const graded = (total: number) =>
		cardOf(points, onTarget, { 'metric.conversion_rate': ((total - 70) / 30) * 0.2 });
	test.each([
		[90, 'excellent'],
		[89.99, 'good'],
		[80, 'good'],
		[79.99, 'fair']
	])('%d: %s', (total, grade) => {
		expect(graded(total)).toMatchObject({ score: total, grade });
	});
	test('the article ended at 80: the pack closes the gap down to 0', () => {
		expect(points.grades.map(({ id, from }) => [id, from])).toEqual([
			['excellent', 90],
			['good', 80],
			['fair', 60],
			['poor', 0]
		]);
	});
	test('the total is rounded before it is graded', () => {
		expect(graded(89.995)).toMatchObject({ score: 90, grade: 'excellent' });
		expect(graded(89.994)).toMatchObject({ score: 89.99, grade: 'good' });
	});
});

describe('AT-11: sales met, conversion low', () => {
	test.each(['sales', 'channel-sales'])('%s advises customer relationship training', (id) => {
		const scheme = documentOf(pack, id);
		const at = (figures: Given) => cardOf(scheme, onTarget, figures).insights;
		expect(at({ 'metric.conversion_rate': 0.19 })).toEqual(['relationship_training']);
		expect(at({})).toEqual([]);
		expect(at({ 'metric.conversion_rate': 0.19, 'metric.contract_amount': 999_000 })).toEqual([]);
	});
});

describe('AT-18: first for three months', () => {
	test('three months bring the talent pool, two do not', () => {
		const at = (streak: number) =>
			cardOf(points, onTarget, { 'metric.sales_first_streak': streak }).insights;
		expect(at(3)).toEqual(['high_potential']);
		expect(at(2)).toEqual([]);
	});
});

describe('AT-19: a newcomer who needs more support', () => {
	test('training at 80 % and probation at 60 % call for support', () => {
		const collection = documentOf(pack, 'collection');
		const at = (training: number, probation: number) =>
			cardOf(collection, {
				'metric.training_completion': training,
				'metric.probation_attainment': probation,
				...Object.fromEntries(
					collection.items.map(({ metric }) => [`metric.${metric}`, 1] as const)
				)
			}).insights.includes('probation_support');
		expect([at(0.8, 0.6), at(1, 0.9)]).toEqual([true, false]);
	});
});
