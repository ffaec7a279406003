/** The round of targets, as a head fills it in and as HR reviews it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './test.ts';

export class TargetSheet {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async open(cycle: string): Promise<void> {
		await open(this.page, `/clients/demo/targets/${cycle}`);
	}

	/** Unfolds one person; the first is open from the start. */
	async unfold(person: string): Promise<void> {
		const head = this.page.getByRole('button', { name: new RegExp(`^${person} `) });
		if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
		await expect(head).toHaveAttribute('aria-expanded', 'true');
	}

	input(metric: string, period: string): Locator {
		return this.page.getByRole('textbox', { name: `${metric} ${period} 的目标` });
	}

	/** Field and history of one metric in one period, as they stand together. */
	block(metric: string, period: string): Locator {
		return this.input(metric, period).locator(
			'xpath=ancestor::div[.//*[@role="group"] and contains(@class,"border-t")][1]'
		);
	}

	async propose(metric: string, period: string, value: string): Promise<void> {
		await this.input(metric, period).fill(value);
		await this.input(metric, period).press('Enter');
	}

	async submit(): Promise<void> {
		await this.page.getByRole('button', { name: '提交', exact: true }).click();
		await expect(this.page.getByText(/^已提交 \d+ 项，还有 \d+ 项未填。$/)).toBeVisible();
	}

	async agree(person: string, metric: string): Promise<void> {
		await this.page
			.getByRole('button', { name: `同意 ${person} 的 ${metric}` })
			.first()
			.click();
	}

	async giveBack(person: string, metric: string, comment: string): Promise<void> {
		await this.page
			.getByRole('button', { name: `退回 ${person} 的 ${metric}` })
			.first()
			.click();
		await this.page.getByLabel('退回的理由').fill(comment);
		await this.page.getByRole('button', { name: '退回', exact: true }).click();
		await expect(this.page.getByLabel('退回的理由')).toHaveCount(0);
	}
}
