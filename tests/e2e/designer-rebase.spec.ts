/** A draft whose base was overtaken by a newer version takes it in by a three-way merge. */
import type { Page } from '@playwright/test';
import { call, ownDraft } from './support/api.ts';
import { DraftPage } from './support/designer.ts';
import { publishByApi } from './support/publish.ts';
import { expect, open, test } from './support/test.ts';

async function openOwn(page: Page, template = 'operations'): Promise<string> {
	await open(page, '/clients/demo/schemes');
	const id = await ownDraft(page, template);
	await new DraftPage(page).open(id);
	return id;
}

test('a version published meanwhile is merged into the draft', async ({ visit }) => {
	const page = await visit('designer');
	const approver = await visit('approver');
	await open(approver, '/clients/demo');
	const first = await openOwn(page, 'documents');
	const { scheme_id } = await call<{ scheme_id: string }>(page, 'demo', 'GET', `drafts/${first}`);
	const { document } = await call<{ document: Record<string, unknown> }>(
		page,
		'demo',
		'GET',
		`drafts/${first}`
	);
	const second = await call<{ id: string }>(page, 'demo', 'POST', 'drafts', {
		from: 'document',
		document: { ...document, note: { 'zh-CN': '第二份草稿', en: 'Second draft' } }
	});
	await publishByApi(page, approver, first, '2026-12');
	await new DraftPage(page).open(second.id);
	const notice = page.getByRole('status').filter({ hasText: '第 1 版' });
	await notice.getByRole('button', { name: '合并…' }).click();
	const dialog = page.getByRole('dialog', { name: '合并双方的改动' });
	await dialog.getByRole('button', { name: '合并并保存' }).click();
	await expect(page.getByText('基于第 1 版')).toBeVisible();
	const rebased = await call<{ document: Record<string, unknown>; base_version: number }>(
		page,
		'demo',
		'GET',
		`drafts/${second.id}`
	);
	expect(rebased.base_version).toBe(1);
	expect(rebased.document['note']).toEqual({ 'zh-CN': '第二份草稿', en: 'Second draft' });
	expect(scheme_id).toBe(rebased.document['id']);
});
