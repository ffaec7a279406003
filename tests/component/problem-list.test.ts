import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { SchemeWorkspace } from '#lib/designer/workspace/scheme-workspace.svelte.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import ProblemListStage from './ProblemListStage.svelte';

function scheme(weights: readonly number[], lowest: number): JsonObject {
	const items = weights.map((weight, index) => ({
		id: ['sales', 'conversion', 'teamwork'][index] ?? '',
		metric: ['sales', 'conversion', 'teamwork'][index] ?? '',
		class: 'result',
		weight,
		score: 80
	}));
	return {
		format: 'quanheng.scheme/1',
		id: 'sales',
		name: { 'zh-CN': '销售', en: 'Sales' },
		period: 'month',
		applies_to: true,
		weighting: 'percent',
		items,
		grades: [{ id: 'all', name: { 'zh-CN': '全部', en: 'All' }, from: lowest }]
	};
}

function workspaceOf(document: JsonObject): SchemeWorkspace {
	return new SchemeWorkspace({
		document,
		revision: 1,
		readonly: false,
		onsave: async () => ({ kind: 'saved', revision: 2 })
	});
}

const weightsOf = (workspace: SchemeWorkspace) =>
	workspace.scheme?.items.map(({ weight }) => weight);

test('AT-03: one press takes the ten points from sales, and undo brings them back', async () => {
	const workspace = workspaceOf(scheme([60, 40, 10], 0));
	const baseline = scheme([60, 30, 10], 0) as unknown as SchemeDocument;
	const screen = await render(ProblemListStage, { workspace, baseline });
	const wrong = screen.container.querySelector('[data-finding=weights_not_100]');
	expect(wrong?.querySelector('a')?.getAttribute('href')).toBe('/help#weights_not_100');
	expect(wrong?.textContent).not.toContain('豁免');
	wrong?.querySelector('button')?.click();
	await expect.poll(() => weightsOf(workspace)).toEqual([50, 40, 10]);
	workspace.undo();
	expect(weightsOf(workspace)).toEqual([60, 40, 10]);
});

test('a warning is waived with a reason only, and the waiver can be taken back', async () => {
	const workspace = workspaceOf(scheme([60, 30, 10], 90));
	const screen = await render(ProblemListStage, { workspace, baseline: null });
	const gap = () => screen.container.querySelector('[data-finding=grade_gap]');
	const press = (words: string) =>
		[...(gap()?.closest('li')?.querySelectorAll('button') ?? [])]
			.find((button) => button.textContent?.includes(words))
			?.click();
	press('豁免…');
	await expect.element(screen.getByRole('button', { name: '豁免这条警告' })).toBeDisabled();
	await screen.getByLabelText('为什么可以接受').fill('低分另行面谈');
	await screen.getByRole('button', { name: '豁免这条警告' }).click();
	expect(workspace.document['waivers']).toEqual([
		{ code: 'grade_gap', at: '/grades', reason: '低分另行面谈' }
	]);
	await expect.element(screen.getByText('已豁免：低分另行面谈')).toBeVisible();
	press('取消豁免');
	expect(workspace.document['waivers']).toBeUndefined();
});
