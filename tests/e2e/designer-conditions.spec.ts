/**
 * Conditions, tables, formulas and the JSON view of a draft, built by mouse and by keyboard alone. What
 * is built is read back from the server, where it must be the rule that the pack ships.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { Json } from '../../src/lib/engine/logic/rule.ts';
import { call } from './support/api.ts';
import { DraftPage } from './support/designer.ts';
import { tabTo } from './support/keyboard.ts';
import { expect, open, test } from './support/test.ts';

/** AT-13: the team reaches 120 % of its shipments, everybody gets 10 points. */
const TEAM_BONUS: Json = {
	'>=': [{ round: [{ var: 'team.shipments.attainment' }, 6] }, 1.2]
};
/** AT-14: sales people whose tenure is known. */
const SALES: Json = {
	and: [
		{ '==': [{ var: 'employee.position' }, 'sales'] },
		{ '!=': [{ var: 'employee.tenure_months' }, null] }
	]
};

const NAME = { 'zh-CN': '加分', en: 'Bonus' };
let count = 0;

/** A draft of this test's own, with as much as a condition needs around it. */
async function draftOf(page: Page, more: Record<string, unknown> = {}): Promise<string> {
	await open(page, '/clients/demo/schemes');
	const id = `conditions-${Date.now().toString(36)}-${++count}`;
	const item = (name: string, metric: string, weight: number) => ({
		id: name,
		metric,
		class: 'result',
		weight,
		score: {
			curve: [
				{ var: 'item.attainment' },
				[
					[0, 0],
					[1, 100]
				]
			]
		}
	});
	const draft = await call<{ id: string }>(page, 'demo', 'POST', 'drafts', {
		from: 'document',
		document: {
			format: 'quanheng.scheme/1',
			id,
			name: { 'zh-CN': '条件练习', en: 'Conditions' },
			period: 'month',
			applies_to: true,
			weighting: 'percent',
			items: [
				item('revenue', 'collected_revenue', 60),
				item('repeat', 'repeat_rate', 30),
				item('teamwork', 'collaboration_rating', 10)
			],
			grades: [
				{ id: 'good', name: { 'zh-CN': '良好', en: 'Good' }, from: 80 },
				{ id: 'fair', name: { 'zh-CN': '合格', en: 'Fair' }, from: 0 }
			],
			...more
		}
	});
	return draft.id;
}

async function stored(page: Page, id: string): Promise<Record<string, Json>> {
	const draft = await call<{ document: Record<string, Json> }>(page, 'demo', 'GET', `drafts/${id}`);
	return draft.document;
}

/** Waits until the server holds what is expected at a place of the document. */
async function expectStored(page: Page, id: string, read: (document: Json) => Json, value: Json) {
	await expect
		.poll(async () => read((await stored(page, id)) as Json), { timeout: 15_000 })
		.toEqual(value);
}

function part(document: Json, ...path: (string | number)[]): Json {
	return path.reduce<Json>(
		(value, key) => (value as Record<string | number, Json> | null)?.[key] ?? null,
		document
	);
}

async function pick(page: Page, row: Locator, from: string, name: string): Promise<void> {
	await row.getByRole('button', { name: `变量：${from}` }).click();
	const search = page.getByRole('combobox', { name: /按名称/ });
	await search.fill(name);
	await page.getByRole('listbox').getByRole('option', { name }).first().click();
	await expect(search).toBeHidden();
}

test('AT-13 and AT-14 are built by mouse, with the people for whom they hold', async ({
	visit
}) => {
	const page = await visit('designer');
	const id = await draftOf(page);
	await open(page, `/clients/demo/drafts/${id}?view=rules`);
	await page.getByRole('button', { name: '添加' }).first().click();
	const card = page.getByRole('region', { name: '加分', exact: true });
	await card.getByRole('button', { name: /^变量：/ }).click();
	await page.getByRole('combobox', { name: /按名称/ }).fill('team.shipments.att');
	await page.getByRole('listbox').getByRole('option').first().click();
	await card.getByRole('textbox', { name: '值', exact: true }).fill('120%');
	await card.getByRole('textbox', { name: '值', exact: true }).press('Enter');
	await card.getByRole('button', { name: /更多操作/ }).click();
	await page.getByRole('menuitem', { name: /左侧改用公式/ }).click();
	await card.getByRole('textbox', { name: '分值' }).fill('10');
	await card.getByRole('textbox', { name: '分值' }).press('Enter');
	await expectStored(page, id, (document) => part(document, 'adjustments', 0, 'when'), TEAM_BONUS);
	await expectStored(page, id, (document) => part(document, 'adjustments', 0, 'points'), 10);

	const hits = card.getByRole('button', { name: /命中 \d+\/\d+ 人/ });
	await hits.click();
	const near = page.getByRole('dialog', { name: /团队票量完成率/ });
	await expect(near.getByText('刚好满足')).toBeVisible();
	await expect(near.getByText('差一点满足')).toBeVisible();
	await page.keyboard.press('Escape');

	await page.getByRole('tab', { name: /总分、等级/ }).click();
	const scope = page.getByRole('group', { name: '适用范围' });
	await scope.getByRole('button', { name: '添加条件' }).click();
	await scope.getByRole('button', { name: /^变量：/ }).click();
	await page.getByRole('combobox', { name: /按名称/ }).fill('岗位');
	await page.getByRole('listbox').getByRole('option').first().click();
	await scope.getByLabel('值', { exact: true }).selectOption('sales');
	await scope.getByRole('button', { name: '添加条件' }).click();
	const second = scope.locator('[data-part="/and/1"]');
	await pick(page, second, await chosen(second), '司龄');
	await second.getByLabel('比较').selectOption('present');
	await expectStored(page, id, (document) => part(document, 'applies_to'), SALES);
});

