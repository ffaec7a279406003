/** Decision tables are views of a rule: nothing changes unless a cell is edited, and then only it. */
import { describe, expect, test } from 'vitest';
import { printCell, readCell, type CellSubject } from '#lib/designer/conditions/cell-text.ts';
import { readTable } from '#lib/designer/conditions/decision-table.ts';
import {
	insertRow,
	moveRow,
	removeColumn,
	removeRow,
	setCell,
	setOtherwise,
	setResult
} from '#lib/designer/conditions/edit-table.ts';
import { plainRule } from '#lib/designer/conditions/print-formula.ts';
import { getAt } from '#lib/designer/document-path.ts';
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';
import { Random, seedOf } from '../engine/generators/random.ts';
import { randomCondition, randomNumberRule } from '../engine/generators/rules.ts';
import { packRules } from './support/pack-rules.ts';

const rate: Rule = { var: ['item.attainment'] };
const chain: Rule = {
	if: [
		{ and: [{ '>=': [rate, 0.8] }, { '<': [rate, 1] }, { '==': [{ var: 'employee.site' }, 'A'] }] },
		60,
		{ '>=': [rate, 1] },
		{ '*': [100, rate] },
		0
	]
};
const dictionary: Dictionary = new Map([
	['item.attainment', { type: 'number', unit: 'ratio' }],
	['employee.site', { type: 'string', values: ['A', 'B', '非洲'] }]
]);

function tableOf(rule: Rule) {
	const { table } = readTable(rule);
	if (!table) throw new Error('The rule is no table.');
	return table;
}

function rowOf(rule: Rule, index: number) {
	const row = tableOf(rule).rows[index];
	if (!row) throw new Error('There is no such row.');
	return row;
}

const KEY = '{"var":"item.attainment"}';

function about(subject: Rule, path?: string): CellSubject {
	return {
		subject,
		info: path === undefined ? undefined : dictionary.get(path),
		...(path === undefined ? {} : { dictionary }),
		locale: 'zh-CN'
	};
}

