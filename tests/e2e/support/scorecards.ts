/** Scoring a period, releasing it, and reading a scorecard. */
import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './test.ts';

export class ScorecardsPage {
	readonly page: Page;
	readonly client: string;

	constructor(page: Page, client = 'demo') {
		this.page = page;
		this.client = client;
	}

	async open(period?: string): Promise<void> {
		const query = period === undefined ? '' : `?period=${period}`;
		await open(this.page, `/clients/${this.client}/scorecards${query}`);
	}

	/** Scores a period and waits until the run stands in the list. */
	async run(period: string, shown: string): Promise<void> {
		await this.page.getByRole('button', { name: '核算一个期间' }).first().click();
		const dialog = this.page.getByRole('dialog', { name: '核算一个期间' });
		await dialog.getByLabel('期间').fill(period);
		await dialog.getByRole('button', { name: '核算一个期间' }).click();
		await expect(
			this.runs(shown)
				.getByText(/人有分/)
				.first()
		).toBeVisible({ timeout: 30_000 });
	}

	runs(shown: string): Locator {
		return this.page.getByRole('listitem').filter({ hasText: shown });
	}

	async release(shown: string): Promise<void> {
		const run = this.runs(shown).first();
		await run.getByRole('button', { name: '公布' }).click();
		await expect(run.getByText('已公布')).toBeVisible();
	}

	/** Opens the card of somebody from the list. */
	async card(name: string): Promise<void> {
		await this.page.getByLabel('在“绩效卡”中搜索').fill(name);
		await this.page.getByRole('link', { name, exact: true }).first().click();
		await expect(this.page.getByRole('heading', { level: 1 })).toContainText(name);
	}

	total(): Locator {
		return this.page.getByText('总分', { exact: true }).first().locator('..');
	}

	item(name: string): Locator {
		return this.page
			.getByRole('listitem')
			.filter({ has: this.page.getByRole('heading', { name, exact: true }) });
	}
}