/** The variable that a row shows. */
async function chosen(row: Locator): Promise<string> {
	const label = await row.getByRole('button', { name: /^变量：/ }).getAttribute('aria-label');
	return label?.replace(/^变量：/, '') ?? '';
}

test('the same conditions are built by keyboard alone', async ({ visit }) => {
	const page = await visit('designer');
	const id = await draftOf(page, {
		adjustments: [
			{ id: 'team', name: NAME, when: { '>=': [{ var: 'base_score' }, 1] }, points: 10 }
		]
	});
	await open(page, `/clients/demo/drafts/${id}?view=rules`);
	const variable = page.getByRole('button', { name: /^变量：/ });
	await tabTo(page, `变量：${await chosen(page.getByRole('main'))}`, 'button', 90);
	await page.keyboard.press('Enter');
	await page.keyboard.type('team.shipments.att');
	await page.keyboard.press('Enter');
	await expect(variable).toHaveAttribute('aria-label', /团队票量完成率/);
	await expect(variable).toBeFocused();
	await tabTo(page, '值', 'textbox', 3);
	await page.keyboard.press('Control+a');
	await page.keyboard.type('120%');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	const menu = page.locator('[data-part-menu]').first();
	for (let step = 0; step < 3 && !(await isFocused(menu)); step += 1)
		await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.getByRole('menu').waitFor();
	const item = page.getByRole('menuitem', { name: /左侧改用公式/ });
	for (let step = 0; step < 12 && !(await isFocused(item)); step += 1)
		await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expectStored(page, id, (document) => part(document, 'adjustments', 0, 'when'), TEAM_BONUS);
});

async function isFocused(element: Locator): Promise<boolean> {
	return element.evaluate((one) => one === document.activeElement);
}

test('a payout is typed as a formula with completion, and becomes a table by paste', async ({
	visit
}) => {
	const page = await visit('designer');
	const id = await draftOf(page, { payout: { currency: 'CNY', amount: 0 } });
	await open(page, `/clients/demo/drafts/${id}?view=grades`);
	const amount = page.getByRole('group', { name: '金额' });
	const bar = amount.getByRole('combobox', { name: '金额' });
	await bar.fill('');
	await bar.pressSequentially('基本');
	await expect(page.getByRole('option', { name: /基本工资/ })).toBeVisible();
	await bar.press('Enter');
	await bar.pressSequentially(' * 10%');
	await bar.press('Enter');
	await expectStored(page, id, (document) => part(document, 'payout', 'amount'), {
		'*': [{ var: 'employee.base_pay' }, 0.1]
	});
	await bar.fill('employee.base_pay * ');
	await bar.press('Enter');
	await expect(amount.getByRole('alert')).toContainText('这里应有');
	await bar.fill('if(score >= 90, 800, 0)');
	await bar.press('Enter');

	await expect(amount.getByRole('grid')).toBeVisible();
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.evaluate(
		(text) => navigator.clipboard.writeText(text),
		'≥ 95\t"1,200"\r\n[80, 95)\t600\r\n'
	);
	const cell = amount.getByRole('textbox', { name: /第 1 行/ });
	await cell.focus();
	await page.keyboard.press('Control+v');
	await expectStored(page, id, (document) => part(document, 'payout', 'amount'), {
		if: [
			{ '>=': [{ var: 'score' }, 95] },
			1200,
			{ and: [{ '>=': [{ var: 'score' }, 80] }, { '<': [{ var: 'score' }, 95] }] },
			600,
			0
		]
	});
	await expect(amount.getByText('未覆盖')).toBeVisible();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.type('1500');
	await page.keyboard.press('Enter');
	await expectStored(page, id, (document) => part(document, 'payout', 'amount', 'if', 1), 1500);
	await page.keyboard.press('Control+z');
	await expectStored(page, id, (document) => part(document, 'payout', 'amount', 'if', 1), 1200);
});

