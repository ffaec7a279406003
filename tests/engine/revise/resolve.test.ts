import { describe, expect, it } from 'vitest';
import { mergeSchemes } from '#lib/engine/revise/merge.ts';
import { takeTheirs } from '#lib/engine/revise/resolve.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { item, read, scheme } from '../generators/plain-scheme.ts';

const actual = read('item.actual');
const base = scheme({
	items: [item('sales', 60, actual), item('profit', 30, actual), item('team', 10, actual)]
});
const change = (document: SchemeDocument, id: string, more: object): SchemeDocument => ({
	...document,
	items: document.items.map((one) => (one.id === id ? { ...one, ...more } : one))
});

describe('a conflict', () => {
	it('is decided place by place: mine here, theirs there', () => {
		const ours = change(change(base, 'sales', { weight: 50 }), 'profit', { weight: 40 });
		const theirs = change(change(base, 'sales', { weight: 70 }), 'profit', { weight: 20 });
		const { merged, conflicts } = mergeSchemes(base, ours, theirs);
		const sales = conflicts.filter(({ id }) => id === 'items.sales.weight');
		const settled = takeTheirs(merged, theirs, sales);
		expect(settled.items.map(({ weight }) => weight)).toEqual([70, 40, 10]);
		expect(merged.items.map(({ weight }) => weight)).toEqual([50, 40, 10]);
	});

	it('over an item that I removed brings it back to its place', () => {
		const ours = { ...base, items: base.items.filter(({ id }) => id !== 'profit') };
		const theirs = change(base, 'profit', { weight: 35 });
		const { merged, conflicts } = mergeSchemes(base, ours, theirs);
		const settled = takeTheirs(merged, theirs, conflicts);
		expect(settled.items.map(({ id, weight }) => [id, weight])).toEqual([
			['sales', 60],
			['profit', 35],
			['team', 10]
		]);
	});

	it('over an item that they removed removes it', () => {
		const ours = change(base, 'profit', { weight: 35 });
		const theirs = { ...base, items: base.items.filter(({ id }) => id !== 'profit') };
		const { merged, conflicts } = mergeSchemes(base, ours, theirs);
		expect(takeTheirs(merged, theirs, conflicts).items.map(({ id }) => id)).toEqual([
			'sales',
			'team'
		]);
	});
});
