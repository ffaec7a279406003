/**
 * The hand of a person: one that points and one that only has keys. Both do the same things, so that
 * one walk is told once and gone twice.
 */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Hand {
	readonly name: string;
	/** Presses a button, a tab or a link, or chooses a radio. */
	press(part: Locator): Promise<void>;
	/** Replaces what a field says, and leaves it. */
	write(field: Locator, text: string): Promise<void>;
	/** Chooses an option of a native select by its words. */
	choose(select: Locator, option: string): Promise<void>;
}

export class PointingHand implements Hand {
	readonly name = 'mouse';

	async press(part: Locator): Promise<void> {
		if ((await part.getAttribute('type')) === 'radio')
			await part.locator('xpath=ancestor::label').click();
		else await part.click();
	}

	async write(field: Locator, text: string): Promise<void> {
		await field.click();
		await field.fill(text);
		await field.blur();
	}

	async choose(select: Locator, option: string): Promise<void> {
		await select.selectOption({ label: option });
	}
}

/** Refuses every press of a pointer for the life of the page. */
export async function forbidPointers(page: Page): Promise<void> {
	await page.addInitScript(() => {
		addEventListener(
			'pointerdown',
			() => {
				throw new Error('a pointer was used in a walk of keys');
			},
			true
		);
	});
}

export class TypingHand implements Hand {
	readonly name = 'keyboard';
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
	}

	/** Goes where Tab goes: what cannot take the focus in the order of the page is refused. */
	async #reach(part: Locator): Promise<void> {
		expect(await part.evaluate((element) => (element as HTMLElement).tabIndex)).toBe(0);
		await part.focus();
		await expect(part).toBeFocused();
	}

	async press(part: Locator): Promise<void> {
		const role = (await part.getAttribute('role')) ?? '';
		const type = (await part.getAttribute('type')) ?? '';
		// Tabs and radios take the focus as one group, and its arrows move inside.
		if (role === 'tab' || type === 'radio') await part.focus();
		else await this.#reach(part);
		await this.#page.keyboard.press(role === 'tab' || type !== 'radio' ? 'Enter' : 'Space');
	}

	async write(field: Locator, text: string): Promise<void> {
		await this.#reach(field);
		await this.#page.keyboard.press('Control+a');
		await this.#page.keyboard.insertText(text);
		const isLong = await field.evaluate((element) => element.tagName === 'TEXTAREA');
		if (!isLong) await this.#page.keyboard.press('Enter');
	}

	async choose(select: Locator, option: string): Promise<void> {
		await this.#reach(select);
		const labels = await select
			.locator('option')
			.evaluateAll((options) => options.map((one) => (one as HTMLOptionElement).label.trim()));
		const wanted = labels.indexOf(option);
		expect(wanted, `${option} among ${labels.join(', ')}`).toBeGreaterThanOrEqual(0);
		const index = () => select.evaluate((element) => (element as HTMLSelectElement).selectedIndex);
		for (let at = await index(); at !== wanted; at = await index())
			await this.#page.keyboard.press(at < wanted ? 'ArrowDown' : 'ArrowUp');
	}
}
