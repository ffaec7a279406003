import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { applyEdits } from '#lib/engine/revise/apply.ts';
import { diffSchemes } from '#lib/engine/revise/diff.ts';
import { editGroups } from '#lib/engine/revise/groups.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { randomDocument } from './random-documents.ts';

const RUNS = { numRuns: 1_500, seed: 20_250_701 };

const base: SchemeDocument = {
	format: 'quanheng.scheme/1',
	id: 'trade-sales',
	name: { 'zh-CN': '外贸销售', en: 'Trade sales' },
	period: 'month',
	applies_to: true,
	weighting: 'percent',
	items: [
		{
			id: 'sales',
			metric: 'sales',
			name: { 'zh-CN': '销售额', en: 'Sales' },
			class: 'result',
			weight: 60,
			score: { var: 'item.actual' }
		},
		{
			id: 'conversion',
			metric: 'conversion',
			name: { 'zh-CN': '新客户转化率', en: 'New-customer conversion' },
			class: 'result',
			weight: 30,
			score: { var: 'item.actual' }
		},
		{ id: 'teamwork', metric: 'teamwork', class: 'behaviour', weight: 10, score: 100 }
	],
	grades: [{ id: 'good', name: { 'zh-CN': '良好', en: 'good' }, from: 80 }]
};

const withItem = (index: number, change: object): SchemeDocument => ({
	...base,
	items: base.items.map((item, at) => (at === index ? { ...item, ...change } : item))
});

/** Properties run long where the machine is shared. */
vi.setConfig({ testTimeout: 240_000 });

describe('the semantic difference', () => {
	it('says a changed weight as a person would', () => {
		const [edit] = diffSchemes(base, withItem(1, { weight: 40 }));
		expect(edit).toMatchObject({
			id: 'items.conversion.weight',
			kind: 'weight',
			at: '/items/1/weight',
			group: 'weights',
			sentence: {
				'zh-CN': '新客户转化率权重 30% → 40%',
				en: 'New-customer conversion: weight 30% → 40%'
			}
		});
	});

	it('is empty for another order of keys', () => {
		const { grades, items, ...rest } = base;
		expect(diffSchemes(base, { grades, items, ...rest })).toEqual([]);
	});

	it('keeps another spelling of the same rule apart as cosmetic', () => {
		const [edit] = diffSchemes(base, withItem(0, { score: { var: ['item.actual'] } }));
		expect([edit?.kind, edit?.group]).toEqual(['cosmetic', 'text']);
	});

	it('tells added, removed, moved, score, condition, gate, grade and text apart', () => {
		const [first, second] = base.items;
		const newer = {
			...base,
			applies_to: { '==': [{ var: 'employee.position' }, 'sales'] },
			name: { 'zh-CN': '外贸', en: 'Trade' },
			items: [
				second,
				{ ...first, score: 90 },
				{ id: 'visits', metric: 'visits', class: 'process', weight: 10, score: 100 }
			],
			gates: [
				{
					id: 'accident',
					name: { 'zh-CN': '事故', en: 'accident' },
					when: true,
					effect: { cap: 60 }
				}
			],
			grades: [{ ...base.grades[0], from: 85 }]
		} as unknown as SchemeDocument;
		const edits = diffSchemes(base, newer);
		expect(edits.map(({ id, kind, group }) => [id, kind, group])).toEqual([
			['name', 'text', 'text'],
			['applies_to', 'condition', 'applies_to'],
			['items.teamwork', 'removed', 'items.teamwork'],
			['items.sales.score', 'score', 'items.sales'],
			['items.visits', 'added', 'items.visits'],
			['items.order', 'moved', 'items.order'],
			['gates.accident', 'added', 'gates.accident'],
			['grades.good.from', 'grade', 'grades']
		]);
		expect(editGroups(edits).map(({ id }) => id)).toContain('items.sales');
		for (const { sentence } of edits) {
			expect(sentence['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
			expect(sentence.en).not.toMatch(/[\u4e00-\u9fff]/);
		}
	});
});

describe('edits', () => {
	it('turn the older document into the newer one', () => {
		fc.assert(
			fc.property(randomDocument, randomDocument, (a, b) => {
				expect(applyEdits(a, diffSchemes(a, b))).toEqual(b);
			}),
			RUNS
		);
	});

	it('leave the document that they are applied to alone', () => {
		fc.assert(
			fc.property(randomDocument, randomDocument, (a, b) => {
				const before = structuredClone(a);
				applyEdits(a, diffSchemes(a, b));
				expect(a).toEqual(before);
			}),
			{ ...RUNS, numRuns: 300 }
		);
	});

	it('are named once each', () => {
		fc.assert(
			fc.property(randomDocument, randomDocument, (a, b) => {
				const ids = diffSchemes(a, b).map(({ id }) => id);
				expect(new Set(ids).size).toBe(ids.length);
			}),
			{ ...RUNS, numRuns: 300 }
		);
	});

	it('give a hybrid with only what they name, applied one group at a time', () => {
		fc.assert(
			fc.property(
				randomDocument,
				randomDocument,
				fc.integer({ min: 0, max: 255 }),
				(a, b, mask) => {
					const groups = editGroups(diffSchemes(a, b));
					const chosen = groups.filter((_, index) => (mask >> (index % 8)) & 1);
					const hybrid = applyEdits(
						a,
						chosen.flatMap(({ edits }) => edits)
					);
					const rest = diffSchemes(a, hybrid).map(({ group }) => group);
					const names = new Set(chosen.map(({ id }) => id));
					expect(rest.filter((group) => !names.has(group) && !group.endsWith('order'))).toEqual([]);
				}
			),
			{ ...RUNS, numRuns: 500 }
		);
	});
});