const BONUS_TABLE: Json = {
	if: [
		{ '==': [{ var: 'employee.position' }, 'sales'] },
		5,
		{ '>=': [{ var: 'items.repeat.score' }, 80] },
		3,
		0
	]
};

test('the hit policy is chosen in words, a range is dragged and filled, and columns keep their layout', async ({
	visit
}) => {
	const page = await visit('designer');
	const id = await draftOf(page, {
		adjustments: [{ id: 'team', name: NAME, when: true, points: BONUS_TABLE }]
	});
	await open(page, `/clients/demo/drafts/${id}?view=rules`);
	const points = page.getByRole('group', { name: '分值' });
	const policy = points.getByLabel('命中规则', { exact: true });
	const rule = (document: Json) => part(document, 'adjustments', 0, 'points');
	await policy.selectOption('unique');
	await expect(points.getByText('冲突', { exact: true })).toBeVisible();
	await expect(points.getByText(/第 1 行与第 2 行同时命中/)).toBeVisible();
	const place = 'adjustments/team/points';
	await expectStored(page, id, (document) => part(document, 'view', 'tables', place), {
		policy: 'unique'
	});
	await expectStored(page, id, rule, BONUS_TABLE);
	await policy.selectOption('sum');
	await expect(points.getByText('可与第 2 行相加')).toBeVisible();
	await expectStored(page, id, rule, {
		'+': [
			{ if: [{ '==': [{ var: 'employee.position' }, 'sales'] }, 5, 0] },
			{ if: [{ '>=': [{ var: 'items.repeat.score' }, 80] }, 3, 0] }
		]
	});
	await expect(points.getByRole('button', { name: /命中 \d+\/\d+ 人/ }).first()).toBeVisible();

	const cells = points.getByRole('gridcell');
	// Both cells have to be in view before they are measured.
	await points.getByText('可与第 1 行相加').scrollIntoViewIfNeeded();
	const from = await cells.nth(2).boundingBox();
	const to = await cells.nth(6).boundingBox();
	if (!from || !to) throw new Error('The cells are not on screen.');
	await page.mouse.move(from.x + 20, from.y + 10);
	await page.mouse.down();
	await page.mouse.move(to.x + 20, to.y + 10, { steps: 4 });
	await page.mouse.up();
	await expect(points.locator('td[aria-selected=true]')).toHaveCount(2);
	await page.keyboard.press('Control+d');
	await expectStored(page, id, (document) => part(rule(document), '+', 1, 'if', 1), 5);
	await page.keyboard.press('Control+z');
	await expectStored(page, id, (document) => part(rule(document), '+', 1, 'if', 1), 3);

	const suggested = points.locator('datalist option');
	await cells.nth(0).click();
	await expect(suggested.filter({ hasText: '' }).first()).toHaveAttribute('label', /（\d+ 人）/);

	await points.getByRole('button', { name: '列 岗位：更多操作' }).click();
	await page.getByRole('menuitem', { name: '右移' }).click();
	await expect(points.getByRole('columnheader').nth(1)).toContainText('客户复购率');
	await points.getByRole('separator', { name: '列 岗位 的宽度' }).focus();
	await page.keyboard.press('ArrowRight');
	await expectStored(
		page,
		id,
		(document) => Object.keys((part(document, 'view', 'tables', place) ?? {}) as object),
		['columns', 'widths']
	);
	await open(page, `/clients/demo/drafts/${id}?view=rules`);
	await expect(points.getByRole('columnheader').nth(1)).toContainText('客户复购率');
});

test('values of a text show how many people have them', async ({ visit }) => {
	const page = await visit('designer');
	const id = await draftOf(page, {
		adjustments: [
			{
				id: 'team',
				name: NAME,
				when: { in: [{ var: 'employee.position' }, ['sales', 'operations']] },
				points: 5
			}
		]
	});
	await open(page, `/clients/demo/drafts/${id}?view=rules`);
	await page.getByRole('button', { name: /^值：/ }).click();
	const choices = page.getByRole('dialog', { name: '值' });
	await expect(choices.getByText(/^\d+ 人$/).first()).toBeVisible();
});

