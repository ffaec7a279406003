/**
 * The canvas under people's hands: cards moved by every means, weights, undo over a reload, and two
 * people on one draft, of whom one edits at a time.
 */
import type { Page } from '@playwright/test';
import { call, ownDraft } from './support/api.ts';
import { DraftPage } from './support/designer.ts';
import { expect, open, test } from './support/test.ts';

async function openOwn(page: Page, template = 'operations'): Promise<string> {
	await open(page, '/clients/demo/schemes');
	const id = await ownDraft(page, template);
	await new DraftPage(page).open(id);
	return id;
}

const order = (page: Page) =>
	page
		.locator('[data-canvas] [data-item]')
		.evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset['item']));

/** The middle of a part of the page, scrolled into view. */
async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
	const part = page.locator(selector).first();
	await part.scrollIntoViewIfNeeded();
	const box = await part.boundingBox();
	if (!box) throw new Error(`${selector} is not on screen`);
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const gripOf = (id: string) => `[data-item="${id}"] [data-grip]`;

test.describe('cards', () => {
	test('are dragged by their handle, and Escape leaves them where they were', async ({ visit }) => {
		const page = await visit('designer');
		await openOwn(page);
		const [first = '', second = '', third = ''] = await order(page);
		const before = await order(page);
		const grip = await middleOf(page, gripOf(first));
		const target = await page.locator(`[data-item="${second}"]`).boundingBox();
		const below = (target?.y ?? 0) + (target?.height ?? 0) - 12;

		await page.mouse.move(grip.x, grip.y);
		await page.mouse.down();
		await page.mouse.move(grip.x, below, { steps: 6 });
		await expect(page.locator('[data-drop-mark]')).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.locator('[data-drop-mark]')).toHaveCount(0);
		await page.mouse.up();
		expect(await order(page)).toEqual(before);

		await page.mouse.move(grip.x, grip.y);
		await page.mouse.down();
		await page.mouse.move(grip.x, below, { steps: 6 });
		await page.mouse.up();
		expect((await order(page)).slice(0, 3)).toEqual([second, first, third]);
		await page.keyboard.press('Control+z');
		expect(await order(page)).toEqual(before);
	});

	test('are moved by Alt and arrows, lifted by Space, and put back by Escape', async ({
		visit
	}) => {
		const page = await visit('designer');
		await openOwn(page);
		const [first = '', second = '', third = ''] = await order(page);
		const grip = page.locator(gripOf(first));
		await grip.focus();
		await page.keyboard.press('Alt+ArrowDown');
		await expect.poll(async () => (await order(page)).slice(0, 2)).toEqual([second, first]);
		await expect(grip).toBeFocused();
		await expect(page.locator('[data-announcer]')).toContainText('第 2 项');

		await page.keyboard.press('Space');
		await expect(grip).toHaveAttribute('aria-pressed', 'true');
		await page.keyboard.press('ArrowDown');
		await expect.poll(async () => (await order(page))[2]).toBe(first);
		await page.keyboard.press('ArrowDown');
		await expect.poll(async () => (await order(page))[3]).toBe(first);
		await page.keyboard.press('Escape');
		await expect.poll(async () => (await order(page)).slice(0, 3)).toEqual([second, first, third]);
		await expect(grip).toHaveAttribute('aria-pressed', 'false');
	});

	test('are copied, placed, grouped and removed by their menu alone', async ({ visit }) => {
		const page = await visit('designer');
		await openOwn(page);
		const before = await order(page);
		const [first = ''] = before;
		const menu = page.locator(`[data-item="${first}"]`).getByRole('button', { name: /的操作$/ });
		await page.getByRole('button', { name: '添加分组' }).click();
		await menu.click();
		await page.getByRole('menuitem', { name: '移到“新分组”' }).click();
		await expect(page.getByRole('group', { name: '新分组' }).getByRole('article')).toHaveCount(1);
		await menu.click();
		await page.getByRole('menuitem', { name: /^复制/ }).click();
		await expect.poll(() => order(page)).toContain(`${first}_2`);
		await expect(new DraftPage(page).totals()).toContainText('合计 100%');
		await menu.click();
		await page.getByRole('menuitem', { name: /^移到第/ }).click();
		const dialog = page.getByRole('dialog', { name: /^移动/ });
		await dialog.getByLabel('第几位').fill('2');
		await dialog.getByRole('button', { name: '移动' }).click();
		await expect.poll(async () => (await order(page)).slice(-2)).toEqual([`${first}_2`, first]);
		await menu.click();
		await page.getByRole('menuitem', { name: '移除' }).click();
		await expect.poll(() => order(page)).not.toContain(first);
		await page.getByRole('button', { name: '移除分组 新分组' }).click();
		await expect(page.getByRole('group', { name: '新分组' })).toHaveCount(0);
		await expect(new DraftPage(page).totals()).toContainText('合计 100%');
	});

	test('come from the library by drag to a place, and by Enter on a search in pinyin', async ({
		visit
	}) => {
		const page = await visit('designer');
		await openOwn(page);
		const [first = ''] = await order(page);
		const search = page.getByRole('searchbox', { name: /指标库/ });
		await search.fill('hkxse');
		await expect(page.locator('[data-metric="collected_revenue"]')).toBeVisible();
		await search.press('Enter');
		await expect.poll(async () => (await order(page)).at(-1)).toBe('collected_revenue');
		await expect(page.getByRole('region', { name: '属性' })).toContainText('回款销售额');
		await expect(page.locator('[data-metric="collected_revenue"]')).toContainText('已在用');

		await search.fill('复购率');
		const from = await middleOf(page, '[data-metric="repeat_rate"] [title]');
		const card = await middleOf(page, `[data-item="${first}"] h2`);
		await page.mouse.move(from.x, from.y);
		await page.mouse.down();
		await page.mouse.move(card.x, card.y, { steps: 8 });
		await page.mouse.up();
		await expect.poll(async () => (await order(page)).slice(0, 2)).toEqual(['repeat_rate', first]);
		await expect(new DraftPage(page).totals()).toContainText('合计 100%');
	});

	test('move under a finger', async ({ visit }) => {
		const page = await visit('designer', { hasTouch: true });
		await openOwn(page);
		const [first = '', second = ''] = await order(page);
		const grip = await middleOf(page, gripOf(first));
		const target = await page.locator(`[data-item="${second}"]`).boundingBox();
		const below = (target?.y ?? 0) + (target?.height ?? 0) - 12;
		const finger = await page.context().newCDPSession(page);
		const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
			finger.send('Input.dispatchTouchEvent', {
				type,
				touchPoints: y === undefined ? [] : [{ x: grip.x, y }]
			});
		await touch('touchStart', grip.y);
		for (let step = 1; step <= 6; step += 1)
			await touch('touchMove', grip.y + ((below - grip.y) * step) / 6);
		await touch('touchEnd');
		await expect.poll(async () => (await order(page)).slice(0, 2)).toEqual([second, first]);
	});
});

