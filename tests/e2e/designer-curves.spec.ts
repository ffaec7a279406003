/**
 * Score curves moved by hand, by key and by figures; golden employees; a scheme from a table; print.
 * What the hand does on the curve is what the table says, what is stored, and what the engine scores.
 */
import { writeXlsx } from 'hucre/xlsx';
import type { Locator, Page } from '@playwright/test';
import { attempt, call, ownDraft } from './support/api.ts';
import { DraftPage } from './support/designer.ts';
import { ReplayPage } from './support/replay.ts';
import { expect, open, test } from './support/test.ts';

interface StoredDraft {
	readonly revision: number;
	readonly hash: string;
	readonly document: {
		readonly items: readonly {
			readonly id: string;
			readonly score: unknown;
			readonly weight?: unknown;
		}[];
		readonly examples?: readonly { readonly expect: Record<string, unknown> }[];
		readonly view?: { readonly questions?: readonly { readonly code: string }[] };
	} & Record<string, unknown>;
}

const stored = (page: Page, id: string) => call<StoredDraft>(page, 'demo', 'GET', `drafts/${id}`);

async function openItem(page: Page, draft: string, item: string): Promise<void> {
	await open(page, `/clients/demo/drafts/${draft}?item=${item}`);
	await expect(page.locator('[data-curve]')).toBeVisible();
}