describe('decision tables', () => {
	test('a chain shows its tests by what they ask about', () => {
		const { columns, rows, otherwise, kind } = tableOf(chain);
		expect(kind).toBe('choice');
		expect(columns.map(({ key }) => key)).toEqual([KEY, '{"var":"employee.site"}']);
		expect(rows.map(({ result }) => result)).toEqual([60, { '*': [100, rate] }]);
		expect(otherwise).toEqual({ path: ['if', 4], rule: 0 });
		const cell = rows[0]?.cells.get(KEY) ?? [];
		expect(printCell(chain, cell, about(rate, 'item.attainment'))).toBe('[80%, 100%)');
	});

	test.each<[Rule, string]>([
		[{ if: [{ or: [{ '>': [rate, 1] }, true] }, 1, 0] }, 'mixed_row'],
		[{ if: [{ '!!': [rate] }, 1, 0] }, 'not_a_test'],
		[{ if: [1] }, 'too_short'],
		[{ '*': [rate, 2] }, 'no_branches']
	])('%j is no table and says why', (rule, reason) => {
		expect(readTable(rule)).toMatchObject({ table: null, reason });
	});

	test('an edited cell changes its tests only', () => {
		const next = setCell(chain, rowOf(chain, 0), KEY, [{ between: [rate, 0.8, 0.9] }]);
		expect(next).toEqual({
			if: [
				{ and: [{ between: [rate, 0.8, 0.9] }, { '==': [{ var: 'employee.site' }, 'A'] }] },
				60,
				{ '>=': [rate, 1] },
				{ '*': [100, rate] },
				0
			]
		});
		expect(getAt(next, ['if', 2])).toBe(getAt(chain, ['if', 2]));
		expect(getAt(next, ['if', 0, 'and', 1])).toBe(getAt(chain, ['if', 0, 'and', 2]));
	});

	test('an emptied row fits everybody, and a removed column leaves every row', () => {
		expect(getAt(setCell(chain, rowOf(chain, 1), KEY, []), ['if', 2])).toBe(true);
		expect(getAt(removeColumn(chain, tableOf(chain), KEY), ['if', 0])).toEqual({
			'==': [{ var: 'employee.site' }, 'A']
		});
	});

	test('rows are inserted, moved and removed with their results', () => {
		const added = insertRow(chain, tableOf(chain), 1);
		expect(getAt(added, ['if', 2])).toBe(true);
		expect(getAt(added, ['if', 3])).toBe(60);
		expect(removeRow(added, tableOf(added), 1)).toEqual(chain);
		const moved = moveRow(chain, tableOf(chain), 0, 1);
		expect(getAt(moved, ['if', 3])).toBe(60);
		expect(moveRow(moved, tableOf(moved), 1, -1)).toEqual(chain);
		expect(getAt(setResult(chain, rowOf(chain, 0), 70), ['if', 1])).toBe(70);
		const open = setOtherwise(chain, tableOf(chain), undefined);
		expect(tableOf(open).otherwise).toBeNull();
		expect(setOtherwise(open, tableOf(open), 0)).toEqual(chain);
	});

	test.each<[string, Rule[]]>([
		['≥100%', [{ '>=': [rate, 1] }]],
		['80..100%', [{ between: [rate, 80, 1] }]],
		['80%..100%', [{ between: [rate, 0.8, 1] }]],
		['［80%，100%）', [{ '>=': [rate, 0.8] }, { '<': [rate, 1] }]],
		['[10,000, 20,000]', [{ between: [rate, 10_000, 20_000] }]],
		['-', []],
		['空', [{ '==': [rate, null] }]],
		['非空', [{ '!=': [rate, null] }]],
		['1.2万', [{ '==': [rate, 12_000] }]],
		['1, 2', [{ in: [rate, [1, 2]] }]],
		['> =param.line * 2', [{ '>': [rate, { '*': [{ var: 'param.line' }, 2] }] }]]
	])('a cell reads %s', (typed, tests) => {
		const known = new Map(dictionary).set('param.line', { type: 'number' });
		const subject = { ...about(rate, 'item.attainment'), dictionary: known };
		expect(readCell(typed, subject)).toEqual({ tests, unread: null });
	});

	test('a cell of texts reads values by name, and what they are not', () => {
		const site = { var: 'employee.site' };
		const read = (typed: string) => readCell(typed, about(site, 'employee.site')).tests;
		expect(read('A、B')).toEqual([{ in: [site, ['A', 'B']] }]);
		expect(read('非 A')).toEqual([{ '!=': [site, 'A'] }]);
		expect(read('非洲')).toEqual([{ '==': [site, '非洲'] }]);
		expect(readCell('abc', about(rate, 'item.attainment'))).toEqual({ tests: null, unread: 'abc' });
	});

	test('the cells of every rule of the packs and of 1,000 random rules print and read back', () => {
		const seed = seedOf(612);
		const random = new Random(seed);
		const rules = packRules().map(({ rule }) => rule);
		for (let i = 0; i < 1_000; i++)
			rules.push(
				random.chance(0.5)
					? randomCondition(random, { depth: 2 })
					: {
							if: [
								randomCondition(random, { depth: 1 }),
								randomNumberRule(random, { depth: 2 }),
								randomCondition(random, { depth: 1 }),
								1
							]
						}
			);
		let cells = 0;
		for (const [index, rule] of rules.entries()) {
			const { table } = readTable(rule);
			for (const row of table?.rows ?? [])
				for (const { key, subject } of table?.columns ?? []) {
					const tests = row.cells.get(key) ?? [];
					if (tests.length === 0) continue;
					cells += 1;
					const written = tests.map((one) => getAt(rule, one.path) ?? null);
					const text = printCell(rule, tests, about(subject));
					const read = readCell(text, about(subject));
					const said = `seed ${seed}, rule ${index}: ${JSON.stringify(written)} as ${text}`;
					expect(JSON.stringify(read.tests?.map(plainRule)), said).toBe(
						JSON.stringify(written.map(plainRule))
					);
				}
		}
		expect(cells).toBeGreaterThan(300);
	});
});
