/**
 * The main job on another company’s data: a new client, its people, months and quotas from files, a
 * scheme written from nothing, and a scorecard whose figures are known beforehand. It walks once on
 * the public data, where it is there, and always on a company of five in the same shape.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUOTA_SCHEME, type SalesFiles } from '../server/snapshots/quota-scheme.ts';
import { smallCompany } from '../server/snapshots/small-company.ts';
import { call, importByApi } from './support/api.ts';
import { letIn, makeClient } from './support/clients.ts';
import { DraftPage } from './support/designer.ts';
import { ImportWizard } from './support/imports.ts';
import { ReplayPage, SubmissionPage } from './support/replay.ts';
import { ScorecardsPage } from './support/scorecards.ts';
import { expect, open, test, type Visit } from './support/test.ts';

interface Expected {
	readonly people: number;
	readonly months: string;
	readonly salesSum: string;
	/** Of Linda Mitchell (276) in May 2013. */
	readonly sales: number;
	readonly orders: number;
	/** Of the quarter that begins in May. */
	readonly quota: number;
}

const METRICS = [
	{ id: 'sales', name: { 'zh-CN': '销售额', en: 'Sales' }, unit: 'money' },
	{ id: 'orders', name: { 'zh-CN': '订单数', en: 'Orders' }, unit: 'count' },
	{ id: 'shipping', name: { 'zh-CN': '运费', en: 'Shipping' }, unit: 'money' }
];
const columns = (pairs: Readonly<Record<string, string>>) =>
	Object.entries(pairs).map(([column, field]) => ({ field, columns: [column] }));
const bytes = (content: Uint8Array | string): Buffer => Buffer.from(content);
const money = (value: number): string =>
	new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 }).format(value);
const percent = (value: number): string =>
	new Intl.NumberFormat('zh-CN', { style: 'percent', maximumFractionDigits: 1 }).format(value);