/** Moves a point by so many pixels with the pointer; `during` looks while it is held. */
async function drag(
	page: Page,
	handle: Locator,
	dx: number,
	dy: number,
	during: () => Promise<void> = async () => undefined
): Promise<void> {
	await handle.scrollIntoViewIfNeeded();
	const box = await handle.boundingBox();
	if (!box) throw new Error('The point is not on screen.');
	const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
	await page.mouse.move(x, y);
	await page.mouse.down();
	for (let step = 1; step <= 10; step++)
		await page.mouse.move(x + (dx * step) / 10, y + (dy * step) / 10);
	await during();
	await page.mouse.up();
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

async function write(box: Locator, text: string): Promise<void> {
	await box.fill(text);
	await box.press('Enter');
}

test('sales of a million earn 60 points and every 100,000 more earn 2', async ({ visit }) => {
	const page = await visit('designer');
	await open(page, '/clients/demo/schemes');
	const draft = await ownDraft(page, 'sales');
	await openItem(page, draft, 'collected_revenue');
	await page.getByText('基础分加每步分', { exact: true }).click();
	await page.getByLabel('按什么评').selectOption('item.actual');
	await write(field(page, '从 实际值'), '100万');
	await write(field(page, '得基础分'), '60');
	await write(field(page, '每增加'), '10万');
	await write(field(page, '再加分'), '2');
	await write(field(page, '得分封顶于'), '');
	await page.getByLabel('未到起点时').selectOption('continue');
	await expect(page.getByText('没有封顶：得分可以一直上升')).toBeVisible();
	await expect(page.getByText('公式继续往下减，可能为负')).toBeVisible();

	const tried = field(page, '试一个实际值');
	for (const [sales, points] of [
		['1,000,000', '60'],
		['1,100,000', '62'],
		['1,200,000', '64'],
		['1,250,000', '64'],
		['1,500,000', '70'],
		['3,000,000', '100'],
		['4,000,000', '120']
	] as const) {
		await write(tried, sales);
		await expect(page.locator('[data-trial]')).toContainText(`得 ${points} 分`);
	}

	await new DraftPage(page).saved();
	const { document } = await stored(page, draft);
	expect(document.items.find(({ id }) => id === 'collected_revenue')?.score).toEqual({
		'+': [
			60,
			{ '*': [2, { floor: { '/': [{ '-': [{ var: 'item.actual' }, 1_000_000] }, 100_000] } }] }
		]
	});
});

test('a dragged point moves table and population with the hand, as one step', async ({ visit }) => {
	const page = await visit('designer');
	await open(page, '/clients/demo/schemes');
	const draft = await ownDraft(page, 'sales');
	await openItem(page, draft, 'collected_revenue');
	await expect(page.locator('[data-bin]').first()).toBeVisible();
	const score = field(page, '分数 2');
	const full = page.locator('[data-share=full]');
	await expect(score).toHaveValue('100');
	const before = await full.textContent();
	const handle = page.locator('[data-handle="1"]');

	await drag(page, handle, 0, 40, async () => {
		await expect(score).not.toHaveValue('100');
		await expect(full).not.toHaveText(before ?? '');
		await page.keyboard.press('Escape');
		await expect(score).toHaveValue('100');
	});
	await expect(page.getByRole('button', { name: '撤销', exact: true })).toBeDisabled();

	await drag(page, handle, 0, 40);
	const moved = await score.inputValue();
	expect(Number(moved)).toBeLessThan(100);
	await expect(handle).toHaveAttribute('aria-valuenow', moved);

	await handle.focus();
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('ArrowUp');
	await expect(score).toHaveValue(String(Number(moved) + 2));
	await field(page, '分数 1').focus();
	await page.getByRole('button', { name: '撤销', exact: true }).click();
	await expect(score).toHaveValue(moved);
	await page.getByRole('button', { name: '撤销', exact: true }).click();
	await expect(score).toHaveValue('100');

	await write(field(page, '分数 2'), '90');
	await expect(handle).toHaveAttribute('aria-valuenow', '90');
	await handle.focus();
	await page.keyboard.press('Insert');
	await expect(page.locator('[data-handle]')).toHaveCount(4);
	await page.locator('[data-handle="2"]').focus();
	await page.keyboard.press('Delete');
	await expect(page.locator('[data-handle]')).toHaveCount(3);
});

test('full marks for a fifth of the people are proposed, and taken only when asked', async ({
	visit
}) => {
	const page = await visit('designer');
	await open(page, '/clients/demo/schemes');
	const draft = await ownDraft(page, 'sales');
	await openItem(page, draft, 'collected_revenue');
	await expect(page.locator('[data-bin]').first()).toBeVisible();
	await page.getByRole('button', { name: '给出建议' }).click();
	const proposal = page.locator('[data-proposal]');
	await expect(proposal).toContainText('建议把满分点从 100% 移到');
	await expect(page.locator('[data-proposed]')).toBeVisible();
	await expect(field(page, '达成率 2')).toHaveValue('100%');
	const share = /历史上 ([\d.]+)%/.exec((await proposal.textContent()) ?? '')?.[1];
	expect(Math.abs(Number(share) - 20)).toBeLessThan(3);
	await proposal.getByRole('button', { name: '采用' }).click();
	await expect(field(page, '达成率 2')).not.toHaveValue('100%');
	await expect(page.locator('[data-share=full]')).toContainText(`${share}%`);
});

test('a table with weights of 95 becomes a draft whose questions lead to their cards', async ({
	visit
}) => {
	const page = await visit('designer', { provoked: /422/ });
	await open(page, '/clients/demo/schemes');
	await page.getByRole('link', { name: '新建方案' }).first().click();
	await page.getByRole('tab', { name: '从表格开始' }).click();
	await page
		.getByRole('textbox', { name: '粘贴表格' })
		.fill(
			[
				'2026 年销售考核表',
				'考核维度\t考核指标\t权重（％）\t评分标准\t目标值',
				'业绩\t回款销售额（元）\t５０%\t完成率≥100%得满分，90%-100%得80分，低于90%得0分\t100万',
				'\t客户复购率\t30%\t每低于1%扣2分\t50%',
				'管理\t团队协作\t15%\t由部门经理评定\t',
				'合计\t\t95%'
			].join('\n')
		);
	const lines = page.locator('[data-sheet-lines] > li');
	await expect(lines).toHaveCount(3);
	await expect(lines.first()).toContainText('已读懂');
	await expect(lines.nth(2)).toContainText('指标库里没有“团队协作”');
	await page.getByLabel('方案名称').fill('粘贴的方案');
	await page.getByLabel('方案代号').fill(`pasted-${Date.now().toString(36)}`);
	await page.getByRole('button', { name: '开始草稿' }).click();
	await page.waitForURL(/\/drafts\//);

	const questions = page.locator('[data-questions]');
	await expect(questions).toContainText('权重合计 95%');
	const unclear = questions.getByRole('listitem').filter({ hasText: '没有读懂评分标准' });
	await unclear.getByRole('button', { name: '去处理' }).click();
	await expect(page).toHaveURL(/item=tuan_dui_xie_zuo/);
	await page.getByText('固定分', { exact: true }).click();
	await expect(unclear).toHaveCount(0);
	await new DraftPage(page).saved();
	const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	const { document } = await stored(page, id);
	expect(document.items[0]?.score).toEqual({
		steps: [
			{ var: 'item.attainment' },
			[
				[0.9, 80],
				[1, 100]
			],
			0
		]
	});
	expect(document.items[2]).toMatchObject({ note: { standard: '由部门经理评定' }, score: 100 });
});

test('a workbook becomes a draft as a pasted table does, and one that cannot be read says why', async ({
	visit
}) => {
	const page = await visit('designer', { provoked: /422/ });
	await open(page, '/clients/demo/schemes/new?from=sheet');
	const file = page.locator('input[type=file]');
	await file.setInputFiles({
		name: 'old.xls',
		mimeType: 'application/vnd.ms-excel',
		buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4])
	});
	await expect(page.getByText('另存为 .xlsx')).toBeVisible();
	const bytes = await writeXlsx({
		sheets: [
			{ name: '封面', rows: [['2026 年考核方案']] },
			{
				name: '考核表',
				rows: [
					['维度', '指标', '权重', '评分标准'],
					['业绩', '回款销售额', 0.5, '完成率×100，封顶120'],
					[null, '客户复购率', 0.5, '完成率≥100%得满分，90%-100%得80分，低于90%得0分']
				],
				merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }],
				cells: new Map([
					['1,2', { value: 0.5, style: { numFmt: '0%' } }],
					['2,2', { value: 0.5, style: { numFmt: '0%' } }]
				])
			}
		]
	});
	await file.setInputFiles({
		name: '考核.xlsx',
		mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		buffer: Buffer.from(bytes)
	});
	await expect(page.getByText('另存为 .xlsx')).toBeHidden();
	await expect(page.getByLabel('工作表')).toHaveValue('1');
	const lines = page.locator('[data-sheet-lines] > li');
	await expect(lines).toHaveCount(2);
	await expect(lines.first()).toContainText('已读懂');
	await page.getByLabel('方案名称').fill('工作簿里的方案');
	await page.getByLabel('方案代号').fill(`book-${Date.now().toString(36)}`);
	await page.getByRole('button', { name: '开始草稿' }).click();
	await page.waitForURL(/\/drafts\//);
	const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	const { document } = await stored(page, id);
	expect(document.items.map(({ weight }) => weight)).toEqual([50, 50]);
});

