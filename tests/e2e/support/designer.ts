/** The draft of a scheme: weights, total, findings, preview, JSON. */
import { expect, type Locator, type Page } from '@playwright/test';
import { answers, open } from './test.ts';

export class DraftPage {
	readonly page: Page;
	readonly client: string;

	constructor(page: Page, client = 'demo') {
		this.page = page;
		this.client = client;
	}

	async open(draft: string, view?: 'json' | 'rules' | 'grades' | 'outline'): Promise<void> {
		await open(this.page, `/clients/${this.client}/drafts/${draft}${view ? `?view=${view}` : ''}`);
	}

	/** The slider of an item; `branch` is how its branch begins. */
	slider(item: string, branch = ''): Locator {
		return this.page.getByRole('slider', { name: weightName(item, branch) });
	}

	weight(item: string, branch = ''): Locator {
		return this.page.getByRole('textbox', { name: weightName(item, branch) });
	}

	async weightNumber(item: string, branch = ''): Promise<number> {
		return Number((await this.weight(item, branch).inputValue()).replace('%', ''));
	}

	/** Totals of all branches, as the line that is always in view says them. */
	totals(): Locator {
		return this.page.getByRole('status').filter({ hasText: '合计' });
	}

	async balance(mode: '自动配平' | '手动'): Promise<void> {
		await this.page.getByRole('button', { name: mode, exact: true }).click();
	}

	side(): Locator {
		return this.page.getByRole('complementary', { name: '预览与检查' });
	}

	/** Waits until the preview is that of what is on screen; answers with its verdict. */
	async verdict(): Promise<string> {
		const panel = this.side()
			.locator('section')
			.filter({ has: this.page.getByRole('heading', { name: '预览' }) });
		await expect(panel.locator('[aria-busy]')).toHaveAttribute('aria-busy', 'false');
		return (await panel.getByText(/重算/).first().textContent()) ?? '';
	}

	async saved(): Promise<void> {
		await expect(this.page.getByRole('status').filter({ hasText: /已保存/ })).toBeVisible();
	}

	/** Takes back step after step until a field shows this again. */
	async undoUntil(field: Locator, value: string): Promise<void> {
		await expect(async () => {
			if ((await field.inputValue()) === value) return;
			await this.page.getByRole('button', { name: '撤销', exact: true }).click();
			expect(await field.inputValue()).toBe(value);
		}).toPass({ intervals: [50] });
	}

	/** Replaces the whole text in the JSON view, by paste, as people bring in a document. */
	async writeJson(text: string): Promise<void> {
		const editor = this.page.locator('.monaco-editor').first();
		await expect(editor.locator('.view-line').first()).toContainText('{');
		await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await this.page.evaluate((content) => navigator.clipboard.writeText(content), text);
		await editor.locator('.view-lines').click();
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.press('ControlOrMeta+V');
	}

	async replay(from: string, to: string): Promise<void> {
		await this.page.getByRole('button', { name: '回放', exact: true }).click();
		const dialog = this.page.getByRole('dialog', { name: '回放' });
		await dialog.getByLabel('从期间').fill(from);
		await dialog.getByLabel('到期间').fill(to);
		await dialog.getByRole('button', { name: '开始回放' }).click();
		await this.page.waitForURL(/\/replays\//);
		await answers(this.page);
		await expect(this.page.getByRole('region', { name: '结论' })).toBeVisible({ timeout: 30_000 });
	}

	async publish(from: string): Promise<void> {
		await this.page.getByRole('button', { name: '发布', exact: true }).click();
		const dialog = this.page.getByRole('dialog', { name: /^发布第/ });
		await dialog.getByLabel('从哪个期间起生效').fill(from);
		await dialog.getByRole('button', { name: '发布', exact: true }).click();
	}
}

function weightName(item: string, branch: string): RegExp {
	return new RegExp(`^${item} 的权重${branch === '' ? '$' : `，${branch}`}`);
}
