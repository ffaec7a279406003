/**
 * Every state of the designer in both languages and themes, at 1440 and 390 px: nothing flows over
 * the edge, no text is cut, no glyph is missing, axe finds nothing.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { DESIGNER_STATES, enter, type World } from './designer-states.ts';
import { expect, open, test } from './support/test.ts';

const WIDTHS = [
	{ width: 1440, height: 900 },
	{ width: 390, height: 844 }
] as const;
const THEMES = ['light', 'dark'] as const;

/** Text that is cut without an ellipsis, a line clamp or a way to scroll to the rest. */
function cutTexts(): string[] {
	const cut: string[] = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const text = node.textContent?.trim() ?? '';
		const holder = node.parentElement;
		if (text === '' || !holder || holder.closest('.monaco-editor, .sr-only, [aria-hidden="true"]'))
			continue;
		if (!holder.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
		const range = document.createRange();
		range.selectNodeContents(node);
		const box = range.getBoundingClientRect();
		if (box.width < 2 || box.height < 2) continue;
		for (let at: HTMLElement | null = holder; at; at = at.parentElement) {
			const style = getComputedStyle(at);
			if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') break;
			const frame = at.getBoundingClientRect();
			const hides = (axis: string) => axis === 'hidden' || axis === 'clip';
			if (hides(style.overflowX) && (box.right > frame.right + 1 || box.left < frame.left - 1)) {
				cut.push(`${text.slice(0, 40)} in <${at.tagName.toLowerCase()} class="${at.className}">`);
				break;
			}
			if (/auto|scroll/.test(style.overflowX)) break;
		}
	}
	return cut;
}

/** Characters of the page that the fonts draw like a character that no font has. */
function missingGlyphs(): string[] {
	const canvas = document.createElement('canvas');
	canvas.width = 24;
	canvas.height = 24;
	const pen = canvas.getContext('2d', { willReadFrequently: true });
	if (!pen) return ['no canvas'];
	pen.font = `16px ${getComputedStyle(document.body).fontFamily}`;
	const picture = (character: string) => {
		pen.clearRect(0, 0, 24, 24);
		pen.fillText(character, 4, 18);
		const { data } = pen.getImageData(0, 0, 24, 24);
		let sum = 0;
		for (let at = 3; at < data.length; at += 4) sum = (sum * 31 + (data[at] ?? 0)) | 0;
		return sum;
	};
	const none = picture('\u{10FFFD}');
	const characters = new Set(document.body.innerText.replaceAll(/\s|\p{Cf}/gu, ''));
	return [...characters].filter((character) => picture(character) === none);
}

async function assertAccessible(page: Page, where: string): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.exclude('.monaco-editor')
		.analyze();
	const found = violations.map(({ id, nodes }) => ({
		id,
		where: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} — ${failureSummary}`)
	}));
	expect.soft(found, `${where} is accessible`).toEqual([]);
}

async function assertFits(page: Page, where: string, width: number): Promise<void> {
	const widest = await page.evaluate(() => document.documentElement.scrollWidth);
	expect.soft(widest, `${where} is as wide as the window`).toBeLessThanOrEqual(width);
	expect.soft(await page.evaluate(cutTexts), `${where} cuts no text`).toEqual([]);
}

/** All of them in `npm run test:walks`; every fourth, with the same looks, whenever anything is tested. */
const STATES = process.env.E2E_WALKS
	? DESIGNER_STATES
	: DESIGNER_STATES.filter((_, at) => at % 4 === 0);

for (const state of STATES) {
	test(`the state: ${state.name}`, async ({ visit }) => {
		test.setTimeout(180_000);
		const designer = await visit('designer');
		const other = await visit('implementer');
		await open(designer, '/clients/demo/schemes');
		await open(other, '/clients/demo/schemes');
		const world: World = { designer, other };
		for (const locale of ['zh-CN', 'en'] as const) {
			const page = await visit('designer', {
				locale,
				reducedMotion: 'reduce',
				...(state.provoked ? { provoked: state.provoked } : {})
			});
			const address = await state.prepare(world);
			await page.setViewportSize(WIDTHS[0]);
			await enter(page, state, address, world);
			// Colours on their way from one theme to the other belong to neither.
			await page.addStyleTag({ content: '* { transition: none !important; }' });
			expect.soft(await page.evaluate(missingGlyphs), `${state.name} has every glyph`).toEqual([]);
			for (const viewport of WIDTHS) {
				await page.setViewportSize(viewport);
				for (const colorScheme of THEMES) {
					await page.emulateMedia({ colorScheme });
					const where = `${state.name}, ${locale}, ${viewport.width} px, ${colorScheme}`;
					await assertFits(page, where, viewport.width);
					// The words of a language change neither roles nor colours: each language is read at one width.
					if ((locale === 'en') === viewport.width < 640) await assertAccessible(page, where);
					if (process.env.QUANHENG_SHOTS !== undefined) {
						const file = `${where.replaceAll(/[^\w-]+/g, '-')}.png`;
						await page.screenshot({ path: `${process.env.QUANHENG_SHOTS}/${file}` });
					}
				}
			}
			await page.context().setOffline(false);
			await page.close();
		}
	});
}
