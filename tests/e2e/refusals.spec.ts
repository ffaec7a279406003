/**
 * Bad input, as people meet it: each is answered with the place, what was expected and what to do,
 * and nothing is half written.
 */
import type { Page } from '@playwright/test';
import { attempt, call, ownDraft } from './support/api.ts';
import { makeClient } from './support/clients.ts';
import { DraftPage } from './support/designer.ts';
import { csv, ImportWizard } from './support/imports.ts';
import { expect, open, test } from './support/test.ts';

interface Metric {
	readonly id: string;
	readonly coverage: unknown;
}

/** What the client knows of figures, to show that a refused file left no trace in it. */
async function coverage(page: Page): Promise<string> {
	const { metrics } = await call<{ metrics: readonly Metric[] }>(page, 'demo', 'GET', 'metrics');
	return JSON.stringify(metrics.map(({ id, coverage: known }) => [id, known]));
}

test.describe('a broken file', () => {
	test('in an unknown encoding is asked about, not guessed', async ({ visit }) => {
		const page = await visit('implementer');
		const wizard = new ImportWizard(page);
		const content = Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xff, 0x81, 0xff, 0x2c, 0x31, 0x0a]);
		await wizard.upload('每月数据', { name: 'broken.csv', content });
		await expect(page.getByText(/无法确定文件的编码/)).toBeVisible();
		await expect(page.getByText(/另存为“CSV UTF-8”/).first()).toBeVisible();
		await expect(page).toHaveURL(/\/imports\/new$/);
	});

	test('without the column of the period cannot be planned until one is named', async ({
		visit
	}) => {
		const page = await visit('implementer');
		const wizard = new ImportWizard(page);
		const content = csv(['工号', '回款销售额'], ['E1001', 5]);
		await wizard.upload('每月数据', { name: 'no-period.csv', content });
		await expect(page.getByText(/^还缺：期间/)).toBeVisible();
		await expect(page.getByRole('button', { name: '校验并预演' })).toBeDisabled();
		await page.getByLabel('整个文件属于哪个期间').fill('2026-09');
		await expect(page.getByRole('button', { name: '校验并预演' })).toBeEnabled();
	});

	test('is told by line, expectation and repair, and changes nothing', async ({ visit }) => {
		const page = await visit('implementer');
		const wizard = new ImportWizard(page);
		await open(page, '/clients/demo/imports');
		const before = await coverage(page);
		const content = csv(
			['工号', '月份', '回款销售额'],
			['E1001', '2031-01', '很多'],
			['E1002', '2031-01', 10],
			['E1002', '2031-01', 20],
			['E9999', '2031-01', 30]
		);
		await wizard.upload('每月数据', { name: 'wrong.csv', content });
		await wizard.dryRun();
		const findings = wizard.findings();
		await expect(findings).toContainText('第 2 行');
		await expect(findings).toContainText('应为数字');
		await expect(findings).toContainText('很多');
		await expect(findings).toContainText('请改正单元格');
		await expect(findings).toContainText('或只保留正确的一行');
		await expect(findings).toContainText('没有编号为“E9999”的员工');
		await expect(findings).toContainText('请先导入此人');
		await expect(wizard.tile('被拒的行')).toContainText('4');
		await expect(wizard.commitButton()).toBeDisabled();
		expect(await coverage(page)).toBe(before);
	});

	test('with refused rows commits the others only when asked to', async ({ visit }) => {
		const page = await visit('implementer');
		const wizard = new ImportWizard(page);
		const content = csv(
			['工号', '月份', '客户拜访量'],
			['E1101', '2025-06', 12],
			['E9999', '2025-06', 30]
		);
		await wizard.upload('每月数据', { name: 'half.csv', content });
		await wizard.dryRun();
		await wizard.commitButton().click();
		await expect(page.getByText(/^已于 .* 提交$/)).toHaveCount(0);
		await page.getByLabel(/不含被拒的 1 行/).check();
		await wizard.commit();
		await wizard.rollBack('只是试一试');
	});
});