test('a golden employee that differs blocks submission until its result is accepted with a reason', async ({
	visit
}) => {
	const page = await visit('designer', { provoked: /4\d\d/ });
	await open(page, '/clients/demo/schemes');
	const id = await ownDraft(page, 'sales');
	const before = await stored(page, id);
	const examples = [
		{
			name: '甲',
			period: '2026-03',
			given: { 'employee.position': 'sales', 'employee.tenure_months': 36 },
			expect: { status: 'scored' }
		}
	];
	await call(page, 'demo', 'PUT', `drafts/${id}`, {
		revision: before.revision,
		document: { ...before.document, examples }
	});
	const draft = new DraftPage(page);
	await draft.open(id);
	const golden = page.locator('[data-golden]');
	await expect(golden.getByText('不符')).toBeVisible();
	await expect(golden).toContainText('状态：期望 有分，现在 缺数据');

	await draft.replay('2026-08', '2026-10');
	const replayId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	const { hash } = await stored(page, id);
	const refused = await attempt(page, 'demo', 'POST', `drafts/${id}/submissions`, {
		draft_hash: hash,
		replay_id: replayId,
		base_version: null
	});
	expect(refused.status()).toBe(422);
	expect(await refused.text()).toContain('examples_fail');

	await draft.open(id);
	await golden.getByRole('button', { name: '接受新结果' }).click();
	const dialog = page.getByRole('dialog', { name: '接受 甲 的新结果' });
	await dialog.getByRole('button', { name: '接受新结果' }).click();
	await expect(dialog.getByText('请写明为什么新结果是对的。')).toBeVisible();
	await dialog.getByLabel('理由').fill('这个人没有数据');
	await dialog.getByRole('button', { name: '接受新结果' }).click();
	await expect(golden.getByText('一致')).toBeVisible();
	await expect(golden).toContainText('已接受的新结果，理由：这个人没有数据');
	await draft.saved();
	await draft.replay('2026-08', '2026-10');
	await new ReplayPage(page).submit('典型员工已核对');
});

test('a real person is pinned with the figures of a month, without pay', async ({ visit }) => {
	const page = await visit('designer');
	await open(page, '/clients/demo/schemes');
	const id = await ownDraft(page, 'sales');
	const draft = new DraftPage(page);
	await draft.open(id);
	await page.getByRole('button', { name: '加入典型员工' }).click();
	const dialog = page.getByRole('dialog', { name: '加入典型员工' });
	await dialog.getByLabel('员工', { exact: true }).selectOption('E1001');
	await expect(dialog.getByLabel('名称')).toHaveValue(/\d{4}年\d+月/);
	await dialog.getByRole('button', { name: '钉住' }).click();
	await expect(dialog).toBeHidden();
	await draft.saved();
	const { document } = await stored(page, id);
	const pinned = document.examples?.at(-1) as unknown as { given: Record<string, unknown> };
	expect(pinned.given['employee.id']).toBe('E1001');
	expect(pinned.given['employee.base_pay']).toBeUndefined();
	await expect(page.locator('[data-golden]')).toContainText('真实');
});

test('a scheme prints with weights for each group, sentences, hash and signature lines', async ({
	visit
}) => {
	const page = await visit('designer');
	await open(page, '/clients/demo/schemes');
	const draft = await ownDraft(page, 'sales');
	await open(page, `/clients/demo/drafts/${draft}`);
	await page.getByRole('link', { name: '打印版' }).click();
	await expect(page).toHaveURL(/\/print$/);
	const sheet = page.getByRole('article');
	await expect(sheet.getByRole('columnheader', { name: /^权重/ })).toHaveCount(2);
	await expect(sheet.getByRole('row').last()).toContainText('100%');
	for (const words of ['草稿，未生效', '等级', '红线', '内容哈希', '员工', '直接主管', '人力资源'])
		await expect(sheet).toContainText(words);

	await open(page, '/clients/demo/schemes/sales/versions/1');
	await page.getByRole('link', { name: '打印' }).click();
	await expect(page).toHaveURL(/\/print$/);
	await expect(sheet).toContainText('第 1 版');
	await expect(sheet).toContainText('2024年11月 起');
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('navigation')).toHaveCount(0);
	const paper = await page.pdf({ preferCSSPageSize: true });
	expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
});