async function walk(visit: Visit, client: string, files: SalesFiles, expected: Expected) {
	await test.step('the administrator makes the client and lets four people in', async () => {
		const admin = await visit('admin');
		await makeClient(admin, client, '冒险工厂', 'Adventure Works');
		await letIn(admin, 'implementer', '实施顾问');
		await letIn(admin, 'designer', 'HR 设计者');
		await letIn(admin, 'approver', 'HR 审批者');
		await letIn(admin, 'head-east', '部门主管');
	});

	const implementer = await visit('implementer');
	await open(implementer, `/clients/${client}`);

	await test.step('the implementer registers metrics and brings in people from two files', async () => {
		for (const metric of METRICS) {
			await call(implementer, client, 'POST', 'metrics', {
				revision: 0,
				definition: {
					...metric,
					direction: metric.id === 'shipping' ? 'lower' : 'higher',
					class: 'result',
					grain: 'employee',
					period: 'month',
					aggregation: 'sum',
					target_aggregation: 'sum'
				}
			});
		}
		await importByApi(implementer, client, 'people', bytes(files.employees), {
			columns: columns({
				BusinessEntityID: 'employee',
				NationalIDNumber: 'attribute.national_id',
				JobTitle: 'attribute.position',
				HireDate: 'attribute.hired_on'
			})
		});
		await importByApi(implementer, client, 'people', bytes(files.names), {
			columns: [
				...columns({
					EmployeeNationalIDAlternateKey: 'attribute.national_id',
					DepartmentName: 'attribute.unit'
				}),
				{ field: 'name', columns: ['FirstName', 'LastName'] }
			],
			match_on: 'national_id',
			where: [{ column: 'Status', values: ['Current'] }],
			create_units: true
		});
		await open(implementer, `/clients/${client}/people`);
		await expect(implementer.getByText(`共 ${expected.people} 人`)).toBeVisible();
	});

	await test.step('the implementer imports months and quotas in the pages', async () => {
		const wizard = new ImportWizard(implementer, client);
		await wizard.upload('每月数据', { name: 'months.csv', content: bytes(files.months) });
		await wizard.map({
			employee: '工号',
			period: '期间',
			sales: '销售额',
			orders: '订单数',
			shipping: '运费'
		});
		await wizard.dryRun();
		await expect(wizard.tile('可用的行')).toContainText(expected.months);
		await expect(wizard.sum('销售额')).toContainText(expected.salesSum);
		await wizard.commit();

		await wizard.upload('目标', { name: 'quotas.csv', content: bytes(files.quotas) });
		await wizard.map({ BusinessEntityID: '工号', QuotaDate: '期间', SalesQuota: '目标：销售额' });
		await implementer.getByLabel('每个目标分摊到几个月').fill('3');
		await implementer.getByLabel('每个目标分摊到几个月').press('Enter');
		await wizard.dryRun();
		await expect(wizard.tile('被拒的行')).toContainText('0');
		await wizard.commit();
	});

	const designer = await visit('designer');
	const draft = new DraftPage(designer, client);
	let address = '';

	await test.step('the designer writes a scheme from nothing, replays and submits it', async () => {
		await open(designer, `/clients/${client}/schemes`);
		await designer.getByRole('link', { name: '新建方案' }).first().click();
		await designer.getByRole('tab', { name: '空白方案' }).click();
		await designer.getByLabel('方案名称').fill('销售定额');
		await designer.getByLabel('方案代号').fill('quota');
		await designer.getByRole('button', { name: '开始草稿' }).click();
		await designer.waitForURL(/\/drafts\//);
		address = new URL(designer.url()).pathname;
		await open(designer, `${address}?view=json`);
		await draft.writeJson(JSON.stringify({ ...QUOTA_SCHEME, period: 'month' }, null, 2));
		await expect(draft.side()).toContainText('0 个错误');
		await draft.saved();
		await draft.replay('2013-04', '2013-08');
		await new ReplayPage(designer).submit('定额七成,订单三成');
	});

	await test.step('the approver approves, the designer publishes and scores May', async () => {
		const approver = await visit('approver');
		await open(approver, new URL(designer.url()).pathname);
		await new SubmissionPage(approver).approve('与定额制度一致');
		await open(designer, address);
		await draft.publish('2013-01');
		await expect(designer).toHaveURL(/\/schemes\/quota\/versions\/1$/);
		const cards = new ScorecardsPage(designer, client);
		await cards.open();
		await cards.run('2013-05', '2013年5月');
	});

	await test.step('the scorecard says what the files say', async () => {
		const attainment = expected.sales / (expected.quota / 3);
		const score = 70 * Math.min(attainment, 1.2) + 30 * Math.min(expected.orders / 40, 1);
		const cards = new ScorecardsPage(designer, client);
		await cards.card('Linda Mitchell');
		await expect(cards.total()).toContainText((Math.round(score * 100) / 100).toFixed(2));
		await expect(cards.item('销售额')).toContainText(money(expected.sales));
		await expect(cards.item('销售额')).toContainText(percent(attainment));
		await expect(cards.item('订单数')).toContainText(String(expected.orders));
		await expect(designer.getByText('已复算，结果一致')).toBeVisible();
	});
}

test('a company of five, from files to a scorecard', async ({ visit }) => {
	test.setTimeout(180_000);
	await walk(visit, `small-${Date.now().toString(36)}`, smallCompany(), {
		people: 5,
		months: '6',
		salesSum: '4,598',
		sales: 100,
		orders: 10,
		quota: 1000
	});
});

test('AdventureWorks, from files to a scorecard', async ({ visit }) => {
	const folder = process.env['QUANHENG_DATASETS'];
	test.skip(folder === undefined, 'QUANHENG_DATASETS is not set: the public data is left out.');
	if (folder === undefined) return;
	test.setTimeout(240_000);
	const place = join(folder, 'adventureworks-sales');
	expect(existsSync(place), `QUANHENG_DATASETS has no folder ${place}`).toBe(true);
	const file = (name: string): Uint8Array => readFileSync(join(place, name));
	const truth = JSON.parse(readFileSync(join(place, 'ground_truth.json'), 'utf8')) as {
		what: string;
		rows: (string | number)[][];
	}[];
	const rowsOf = (start: string) => truth.find(({ what }) => what.startsWith(start))?.rows ?? [];
	const [month] = rowsOf('276 Linda Mitchell, month 2013-05');
	const quarter = rowsOf('quota attainment').find(
		([employee, date]) => employee === '276' && String(date).startsWith('2013-05')
	);
	const files: SalesFiles = {
		employees: file('Employee.csv'),
		names: file('DimEmployee.csv'),
		months: file('derived/sales_person_month.csv'),
		quotas: file('SalesPersonQuotaHistory.csv')
	};
	await walk(visit, 'adventure-works', files, {
		people: 290,
		months: '423',
		salesSum: '80,487,704.1',
		sales: Number(month?.[0]),
		orders: Number(month?.[1]),
		quota: Number(quarter?.[2])
	});
});
