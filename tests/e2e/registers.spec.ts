/** Registers kept by hand: people, units, attributes, parameters, working days, settings. */
import { expect, type Page } from '@playwright/test';
import { answers, open, test } from './support/test.ts';

/** Opens a page of the demo client. */
const openDemo = (page: Page, path: string): Promise<void> => open(page, `/clients/demo${path}`);

test('people are found by pinyin initials, and what changes of them is dated', async ({
	visit
}) => {
	const page = await visit('implementer');
	await openDemo(page, '/attributes');
	await page.getByRole('button', { name: '新建属性' }).click();
	const attribute = page.getByRole('dialog');
	await attribute.getByLabel('编号').fill('contract_type');
	await attribute.getByLabel('类型').selectOption('choice');
	await attribute.getByLabel('中文名称').fill('合同类型');
	await attribute.getByLabel('英文名称').fill('Contract');
	await attribute.getByLabel('取值').fill('full = 全职 = full time\npart = 兼职 = part time');
	await attribute.getByRole('button', { name: '保存' }).click();
	await expect(page.getByText('属性已保存')).toBeVisible();

	await openDemo(page, '/people');
	await page.getByRole('searchbox', { name: '姓名、拼音首字母或工号' }).fill('gl');
	await expect(page.getByRole('link', { name: '高磊' })).toBeVisible();
	await expect(page.getByRole('link', { name: '林慧' })).toHaveCount(0);

	await openDemo(page, '/people');
	await page.getByRole('button', { name: '添加员工' }).click();
	const person = page.getByRole('dialog');
	await person.getByLabel('工号', { exact: true }).fill('X9001');
	await person.getByLabel('姓名').fill('新同事');
	await person.getByLabel('生效日期').fill('2026-11-02');
	await person.getByLabel('合同类型').selectOption('part');
	await person.getByRole('button', { name: '保存' }).click();
	await page.getByRole('link', { name: /已添加 X9001/ }).click();
	await expect(page.getByRole('definition').filter({ hasText: '兼职' })).toBeVisible();

	await answers(page);
	await page.getByRole('button', { name: '修改' }).click();
	const change = page.getByRole('dialog');
	await change.getByLabel('生效日期').fill('2026-11-16');
	await change.getByLabel('合同类型').selectOption('full');
	await change.getByLabel('职级').fill('P3');
	await change.getByRole('button', { name: '保存' }).click();
	await expect(page.getByText('已记录 2 项改动')).toBeVisible();
	const history = page.getByRole('region', { name: '全部记录' });
	await expect(history.getByRole('row', { name: /合同类型 兼职/ })).toBeVisible();
	await expect(history.getByRole('row', { name: /合同类型 全职/ })).toBeVisible();
});

test('a unit is made, moved with its date, and closed when it is empty', async ({ visit }) => {
	const page = await visit('implementer');
	await openDemo(page, '/units');
	await page.getByRole('button', { name: '新建部门' }).click();
	const unit = page.getByRole('dialog');
	await unit.getByLabel('编号').fill('night-shift');
	await unit.getByLabel('中文名称').fill('夜班组');
	await unit.getByLabel('英文名称').fill('Night shift');
	await unit.getByLabel('上级部门').selectOption('operations');
	await unit.getByRole('button', { name: '保存' }).click();
	await expect(page.getByText('部门已保存')).toBeVisible();
	await page.getByRole('link', { name: '夜班组' }).click();
	await page.getByRole('button', { name: '更名或调动' }).click();
	const move = page.getByRole('dialog');
	await move.getByLabel('上级部门').selectOption('customs');
	await move.getByLabel('生效日期').fill('2026-11-01');
	await move.getByRole('button', { name: '保存' }).click();
	await expect(page.getByText('2026-11-01 起隶属 关务部')).toBeVisible();
	await page.getByRole('button', { name: '关闭部门' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '关闭部门' }).click();
	await expect(page.getByText('部门已关闭')).toBeVisible();
	await expect(page.getByRole('link', { name: '夜班组' })).toHaveCount(0);
});

test('a parameter takes a value from a period on, and gives it back', async ({ visit }) => {
	const page = await visit('implementer');
	await openDemo(page, '/parameters');
	await page.getByRole('button', { name: '新建参数' }).click();
	const made = page.getByRole('dialog');
	await made.getByLabel('编号').fill('night_allowance');
	await made.getByLabel('中文名称').fill('夜班补贴');
	await made.getByLabel('英文名称').fill('Night allowance');
	await made.getByLabel('单位').fill('money');
	await made.getByRole('button', { name: '保存' }).click();
	await page.getByRole('link', { name: '夜班补贴' }).click();
	await page.getByRole('button', { name: '记录新值' }).click();
	const value = page.getByRole('dialog');
	await value.getByLabel('生效期间').fill('2026-13');
	await value.getByLabel('值', { exact: true }).fill('0.12万');
	await value.getByRole('button', { name: '保存' }).click();
	await expect(value.getByText('“2026-13”不是期间。')).toBeVisible();
	await value.getByLabel('生效期间').fill('2026-12');
	await value.getByRole('button', { name: '保存' }).click();
	await expect(page.getByText('已记录')).toBeVisible();
	const records = page.getByRole('region', { name: '夜班补贴 的全部记录' });
	await expect(records.getByText('1,200')).toBeVisible();
	await records.getByRole('button', { name: /^撤回 / }).click();
	await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
	await expect(page.getByText('已撤回')).toBeVisible();
});

test('holidays change the working days of their month', async ({ visit }) => {
	const page = await visit('implementer');
	await openDemo(page, '/calendar?year=2027');
	const october = page.locator('dt', { hasText: '10月' }).locator('xpath=following-sibling::dd');
	await expect(october).toHaveText('21');
	await page
		.getByRole('textbox', { name: '节假日与调休' })
		.fill('2027-10-01 国庆节\n2027-10-09 班 调休');
	await page.getByRole('button', { name: '保存' }).click();
	await expect(page.getByText(/已保存，12 个月/)).toBeVisible();
	await expect(october).toHaveText('21');
	await page.getByRole('textbox', { name: '节假日与调休' }).fill('2027-10-01 国庆节');
	await page.getByRole('button', { name: '保存' }).click();
	await expect(october).toHaveText('20');
});
