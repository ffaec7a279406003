/**
 * The test with its people: `visit(person)` opens a browser of that person's own, signed in, and
 * fails the test at its end when a page threw, logged an error or broke its content policy.
 */
import {
	test as base,
	expect,
	type BrowserContextOptions,
	type Page,
	type TestInfo
} from '@playwright/test';
import { PASSWORD, signIn, type Account } from './sign-in.ts';

export interface VisitOptions extends BrowserContextOptions {
	/** Messages of the console that this test provokes on purpose. */
	readonly provoked?: RegExp;
}

export type Visit = (account: Account | null, options?: VisitOptions) => Promise<Page>;

/** Sessions by account; a person signs in once in a run, as the limit of attempts wants it. */
const sessions = new Map<string, BrowserContextOptions['storageState']>();

/** Collects what a page complains about, for the end of the test. */
export function watch(page: Page, complaints: string[], provoked?: RegExp): void {
	const note = (text: string): void => {
		if (!provoked?.test(text)) complaints.push(`${page.url()}: ${text}`);
	};
	page.on('console', (message) => {
		if (message.type() === 'error') note(message.text());
	});
	page.on('pageerror', (error) => note(error.message));
}

async function attachScreens(pages: readonly Page[], info: TestInfo): Promise<void> {
	for (const [index, page] of pages.entries()) {
		if (page.isClosed()) continue;
		const path = info.outputPath(`page-${index}.png`);
		await page.screenshot({ path, fullPage: true });
		await info.attach(`page-${index}`, { path });
	}
}

export const test = base.extend<{ visit: Visit }>({
	visit: async ({ browser, baseURL }, use, info) => {
		const pages: Page[] = [];
		const complaints: string[] = [];
		await use(async (account, { provoked, ...options } = {}) => {
			const known = account === null ? undefined : sessions.get(account);
			const context = await browser.newContext({
				...options,
				locale: 'zh-CN',
				...(known === undefined ? {} : { storageState: known })
			});
			const page = await context.newPage();
			pages.push(page);
			watch(page, complaints, provoked);
			if (account !== null && known === undefined) {
				await signIn(page, account, PASSWORD);
				sessions.set(account, await context.storageState());
			}
			// As the switch of languages does it; a session keeps the language it was begun in.
			if (options.locale !== undefined) {
				const url = new URL(page.url() === 'about:blank' ? (baseURL ?? '') : page.url()).origin;
				await context.addCookies([{ name: 'PARAGLIDE_LOCALE', value: options.locale, url }]);
			}
			return page;
		});
		if (info.status !== info.expectedStatus) await attachScreens(pages, info);
		await Promise.all(pages.map((page) => page.context().close()));
		expect(complaints, 'no page throws, logs an error or breaks its policy').toEqual([]);
	}
});

export { expect };

/** Goes to an address and waits until the page answers to hands, not only to eyes. */
export async function open(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await answers(page);
}

/** The router announces pages from the moment it runs: then buttons have their listeners. */
export async function answers(page: Page): Promise<void> {
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
}
