/** Figures that people can trust: entered by whoever was asked, reconciled, explained. */
import { expect, type Page } from '@playwright/test';
import { importByApi } from './support/api.ts';
import { answers, open, test } from './support/test.ts';

/** Opens a page of the demo client. */
const openDemo = (page: Page, path: string): Promise<void> => open(page, `/clients/demo${path}`);

test('a head enters what HR asked for, pasted from a spreadsheet', async ({ visit }) => {
	const hr = await visit('designer');
	await openDemo(hr, '/entry?month=2023-06');
	await hr.getByRole('button', { name: '指派填报' }).click();
	const dialog = hr.getByRole('dialog');
	await dialog.getByLabel('指标').selectOption('collaboration_rating');
	await dialog.getByLabel('部门').selectOption('sales-east');
	await dialog.getByLabel('填报人').selectOption({ label: '陈建华' });
	await dialog.getByRole('button', { name: '指派填报' }).click();
	await expect(hr.getByText('已指派')).toBeVisible();
	await expect(hr.getByRole('row', { name: /陈建华.*已逾期/ })).toBeVisible();

	const head = await visit('head-east');
	await openDemo(head, '/entry?month=2023-06');
	await head.getByRole('link', { name: /协作/ }).first().click();
	await head.waitForURL(/\/entry\/[^?]/);
	await answers(head);
	const cells = head.getByRole('textbox', { name: /的数值$/ });
	await expect(cells.first()).toBeVisible();
	const count = await cells.count();
	expect(count).toBeGreaterThan(2);
	await cells.first().focus();
	await head.evaluate(() => {
		const data = new DataTransfer();
		data.setData('text/plain', '4\tA-1\r\n４.５\tA-2\r\n');
		document.activeElement?.dispatchEvent(
			new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
		);
	});
	await expect(cells.nth(1)).toHaveValue('４.５');
	await cells.nth(2).fill('很好');
	await expect(head.getByRole('button', { name: '保存 3 个改动' })).toBeDisabled();
	await cells.nth(2).press('Escape');
	await head.getByRole('button', { name: '保存 2 个改动' }).click();
	await expect(head.getByText('已记录 2 个数')).toBeVisible();
	await expect(cells.nth(1)).toHaveValue('4.5');

	await openDemo(hr, '/entry?month=2023-06');
	await expect(hr.getByRole('row', { name: new RegExp(`陈建华.*2 / ${count}`) })).toBeVisible();
});

test('two sources that differ wait for a decision, and both stay on record', async ({ visit }) => {
	const hr = await visit('designer');
	await openDemo(hr, '');
	await importByApi(
		hr,
		'demo',
		'observations',
		Buffer.from('工号,期间,回款销售额,来源\nE1102,2024-12,1,ERP\n'),
		{
			columns: [
				{ field: 'employee', columns: ['工号'] },
				{ field: 'period', columns: ['期间'] },
				{ field: 'metric.collected_revenue', columns: ['回款销售额'] },
				{ field: 'source', columns: ['来源'] }
			]
		}
	);
	await openDemo(hr, '/quality?view=sources');
	const item = hr.getByRole('listitem').filter({ hasText: '2024年12月' });
	await expect(item.first()).toContainText('ERP');
	await item.getByRole('button', { name: /采用 演示数据/ }).click();
	const dialog = hr.getByRole('dialog');
	await dialog.getByLabel('理由').fill('ERP 漏了一笔');
	await dialog.getByRole('button', { name: '采用' }).click();
	await expect(hr.getByText('来源一致')).toBeVisible();
	await openDemo(hr, '/facts?person=E1102&metric=collected_revenue&period=2024-12');
	await expect(hr.getByRole('row', { name: /核对后确定/ })).toContainText('有效');
	await expect(hr.getByRole('row', { name: /ERP ERP 漏了一笔|ERP/ }).first()).toBeVisible();
});

test('an odd figure is explained with its cause', async ({ visit }) => {
	const head = await visit('head-east');
	await openDemo(head, '/quality?view=odd&month=2026-10');
	const first = head.getByRole('button', { name: /^说明原因/ }).first();
	await first.click();
	const dialog = head.getByRole('dialog');
	await dialog.getByLabel('原因类别').selectOption('external');
	await dialog.getByLabel('理由').fill('客户延期到下月发货');
	await dialog.getByRole('button', { name: '保存' }).click();
	await expect(head.getByText('说明已保存')).toBeVisible();
	await expect(head.getByText('外部因素 1')).toBeVisible();
	await expect(head.getByRole('button', { name: /外部因素：客户延期到下月发货/ })).toBeVisible();
});
