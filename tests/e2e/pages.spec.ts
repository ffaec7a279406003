/**
 * Every page as the person sees it whom it is for: in both languages, light and dark, wide and on a
 * phone. Nothing flows over the edge, nothing is logged, nothing is left untranslated, axe is clean.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Account } from './support/sign-in.ts';
import { expect, open, test } from './support/test.ts';

/** Which pages somebody reads. */
const PAGES: Readonly<Record<'nobody' | Account, readonly string[]>> = {
	nobody: ['/sign-in'],
	admin: [
		'/clients',
		'/clients/new',
		'/clients/demo',
		'/clients/demo/accounts',
		'/clients/demo/settings',
		'/clients/demo/calendar'
	],
	implementer: [
		'/account',
		'/help',
		'/clients/demo/packs',
		'/clients/demo/packs/freight-forwarding',
		'/clients/demo/packs/freight-forwarding/upgrade',
		'/clients/demo/packs/freight-forwarding/versions',
		'/clients/demo/packs/freight-forwarding/uninstall',
		'/clients/demo/packs/manufacturing',
		'/clients/demo/packs/export',
		'/clients/demo/hand-over',
		'/clients/demo/hand-over/people',
		'/clients/demo/hand-over/history',
		'/clients/demo/hand-over/replay',
		'/clients/demo/imports',
		'/clients/demo/imports/new',
		'/clients/demo/metrics/new',
		'/clients/demo/metrics/collected_revenue/edit',
		'/clients/demo/records',
		'/clients/demo/records/new',
		'/clients/demo/tokens'
	],
	designer: [
		'/clients/demo',
		'/clients/demo/people',
		'/clients/demo/people/E1001',
		'/clients/demo/units',
		'/clients/demo/attributes',
		'/clients/demo/parameters',
		'/clients/demo/rates',
		'/clients/demo/quality',
		'/clients/demo/quality?view=odd',
		'/clients/demo/quality?view=sources',
		'/clients/demo/quality?view=late',
		'/clients/demo/entry',
		'/clients/demo/facts?person=E1001&metric=collected_revenue&period=2026-10',
		'/clients/demo/metrics',
		'/clients/demo/metrics/collected_revenue',
		'/clients/demo/metrics/collected_revenue/figure?subject_id=E1001&period=2026-10',
		'/clients/demo/schemes',
		'/clients/demo/schemes/new',
		'/clients/demo/schemes/new?from=copy',
		'/clients/demo/schemes/new?from=sheet',
		'/clients/demo/schemes/new?from=blank',
		'/clients/demo/schemes/sales/versions/1',
		'/clients/demo/schemes/sales/versions/1/print',
		'/clients/demo/drafts/sales-draft',
		'/clients/demo/drafts/sales-draft?item=collected_revenue',
		'/clients/demo/drafts/sales-draft/print',
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

const MESSAGES = fileURLToPath(new URL('../../src/i18n/messages', import.meta.url));
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Every colour meets every width, and both languages meet both, without walking all eight. */
const LOOKS = {
	'zh-CN': [
		{ colorScheme: 'light', viewport: WIDE, axe: true },
		{ colorScheme: 'dark', viewport: PHONE, axe: true }
	],
	en: [
		{ colorScheme: 'dark', viewport: WIDE, axe: true },
		{ colorScheme: 'light', viewport: PHONE, axe: false }
	]
} as const;

/** Every key of the messages: one of these on a page is a word that was not found. */
const KEYS = new Set(
	readdirSync(MESSAGES).flatMap((part) =>
		Object.keys(
			JSON.parse(readFileSync(join(MESSAGES, part, 'zh-CN.json'), 'utf8')) as Record<string, string>
		)
	)
);

async function assertWords(page: Page, locale: string): Promise<void> {
	await expect(page.locator('html')).toHaveAttribute('lang', locale);
	await expect(page).toHaveTitle(/\S+ · (?:权衡|Quanheng)$/);
	await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
	const words = await page.getByRole('main').innerText();
	// The help explains, in sentences, what is undefined and when.
	const explains = page.url().endsWith('/help');
	const raw = words
		.split(/[^\w[\] ]|\s/)
		.filter((word) => KEYS.has(word) || (!explains && /^(?:undefined|NaN|\[object)$/.test(word)));
	expect.soft(raw, `${page.url()} shows words of machines`).toEqual([]);
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
			test.setTimeout(30_000 + addresses.length * 20_000);
			const who = account === 'nobody' ? null : (account as Account);
			const page = await visit(who, { locale, reducedMotion: 'reduce' });
			for (const address of addresses) {
				await test.step(address, async () => {
					for (const { colorScheme, viewport, axe } of LOOKS[locale]) {
						await page.emulateMedia({ colorScheme });
						await page.setViewportSize(viewport);
						// Loaded anew: colours on the way from one theme to the other belong to neither.
						await open(page, address);
						await assertWords(page, locale);
						await assertFits(page, viewport.width);
						if (axe) await assertAccessible(page);
					}
				});
			}
		});
	}
}
