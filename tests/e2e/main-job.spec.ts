/**
 * The main job on the demo client, from an imported month to a scorecard that an employee reads.
 * One way through the house as six people walk it, so one test with named steps.
 */
import { DraftPage } from './support/designer.ts';
import { csv, ImportWizard } from './support/imports.ts';
import { ReplayPage, SubmissionPage } from './support/replay.ts';
import { ScorecardsPage } from './support/scorecards.ts';
import { signInByCard } from './support/sign-in.ts';
import { TargetSheet } from './support/targets.ts';
import { expect, open, test } from './support/test.ts';

const CYCLE = 'cycle-2026-11';
const NOVEMBER = '2026年11月';
const PHONE = { width: 390, height: 844 };
const SENIOR = '资深销售';

/** What November brought: the chaser collects most, the seller keeps customers and margin. */
const MONTH = csv(
	[
		'人员编号',
		'所属月份',
		'回款(万)',
		'活跃',
		'其中复购',
		'毛利(元)',
		'票数',
		'打分人数',
		'打分均值'
	],
	['E1001', '2026年11月', '154', 20, 8, 30000, 80, 6, 3],
	['E1002', '2026年11月', '90', 20, 14, 64000, 50, 6, 5],
	['E1101', '2026年11月', '70.5', 10, 5, 32000, 40, 4, 4]
);
const MONTH_FIELDS = {
	人员编号: '工号',
	所属月份: '期间',
	'回款(万)': '回款销售额',
	活跃: '活跃客户数',
	其中复购: '复购客户数',
	'毛利(元)': '毛利额',
	票数: '本人票量',
	打分人数: '协作评价人数',
	打分均值: '跨部门协作满意度'
};
/** Weights of senior sales in the draft of the pack (AT-12). */
const WEIGHTS = { 回款销售额: 40, 客户复购率: 25, 单票利润: 20, 跨部门协作满意度: 15 };
const TARGETS = csv(
	['工号', '月份', '单票利润目标', '客户复购率目标'],
	['E1001', '2026-11', 800, 0.5],
	['E1002', '2026-11', 800, 0.5],
	['E1101', '2026-11', 800, 0.5]
);