test.describe('a broken scheme', () => {
	let page: Page;
	let draft: DraftPage;
	let id: string;

	test.beforeEach(async ({ visit }) => {
		page = await visit('designer', { provoked: /4\d\d/ });
		draft = new DraftPage(page);
		await open(page, '/clients/demo/schemes');
		id = await ownDraft(page, 'documents');
	});

	/** The text of the draft as the server holds it. */
	async function stored(): Promise<{ revision: number; document: Record<string, unknown> }> {
		return call(page, 'demo', 'GET', `drafts/${id}`);
	}

	/** The document with another rule for its first item. */
	async function withScore(score: unknown): Promise<string> {
		const { document } = await stored();
		const [first, ...rest] = document['items'] as Record<string, unknown>[];
		return JSON.stringify({ ...document, items: [{ ...first, score }, ...rest] }, null, 2);
	}

	test('with an unknown operator names it, and where', async () => {
		await draft.open(id, 'json');
		await draft.writeJson(await withScore({ plus: [1, 2] }));
		await expect(draft.side()).toContainText('plus');
		await expect(draft.side()).toContainText(/[1-9]\d* 个错误/);
	});

	test('with an unknown variable names it', async () => {
		await draft.open(id, 'json');
		await draft.writeJson(await withScore({ var: 'metric.moon_phase' }));
		await expect(draft.side()).toContainText('metric.moon_phase');
		await expect(draft.side()).toContainText(/[1-9]\d* 个错误/);
	});

	test('with text that is not JSON keeps the last sound state, here and on the server', async () => {
		await draft.open(id, 'json');
		const before = await stored();
		await draft.writeJson('{ "format": ');
		await expect(page.getByText('JSON 有误，其他视图停在上一个有效的状态。')).toBeVisible();
		await expect(page.getByText('JSON 有误，尚未保存')).toBeVisible();
		await page.getByRole('tab', { name: /^考核项/ }).click();
		await expect(page.getByRole('article').first()).toBeVisible();
		expect(await stored()).toEqual(before);
	});

	test('with weights at 110 cannot be submitted, by no way in', async () => {
		await draft.open(id);
		await draft.balance('手动');
		const first = page.getByRole('textbox', { name: / 的权重/ }).first();
		const weight = Number((await first.inputValue()).replace('%', ''));
		await first.fill(String(weight + 10));
		await first.press('Enter');
		await expect(draft.totals()).toContainText('合计 110%');
		await draft.saved();
		await draft.replay('2026-08', '2026-10');
		await page.getByRole('button', { name: /^提交审批/ }).click();
		const dialog = page.getByRole('dialog', { name: /^提交草稿/ });
		await dialog.getByRole('button', { name: '提交审批' }).click();
		await expect(dialog.getByText(/110/).first()).toBeVisible();
		await expect(page).toHaveURL(/\/replays\//);
	});

	test('saved by a program meanwhile is a conflict said plainly, and neither text is lost', async () => {
		await draft.open(id);
		const slider = page.getByRole('slider').first();
		const start = Number(await slider.inputValue());
		const { revision, document } = await stored();
		await call(page, 'demo', 'PUT', `drafts/${id}`, {
			revision,
			document: { ...document, note: { 'zh-CN': '程序写的', en: 'Written by a program' } }
		});

		await slider.press('ArrowLeft');
		await expect(page.getByText('别人也在改这份草稿')).toBeVisible();
		await expect(page.getByRole('button', { name: '复制我的 JSON' })).toBeVisible();
		await expect(slider).toHaveValue(String(start - 1));
		expect((await stored()).revision).toBe(revision + 1);
		await page.getByRole('button', { name: '重新加载' }).click();
		await expect(slider).toHaveValue(String(start));
		await expect(page.getByText('上次有未送达的改动留在这台设备上。')).toBeVisible();
	});
});

test.describe('somebody else’s id in an address', () => {
	/** What the server answers to an address, without what differs in any two requests. */
	async function answerTo(page: Page, address: string): Promise<string> {
		const response = await page.goto(address);
		expect(response?.status(), address).toBe(404);
		await expect(page.getByRole('heading', { name: '没有找到这个页面' })).toBeVisible();
		return (await page.getByRole('main').innerText()).replaceAll(/[0-9a-f-]{36}/g, '…');
	}

	test('of another client is the same page as of one that does not exist', async ({ visit }) => {
		const admin = await visit('admin');
		const id = `other-${Date.now().toString(36)}`;
		await makeClient(admin, id, '另一家', 'Another');

		const page = await visit('implementer', { provoked: /404/ });
		for (const place of ['', '/people/E1001', '/imports', '/drafts/sales-draft']) {
			const existing = await answerTo(page, `/clients/${id}${place}`);
			expect(await answerTo(page, `/clients/nowhere${place}`)).toBe(existing);
		}
		const refused = await attempt(page, id, 'GET', 'people');
		expect(refused.status()).toBe(404);
	});

	test('of a sibling unit is the same page as of nobody', async ({ visit }) => {
		const page = await visit('head-east', { provoked: /404/ });
		await open(page, '/clients/demo/people/E1001');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('高磊');
		const sibling = await answerTo(page, '/clients/demo/people/E1004');
		expect(await answerTo(page, '/clients/demo/people/E7777')).toBe(sibling);
		expect((await attempt(page, 'demo', 'GET', 'people/E1004')).status()).toBe(404);
	});

	test('of a page that a role does not have is refused with what to do', async ({ visit }) => {
		const page = await visit('gaolei', { provoked: /40[34]/ });
		const response = await page.goto('/clients/demo/audit');
		expect([403, 404]).toContain(response?.status());
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	});
});
