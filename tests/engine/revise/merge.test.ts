import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { diffSchemes } from '#lib/engine/revise/diff.ts';
import { mergeSchemes } from '#lib/engine/revise/merge.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { randomDocument } from './random-documents.ts';

const RUNS = { numRuns: 1_000, seed: 20_250_701 };

/** Errors other than weights that miss 100, which each side may bring by itself. */
const errorsOf = (document: SchemeDocument): string[] =>
	parseScheme(document)
		.diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'weights_not_100')
		.map(({ code, at }) => `${code} ${at}`);

/** Properties run long where the machine is shared. */
vi.setConfig({ testTimeout: 240_000 });

describe('the three-way merge', () => {
	it('gives the changed side where only one side changed', () => {
		fc.assert(
			fc.property(randomDocument, randomDocument, (x, y) => {
				expect(mergeSchemes(x, x, y)).toEqual({ merged: y, conflicts: [] });
				expect(mergeSchemes(x, y, x)).toEqual({ merged: y, conflicts: [] });
			}),
			RUNS
		);
	});

	it('agrees where both sides made the same edit', () => {
		fc.assert(
			fc.property(randomDocument, randomDocument, (x, y) => {
				expect(mergeSchemes(x, y, y)).toEqual({ merged: y, conflicts: [] });
			}),
			RUNS
		);
	});

	it('drops no edit silently: each of theirs is in the result or in the conflicts', () => {
		fc.assert(
			fc.property(randomDocument, randomDocument, randomDocument, (base, ours, theirs) => {
				const { merged, conflicts } = mergeSchemes(base, ours, theirs);
				const lost = diffSchemes(base, theirs).filter(({ path, after }) => {
					const stillDiffers = diffSchemes(merged, theirs).find(
						(edit) => edit.path.join() === path.join()
					);
					if (!stillDiffers) return false;
					const named = conflicts.some(
						(conflict) =>
							conflict.path.every((token, index) => path[index] === token) ||
							path.every((token, index) => conflict.path[index] === token)
					);
					return (
						!named &&
						JSON.stringify(stillDiffers.after) === JSON.stringify(after) &&
						!path.join().includes('#')
					);
				});
				expect(lost).toEqual([]);
			}),
			RUNS
		);
	});

	it('gives a document that parses wherever both sides do', () => {
		fc.assert(
			fc.property(randomDocument, randomDocument, randomDocument, (base, ours, theirs) => {
				if (errorsOf(ours).length > 0 || errorsOf(theirs).length > 0) return;
				expect(errorsOf(mergeSchemes(base, ours, theirs).merged)).toEqual([]);
			}),
			RUNS
		);
	});

	it('has no conflict where different ids were touched, and keeps the order of lists', () => {
		fc.assert(
			fc.property(randomDocument, fc.integer({ min: 0, max: 3 }), (base, pick) => {
				const mine = pick % base.items.length;
				const theirs = (mine + 1) % base.items.length;
				if (mine === theirs) return;
				const change = (at: number, weight: number): SchemeDocument => ({
					...base,
					items: base.items.map((item, index) => (index === at ? { ...item, weight } : item))
				});
				const result = mergeSchemes(base, change(mine, 41), change(theirs, 42));
				expect(result.conflicts).toEqual([]);
				expect(result.merged.items.map(({ id }) => id)).toEqual(base.items.map(({ id }) => id));
				expect(result.merged.items[mine]?.weight).toBe(41);
				expect(result.merged.items[theirs]?.weight).toBe(42);
			}),
			RUNS
		);
	});

	it('shows base, ours and theirs where both changed one place', () => {
		fc.assert(
			fc.property(randomDocument, (base) => {
				const change = (weight: number): SchemeDocument => ({
					...base,
					items: base.items.map((item, index) => (index === 0 ? { ...item, weight } : item))
				});
				const { merged, conflicts } = mergeSchemes(base, change(43), change(44));
				expect(conflicts).toHaveLength(1);
				expect(conflicts[0]).toMatchObject({ base: base.items[0]?.weight, ours: 43, theirs: 44 });
				expect(merged).toEqual(change(43));
			}),
			{ ...RUNS, numRuns: 50 }
		);
	});

	it('reports an item that one side removed and the other changed', () => {
		fc.assert(
			fc.property(randomDocument, (base) => {
				if (base.items.length < 2) return;
				const removed = { ...base, items: base.items.slice(1) };
				const changed = {
					...base,
					items: base.items.map((item, index) => (index === 0 ? { ...item, weight: 44 } : item))
				};
				expect(mergeSchemes(base, removed, changed).conflicts).toHaveLength(1);
				expect(mergeSchemes(base, changed, removed).conflicts).toHaveLength(1);
			}),
			{ ...RUNS, numRuns: 50 }
		);
	});

	it('keeps a gate from naming a grade that the other side removed', () => {
		const good = { id: 'good', name: { 'zh-CN': '良好', en: 'good' }, from: 80 };
		const fair = { id: 'fair', name: { 'zh-CN': '合格', en: 'fair' }, from: 0 };
		const base = {
			format: 'quanheng.scheme/1',
			id: 'sales',
			name: good.name,
			period: 'month',
			applies_to: true,
			weighting: 'points',
			items: [{ id: 'a', metric: 'a', class: 'result', score: 1 }],
			grades: [good, fair]
		} as unknown as SchemeDocument;
		const ours = { ...base, grades: [good] };
		const theirs = {
			...base,
			gates: [{ id: 'accident', name: good.name, when: true, effect: { grade: 'fair' } }]
		};
		const { merged, conflicts } = mergeSchemes(base, ours, theirs);
		expect(errorsOf(merged)).toEqual([]);
		expect(conflicts.map(({ id, reason }) => [id, reason])).toEqual([
			['gates.accident', 'does_not_fit']
		]);
	});
});
