/** One rule in four views: nothing changes by looking, and every edit changes only what it is about. */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { isList, isObject } from '#lib/designer/document-path.ts';
import { SchemeWorkspace } from '#lib/designer/workspace/scheme-workspace.svelte.ts';
import type { Dictionary, Json, Rule, Variables } from '#lib/engine/logic/rule.ts';
import { Random } from '../engine/generators/random.ts';
import { randomCondition, randomNumberRule } from '../engine/generators/rules.ts';
import ConditionStage from './ConditionStage.svelte';

const VIEWS = ['树', '表格', 'JSON'] as const;

const dictionary: Dictionary = new Map([
	['metric.revenue', { type: 'number', unit: 'money', name: { 'zh-CN': '回款额', en: 'revenue' } }],
	[
		'metric.repeat',
		{ type: 'number', unit: 'ratio', name: { 'zh-CN': '复购率', en: 'repeat rate' } }
	],
	[
		'employee.site',
		{ type: 'string', values: ['A', 'B'], name: { 'zh-CN': '工作地点', en: 'site' } }
	]
]);
const revenue: Rule = { var: 'metric.revenue' };
const repeat: Rule = { var: 'metric.repeat' };

function workspaceOf(): SchemeWorkspace {
	return new SchemeWorkspace({
		document: { period: 'month', applies_to: true },
		revision: 1,
		readonly: false,
		onsave: async () => ({ kind: 'saved', revision: 2 })
	});
}

async function stage(rule: Rule, isCondition: boolean, person?: Variables) {
	const given: Rule[] = [];
	const screen = await render(ConditionStage, {
		workspace: workspaceOf(),
		dictionary,
		rule,
		isCondition,
		...(person ? { person } : {}),
		onrule: (next: Rule) => given.push(next)
	});
	return { screen, given };
}

/** Every condition and every value of the schemes in the packs. */
function packRules(): { rule: Rule; isCondition: boolean }[] {
	const schemes = import.meta.glob<Json>('../../rule-packs/*/schemes/*.json', {
		eager: true,
		import: 'default'
	});
	const found = new Map<string, { rule: Rule; isCondition: boolean }>();
	const visit = (value: Json | undefined): void => {
		if (isList(value)) value.forEach(visit);
		if (!isObject(value)) return;
		for (const [key, inner] of Object.entries(value)) {
			const isRule = ['when', 'applies_to', 'weight', 'score', 'points', 'amount'].includes(key);
			if (!isRule) visit(inner);
			else if (typeof inner === 'object' && inner !== null)
				found.set(JSON.stringify(inner), {
					rule: inner,
					isCondition: key === 'when' || key === 'applies_to'
				});
		}
	};
	Object.values(schemes).forEach(visit);
	return [...found.values()];
}

test('every rule of the packs is opened in every view without a byte changed', async () => {
	const rules = packRules();
	expect(rules.length).toBeGreaterThan(80);
	const random = new Random(5);
	for (let i = 0; i < 25; i++) {
		rules.push({ rule: randomCondition(random, { depth: 3 }), isCondition: true });
		rules.push({ rule: randomNumberRule(random, { depth: 3 }), isCondition: false });
	}
	for (const { rule, isCondition } of rules) {
		const before = JSON.stringify(rule);
		const { screen, given } = await stage(rule, isCondition);
		for (const view of [...VIEWS, isCondition ? '句子' : '公式']) {
			const button = [...screen.container.querySelectorAll('button[aria-pressed]')].find(
				({ textContent }) => textContent === view
			);
			if (button instanceof HTMLElement) button.click();
			await expect.poll(() => button?.getAttribute('aria-pressed')).toBe('true');
			for (const field of screen.container.querySelectorAll<HTMLElement>('input,textarea')) {
				field.focus();
				// Enter takes over what stands there, which is what was there before.
				if (field instanceof HTMLInputElement && field.type === 'text')
					field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
				field.blur();
			}
		}
		expect(given, before).toEqual([]);
		expect(JSON.stringify(rule)).toBe(before);
		await screen.unmount();
	}
}, 120_000);

