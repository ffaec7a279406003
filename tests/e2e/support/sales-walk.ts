/**
 * AT-12, AT-13, AT-14: HR builds the freight pack's sales scheme from a blank page, once by mouse and
 * once by keyboard only. What is stored then equals the pack's scheme in canonical form, apart from
 * what is told to people (notes, examples, insights), its origin, its presentation and its id, which
 * the demo client has already.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { canonicalJson } from '../../../src/lib/engine/logic/canonical.ts';
import type { Json } from '../../../src/lib/engine/logic/rule.ts';
import { call } from './api.ts';
import { SchemeBuilder, type WalkedScheme } from './build-scheme.ts';
import { DraftPage } from './designer.ts';
import type { Hand } from './hand.ts';
import { expect, test } from './test.ts';

const PACK = fileURLToPath(
	new URL('../../../rule-packs/freight-forwarding/schemes/sales.json', import.meta.url)
);
const text = readFileSync(PACK, 'utf8');
const scheme = JSON.parse(text) as WalkedScheme;

/** The document without what the walk does not make. */
function meaning(document: Record<string, unknown>): Record<string, Json> {
	const {
		id: _id,
		origin: _origin,
		note: _note,
		examples: _examples,
		insights: _insights,
		view: _view,
		...rest
	} = document;
	const items = (rest['items'] as Record<string, unknown>[]).map(
		({ note: _itemNote, ...item }) => item
	);
	return { ...rest, items } as unknown as Record<string, Json>;
}

/** Builds the pack's scheme from a blank page; answers with the draft's id. */
export async function build(page: Page, hand: Hand): Promise<string> {
	const builder = new SchemeBuilder(page, hand);
	const id = await test.step('a blank draft', () =>
		builder.start(`sales-${hand.name}-${Date.now().toString(36)}`, scheme.name['zh-CN']));
	const draft = new DraftPage(page);

	for (const item of scheme.items) await test.step(`the item ${item.id}`, () => builder.item(item));

	await test.step('weights of senior and new sales', async () => {
		await builder.branch(scheme.items[0]?.weight.if[0] ?? null, '资深销售', '新销售');
		await builder.weights(scheme.items, ['资深销售', '新销售']);
		await expect(draft.totals().getByText('合计 100%')).toHaveCount(2);
	});

	await test.step('names, scope, grades and pay', async () => {
		await builder.view(/^总分/);
		await builder.names(builder.panel('方案名称'), { id: '', name: scheme.name }, false);
		await builder.rule(builder.panel('适用于谁'), '适用范围', scheme.applies_to as never);
		const panel = builder.panel('等级');
		for (const [index, grade] of scheme.grades.entries()) {
			await hand.press(panel.getByRole('button', { name: '添加', exact: true }));
			await hand.write(panel.getByLabel('最低分', { exact: true }).nth(index), String(grade.from));
		}
		const rows = panel.getByRole('button', { name: /的中英文名称与代号$/ });
		for (const [index, grade] of scheme.grades.entries())
			await builder.names(rows.nth(index).locator('xpath=..'), grade);
		const pay = builder.panel('奖金');
		await hand.press(pay.getByRole('button', { name: '添加', exact: true }));
		await builder.rule(pay, '金额', scheme.payout.amount as never);
		const decimals = pay.getByLabel('小数位');
		await hand.write(decimals, '3');
		await hand.write(decimals, String(scheme.payout.decimals));
	});

	await test.step('the team bonus and the gates', async () => {
		await builder.view(/^加减分/);
		for (const [index, adjustment] of scheme.adjustments.entries()) {
			await hand.press(builder.panel('加减分').getByRole('button', { name: '添加', exact: true }));
			const card = page.locator('[data-rule-card^="adjustments/"]').nth(index);
			await builder.names(card, adjustment);
			await builder.rule(card, '什么时候', adjustment.when);
			await hand.write(card.getByLabel('分值'), String(adjustment.points));
		}
		for (const [index, gate] of scheme.gates.entries()) {
			await hand.press(builder.panel('红线').getByRole('button', { name: '添加', exact: true }));
			const card = page.locator('[data-rule-card^="gates/"]').nth(index);
			await builder.names(card, gate);
			await builder.rule(card, '什么时候', gate.when);
			if (gate.effect.grade !== undefined) {
				await hand.choose(card.getByLabel('触发后'), '等级不高于');
				const name = scheme.grades.find(({ id }) => id === gate.effect.grade)?.name['zh-CN'] ?? '';
				await hand.choose(card.getByLabel('等级', { exact: true }), name);
			} else await hand.write(card.getByLabel('分数', { exact: true }), String(gate.effect.cap));
		}
	});

	await test.step('the warning that is accepted, with its reason', async () => {
		for (const { code, reason } of scheme.waivers) {
			const row = draft
				.side()
				.locator('li')
				.filter({ has: page.locator(`[data-finding="${code}"]`) });
			await hand.press(row.getByRole('button', { name: '豁免…' }));
			await hand.write(page.getByLabel('为什么可以接受'), reason);
			const submit = page.getByRole('button', { name: '豁免这条警告' });
			if ((await submit.count()) > 0) await hand.press(submit);
			await expect(submit).toHaveCount(0);
		}
	});
	await page.keyboard.press('Control+s');
	await draft.saved();
	return id;
}

/** What is stored is the pack's scheme. */
export async function assertIsPack(page: Page, id: string): Promise<void> {
	const { document } = await call<{ document: Record<string, unknown> }>(
		page,
		'demo',
		'GET',
		`drafts/${id}`
	);
	const stored = meaning(document);
	const wanted = meaning(JSON.parse(text) as Record<string, unknown>);
	expect(stored).toEqual(wanted);
	expect(canonicalJson(stored)).toBe(canonicalJson(wanted));
}
