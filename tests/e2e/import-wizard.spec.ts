/** The whole import wizard by mouse: a file that needs a value map, a condition and joined columns, repairs with second thoughts, and a way back. */
import { expect } from '@playwright/test';
import { csv, ImportWizard } from './support/imports.ts';
import { open, test } from './support/test.ts';

const FILE = csv(
	['前缀', '编号', '年', '月', '回款销售额（万元）', '准时率说明', '状态', '渠道'],
	['E', '1101', '2020', '3', '12.5', '甲', '已完成', '直客'],
	['E', '1102', '2020', '3', '8', '乙', '已完成', '直客'],
	['E', '1103', '2020', '3', '约十', '丙', '已完成', '同行'],
	['E', '9999', '2020', '3', '7', '丁', '已完成', '直客'],
	['E', '1104', '2020', '3', '99', '戊', '作废', '直客']
);

test('from a file to figures and back, with a value map, a condition, joined columns and a repair undone', async ({
	visit
}) => {
	const page = await visit('implementer');
	const wizard = new ImportWizard(page);
	await wizard.upload('每月数据', { name: 'joined.csv', content: FILE });
	await expect(page.getByText('单位 万元（95% 把握）')).toBeVisible();

	await wizard.map({ 前缀: '工号', 年: '期间', 渠道: '来源' });
	await page.getByLabel('与列“前缀”连接的列').selectOption('编号');
	await page.getByLabel('中间用').selectOption({ label: '直接相连' });
	await page.getByLabel('与列“年”连接的列').selectOption('月');
	await page.getByLabel('中间用').nth(1).selectOption('-');
	const samples = (column: string) =>
		page.getByRole('list', { name: `列“${column}”的样例：原文 → 读作` });
	await expect(samples('前缀')).toContainText('E1101');
	await expect(samples('年')).toContainText('2020-03');
	await expect(samples('回款销售额（万元）')).toContainText('125000');

	await page.getByRole('button', { name: '添加条件' }).click();
	await page.getByLabel('条件的列').selectOption('状态');
	await page.getByLabel('条件的值').fill('已完成');
	await expect(page.getByText('前 5 行中保留 4 行')).toBeVisible();

	await page.getByRole('button', { name: '列“回款销售额（万元）”的值映射' }).click();
	const dialog = page.getByRole('dialog', { name: '“回款销售额（万元）”中的值' });
	await expect(dialog.getByRole('listitem').first()).toContainText('约十');
	await dialog.getByLabel('“约十”对应为').fill('10');
	await dialog.getByRole('button', { name: '采用' }).click();
	await expect(samples('回款销售额（万元）')).toContainText('100000');

	await wizard.dryRun();
	await expect(wizard.tile('可用的行')).toContainText('3');
	await expect(wizard.tile('被拒的行')).toContainText('1');
	await expect(wizard.sum('回款销售额')).toContainText('305,000');
	const rows = wizard.findings();
	await expect(rows).toContainText('9999');

	await rows.getByText('出现的值').click();
	await rows.getByLabel('“E9999”对应为').fill('E1105');
	await rows.getByRole('button', { name: '应用' }).click();
	await expect(wizard.tile('可用的行')).toContainText('4');
	const repairs = page
		.locator('section')
		.filter({ has: page.getByRole('heading', { name: '已做的修复' }) });
	await expect(repairs).toContainText('“E9999” → “E1105”');
	await repairs.getByRole('button', { name: '撤销' }).click();
	await expect(repairs).toHaveCount(0);
	await expect(wizard.tile('被拒的行')).toContainText('1');

	await page.getByRole('button', { name: '改映射' }).click();
	await expect(page.getByLabel('条件的值')).toHaveValue('已完成');
	await wizard.dryRun();
	await page.getByLabel(/不含被拒的/).check();
	await wizard.commit();
	await open(page, '/clients/demo/facts?person=E1101&metric=collected_revenue&period=2020-03');
	await expect(page.getByRole('row', { name: /125,000/ }).first()).toBeVisible();

	await page.goBack();
	await wizard.rollBack('试导入');
	await wizard.upload('每月数据', { name: 'joined.csv', content: FILE });
	await expect(page.getByRole('heading', { name: '每一列是什么' })).toBeVisible();
	await expect(page.getByText('这个文件已经导入过')).toHaveCount(0);
});
