/**
 * The preview follows the hand: while a weight is dragged there is one request at a time, the last
 * figures are those of the last state, and a draft without items asks for nothing. The time from
 * hand to screen is printed; how long it may take is measured on idle machines by
 * `npm run bench -- --preview`.
 */
import type { Page, Request } from '@playwright/test';
import { call, ownDraft } from './support/api.ts';
import { expect, open, test } from './support/test.ts';

const STEPS = 20;

type WatchedWindow = Window & { latencies?: number[] };

/** In the page: from each input to the frame in which figures of it, or newer ones, are there. */
function watchLatencies(): void {
	const panel = document.querySelector<HTMLElement>('[data-preview]');
	const waiting: { at: number; wished: number }[] = [];
	const latencies: number[] = [];
	Object.assign(window, { latencies });
	addEventListener(
		'input',
		() => {
			const at = performance.now();
			// The state that an event made is counted when the page has dealt with it.
			setTimeout(() => waiting.push({ at, wished: Number(panel?.dataset['wished']) }));
		},
		true
	);
	const frame = (): void => {
		const shown = Number(panel?.dataset['shown']);
		for (let next = waiting[0]; next && next.wished <= shown; next = waiting[0]) {
			latencies.push(performance.now() - next.at);
			waiting.shift();
		}
		requestAnimationFrame(frame);
	};
	requestAnimationFrame(frame);
}

const isPreview = (request: Request): boolean => request.url().endsWith('/preview/population');

/** Requests for previews that are under way, and the most there ever were at once. */
function countRequests(page: Page): { most: number; all: number } {
	const counts = { now: 0, most: 0, all: 0 };
	page.on('request', (request) => {
		if (!isPreview(request)) return;
		counts.all += 1;
		counts.now += 1;
		counts.most = Math.max(counts.most, counts.now);
	});
	const over = (request: Request): void => {
		if (isPreview(request)) counts.now -= 1;
	};
	page.on('requestfinished', over);
	page.on('requestfailed', over);
	return counts;
}

test('a dragged weight moves the population under the hand', async ({ visit }) => {
	const page = await visit('designer');
	await open(page, '/clients/demo');
	const draft = await ownDraft(page, 'sales');
	await open(page, `/clients/demo/drafts/${draft}`);
	const panel = page.locator('[data-preview]');
	await expect(panel).toHaveAttribute('data-preview', 'current', { timeout: 60_000 });
	const before = await panel.textContent();
	const counts = countRequests(page);
	const slider = page.getByRole('slider').first();
	const box = await slider.boundingBox();
	if (!box) throw new Error('There is no weight to drag.');
	const most = Number(await slider.getAttribute('max'));
	const start = Number(await slider.inputValue()) / most;
	const move = (share: number, steps = 1) =>
		page.mouse.move(box.x + box.width * share, box.y + box.height / 2, { steps });
	await page.evaluate(watchLatencies);
	await move(start);
	await page.mouse.down();
	await move(start + 0.2, STEPS);
	await move(start - 0.1, STEPS);
	await page.mouse.up();
	await expect(panel).toHaveAttribute('data-preview', 'current');
	expect(counts.most).toBe(1);
	expect(counts.all).toBeGreaterThan(1);
	expect(await panel.getAttribute('data-shown')).toBe(await panel.getAttribute('data-wished'));
	expect(await panel.textContent()).not.toBe(before);
	const latencies = await page.evaluate(() => (window as WatchedWindow).latencies ?? []);
	const p95 = [...latencies].sort((one, other) => one - other)[Math.floor(latencies.length * 0.95)];
	console.log(
		`preview of the demo client: p95 ${p95?.toFixed(0) ?? '—'} ms of ${latencies.length} inputs`
	);
});

test('the person at hand is scored on the page, with what decided each item', async ({ visit }) => {
	const page = await visit('designer');
	await open(page, '/clients/demo');
	const draft = await ownDraft(page, 'sales');
	await open(page, `/clients/demo/drafts/${draft}`);
	const panel = page.locator('[data-preview]');
	await expect(panel).toHaveAttribute('data-preview', 'current', { timeout: 60_000 });
	await panel.getByRole('tab', { name: '一个人' }).click();
	const { people } = await call<{ people: { employee: string; name: string }[] }>(
		page,
		'demo',
		'GET',
		`drafts/${draft}/preview/people?search=`
	);
	const [person] = people;
	if (!person) throw new Error('The demo client has people.');
	await panel.getByLabel('按姓名或工号查找').fill(person.employee);
	await panel.getByRole('button', { name: person.employee }).first().click();
	await expect(panel.getByText(person.name).last()).toBeVisible();
	await panel.getByText('逐项依据').click();
	await expect(panel.locator('details[open] li').first()).toBeVisible();
});

test('a blank draft asks for no figures and says what to do first', async ({ visit }) => {
	const page = await visit('designer');
	await open(page, '/clients/demo');
	const { id } = await call<{ id: string }>(page, 'demo', 'POST', 'drafts', {
		from: 'blank',
		scheme_id: `blank-${Date.now().toString(36)}`,
		name: { 'zh-CN': '空白', en: 'Blank' },
		period: 'month'
	});
	const counts = countRequests(page);
	await open(page, `/clients/demo/drafts/${id}`);
	await expect(page.locator('[data-preview]')).toHaveAttribute('data-preview', 'empty');
	await expect(page.getByText('先添加一个考核项')).toBeVisible();
	expect(counts.all).toBe(0);
});
