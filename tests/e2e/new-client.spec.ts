/**
 * An implementer's first day: from the list of clients to a client that others go on with. Every
 * entry and every page is counted, because “few” is a promise here: at most 25 and 8.
 */
import type { Locator, Page } from '@playwright/test';
import { readPack } from './support/packs.ts';
import { generateSample } from '../../src/lib/packs/sample/generate-sample.ts';
import { sampleCsv } from '../../src/lib/packs/sample/sample-csv.ts';
import { answers, expect, open, test } from './support/test.ts';

const MOST_INPUTS = 25;
const MOST_PAGES = 8;
/** A pack's sentences are run before it is installed, and files are read, checked and written whole. */
const IN_ITS_TIME = { timeout: 90_000 };

/** Hands that are counted: whatever is typed, pressed, chosen or uploaded, and where. */
class CountedHands {
	readonly page: Page;
	inputs = 0;
	readonly pages = new Set<string>();

	constructor(page: Page) {
		this.page = page;
		page.on('framenavigated', (frame) => {
			if (frame === page.mainFrame()) this.pages.add(this.#pageOf(frame.url()));
		});
	}

	/** A page is its path: the same page about another replay is the same page. */
	#pageOf(address: string): string {
		return new URL(address).pathname;
	}

	async press(target: Locator): Promise<void> {
		this.inputs += 1;
		await target.click();
	}

	async type(target: Locator, text: string): Promise<void> {
		this.inputs += 1;
		await target.fill(text);
	}

	async choose(target: Locator): Promise<void> {
		this.inputs += 1;
		await target.check();
	}

	async upload(target: Locator, name: string, content: string): Promise<void> {
		this.inputs += 1;
		await target.setInputFiles({
			name,
			mimeType: 'text/csv',
			buffer: Buffer.from(content, 'utf8')
		});
	}
}