test('from an imported month to a scorecard, as six people', async ({ visit, browser }) => {
	test.setTimeout(240_000);
	const implementer = await visit('implementer');
	const head = await visit('head-east', { viewport: PHONE, hasTouch: true });
	const sheet = new TargetSheet(head);

	await test.step('a demo person signs in by pressing their card', async () => {
		const context = await browser.newContext();
		const page = await context.newPage();
		await signInByCard(page, 'linhui');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('林慧');
		await context.close();
	});

	await test.step('the implementer sees what the pack holds and what data it still needs', async () => {
		await open(implementer, '/clients/demo/packs');
		const pack = implementer
			.getByRole('listitem')
			.filter({ has: implementer.getByRole('heading', { name: '货运代理' }) });
		await pack.getByRole('link', { name: '查看', exact: true }).click();
		await expect(
			implementer.getByRole('heading', { name: '需要哪些数据，这里有哪些' })
		).toBeVisible();
		await expect(implementer.getByText('正是这一版已经装好')).toBeVisible();
	});

	await test.step('the implementer imports a further month, columns mapped by hand', async () => {
		const wizard = new ImportWizard(implementer);
		await wizard.upload('每月数据', { name: '十一月.csv', content: MONTH });
		await wizard.map(MONTH_FIELDS);
		await wizard.scale('回款(万)', '万 → 个');
		await wizard.dryRun();
		await expect(wizard.tile('可用的行')).toContainText('3');
		await expect(wizard.tile('新增')).toContainText('21');
		await expect(wizard.tile('被拒的行')).toContainText('0');
		await expect(wizard.sum('回款销售额')).toContainText('3,145,000');
		await expect(wizard.sum('毛利额')).toContainText('126,000');
		await wizard.commit();
	});

	await test.step('a second import is rolled back and the figures return', async () => {
		const history = sheet.page.getByRole('img', { name: /^上期 .*共 24 期/ }).first();
		await sheet.open(CYCLE);
		await expect(history).toHaveAccessibleName(/^上期 1,600,547，/);

		const wizard = new ImportWizard(implementer);
		const wrong = csv(['工号', '月份', '回款销售额'], ['E1001', '2026-10', 9_999_999]);
		await wizard.upload('每月数据', { name: '更正.csv', content: wrong });
		await wizard.dryRun();
		await expect(wizard.tile('更新')).toContainText('1');
		await expect(implementer.getByRole('region', { name: '改动样例' })).toContainText('1600547');
		await wizard.commit();
		await sheet.open(CYCLE);
		await expect(history).toHaveAccessibleName(/^上期 9,999,999，/);

		await wizard.rollBack('单位弄错了');
		await sheet.open(CYCLE);
		await expect(history).toHaveAccessibleName(/^上期 1,600,547，/);
	});

	await test.step('the implementer brings the targets that the company already had', async () => {
		const wizard = new ImportWizard(implementer);
		await wizard.upload('目标', { name: '目标.csv', content: TARGETS });
		await wizard.dryRun();
		await expect(wizard.tile('可用的行')).toContainText('3');
		await wizard.commit();
	});

	await test.step('the head proposes on a phone, with the history beside each field', async () => {
		await sheet.open(CYCLE);
		const block = sheet.block('回款销售额', NOVEMBER);
		for (const chip of ['中位数', '最好', '上期']) {
			await expect(block.getByRole('button', { name: new RegExp(`^${chip} `) })).toBeVisible();
		}
		await sheet.propose('回款销售额', NOVEMBER, '140万');
		await expect(sheet.input('回款销售额', NOVEMBER)).toHaveValue('1,400,000');
		await expect(block.getByText(/^历史上 \d+% 的期数达到过/)).toBeVisible();

		await sheet.unfold('林慧');
		await sheet
			.block('回款销售额', NOVEMBER)
			.getByRole('button', { name: /^中位数 / })
			.click();
		await expect(sheet.input('回款销售额', NOVEMBER)).not.toHaveValue('');
		await sheet.unfold('韦晓燕');
		await sheet.propose('回款销售额', NOVEMBER, '70.5万');
		await sheet.submit();
		await expect(head.getByText('已提交 3 项，还有 63 项未填。')).toBeVisible();
		const width = await head.evaluate(() => document.documentElement.scrollWidth);
		expect(width).toBeLessThanOrEqual(PHONE.width);
	});

	await test.step('HR returns one proposal with a comment and agrees the rest', async () => {
		const review = await visit('approver');
		const list = new TargetSheet(review);
		await list.open(CYCLE);
		await list.giveBack('韦晓燕', '回款销售额', '请按新客户情况再算一遍');
		await list.agree('高磊', '回款销售额');
		await expect(review.getByRole('button', { name: '同意 高磊 的 回款销售额' })).toHaveCount(0);
		await list.agree('林慧', '回款销售额');
		await expect(review.getByText('这里没有要处理的目标。')).toBeVisible();

		await sheet.open(CYCLE);
		await sheet.unfold('韦晓燕');
		await expect(head.getByText('HR：请按新客户情况再算一遍')).toBeVisible();
	});

	const designer = await visit('designer');
	const draft = new DraftPage(designer);

	await test.step('the designer moves a weight by keyboard; the total stays 100', async () => {
		await draft.open('sales-draft');
		const before = await draft.verdict();
		await draft.slider('回款销售额', SENIOR).focus();
		await designer.keyboard.press('Shift+ArrowRight');
		await expect(draft.weight('回款销售额', SENIOR)).toHaveValue('45%');
		await expect(draft.totals()).not.toContainText('还差');
		await expect(draft.totals()).not.toContainText('多出');
		await expect.poll(() => draft.verdict()).not.toBe(before);
		await draft.saved();
	});

	await test.step('110 percent is named, and repaired by one press', async () => {
		await draft.balance('手动');
		await draft.weight('回款销售额', SENIOR).fill('55');
		await draft.weight('回款销售额', SENIOR).press('Enter');
		await expect(draft.totals()).toContainText('合计 110%');
		await expect(draft.totals()).toContainText('多出 10%');
		await expect(draft.side()).toContainText('110');
		await expect(draft.side()).toContainText(/[1-9]\d* 个错误/);
		await draft.totals().getByRole('button', { name: '一键补齐' }).click();
		await expect(draft.totals()).not.toContainText('110');
		await expect(draft.side()).toContainText('0 个错误');
		await draft.balance('自动配平');
	});

	await test.step('steps back lead to the weights that the scheme’s own examples hold to', async () => {
		await draft.undoUntil(draft.weight('回款销售额', SENIOR), '40%');
		for (const [item, weight] of Object.entries(WEIGHTS)) {
			await expect(draft.weight(item, SENIOR)).toHaveValue(`${weight}%`);
		}
		await draft.saved();
	});

	const replay = new ReplayPage(designer);

	await test.step('the designer replays a year against the version in force', async () => {
		await draft.replay('2025-11', '2026-10');
		await expect(replay.verdict()).toContainText(/重算/);
		await expect(designer.getByText(/^方案适用的 \d+ 人期中，\d+ 人期有分数/)).toBeVisible();
		for (const part of ['分数分布', '等级迁移', '检查']) {
			await expect(designer.getByRole('heading', { name: part })).toBeVisible();
		}
		await replay.tab('人员');
		await expect(designer.getByRole('region', { name: '变化最大的人' })).toContainText('高磊');
	});

	const result = designer.url();

	await test.step('the volume-chaser falls below the quality-seller, with the reasons', async () => {
		const chaser = await replay.person('E1001', '高磊', '2026-10');
		await expect(designer.getByRole('dialog')).toContainText('逐项对比');
		await expect(designer.getByRole('dialog')).toContainText('单票利润');
		const seller = await replay.person('E1002', '林慧', '2026-10');
		expect(chaser.before).toBeGreaterThanOrEqual(seller.before);
		expect(chaser.after).toBeLessThan(seller.after);
	});

	await test.step('the designer submits, and may not approve what is their own', async () => {
		await open(designer, result);
		await replay.submit('把利润和复购放进来');
		await expect(designer.getByRole('button', { name: '批准', exact: true })).toHaveCount(0);
		await expect(designer.getByText('只有 HR 审批者可以决定。')).toBeVisible();
	});

	await test.step('another person approves the exact content', async () => {
		const approver = await visit('approver');
		await open(approver, new URL(designer.url()).pathname);
		const hash = await designer
			.locator('[title]')
			.filter({ hasText: /^[0-9a-f]{8,12}/ })
			.first()
			.textContent();
		await expect(approver.getByText(hash?.trim() ?? '', { exact: true }).first()).toBeVisible();
		await new SubmissionPage(approver).approve('护栏都过了，同意');
	});

	await test.step('the designer publishes it from November on', async () => {
		await draft.open('sales-draft');
		await draft.publish('2026-11');
		await expect(designer).toHaveURL(/\/schemes\/sales\/versions\/2$/);
		await expect(designer.getByText('自 2026年11月 起生效').first()).toBeVisible();
	});

	await test.step('November is scored with it and released', async () => {
		const cards = new ScorecardsPage(designer);
		await cards.open();
		await cards.run('2026-11', NOVEMBER);
		await cards.release(NOVEMBER);
	});

	await test.step('the employee reads the own scorecard, item by item, and nobody else’s', async () => {
		const cards = new ScorecardsPage(designer);
		await cards.open('2026-11');
		await cards.card('林慧');
		const colleague = new URL(designer.url()).pathname;

		const employee = await visit('gaolei', { provoked: /404/ });
		const own = new ScorecardsPage(employee);
		await own.open();
		await employee.getByRole('link', { name: NOVEMBER }).first().click();
		await expect(own.item('回款销售额')).toContainText('1,400,000');
		await expect(own.item('回款销售额')).toContainText('110%');
		// 110, 80 for 0.4 of 0.5, 46.875 for 375 of 800, 60 for a rating of 3: 44 + 20 + 9.375 + 9.
		for (const [item, weight] of Object.entries(WEIGHTS)) {
			await expect(own.item(item)).toContainText(`${weight}%`);
			await expect(own.item(item)).toContainText('为什么：');
		}
		await expect(own.total()).toContainText('82.38');
		await expect(employee.getByText('已复算，结果一致')).toBeVisible();

		const answer = await employee.goto(colleague);
		expect(answer?.status()).toBe(404);
		await expect(employee.getByRole('heading', { name: '没有找到这个页面' })).toBeVisible();
		await expect(employee.getByText('林慧')).toHaveCount(0);
	});
});
