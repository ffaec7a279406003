/**
 * “Training hours” without a programmer: a record type, its records, a metric from them, and the way
 * back from the figure to each record. And the library: search, near-duplicates, revisions in words.
 */
import type { Page } from '@playwright/test';
import { expect, open, test } from './support/test.ts';

/** A word of its own for every run, so that a run can be repeated on the same data. */
const RUN = Date.now().toString(36);

async function post(page: Page, path: string, body: unknown) {
	return page.evaluate(
		async ([address, data]) => {
			const response = await fetch(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: data
			});
			return { status: response.status, body: (await response.json()) as Record<string, unknown> };
		},
		[path, JSON.stringify(body)] as const
	);
}

test('AT-37: an implementer adds training hours in minutes, and the figure leads back to each record', async ({
	visit
}) => {
	const page = await visit('implementer');
	const record = `training_${RUN}`;
	await open(page, '/clients/demo/records/new');
	const basics = page.getByRole('region', { name: '基本信息' }).or(page.locator('section').first());
	await basics.getByLabel('中文名称').first().fill('培训学时');
	await basics.getByLabel('英文名称').first().fill(`Training ${RUN}`);
	await expect(basics.getByLabel('标识').first()).toHaveValue(record);
	await page.getByRole('button', { name: '添加列' }).click();
	const added = page
		.getByRole('listitem')
		.filter({ has: page.getByLabel('类型') })
		.last();
	await added.getByLabel('中文名称').fill('学时');
	await added.getByLabel('英文名称').fill('Hours');
	await added.getByLabel('标识').fill('hours');
	await added.getByLabel('类型').selectOption('number');
	await page.getByRole('button', { name: '登记记录类型' }).click();
	await expect(page).toHaveURL(new RegExp(`/records/${record}$`));
	await expect(page.getByText('还没有记录')).toBeVisible();

	const rows = [
		{ number: 'T1', employee: 'E1001', date: '2026-09-03', hours: 4 },
		{ number: 'T2', employee: 'E1001', date: '2026-09-10', hours: 6.5 },
		{ number: 'T3', employee: 'E1002', date: '2026-09-11', hours: 2 },
		{ number: 'T4', employee: 'nobody', date: '2026-09-11', hours: 2 }
	];
	const sent = await post(page, `/api/v1/clients/demo/records/${record}`, { rows });
	expect(sent.status).toBe(200);
	expect(sent.body).toMatchObject({ added: 3, rejected: 1 });

	await open(page, `/clients/demo/records/${record}`);
	await expect(page.getByText('3 条记录')).toBeVisible();
	await page.getByLabel('搜索').fill('T2');
	await page.getByRole('button', { name: '筛选' }).click();
	await expect(page.getByText('1 条记录')).toBeVisible();

	const metric = `training_hours_${RUN}`;
	await open(page, '/clients/demo/metrics/new');
	await page.getByLabel('中文名称').fill(`培训学时${RUN}`);
	await page.getByLabel('英文名称').fill(`Training hours ${RUN}`);
	await expect(page.getByLabel('标识')).toHaveValue(metric);
	await page.getByLabel('单位').fill('hours');
	await page.getByRole('radio', { name: '由记录汇总' }).check();
	await page.getByLabel('记录类型').selectOption(record);
	await page.getByLabel('汇总方式').first().selectOption('sum');
	await page.getByLabel('取值列').selectOption('hours');
	await page.getByRole('button', { name: '登记指标' }).click();
	await expect(page).toHaveURL(new RegExp(`/metrics/${metric}$`));
	await expect(page.getByText('培训学时的学时：合计')).toBeVisible();

	await page.getByLabel('工号').fill('E1001');
	await page.getByLabel('期间').fill('2026-09');
	await page.getByRole('button', { name: '查看', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('2026');
	await expect(page.getByRole('main')).toContainText('10.5');
	await expect(page.getByText('一致')).toBeVisible();
	await expect(page.getByRole('main')).toContainText('T1');
	await expect(page.getByRole('main')).not.toContainText('T3');

	// What is taken may be computed of each record: here twice the hours.
	const computed = `training_credit_${RUN}`;
	await open(page, '/clients/demo/metrics/new');
	await page.getByLabel('中文名称').fill(`培训积分${RUN}`);
	await page.getByLabel('英文名称').fill(`Training credit ${RUN}`);
	await expect(page.getByLabel('标识')).toHaveValue(computed);
	await page.getByRole('radio', { name: '由记录汇总' }).check();
	await page.getByLabel('记录类型').selectOption(record);
	await page.getByLabel('汇总方式').first().selectOption('sum');
	await page.getByLabel('取值列').selectOption({ label: '由多列算出……' });
	await page.getByLabel('每条记录算出的值').fill('record.hours * 2');
	await page.getByRole('button', { name: '登记指标' }).click();
	await expect(page).toHaveURL(new RegExp(`/metrics/${computed}$`));
	await page.getByLabel('工号').fill('E1001');
	await page.getByLabel('期间').fill('2026-09');
	await page.getByRole('button', { name: '查看', exact: true }).click();
	await expect(page.getByText('一致')).toBeVisible();
	await expect(page.getByRole('main')).toContainText('21');
	await expect(page.getByRole('row', { name: /T2/ })).toContainText('13');
});

test('AT-10: near-duplicates are named while a metric is described, and a revision is told in words', async ({
	visit
}) => {
	const page = await visit('implementer');
	await open(page, '/clients/demo/metrics');
	await page.getByRole('searchbox', { name: '名称、拼音首字母或标识' }).fill('hkxse');
	await expect(page.getByRole('link', { name: '回款销售额' })).toBeVisible();
	await expect(page.getByRole('link', { name: '活跃客户数' })).toHaveCount(0);

	const id = `collected_copy_${RUN}`;
	await open(page, '/clients/demo/metrics/new');
	await page.getByLabel('中文名称').fill('回款销售金额');
	await page.getByLabel('英文名称').fill(`Money in ${RUN}`);
	await page.getByLabel('标识').fill(id);
	await expect(page.getByText(/可能与已有的 \d+ 个指标重复/)).toBeVisible();
	await page.getByRole('button', { name: '登记指标' }).click();
	await expect(page).toHaveURL(new RegExp(`/metrics/${id}$`));

	await page.getByRole('link', { name: '修订' }).click();
	await page.getByLabel('方向').selectOption('lower');
	await page.getByRole('button', { name: '保存修订' }).click();
	await expect(page).toHaveURL(new RegExp(`/metrics/${id}$`));
	await expect(page.getByText('方向：越高越好 → 越低越好')).toBeVisible();

	await page.getByRole('button', { name: '停用' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
	await expect(page).toHaveURL(/\/metrics$/);
	await page.getByRole('searchbox', { name: '名称、拼音首字母或标识' }).fill(id);
	await expect(page.getByText('没有符合的指标')).toBeVisible();
});

test('AT-36: who has no record for three days is named to those who wait for them', async ({
	visit
}) => {
	const page = await visit('implementer');
	await open(page, '/clients/demo/records');
	const record = `visit_${RUN}`;
	const words = (text: string) => ({ 'zh-CN': text, en: text });
	const made = await post(page, '/api/v1/clients/demo/records', {
		definition: {
			id: record,
			name: words('拜访'),
			key: ['number'],
			date: 'date',
			subject: 'employee',
			columns: [
				{ id: 'number', name: words('单号'), type: 'text' },
				{ id: 'employee', name: words('工号'), type: 'text' },
				{ id: 'date', name: words('日期'), type: 'date' }
			]
		},
		revision: 0
	});
	expect(made.status).toBe(201);
	await open(page, `/clients/demo/records/${record}?tab=reminders`);
	await page.getByRole('button', { name: '新建提醒' }).first().click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('中文名称').fill(`连续三天无拜访${RUN}`);
	await dialog.getByLabel('英文名称').fill(`No visit ${RUN}`);
	await dialog.getByLabel('谁应该有记录（不填则所有人）').fill('employee.id == "E1001"');
	await dialog.getByRole('button', { name: '保存提醒' }).click();
	await expect(dialog).toHaveCount(0);
	await expect(page.getByText('1 / 1 人')).toBeVisible();
	await expect(page.getByRole('main')).toContainText('E1001');
	await open(page, '/clients/demo');
	await expect(page.getByText(`连续三天无拜访${RUN}`)).toBeVisible();
	// The reminder ends, so that the next run finds the home page as it was.
	await open(page, `/clients/demo/records/${record}?tab=reminders`);
	await page.getByRole('button', { name: '停用' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
	await expect(page.getByText('还没有提醒')).toBeVisible();
});
