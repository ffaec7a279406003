/**
 * Every page as the person sees it whom it is for: in both languages, light and dark, wide and on a
 * phone. Nothing flows over the edge, nothing is logged, nothing is left untranslated, axe is clean.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Account } from './support/sign-in.ts';
import { expect, open, test } from './support/test.ts';

/** Which pages somebody reads; an address ending in `>` is followed to the first link under it. */
const PAGES: Readonly<Record<'nobody' | Account, readonly string[]>> = {
	nobody: ['/sign-in'],
	admin: ['/clients', '/clients/demo', '/clients/demo/accounts'],
	implementer: [
		'/account',
		'/help',
		'/clients/demo/packs',
		'/clients/demo/packs/freight-forwarding',
		'/clients/demo/imports',
		'/clients/demo/imports/new'
	],
	designer: [
		'/clients/demo',
		'/clients/demo/people',
		'/clients/demo/people/E1001',
		'/clients/demo/metrics',
		'/clients/demo/metrics/collected_revenue',
		'/clients/demo/schemes',
		'/clients/demo/schemes/sales/versions/1',
		'/clients/demo/drafts/sales-draft',
		'/clients/demo/drafts/sales-draft?view=rules',
		'/clients/demo/drafts/sales-draft?view=grades',
		'/clients/demo/drafts/sales-draft?view=outline',
		'/clients/demo/targets',
		'/clients/demo/scorecards'
	],
	approver: ['/clients/demo', '/clients/demo/submissions/sales-v1-submission'],
	'head-east': ['/clients/demo', '/clients/demo/targets', '/clients/demo/targets/cycle-2026-11'],
	'head-south': [],
	gaolei: ['/clients/demo', '/clients/demo/scorecards', '/clients/demo/targets'],
	linhui: [],
	auditor: ['/clients/demo/audit', '/clients/demo/replays/sales-v1-replay']
};

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Every colour meets every width, and both languages meet both, without walking all eight. */
const LOOKS = {
	'zh-CN': [
		{ colorScheme: 'light', viewport: WIDE },
		{ colorScheme: 'dark', viewport: PHONE }
	],
	en: [
		{ colorScheme: 'dark', viewport: WIDE },
		{ colorScheme: 'light', viewport: PHONE }
	]
} as const;
/** A key of the messages, or a value that did not come, where words should stand. */
const RAW = /\b(?:undefined|NaN|\[object Object\])\b|\b[a-z]{3,}_[a-z]+_[a-z_]+\b(?!\.)/;

async function assertWords(page: Page, locale: string): Promise<void> {
	await expect(page.locator('html')).toHaveAttribute('lang', locale);
	await expect(page).toHaveTitle(/\S+ · (?:权衡|Quanheng)/);
	await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
	const words = await page.getByRole('main').innerText();
	// Codes and ids are shown on purpose where they are what a person looks up.
	const shown = page.url().includes('/help') || page.url().includes('/audit');
	if (!shown) expect.soft(RAW.exec(words)?.[0], 'raw words on the page').toBeUndefined();
}

async function assertFits(page: Page, width: number): Promise<void> {
	const widest = await page.evaluate(() => document.documentElement.scrollWidth);
	expect.soft(widest, `${page.url()} is as wide as the window`).toBeLessThanOrEqual(width);
}

async function assertAccessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.analyze();
	const found = violations.map(({ id, impact, nodes }) => ({
		id,
		impact,
		where: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} — ${failureSummary}`)
	}));
	expect.soft(found, page.url()).toEqual([]);
}

for (const [account, addresses] of Object.entries(PAGES)) {
	for (const locale of ['zh-CN', 'en'] as const) {
		if (addresses.length === 0) continue;
		test(`pages of ${account} in ${locale}`, async ({ visit }) => {
			test.setTimeout(180_000);
			const who = account === 'nobody' ? null : (account as Account);
			const page = await visit(who, { locale, reducedMotion: 'reduce' });
			for (const address of addresses) {
				await test.step(address, async () => {
					await open(page, address);
					for (const { colorScheme, viewport } of LOOKS[locale]) {
						await page.emulateMedia({ colorScheme });
						await page.setViewportSize(viewport);
						await assertWords(page, locale);
						await assertFits(page, viewport.width);
						await assertAccessible(page);
					}
				});
			}
		});
	}
}
