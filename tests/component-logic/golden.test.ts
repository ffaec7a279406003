/** Golden employees: held against every change, accepted only as a step of its own with a reason. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { setAt } from '#lib/designer/document-path.ts';
import {
	acceptedOf,
	acceptResult,
	checkGolden,
	expectationOf,
	isReal,
	putExample,
	removeExample,
	scoreGiven,
	variablesToGive
} from '#lib/designer/golden/golden.ts';

const DOCUMENT = {
	format: 'quanheng.scheme/1',
	id: 'sales',
	name: { 'zh-CN': '销售', en: 'Sales' },
	period: 'month',
	applies_to: true,
	weighting: 'percent',
	items: [
		{
			id: 'revenue',
			metric: 'revenue',
			class: 'result',
			weight: 100,
			score: { '*': [{ var: 'item.attainment' }, 100] }
		}
	],
	grades: [{ id: 'good', name: { 'zh-CN': '良好', en: 'Good' }, from: 0 }],
	examples: [
		{
			name: '甲',
			given: { 'metric.revenue': 90, 'target.revenue': 100 },
			expect: { score: 90, 'items.revenue.score': 90 }
		}
	]
} as const;

const asScheme = (document: unknown) => document as unknown as SchemeDocument;
const changed = setAt(DOCUMENT as unknown as JsonObject, ['items', 0, 'score'], 80) as JsonObject;

describe('golden employees', () => {
	test('a change that moves a result says which and by how much', () => {
		expect(checkGolden(asScheme(DOCUMENT))?.[0]?.passed).toBe(true);
		expect(checkGolden(asScheme(changed))?.[0]?.mismatches).toEqual([
			{ key: 'score', expected: 90, found: 80 },
			{ key: 'items.revenue.score', expected: 90, found: 80 }
		]);
	});

	test('an accepted result is expected from then on, and its reason stays', () => {
		const [result] = checkGolden(asScheme(changed)) ?? [];
		if (!result) throw new Error('no result');
		const accepted = acceptResult(changed, result, '甲', '新口径');
		expect(checkGolden(asScheme(accepted))?.[0]?.passed).toBe(true);
		expect(acceptedOf(accepted)).toEqual([
			{
				example: '甲',
				reason: '新口径',
				changes: [
					{ key: 'score', was: 90, now: 80 },
					{ key: 'items.revenue.score', was: 90, now: 80 }
				]
			}
		]);
		expect(acceptedOf(changed)).toEqual([]);
	});

	test('what comes out now can be taken as what is expected', () => {
		const scorecard = scoreGiven(
			asScheme(DOCUMENT),
			{ 'metric.revenue': 50, 'target.revenue': 100 },
			undefined
		);
		expect(scorecard && expectationOf(scorecard, ['revenue'])).toEqual({
			status: 'scored',
			score: 50,
			grade: 'good',
			'items.revenue.score': 50
		});
	});

	test('a missing figure is expected as incomplete, never as zero', () => {
		const scorecard = scoreGiven(asScheme(DOCUMENT), { 'target.revenue': 100 }, undefined);
		expect(scorecard && expectationOf(scorecard, [])).toEqual({ status: 'incomplete' });
	});

	test('an example is added, replaced and removed in its place', () => {
		const added = { name: '乙', given: { 'employee.id': 'E1' }, expect: {} };
		const next = putExample(changed, 1, added) as unknown as SchemeDocument;
		expect(next.examples?.map(({ name }) => name)).toEqual(['甲', '乙']);
		expect(next.examples?.map(isReal)).toEqual([false, true]);
		const replaced = putExample(changed, 0, added) as unknown as SchemeDocument;
		expect(replaced.examples?.map(({ name }) => name)).toEqual(['乙']);
		expect((removeExample(changed, 0) as unknown as SchemeDocument).examples).toEqual([]);
	});

	test('figures that may be given are those that the rules read', () => {
		expect(variablesToGive(asScheme(DOCUMENT))).toEqual(['metric.revenue', 'target.revenue']);
	});
});
