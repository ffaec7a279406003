/** What only a keyboard does. */
import type { Page } from '@playwright/test';

/** Presses Tab until the wanted thing has the focus: it must be reachable, in no more steps. */
export async function tabTo(page: Page, name: string, role: string, most = 60): Promise<void> {
	const wanted = page.getByRole(role as 'button', { name, exact: true }).first();
	for (let step = 0; step < most; step += 1) {
		await page.keyboard.press('Tab');
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
	}
	throw new Error(`“${name}” (${role}) is not reached by ${most} presses of Tab.`);
}
