/** The result of a replay, one person in it, and what follows: submission and decision. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface BeforeAfter {
	readonly before: number;
	readonly after: number;
}

export class ReplayPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	verdict(): Locator {
		return this.page.getByRole('region', { name: '结论' });
	}

	async tab(name: '概览' | '人员' | '分组' | '改动'): Promise<void> {
		await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
	}

	/** Both scores of a person in a period, read from the drawer that the address opens. */
	async person(id: string, name: string, period: string): Promise<BeforeAfter> {
		const address = new URL(this.page.url());
		address.searchParams.set('person', id);
		address.searchParams.set('period', period);
		await this.page.goto(address.href);
		const dialog = this.page.getByRole('dialog', { name });
		const line = dialog.getByText(/→/).first();
		await expect(line).toBeVisible();
		const [before, after] = ((await line.locator('..').textContent()) ?? '')
			.match(/\d+(\.\d+)?/g)
			?.map(Number) ?? [NaN, NaN];
		return { before: before ?? NaN, after: after ?? NaN };
	}

	/** Submits the content of this replay for approval. */
	async submit(note: string): Promise<void> {
		await this.page.getByRole('button', { name: /^提交审批/ }).click();
		const dialog = this.page.getByRole('dialog', { name: /^提交草稿/ });
		await dialog.getByLabel('给审批者的说明').fill(note);
		await dialog.getByRole('button', { name: '提交审批' }).click();
		await expect(this.page).toHaveURL(/\/submissions\//);
	}
}

export class SubmissionPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async approve(reason: string): Promise<void> {
		await this.page.getByLabel('理由').fill(reason);
		await this.page.getByRole('button', { name: '批准', exact: true }).click();
		await expect(this.page.getByText(/ 批准$/)).toBeVisible();
	}
}