test.describe('steps', () => {
	test('are named, gone to by the history, and survive a reload', async ({ visit }) => {
		const page = await visit('designer');
		await openOwn(page);
		const slider = page.getByRole('slider').first();
		const start = Number(await slider.inputValue());
		await slider.focus();
		for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight');
		await expect(slider).toHaveValue(String(start + 5));
		await page.getByRole('button', { name: '添加分组' }).click();
		await page.keyboard.press('Control+s');
		await expect(page.getByText('已保存', { exact: true }).last()).toBeVisible();
		await page.reload();
		await expect(page.getByRole('button', { name: '撤销', exact: true })).toBeEnabled();
		await page.getByRole('button', { name: '历史步骤' }).click();
		const step = page.getByRole('menuitemradio', { name: `${start}% → ${start + 5}%` });
		await expect(step).toBeVisible();
		await expect(page.getByRole('menuitemradio')).toHaveCount(3);
		await page.getByRole('menuitemradio', { name: '打开时的样子' }).click();
		await expect(slider).toHaveValue(String(start));
		await page.keyboard.press('Control+y');
		await expect(slider).toHaveValue(String(start + 5));
	});

	test('of a weight under the hand are taken back by Escape as one', async ({ visit }) => {
		const page = await visit('designer');
		await openOwn(page);
		const slider = page.getByRole('slider').first();
		const start = await slider.inputValue();
		await slider.focus();
		await page.keyboard.press('PageUp');
		await page.keyboard.press('PageUp');
		await expect(slider).not.toHaveValue(start);
		await page.keyboard.press('Escape');
		await expect(slider).toHaveValue(start);
		await expect(page.getByRole('button', { name: '撤销', exact: true })).toBeDisabled();
	});

	test('AT-03: 30 to 40 makes 110, which one press repairs', async ({ visit }) => {
		const page = await visit('designer');
		const id = await openOwn(page, 'documents');
		const { document } = await call<{ document: Record<string, unknown> }>(
			page,
			'demo',
			'GET',
			`drafts/${id}`
		);
		const [item] = document['items'] as Record<string, unknown>[];
		const metrics = ['collected_revenue', 'quote_conversion', 'collaboration_rating'];
		const items = metrics.map((metric, index) => ({
			...item,
			id: metric,
			metric,
			weight: [60, 30, 10][index] ?? 0
		}));
		await call(page, 'demo', 'PUT', `drafts/${id}`, {
			revision: 1,
			document: { ...document, items, adjustments: [], gates: [], examples: [], insights: [] }
		});
		const draft = new DraftPage(page);
		await draft.open(id);
		await draft.balance('手动');
		const field = draft.weight('询价转化率');
		await field.fill('40');
		await field.press('Enter');
		await expect(draft.totals()).toContainText('合计 110%');
		await expect(draft.totals()).toContainText('多出 10%');
		await draft.totals().getByRole('button', { name: '一键补齐' }).click();
		await expect(draft.totals()).toContainText('合计 100%');
		await page.keyboard.press('Control+z');
		const finding = draft.side().locator('[data-finding="weights_not_100"]').first();
		await expect(finding).toContainText('110');
		await finding.locator('xpath=ancestor-or-self::li[1]').getByRole('button').first().click();
		await expect(draft.totals()).toContainText('合计 100%');
		await draft.saved();
	});

	test('a gap below the lowest grade is named and closed by one press', async ({ visit }) => {
		const page = await visit('designer');
		const id = await openOwn(page, 'documents');
		const draft = new DraftPage(page);
		await draft.open(id, 'grades');
		const lowest = page.getByLabel('最低分', { exact: true }).last();
		await lowest.fill('30');
		await lowest.press('Enter');
		const gap = page.locator('[data-grade-gap]');
		await expect(gap).toContainText('低于 30 分的总分没有等级');
		await expect(draft.side().locator('[data-side-summary]')).toContainText('警告');
		await gap.getByRole('button').click();
		await expect(gap).toHaveCount(0);
		await expect(lowest).toHaveValue('0');
		await draft.saved();
	});

	test('in proportion take any numbers and show what they make', async ({ visit }) => {
		const page = await visit('designer');
		await openOwn(page);
		await page.getByRole('button', { name: '按比例', exact: true }).click();
		const shares = page.getByRole('textbox', { name: / 的权重$/ });
		for (const [index, share] of ['3', '2', '1', '1', '1'].entries()) {
			await shares.nth(index).fill(share);
			await shares.nth(index).press('Enter');
		}
		await expect(page.getByText('= 37.5%')).toBeVisible();
		await expect(page.getByText('= 12.5%')).toHaveCount(3);
		await expect(new DraftPage(page).totals()).toContainText('合计 100%');
	});
});

