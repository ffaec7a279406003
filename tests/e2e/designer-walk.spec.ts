/** AT-12, AT-13, AT-14: the freight pack's sales scheme, built from a blank page; see `support/sales-walk.ts`. */
import { call } from './support/api.ts';
import { SchemeBuilder } from './support/build-scheme.ts';
import { DraftPage } from './support/designer.ts';
import { forbidPointers, PointingHand, TypingHand } from './support/hand.ts';
import { assertIsPack, build } from './support/sales-walk.ts';
import { expect, test } from './support/test.ts';

test('by mouse, the stored scheme is the pack’s', async ({ visit }) => {
	test.setTimeout(240_000);
	const page = await visit('designer');
	await assertIsPack(page, await build(page, new PointingHand()));
});

/** Weights of senior and of new sales. */
const AT_14 = [
	{ metric: 'new_customers', senior: 0, fresh: 60 },
	{ metric: 'quote_conversion', senior: 0, fresh: 40 },
	{ metric: 'repeat_rate', senior: 40, fresh: 0 },
	{ metric: 'profit_per_shipment', senior: 35, fresh: 0 },
	{ metric: 'collaboration_rating', senior: 25, fresh: 0 }
] as const;

test('AT-14: new and senior sales get weights of their own by keyboard only', async ({ visit }) => {
	const page = await visit('designer');
	await forbidPointers(page);
	const hand = new TypingHand(page);
	const builder = new SchemeBuilder(page, hand);
	const draft = new DraftPage(page);
	const id = await builder.start(`seniority-${Date.now().toString(36)}`, '新老销售方案');
	for (const { metric } of AT_14) {
		await hand.write(page.getByRole('searchbox', { name: /指标库/ }), metric);
		const card = page.locator(`[data-canvas] [data-item="${metric}"]`);
		if ((await card.count()) === 0)
			await hand.press(page.locator(`[data-metric="${metric}"]`).getByRole('button'));
		await expect(card).toBeVisible();
	}
	await hand.press(page.getByRole('button', { name: '按条件区分' }));
	const dialog = page.getByRole('dialog', { name: '按条件区分权重' });
	const condition = dialog.getByRole('group', { name: '适用条件', exact: true });
	await expect(condition).toContainText('司龄');
	await hand.write(condition.getByRole('textbox').first(), '18');
	await hand.write(dialog.getByLabel('这一列叫什么'), '资深销售');
	await hand.write(dialog.getByLabel('其他人叫什么'), '新销售');
	await hand.press(dialog.getByRole('button', { name: '添加分支' }));
	await expect(dialog).toHaveCount(0);
	await hand.press(page.getByRole('button', { name: '手动', exact: true }));
	for (const { metric, senior, fresh } of AT_14) {
		const card = page.locator(`[data-canvas] [data-item="${metric}"]`);
		await hand.write(card.getByRole('textbox', { name: /，资深销售$/ }), `${senior}%`);
		await hand.write(card.getByRole('textbox', { name: /，新销售$/ }), `${fresh}%`);
	}
	await expect(draft.totals().getByText('合计 100%')).toHaveCount(2);
	await page.keyboard.press('Control+s');
	await draft.saved();
	const { document } = await call<{ document: { items: { metric: string; weight: unknown }[] } }>(
		page,
		'demo',
		'GET',
		`drafts/${id}`
	);
	const senior = { '>=': [{ var: 'employee.tenure_months' }, 18] };
	expect(document.items.map(({ metric, weight }) => ({ metric, weight }))).toEqual(
		AT_14.map((item) => ({
			metric: item.metric,
			weight: { if: [senior, item.senior, item.fresh] }
		}))
	);
	await page.reload();
	await expect(page.getByRole('button', { name: '手动', exact: true })).toHaveAttribute(
		'aria-pressed',
		'true'
	);
});
