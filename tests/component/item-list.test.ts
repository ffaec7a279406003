import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { SchemeWorkspace } from '#lib/designer/workspace/scheme-workspace.svelte.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import ItemListStage from './ItemListStage.svelte';

function item(id: string, weight: number): JsonObject {
	return {
		id,
		metric: id,
		name: { 'zh-CN': id, en: id },
		class: 'result',
		weight,
		score: { var: 'item.actual' }
	};
}

function workspaceOf(weights: Readonly<Record<string, number>>): SchemeWorkspace {
	return new SchemeWorkspace({
		document: {
			format: 'quanheng.scheme/1',
			id: 'sales',
			name: { 'zh-CN': '销售', en: 'Sales' },
			period: 'month',
			applies_to: true,
			weighting: 'percent',
			items: Object.entries(weights).map(([id, weight]) => item(id, weight)),
			grades: [{ id: 'all', name: { 'zh-CN': '全部', en: 'All' }, from: 0 }]
		},
		revision: 1,
		readonly: false,
		onsave: async () => ({ kind: 'saved', revision: 2 })
	});
}

const weightsOf = (workspace: SchemeWorkspace) =>
	workspace.scheme?.items.map((one) => Number(one.weight));
const total = (workspace: SchemeWorkspace) =>
	weightsOf(workspace)?.reduce((sum, weight) => sum + weight, 0);

test('a weight moved by keys takes from the others, and the total stays 100', async () => {
	const workspace = workspaceOf({ revenue: 40, repeat: 35, rating: 25 });
	const screen = await render(ItemListStage, { workspace });
	const slider = screen.getByRole('slider').first();
	(slider.element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
	await expect.poll(() => weightsOf(workspace)?.[0]).toBe(43);
	expect(total(workspace)).toBe(100);
	await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
	await expect.poll(() => weightsOf(workspace)).toEqual([40, 35, 25]);
	await expect.element(screen.getByText('100%', { exact: false }).first()).toBeVisible();
});

test('in manual mode a wrong total is named', async () => {
	const workspace = workspaceOf({ revenue: 60, repeat: 30, rating: 10 });
	workspace.balance = 'manual';
	const screen = await render(ItemListStage, { workspace });
	const field = screen.getByRole('textbox').nth(1);
	await field.fill('40%');
	await userEvent.keyboard('{Enter}');
	await expect.poll(() => total(workspace)).toBe(110);
	await expect.element(screen.getByText('110%', { exact: false }).first()).toBeVisible();
});

test('every edit can be undone and done again', async () => {
	const workspace = workspaceOf({ revenue: 60, repeat: 40 });
	const screen = await render(ItemListStage, { workspace });
	await screen.getByRole('textbox').first().fill('70');
	await userEvent.keyboard('{Enter}');
	await expect.poll(() => weightsOf(workspace)).toEqual([70, 30]);
	workspace.undo();
	expect(weightsOf(workspace)).toEqual([60, 40]);
	workspace.redo();
	expect(weightsOf(workspace)).toEqual([70, 30]);
});