test.describe('branches', () => {
	test('are columns of their own totals, added, named and removed', async ({ visit }) => {
		const page = await visit('designer');
		const id = await openOwn(page);
		const draft = new DraftPage(page);
		await page.getByRole('button', { name: '按条件区分' }).click();
		const dialog = page.getByRole('dialog', { name: '按条件区分权重' });
		await dialog.getByLabel('这一列叫什么').fill('资深');
		await dialog.getByLabel('其他人叫什么').fill('新人');
		await dialog.getByRole('button', { name: '添加分支' }).click();
		await expect(page.getByRole('slider', { name: /，资深$/ })).toHaveCount(5);
		await expect(page.getByRole('slider', { name: /，新人$/ })).toHaveCount(5);
		await draft.balance('手动');
		const field = page.getByRole('textbox', { name: /，新人$/ }).first();
		const start = Number((await field.inputValue()).replace('%', ''));
		await field.fill(String(start + 5));
		await field.press('Enter');
		await expect(draft.totals()).toContainText('合计 105%');
		await expect(draft.totals()).toContainText('合计 100%');
		await draft.totals().getByRole('button', { name: '一键补齐' }).click();
		await expect(draft.totals()).not.toContainText('合计 105%');
		await page.getByRole('button', { name: '修改分支：新人' }).click();
		await page.getByRole('button', { name: '移除这个分支' }).click();
		await expect(page.getByRole('slider', { name: / 的权重$/ })).toHaveCount(5);
		await draft.saved();
		const stored = await call<{ document: { items: { weight: unknown }[] } }>(
			page,
			'demo',
			'GET',
			`drafts/${id}`
		);
		for (const { weight } of stored.document.items) expect(typeof weight).toBe('number');
	});
});

