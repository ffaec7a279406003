/** The import wizard: upload, mapping, dry run, commit, rollback. */
import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './test.ts';

export type ImportKind = '人员' | '每月数据' | '目标';

export interface CsvFile {
	readonly name: string;
	readonly content: string | Buffer;
}

/** Lines of a file, as a spreadsheet would save them. */
export function csv(...rows: readonly (readonly (string | number)[])[]): string {
	return `${rows.map((row) => row.join(',')).join('\r\n')}\r\n`;
}

export class ImportWizard {
	readonly page: Page;
	readonly client: string;

	constructor(page: Page, client = 'demo') {
		this.page = page;
		this.client = client;
	}

	/** Chooses the file and sends it; the next page is the mapping, or this one with a refusal. */
	async upload(kind: ImportKind, file: CsvFile): Promise<void> {
		const { page } = this;
		await open(page, `/clients/${this.client}/imports/new`);
		await page.getByRole('radio', { name: new RegExp(`^${kind}`) }).check();
		await page.getByLabel('选择或拖入文件').setInputFiles({
			name: file.name,
			mimeType: 'text/csv',
			buffer: Buffer.isBuffer(file.content) ? file.content : Buffer.from(file.content, 'utf8')
		});
		await page.getByRole('button', { name: '上传并查看' }).click();
	}

	field(column: string): Locator {
		return this.page.getByLabel(`列“${column}”对应的字段`);
	}

	/** Says what columns mean, by the names that the list offers. */
	async map(fields: Readonly<Record<string, string>>): Promise<void> {
		await expect(this.page.getByRole('heading', { name: '每一列是什么' })).toBeVisible();
		// All are freed first: a field that another column took by suggestion cannot be chosen.
		for (const column of Object.keys(fields)) await this.field(column).selectOption('');
		for (const [column, field] of Object.entries(fields)) {
			const choice = this.field(column);
			const label = choice
				.locator('option')
				.filter({ hasText: new RegExp(`^\\s*${field}( \\*)?\\s*$`) });
			await choice.selectOption((await label.first().getAttribute('value')) ?? field);
		}
	}

	async scale(column: string, unit: '万 → 个' | '千 → 个' | '% → 小数'): Promise<void> {
		await this.page.getByLabel(`列“${column}”的单位`).selectOption({ label: unit });
	}

	async dryRun(): Promise<void> {
		await this.page.getByRole('button', { name: '校验并预演' }).click();
		await expect(this.tile('可用的行')).toBeVisible();
	}

	/** One of the four figures over the plan. */
	tile(name: '可用的行' | '新增' | '更新' | '被拒的行'): Locator {
		return this.page.getByRole('main').getByText(name, { exact: true }).locator('..');
	}

	/** The row of a field in the table of counts and sums. */
	sum(field: string): Locator {
		return this.page
			.getByRole('region', { name: '每列的个数与合计' })
			.getByRole('row')
			.filter({ has: this.page.getByRole('cell', { name: field, exact: true }) });
	}

	findings(): Locator {
		return this.page
			.locator('section')
			.filter({ has: this.page.getByRole('heading', { name: '发现的问题' }) });
	}

	commitButton(): Locator {
		return this.page.getByRole('button', { name: '提交导入' });
	}

	async commit(): Promise<void> {
		await this.commitButton().click();
		await expect(this.page.getByText(/^已于 .* 提交$/)).toBeVisible();
	}

	async rollBack(reason: string): Promise<void> {
		await this.page.getByRole('button', { name: '回滚' }).click();
		const dialog = this.page.getByRole('dialog', { name: '回滚这次导入' });
		await dialog.getByLabel('原因').fill(reason);
		await dialog.getByRole('button', { name: '回滚' }).click();
		await expect(this.page.getByText(/^已于 .* 回滚$/)).toBeVisible();
	}
}
