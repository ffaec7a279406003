/** Builds a scheme in the designer from a blank page, part by part, as its document says. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Hand } from './hand.ts';
import { answers, open } from './test.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Named {
	readonly id: string;
	readonly name: { readonly 'zh-CN': string; readonly en: string };
}

/** What of a scheme document the walk reads. */
export interface WalkedScheme {
	readonly name: Named['name'];
	readonly applies_to: Json;
	readonly items: readonly {
		readonly id: string;
		readonly metric: string;
		readonly missing: string;
		readonly weight: { readonly if: readonly [Json, number, number] };
		readonly score: Json;
	}[];
	readonly adjustments: readonly (Named & { readonly when: Json; readonly points: number })[];
	readonly gates: readonly (Named & {
		readonly when: Json;
		readonly effect: { readonly cap?: number; readonly grade?: string };
	})[];
	readonly grades: readonly (Named & { readonly from: number })[];
	readonly payout: { readonly amount: Json; readonly decimals: number };
	readonly waivers: readonly { readonly code: string; readonly reason: string }[];
}

const MISSING: Readonly<Record<string, string>> = {
	block: '数据缺失时整卡不计分',
	zero: '数据缺失时按 0 分',
	exclude: '数据缺失时不计此项，权重分给其他项'
};

export class SchemeBuilder {
	readonly page: Page;
	readonly hand: Hand;

	constructor(page: Page, hand: Hand) {
		this.page = page;
		this.hand = hand;
	}

	/** Starts a blank draft; answers with its id. */
	async start(id: string, name: string): Promise<string> {
		const { page, hand } = this;
		await open(page, '/clients/demo/schemes/new?from=blank');
		await hand.write(page.getByLabel('方案名称'), name);
		await hand.write(page.getByLabel('方案代号'), id);
		// Enter in the last field sends the form; a mouse presses its button.
		if (hand.name !== 'keyboard') await hand.press(page.getByRole('button', { name: '开始草稿' }));
		await page.waitForURL(/\/drafts\//);
		await answers(page);
		return new URL(page.url()).pathname.split('/').at(-1) ?? '';
	}

	async view(name: RegExp): Promise<void> {
		const tab = this.page.getByRole('tab', { name });
		await this.hand.press(tab);
		await expect(tab).toHaveAttribute('aria-selected', 'true');
	}

	/** Writes a rule in the JSON view of its editor. */
	async rule(within: Locator, label: string, rule: Json): Promise<void> {
		const group = within.getByRole('group', { name: label, exact: true }).first();
		await this.hand.press(group.getByRole('button', { name: 'JSON', exact: true }));
		await this.hand.write(group.getByLabel(`${label}（JSON）`), JSON.stringify(rule));
		await this.hand.press(group.getByRole('button', { name: '应用', exact: true }));
		await expect(group.getByRole('alert')).toHaveCount(0);
	}

	/** Adds an item for a metric from the library and says how it is scored. */
	async item({ metric, missing, score }: WalkedScheme['items'][number]): Promise<void> {
		const { page, hand } = this;
		await hand.write(page.getByRole('searchbox', { name: /指标库/ }), metric);
		const add = page.locator(`[data-metric="${metric}"]`).getByRole('button');
		if ((await page.locator(`[data-canvas] [data-item="${metric}"]`).count()) === 0)
			await hand.press(add);
		const inspector = page.getByRole('region', { name: '属性' });
		await expect(page.locator(`[data-canvas] [data-item="${metric}"]`)).toBeVisible();
		const curve = curveOf(score);
		if (curve) {
			await hand.press(inspector.getByRole('radio', { name: '分段折线' }));
			await hand.choose(
				inspector.getByLabel('按什么评'),
				curve.input === 'item.actual' ? '实际值' : '达成率'
			);
			await this.points(inspector, curve.points);
		} else {
			await hand.press(inspector.getByText('用公式、条件或表格来写'));
			await this.rule(inspector, '评分规则', score);
		}
		await hand.choose(inspector.getByLabel('数据缺失时'), MISSING[missing] ?? missing);
	}

	/** Fills the table of a curve, from the last row back so that no row passes its neighbour. */
	async points(within: Locator, points: readonly (readonly [number, number])[]): Promise<void> {
		const table = within.getByRole('group', { name: '分段折线' });
		const rows = table.getByRole('row');
		while ((await rows.count()) - 1 < points.length)
			await this.hand.press(table.getByRole('button', { name: '加一行' }));
		for (let at = points.length - 1; at >= 0; at -= 1) {
			const [x, y] = points[at] ?? [0, 0];
			const cells = rows.nth(at + 1).getByRole('textbox');
			const isPercent = (await cells.first().inputValue()).includes('%');
			await this.hand.write(cells.first(), isPercent ? `${x * 100}%` : String(x));
			await this.hand.write(cells.nth(1), String(y));
		}
	}

	async branch(when: Json, name: string, otherwise: string): Promise<void> {
		const { page, hand } = this;
		await hand.press(page.getByRole('button', { name: '按条件区分' }));
		const dialog = page.getByRole('dialog', { name: '按条件区分权重' });
		await this.rule(dialog, '适用条件', when);
		await hand.write(dialog.getByLabel('这一列叫什么'), name);
		await hand.write(dialog.getByLabel('其他人叫什么'), otherwise);
		await hand.press(dialog.getByRole('button', { name: '添加分支' }));
		await expect(dialog).toHaveCount(0);
	}

	/** Enters the weights of every item in both branches, in manual mode. */
	async weights(items: WalkedScheme['items'], branches: readonly string[]): Promise<void> {
		const { page, hand } = this;
		await hand.press(page.getByRole('button', { name: '手动', exact: true }));
		for (const { id, weight } of items) {
			const card = page.locator(`[data-canvas] [data-item="${id}"]`);
			for (const [at, branch] of branches.entries()) {
				const field = card.getByRole('textbox', { name: new RegExp(`，${branch}$`) });
				await hand.write(field, `${weight.if[at + 1] as number}%`);
			}
		}
	}

	/** Gives a thing its names in both languages and its id. */
	async names(within: Locator, { id, name }: Named, hasCode = true): Promise<void> {
		const { page, hand } = this;
		await hand.press(within.getByRole('button', { name: /的中英文名称与代号$/ }));
		const popover = page.locator('[data-popover-content]');
		await hand.write(popover.getByLabel('英文名称'), name.en);
		await hand.write(popover.getByLabel('中文名称'), name['zh-CN']);
		if (hasCode) await hand.write(popover.getByLabel('代号'), id);
		await page.keyboard.press('Escape');
		await expect(popover).toHaveCount(0);
	}

	/** The panel with a heading. */
	panel(title: string): Locator {
		return this.page
			.locator('section.card')
			.filter({ has: this.page.getByRole('heading', { name: title, exact: true }) });
	}
}

/** A curve of points with flat ends, or null for any other rule. */
function curveOf(
	rule: Json
): { input: string; points: readonly (readonly [number, number])[] } | null {
	if (typeof rule !== 'object' || rule === null || !('curve' in rule)) return null;
	const [input, points] = rule.curve as unknown as [
		{ var: string },
		readonly (readonly [number, number])[]
	];
	return { input: input.var, points };
}