test('a row is added, joined otherwise, moved by key and removed', async () => {
	const { screen, given } = await stage({ '>=': [revenue, 100] }, true);
	await screen.getByRole('button', { name: '添加条件' }).click();
	await expect
		.poll(() => given.at(-1))
		.toEqual({
			and: [{ '>=': [revenue, 100] }, { '>=': [revenue, 0] }]
		});
	await screen.getByLabelText('组内关系').selectOptions('任一满足');
	expect(given.at(-1)).toEqual({ or: [{ '>=': [revenue, 100] }, { '>=': [revenue, 0] }] });
	const second = screen.container.querySelector<HTMLElement>(
		'[data-part="/or/1"] [data-part-menu]'
	);
	second?.focus();
	await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
	expect(given.at(-1)).toEqual({ or: [{ '>=': [revenue, 0] }, { '>=': [revenue, 100] }] });
	expect(document.activeElement?.closest('[data-part]')?.getAttribute('data-part')).toBe('/or/0');
	await userEvent.keyboard('{Alt>}{Delete}{/Alt}');
	expect(given.at(-1)).toEqual({ '>=': [revenue, 100] });
});

test('a variable is found by name, and its values are those of the client', async () => {
	const { screen, given } = await stage({ '>=': [revenue, 100] }, true);
	await screen.getByRole('button', { name: '变量：回款额' }).click();
	await page.getByRole('combobox', { name: /按名称/ }).fill('地点');
	await userEvent.keyboard('{Enter}');
	expect(given.at(-1)).toEqual({ '==': [{ var: 'employee.site' }, 'A'] });
	await screen.getByLabelText('值', { exact: true }).selectOptions('B');
	expect(given.at(-1)).toEqual({ '==': [{ var: 'employee.site' }, 'B'] });
	await screen.getByLabelText('比较').selectOptions('属于');
	expect(given.at(-1)).toEqual({ in: [{ var: 'employee.site' }, ['B']] });
});

test('a percentage is typed as one', async () => {
	const { screen, given } = await stage({ '>=': [repeat, 0.25] }, true);
	const value = screen.getByRole('textbox', { name: '值' });
	await expect.element(value).toHaveValue('25%');
	await value.fill('３０％');
	await userEvent.keyboard('{Enter}');
	expect(given.at(-1)).toEqual({ '>=': [repeat, 0.3] });
});

test('a part that no row shows stays an intact chip', async () => {
	const odd: Rule = { '<': [0, revenue, 5] };
	const { screen, given } = await stage({ and: [odd, { '>=': [revenue, 1] }] }, true);
	await expect.element(screen.getByText('高级表达式')).toBeVisible();
	await screen.getByRole('textbox', { name: '值' }).fill('7');
	await userEvent.keyboard('{Enter}');
	expect(JSON.stringify(given.at(-1))).toBe(JSON.stringify({ and: [odd, { '>=': [revenue, 7] }] }));
});

test('the tree is walked and changed by keys alone', async () => {
	const { screen, given } = await stage(
		{ and: [{ '>=': [revenue, 1] }, { or: [{ '<': [repeat, 0.5] }] }] },
		true
	);
	await screen.getByRole('button', { name: '树', exact: true }).click();
	screen.container.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
	await userEvent.keyboard('{ArrowDown}');
	expect(document.activeElement?.getAttribute('data-key')).toBe('/and/0');
	await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
	expect(given.at(-1)).toEqual({ and: [{ or: [{ '>=': [revenue, 1] }, { '<': [repeat, 0.5] }] }] });
	await expect.poll(() => document.activeElement?.getAttribute('data-key')).toBe('/and/0/or/0');
	await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
	await expect.poll(() => screen.container.querySelectorAll('[role=treeitem]').length).toBe(2);
	await userEvent.keyboard('{ArrowRight}{End}{Delete}');
	expect(given.at(-1)).toEqual({ and: [{ '>=': [revenue, 1] }] });
});

test('a decision table takes a paste from a spreadsheet, and its cells are copied as one', async () => {
	const chain: Rule = { if: [{ '>=': [repeat, 1] }, 10, 0] };
	const { screen, given } = await stage(chain, false);
	const cell = () => screen.container.querySelector<HTMLInputElement>('[data-cell-input]');
	const clipboard = (type: 'paste' | 'copy', text = '') => {
		const data = new DataTransfer();
		data.setData('text/plain', text);
		cell()?.dispatchEvent(
			new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
		);
		return data.getData('text/plain');
	};
	await expect.poll(() => cell()?.value).toBe('≥ 100%');
	cell()?.focus();
	clipboard('paste', '≥120%\t10\r\n[100%, 120%)\t"6"\r\n');
	await expect
		.poll(() => given.at(-1))
		.toEqual({
			if: [
				{ '>=': [repeat, 1.2] },
				10,
				{ and: [{ '>=': [repeat, 1] }, { '<': [repeat, 1.2] }] },
				6,
				0
			]
		});
	await expect.element(screen.getByText(/未覆盖/)).toBeVisible();
	// What was pasted is chosen.
	await expect.poll(() => clipboard('copy')).toBe('≥ 120%\t10\r\n[100%, 120%)\t6');
	cell()?.focus();
	await userEvent.keyboard('{ArrowDown}{Shift>}{ArrowRight}{/Shift}');
	expect(clipboard('copy')).toBe('[100%, 120%)\t6');
	await userEvent.keyboard('{ArrowLeft}abc{Enter}');
	await expect.element(screen.getByRole('alert')).toHaveTextContent('无法识别');
});