test.describe('two people on one draft', () => {
	test('see each other; the second reads along, asks, and takes over', async ({ visit }) => {
		const designer = await visit('designer');
		const id = await openOwn(designer);
		const other = await visit('implementer');
		await new DraftPage(other).open(id);

		await expect(other.getByText('薪酬设计 正在编辑，你在跟读')).toBeVisible();
		await expect(other.getByRole('slider').first()).toBeDisabled();
		await expect(other.getByRole('button', { name: '添加分组' })).toHaveCount(0);
		await expect(designer.getByText('实施顾问 在看')).toBeVisible();

		const slider = designer.getByRole('slider').first();
		await slider.focus();
		await designer.keyboard.press('ArrowRight');
		const moved = await slider.inputValue();
		await expect(other.getByRole('slider').first()).toHaveValue(moved);

		await other.getByRole('button', { name: '接管' }).click();
		await expect(designer.getByText('实施顾问 想接管编辑')).toBeVisible();
		await designer.getByRole('button', { name: '继续编辑' }).click();
		await expect(other.getByText('薪酬设计 还要继续编辑，请稍后再试。')).toBeVisible();

		await other.getByRole('button', { name: '接管' }).click();
		await designer.getByRole('button', { name: '交给对方' }).click();
		await expect(other.getByRole('slider').first()).toBeEnabled();
		await expect(designer.getByRole('slider').first()).toBeDisabled();
		await expect(designer.getByText('实施顾问 正在编辑，你在跟读')).toBeVisible();
	});

	test('the pen is free at once when its window closes', async ({ visit }) => {
		const designer = await visit('designer');
		const id = await openOwn(designer);
		const other = await visit('implementer');
		await new DraftPage(other).open(id);
		await expect(other.getByText('薪酬设计 正在编辑，你在跟读')).toBeVisible();
		await open(designer, '/clients/demo/schemes');
		await expect(other.getByRole('slider').first()).toBeEnabled();
	});

	test('what a program saved meanwhile is merged by place, not overwritten', async ({ visit }) => {
		const page = await visit('designer', { provoked: /409/ });
		const id = await openOwn(page);
		const { revision, document } = await call<{
			revision: number;
			document: Record<string, unknown>;
		}>(page, 'demo', 'GET', `drafts/${id}`);
		await call(page, 'demo', 'PUT', `drafts/${id}`, {
			revision,
			document: { ...document, total: { min: 0, max: 110, decimals: 2 } }
		});
		const slider = page.getByRole('slider').first();
		const start = Number(await slider.inputValue());
		await slider.focus();
		await page.keyboard.press('ArrowRight');
		await page.getByRole('button', { name: '合并…' }).click();
		const dialog = page.getByRole('dialog', { name: '合并双方的改动' });
		await dialog.getByRole('button', { name: '合并并保存' }).click();
		await new DraftPage(page).saved();
		const merged = await call<{ document: { total: unknown; items: { weight: number }[] } }>(
			page,
			'demo',
			'GET',
			`drafts/${id}`
		);
		expect(merged.document.total).toEqual({ min: 0, max: 110, decimals: 2 });
		expect(merged.document.items[0]?.weight).toBe(start + 1);
	});
});

test('offline, the work is kept on the device, and sent when the network is back', async ({
	visit
}) => {
	const page = await visit('designer', { provoked: /Failed to load resource|ERR_INTERNET/ });
	const id = await openOwn(page);
	await page.context().setOffline(true);
	const slider = page.getByRole('slider').first();
	const start = Number(await slider.inputValue());
	await slider.focus();
	await page.keyboard.press('ArrowRight');
	await expect(page.getByText('离线，改动已存本机').first()).toBeVisible();
	await page.context().setOffline(false);
	await new DraftPage(page).saved();
	const stored = await call<{ document: { items: { weight: number }[] } }>(
		page,
		'demo',
		'GET',
		`drafts/${id}`
	);
	expect(stored.document.items[0]?.weight).toBe(start + 1);
});
