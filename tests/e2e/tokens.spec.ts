/** A program sends figures with a token that a person made, until the person ends it. */
import { expect, request } from '@playwright/test';
import { open, test } from './support/test.ts';

test('a token sends figures as its maker, at its client only, until it is revoked', async ({
	visit,
	baseURL
}) => {
	const page = await visit('implementer');
	await open(page, '/clients/demo/tokens');
	await page.getByRole('button', { name: '新建令牌' }).first().click();
	const dialog = page.getByRole('dialog');
	const name = `夜间送数 ${Date.now()}`;
	await dialog.getByLabel('用途').fill(name);
	await dialog.getByRole('button', { name: '新建令牌' }).click();
	const token = await page.getByTestId('token').innerText();
	expect(token).toMatch(/^qh_/);

	const program = await request.newContext({
		...(baseURL ? { baseURL } : {}),
		extraHTTPHeaders: { authorization: `Bearer ${token}` }
	});
	const row = {
		employee: 'E1001',
		metric: 'collected_revenue',
		period: '2023-01',
		value: 1,
		source: 'test'
	};
	const sent = await program.post('/api/v1/observations', {
		data: { rows: [row, { ...row, employee: 'nobody' }] }
	});
	expect(sent.status(), await sent.text()).toBe(200);
	const body = (await sent.json()) as { batch_id: string; rows: { status: string }[] };
	expect(body.rows.map(({ status }) => status)).toEqual(['written', 'rejected']);
	// What it wrote is an import like any other, with a way back.
	await page.goto(`/clients/demo/imports/${body.batch_id}`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('api-observations');
	const undone = await program.post(`/api/v1/clients/demo/imports/${body.batch_id}/rollback`, {
		data: { reason: 'test' }
	});
	expect(undone.status(), await undone.text()).toBe(200);
	// Another client is as absent as one that does not exist.
	expect((await program.get('/api/v1/clients/other/people')).status()).toBe(401);

	await open(page, '/clients/demo/tokens');
	await expect(page.getByText(token)).toHaveCount(0);
	await page.getByRole('button', { name: `作废 ${name}` }).click();
	await page.getByRole('dialog').getByRole('button', { name: '作废' }).click();
	await expect(page.getByText('令牌已作废。')).toBeVisible();
	expect((await program.post('/api/v1/observations', { data: { rows: [row] } })).status()).toBe(
		401
	);
	await program.dispose();
});
