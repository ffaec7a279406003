/** Without a mouse: signing in, past the navigation, weights of a draft, a dialog and back. */
import { ownDraft } from './support/api.ts';
import { DraftPage } from './support/designer.ts';
import { tabTo } from './support/keyboard.ts';
import { PASSWORD } from './support/sign-in.ts';
import { answers, expect, open, test } from './support/test.ts';

test('signs in by keyboard alone', async ({ visit }) => {
	const page = await visit(null);
	await open(page, '/sign-in');
	await tabTo(page, '账号', 'textbox');
	await page.keyboard.type('linhui');
	await page.keyboard.press('Tab');
	await page.keyboard.type(PASSWORD);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/clients/);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('林慧');
});

test('the skip link comes first and leads into the content', async ({ visit }) => {
	const page = await visit('designer');
	await open(page, '/clients/demo/people');
	await page.keyboard.press('Tab');
	const skip = page.getByRole('link', { name: '跳到正文' });
	await expect(skip).toBeFocused();
	await expect(skip).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('main')).toBeFocused();
});

test('weights are moved, undone and redone by keyboard', async ({ visit }) => {
	const page = await visit('designer');
	const designer = new DraftPage(page);
	await open(page, '/clients/demo/schemes');
	await designer.open(await ownDraft(page, 'operations'));
	const slider = page.getByRole('slider').first();
	const start = Number(await slider.inputValue());
	await slider.focus();
	await page.keyboard.press('ArrowRight');
	await expect(slider).toHaveValue(String(start + 1));
	// Leaving the item's weight ends the gesture, so that there are two steps to take back.
	await page.getByRole('slider').nth(1).focus();
	await slider.focus();
	await page.keyboard.press('Shift+ArrowLeft');
	await expect(slider).toHaveValue(String(start - 4));
	await expect(designer.totals()).toContainText('合计 100%');
	await page.keyboard.press('Control+z');
	await expect(slider).toHaveValue(String(start + 1));
	await page.keyboard.press('Control+z');
	await expect(slider).toHaveValue(String(start));
	await page.keyboard.press('Control+Shift+z');
	await page.keyboard.press('Control+Shift+z');
	await expect(slider).toHaveValue(String(start - 4));
	await designer.saved();
});

test('a dialog takes the focus, keeps it, and gives it back', async ({ visit }) => {
	const page = await visit('designer');
	await open(page, '/clients/demo/scorecards');
	const opener = page.getByRole('button', { name: '核算一个期间' }).first();
	await opener.focus();
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog', { name: '核算一个期间' });
	await expect(dialog).toBeVisible();
	for (let step = 0; step < 8; step += 1) {
		await page.keyboard.press('Tab');
		await expect(dialog.locator(':focus')).toHaveCount(1);
	}
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(opener).toBeFocused();
});

test('tabs of a draft answer to the arrows', async ({ visit }) => {
	const page = await visit('designer');
	await open(page, '/clients/demo/drafts/sales-draft');
	await page.getByRole('tab', { name: /^考核项/ }).focus();
	await page.keyboard.press('ArrowRight');
	await answers(page);
	await expect(page.getByRole('tab', { name: '加减分与红线' })).toBeFocused();
	await expect(page.getByRole('tab', { name: '加减分与红线' })).toHaveAttribute(
		'aria-selected',
		'true'
	);
});