test('the formula bar completes, says problems by their place, and shows the value of the person', async () => {
	const { screen, given } = await stage(80, false, new Map([['metric.revenue', 1234.567]]));
	const bar = screen.getByRole('combobox', { name: '分值' });
	await bar.fill('roun');
	await expect.element(screen.getByRole('option', { name: /四舍五入/ })).toBeVisible();
	await userEvent.keyboard('{Enter}');
	await userEvent.keyboard('回款');
	await expect.element(screen.getByRole('option', { name: /回款额/ })).toBeVisible();
	await userEvent.keyboard('{Tab}, 1');
	await expect.element(bar).toHaveValue('round(metric.revenue, 1)');
	await expect.element(screen.getByText('林慧：1,234.6')).toBeVisible();
	await userEvent.keyboard('{Enter}');
	expect(given).toEqual([{ round: [revenue, 1] }]);
	await bar.fill('round(metric.revenue, 1');
	await userEvent.keyboard('{Enter}');
	await expect.element(screen.getByRole('alert')).toHaveTextContent('第 6 个字符');
	await userEvent.keyboard('{Escape}');
	await expect.element(bar).toHaveValue('round(metric.revenue, 1)');
	expect(given).toHaveLength(1);
});

test('the hit policy of a table is chosen in words and becomes plain JSON Logic', async () => {
	const chain: Rule = { if: [{ '>=': [repeat, 1] }, 10, { '>=': [revenue, 5] }, 6, 0] };
	const { screen, given } = await stage(chain, false);
	const policy = screen.getByLabelText('命中规则', { exact: true });
	await policy.selectOptions('只能命中一条');
	expect(given).toEqual([]);
	await expect.element(screen.getByText('冲突', { exact: true })).toBeVisible();
	await expect.element(screen.getByText('与第 2 行冲突')).toBeVisible();
	await policy.selectOptions('命中项求和');
	expect(given.at(-1)).toEqual({
		'+': [{ if: [{ '>=': [repeat, 1] }, 10, 0] }, { if: [{ '>=': [revenue, 5] }, 6, 0] }]
	});
	await expect.element(screen.getByText('可与第 2 行相加')).toBeVisible();
	await policy.selectOptions('取最高');
	expect(given.at(-1)).toEqual({
		max: [{ if: [{ '>=': [repeat, 1] }, 10, 0] }, { if: [{ '>=': [revenue, 5] }, 6, 0] }]
	});
	await policy.selectOptions('取第一条命中');
	expect(JSON.stringify(given.at(-1))).toBe(JSON.stringify(chain));
});

test('cells are chosen by dragging, filled down, emptied, and columns change places', async () => {
	const chain: Rule = {
		if: [{ and: [{ '>=': [repeat, 1] }, { '==': [{ var: 'employee.site' }, 'A'] }] }, 10, true, 6]
	};
	const { screen, given } = await stage(chain, false);
	const cells = () => [...screen.container.querySelectorAll<HTMLElement>('td[role=gridcell]')];
	await expect.poll(() => cells().length).toBeGreaterThan(3);
	const press = (element: Element | undefined, type: string, buttons = 1) =>
		element?.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, buttons }));
	press(cells()[0], 'mousedown');
	press(cells()[4], 'mouseenter');
	await expect
		.poll(() => screen.container.querySelectorAll('td[aria-selected=true]').length)
		.toBe(2);
	await userEvent.keyboard('{Control>}d{/Control}');
	expect(given.at(-1)).toEqual({
		if: [
			{ and: [{ '>=': [repeat, 1] }, { '==': [{ var: 'employee.site' }, 'A'] }] },
			10,
			{ '>=': [repeat, 1] },
			6
		]
	});
	await userEvent.keyboard('{Backspace}');
	expect(given.at(-1)).toEqual({ if: [{ '==': [{ var: 'employee.site' }, 'A'] }, 10, true, 6] });
	await screen.getByRole('button', { name: '列 工作地点：更多操作' }).click();
	expect(given).toHaveLength(2);
});