test('a new client comes to its hand-over in at most 25 inputs and 8 pages, told at each what comes next', async ({
	visit
}) => {
	test.setTimeout(300_000);
	const pack = readPack('freight-forwarding');
	if (!pack.generator) throw new Error('The pack has no sample client.');
	const sample = generateSample(pack.generator);
	const files = sampleCsv(sample, pack.metrics);
	const mark = Date.now().toString(36);

	const page = await visit('implementer');
	await open(page, '/clients');
	const hands = new CountedHands(page);
	hands.pages.add('/clients');
	const main = page.getByRole('main');
	const rail = page.getByRole('navigation', { name: '实施步骤' });

	await test.step('the client and its industry', async () => {
		await hands.press(page.getByRole('link', { name: '新建客户公司' }));
		await answers(page);
		await expect(main.getByText('下一步：查看规则包的安装计划。')).toBeVisible();
		await hands.type(page.getByLabel('客户名称'), `海川货运 ${mark}`);
		await hands.choose(page.getByRole('radio', { name: /^货运代理/ }));
		await hands.press(page.getByRole('button', { name: '建立并继续' }));
	});

	await test.step('the pack: its plan against an empty client, then one press', async () => {
		await expect(page.getByRole('heading', { level: 1, name: '货运代理' })).toBeVisible(
			IN_ITS_TIME
		);
		await expect(main.getByText(/需要 \d+ 项，已有 0 项/)).toBeVisible();
		await expect(main.getByText('还没有历史数据，导入之后才能试算')).toBeVisible();
		await expect(rail.locator('[aria-current=step]')).toContainText('规则包');
		await hands.press(page.getByRole('button', { name: '安装', exact: true }));
	});

	await test.step('people and units from the HR export, every column recognised', async () => {
		await expect(page.getByRole('heading', { level: 1, name: '导入组织与人员' })).toBeVisible(
			IN_ITS_TIME
		);
		await expect(rail).toContainText('货运代理 1.0.0');
		await hands.upload(page.getByLabel('人员文件'), 'people.csv', files['people.csv']);
		await hands.press(page.getByRole('button', { name: '读取并预演' }));
		await expect(main.getByText('10 / 10 列已识别')).toBeVisible(IN_ITS_TIME);
		await expect(main.getByText(`新增 ${sample.people.length} 人`)).toBeVisible();
		await expect(main.getByText(/提交后进入下一步：历史数据/)).toBeVisible();
		await hands.press(page.getByRole('button', { name: '提交并继续' }));
	});

	await test.step('two years of figures and targets, recognised by the presets of the pack', async () => {
		await expect(page.getByRole('heading', { level: 1, name: '导入历史数据和目标' })).toBeVisible(
			IN_ITS_TIME
		);
		await expect(rail).toContainText(`${sample.people.length} 人`);
		await hands.upload(page.getByLabel('每月数据'), 'figures.csv', files['observations.csv']);
		await hands.upload(page.getByLabel('每月目标'), 'targets.csv', files['targets.csv']);
		await hands.press(page.getByRole('button', { name: '读取并预演' }));
		await expect(main.getByRole('listitem').filter({ hasText: 'figures.csv' })).toBeVisible(
			IN_ITS_TIME
		);
		await expect(main.getByRole('listitem').filter({ hasText: 'targets.csv' })).toBeVisible();
		await expect(main.getByText(/列需要你确认/)).toBeHidden();
		await expect(main.getByText(/提交后进入下一步：首次回放/)).toBeVisible();
		await hands.press(page.getByRole('button', { name: '提交并继续' }));
	});

	await test.step('the first replay of the scheme for the most people', async () => {
		await expect(page.getByRole('heading', { level: 1, name: '首次回放' })).toBeVisible(
			IN_ITS_TIME
		);
		await hands.press(page.getByRole('button', { name: '开始回放' }));
		await expect(page.getByRole('heading', { name: '回放结果' })).toBeVisible(IN_ITS_TIME);
		await expect(main.getByText('下一步：让客户的人登录，完成交接')).toBeVisible();
		await hands.press(main.getByRole('link', { name: '继续' }));
	});

	await test.step('it can be left and taken up: the state is read from the data', async () => {
		await expect(page.getByRole('heading', { level: 1, name: '实施与交接' })).toBeVisible(
			IN_ITS_TIME
		);
		await page.reload();
		await answers(page);
		await expect(rail.getByLabel('已完成')).toHaveCount(5);
	});

	await test.step('who signs in: one role after the other, the missing one is proposed', async () => {
		for (const [name, account] of [
			['客户管理员', 'admin'],
			['客户薪酬', 'pay'],
			['客户人事总监', 'hr']
		] as const) {
			await hands.type(page.getByLabel('姓名'), name);
			await hands.type(page.getByLabel('账号'), `${account}-${mark}`);
			await hands.press(page.getByRole('button', { name: '添加', exact: true }));
			await expect(main.getByText(`已添加 ${name}`)).toBeVisible(IN_ITS_TIME);
		}
		await expect(rail.getByLabel('已完成')).toHaveCount(6);
		await expect(main.getByText('都完成了')).toBeVisible();
		await expect(page.getByRole('heading', { name: '接下来由谁做什么' })).toBeVisible();
	});

	await test.step('the checklist prints on paper with the lines to sign', async () => {
		await page.emulateMedia({ media: 'print' });
		await expect(main.getByText('客户代表')).toBeVisible();
		await expect(main.getByText('已安装 货运代理 1.0.0')).toBeVisible();
		await expect(rail).toBeHidden();
		await page.emulateMedia({ media: null });
	});

	console.log(`new client: ${hands.inputs} inputs on ${hands.pages.size} pages`);
	expect(hands.inputs).toBeLessThanOrEqual(MOST_INPUTS);
	expect([...hands.pages].length, [...hands.pages].join(', ')).toBeLessThanOrEqual(MOST_PAGES);
});