test('the caret begins at the card in hand, says where it is, and leads back to its card', async ({
	visit
}) => {
	const page = await visit('designer');
	const id = await draftOf(page, {
		gates: [
			{
				id: 'safety',
				name: { 'zh-CN': '安全', en: 'Safety' },
				when: TEAM_BONUS,
				effect: { cap: 60 }
			}
		]
	});
	await open(page, `/clients/demo/drafts/${id}?view=grades`);
	await page.getByRole('textbox', { name: '最低分' }).first().focus();
	await page.getByRole('tab', { name: 'JSON' }).click();
	const place = page.locator('[data-json-place]');
	await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible({ timeout: 60_000 });
	await expect(place).toContainText('grades › 良好');
	await page.locator('.monaco-editor').first().click();
	await page.keyboard.press('Control+f');
	await page.keyboard.type('team.shipments.attainment');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Escape');
	await expect(place).toContainText('gates › 安全');
	await expect(place).toContainText('团队票量完成率');
	await page.getByRole('button', { name: '到卡片中编辑' }).click();
	await expect(page).toHaveURL(/view=rules/);
	await expect(page.locator('[data-rule-card="gates/safety"] :focus')).toHaveCount(1);
});

test('grades move on their bar by keys and never pass each other', async ({ visit }) => {
	const page = await visit('designer');
	const id = await draftOf(page);
	await open(page, `/clients/demo/drafts/${id}?view=grades`);
	const border = page.getByRole('slider', { name: '良好的最低分' });
	await border.focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Shift+ArrowRight');
	await expect(border).toHaveAttribute('aria-valuenow', '86');
	for (let step = 0; step < 12; step += 1) await page.keyboard.press('PageDown');
	await expect(border).toHaveAttribute('aria-valuenow', '0.01');
	await page.keyboard.press('Escape');
	await expect(border).toHaveAttribute('aria-valuenow', '80');
});

test('a marker of 110 % is repaired by its quick fix, and text that breaks is located', async ({
	visit
}) => {
	const page = await visit('designer');
	const id = await draftOf(page);
	const document = await stored(page, id);
	const items = (document['items'] as Json[]).map((item, index) =>
		index === 1 ? { ...(item as object), weight: 40 } : item
	);
	const designer = new DraftPage(page);
	await designer.open(id, 'json');
	// A megabyte of editor is loaded for this view alone.
	await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible({ timeout: 60_000 });
	await designer.writeJson(JSON.stringify({ ...document, items }, null, 2));
	const editor = page.locator('.monaco-editor').first();
	await page.keyboard.press('Control+Home');
	await expect(editor.locator('.squiggly-error').first()).toBeVisible({ timeout: 20_000 });
	await page.keyboard.press('F8');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+.');
	const fix = page.locator('.action-widget .monaco-list-row.action').first();
	await expect(fix).toBeVisible();
	await page.keyboard.press('Enter');
	await expect.poll(async () => total(await stored(page, id)), { timeout: 15_000 }).toBe(100);

	await page.keyboard.press('Control+End');
	await page.keyboard.type('x');
	await expect(page.getByRole('status').filter({ hasText: /第 \d+ 行第 \d+ 列/ })).toBeVisible();
	await page.keyboard.press('Backspace');
	await expect(page.getByRole('status').filter({ hasText: /第 \d+ 行第 \d+ 列/ })).toBeHidden();
});

function total(document: Record<string, Json>): number {
	return (document['items'] as { weight: number }[]).reduce((sum, { weight }) => sum + weight, 0);
}

for (const colorScheme of ['light', 'dark'] as const)
	test(`the views of conditions are accessible (${colorScheme})`, async ({ visit }) => {
		const page = await visit('designer', { colorScheme });
		const id = await draftOf(page, {
			adjustments: [
				{ id: 'team', name: NAME, when: { and: [TEAM_BONUS, { or: [SALES] }] }, points: 10 }
			],
			payout: {
				currency: 'CNY',
				amount: { if: [{ '>=': [{ var: 'score' }, 90] }, 800, { '>=': [{ var: 'score' }, 95] }, 1] }
			}
		});
		await open(page, `/clients/demo/drafts/${id}?view=rules`);
		for (const view of ['句子', '树', '表格', 'JSON']) {
			await page.getByRole('button', { name: view, exact: true }).first().click();
			await assertClean(page);
		}
		await page.getByRole('tab', { name: /总分、等级/ }).click();
		await expect(page.getByText('永远轮不到')).toBeVisible();
		await assertClean(page);
	});

async function assertClean(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.include('main')
		.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
		.analyze();
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(overflow).toBeLessThanOrEqual(0);
}
