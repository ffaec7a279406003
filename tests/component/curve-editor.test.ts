/**
 * The curve editor writes a rule only when somebody edits it: every score rule of the packs and a
 * thousand random ones are opened and closed without a byte changed.
 */
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { JsonObject, Rule } from '#lib/engine/logic/rule.ts';
import { SchemeWorkspace } from '#lib/designer/workspace/scheme-workspace.svelte.ts';
import { randomNumberRule } from '../engine/generators/rules.ts';
import { Random } from '../engine/generators/random.ts';
import CurveStage from './CurveStage.svelte';

const SEED = 20_261_122;
/** Each is shown in turn by one editor; a new page for each would take minutes. */
const RANDOM_RULES = 1000;

const packs = import.meta.glob<JsonObject>('../../rule-packs/*/schemes/*.json', {
	eager: true,
	import: 'default'
});
const packRules = Object.values(packs).flatMap((scheme) =>
	(scheme['items'] as unknown as readonly { readonly score: Rule }[]).map(({ score }) => score)
);

function documentOf(score: Rule): JsonObject {
	return {
		format: 'quanheng.scheme/1',
		id: 'sales',
		name: { 'zh-CN': '销售', en: 'Sales' },
		period: 'month',
		applies_to: true,
		weighting: 'percent',
		items: [{ id: 'sales', metric: 'sales', class: 'result', weight: 100, score }],
		grades: [{ id: 'all', name: { 'zh-CN': '全部', en: 'All' }, from: 0 }]
	};
}

function workspaceOf(score: Rule): SchemeWorkspace {
	return new SchemeWorkspace({
		document: documentOf(score),
		revision: 1,
		readonly: false,
		onsave: async () => ({ kind: 'saved', revision: 2 })
	});
}

const scoreOf = (workspace: SchemeWorkspace) => workspace.scheme?.items[0]?.score;

/** Shows each rule in the editor and looks whether showing it changed it. */
async function openAndClose(rules: readonly Rule[]): Promise<void> {
	const workspace = workspaceOf(rules[0] ?? 0);
	const screen = await render(CurveStage, { workspace });
	for (const rule of rules) {
		const text = JSON.stringify(rule);
		workspace.set('other', ['items', 0, 'score'], rule);
		await new Promise((resolve) => requestAnimationFrame(resolve));
		expect(JSON.stringify(scoreOf(workspace))).toBe(text);
	}
	await screen.unmount();
	workspace.dispose();
}

test('every score rule of the packs is opened and closed without a byte changed', async () => {
	expect(packRules.length).toBeGreaterThan(120);
	await openAndClose(packRules);
});

test('so are a thousand random rules', async () => {
	const random = new Random(SEED);
	const rules = random.times(RANDOM_RULES, () =>
		randomNumberRule(random, { depth: 3, variables: ['item.actual', 'item.attainment'] })
	);
	await openAndClose(rules);
}, 120_000);

const CURVE: Rule = {
	curve: [
		{ var: 'item.attainment' },
		[
			[0.6, 0],
			[1, 100]
		]
	]
};

test('arrow keys move a point, finer with Shift; Escape takes the keys back as one', async () => {
	const workspace = workspaceOf(CURVE);
	const screen = await render(CurveStage, { workspace });
	const point = screen.getByRole('slider').nth(1);
	(point.element() as SVGElement).focus();
	await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
	expect(scoreOf(workspace)).toEqual({
		curve: [
			{ var: 'item.attainment' },
			[
				[0.6, 0],
				[1.01, 98]
			]
		]
	});
	await userEvent.keyboard('{Escape}');
	expect(scoreOf(workspace)).toEqual(CURVE);
	expect(workspace.history).toEqual([]);
	await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
	expect(JSON.stringify(scoreOf(workspace))).toContain('100.1');
	workspace.dispose();
});

test('Insert adds a point, Delete removes it, the last two stay', async () => {
	const workspace = workspaceOf(CURVE);
	const screen = await render(CurveStage, { workspace });
	(screen.getByRole('slider').first().element() as SVGElement).focus();
	await userEvent.keyboard('{Insert}');
	await expect.element(screen.getByRole('slider').nth(2)).toBeVisible();
	(screen.getByRole('slider').nth(1).element() as SVGElement).focus();
	await userEvent.keyboard('{Delete}');
	await expect.poll(() => JSON.stringify(scoreOf(workspace))).toBe(JSON.stringify(CURVE));
	(screen.getByRole('slider').first().element() as SVGElement).focus();
	await userEvent.keyboard('{Delete}');
	expect(scoreOf(workspace)).toEqual(CURVE);
	workspace.dispose();
});

test('an end that nobody decided is flagged, and a chosen one is part of the rule', async () => {
	const workspace = workspaceOf(CURVE);
	const screen = await render(CurveStage, { workspace });
	await screen.getByLabelText('第一点以下').selectOptions('undefined');
	await expect.element(screen.getByText(/低于 60% 时没有得分/)).toHaveClass('text-warn');
	expect(scoreOf(workspace)).toEqual({
		if: [{ '<': [{ var: 'item.attainment' }, 0.6] }, null, CURVE]
	});
	workspace.dispose();
});
