/** Hit policies are shapes of plain JSON Logic that read back as the same table, and layout is only view. */
import { describe, expect, test } from 'vitest';
import { checkTable } from '#lib/designer/conditions/check-table.ts';
import { readTable } from '#lib/designer/conditions/decision-table.ts';
import {
	combineRows,
	insertRow,
	moveRow,
	removeRow,
	setOtherwise,
	setResult
} from '#lib/designer/conditions/edit-table.ts';
import {
	cellText,
	gridColumns,
	gridSize,
	spread,
	writeCells
} from '#lib/designer/conditions/table-grid.ts';
import {
	arrangeColumns,
	moveColumn,
	PLAIN_LAYOUT,
	POLICIES,
	policyOf,
	readLayout,
	withPolicy,
	writeLayout,
	type Policy
} from '#lib/designer/conditions/table-layout.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';
import { Random, seedOf } from '../engine/generators/random.ts';
import { packRules } from './support/pack-rules.ts';

const x: Rule = { var: 'item.attainment' };
const site: Rule = { var: 'employee.site' };
const dictionary: Dictionary = new Map([
	['item.attainment', { type: 'number', unit: 'ratio' }],
	['employee.site', { type: 'string', values: ['A', 'B'] }]
]);
const words = { dictionary, locale: 'zh-CN' as const };

const first: Rule = { if: [{ '>=': [x, 1] }, 10, { '==': [site, 'A'] }, 5, 0] };
const sum: Rule = {
	'+': [{ if: [{ '>=': [x, 1] }, 10, 0] }, { if: [{ '==': [site, 'A'] }, 5, 0] }]
};
const highest: Rule = {
	max: [{ if: [{ '>=': [x, 1] }, 10, 2] }, { if: [{ '==': [site, 'A'] }, 5, 2] }]
};

function tableOf(rule: Rule) {
	const { table } = readTable(rule);
	if (!table) throw new Error(`No table: ${JSON.stringify(rule)}`);
	return table;
}

function valueOf(rule: Rule, attainment: number, where: string) {
	const variables = new Map<string, number | string>([
		['item.attainment', attainment],
		['employee.site', where]
	]);
	return evaluateRule(parseRule(rule).node, variables).value;
}

describe('hit policies', () => {
	test.each<[string, Rule, number, string]>([
		['first', first, 10, 'first'],
		['sum', sum, 15, 'sum'],
		['highest', highest, 10, 'highest']
	])('%s is read from its shape and computes what its words say', (_, rule, value, combines) => {
		expect(tableOf(rule)).toMatchObject({ kind: 'choice', combines });
		expect(valueOf(rule, 1.2, 'A')).toBe(value);
	});

	test('what no row covers: otherwise, nothing at all, and the floor of the highest', () => {
		expect(valueOf(first, 0.5, 'B')).toBe(0);
		expect(valueOf(sum, 0.5, 'B')).toBe(0);
		expect(valueOf(highest, 0.5, 'B')).toBe(2);
	});

	test.each<[string, Rule]>([
		['ifs that else are not 0', { '+': [{ if: [{ '>': [x, 1] }, 1, 2] }] }],
		['a sum that is more than ifs', { '+': [60, { if: [{ '>': [x, 1] }, 1, 0] }] }],
		['floors that differ', { max: [{ if: [true, 1, 0] }, { if: [true, 1, 2] }] }],
		['ifs without an else', { max: [{ if: [true, 1] }] }],
		['an if with two branches', { '+': [{ if: [{ '>': [x, 1] }, 1, { '>': [x, 2] }, 2, 0] }] }]
	])('%s are no table', (_, rule) => {
		expect(readTable(rule)).toMatchObject({ table: null, reason: 'no_branches' });
	});

	test('every policy is reached from every other with the same rows, and back without a byte changed', () => {
		const zero: Rule = { if: [{ '>=': [x, 1] }, 10, { '==': [site, 'A'] }, 5, 0] };
		for (const from of POLICIES)
			for (const to of POLICIES) {
				const before = withPolicy(zero, tableOf(zero), from);
				const after = withPolicy(before, tableOf(before), to);
				const back = withPolicy(after, tableOf(after), from);
				expect(JSON.stringify(back), `${from} → ${to}`).toBe(JSON.stringify(before));
				expect(tableOf(after).rows.map(({ condition, result }) => [condition, result])).toEqual(
					tableOf(zero).rows.map(({ condition, result }) => [condition, result])
				);
			}
	});

	test('rows and results of a sum are edited like those of a chain', () => {
		const added = insertRow(sum, tableOf(sum), 1, { '<': [x, 0.5] }, -3);
		expect(added).toEqual({
			'+': [
				{ if: [{ '>=': [x, 1] }, 10, 0] },
				{ if: [{ '<': [x, 0.5] }, -3, 0] },
				{ if: [{ '==': [site, 'A'] }, 5, 0] }
			]
		});
		expect(removeRow(added, tableOf(added), 1)).toEqual(sum);
		const moved = moveRow(sum, tableOf(sum), 0, 1);
		expect(moveRow(moved, tableOf(moved), 1, -1)).toEqual(sum);
		const [row] = tableOf(sum).rows;
		if (!row) throw new Error('There is no row.');
		expect(setResult(sum, row, 12)).toEqual({
			'+': [{ if: [{ '>=': [x, 1] }, 12, 0] }, { if: [{ '==': [site, 'A'] }, 5, 0] }]
		});
	});

	test('the floor of the highest is one value in all rows, and a sum has none to choose', () => {
		const raised = setOtherwise(highest, tableOf(highest), 4);
		expect(tableOf(raised).otherwise?.rule).toBe(4);
		expect(JSON.stringify(raised)).toBe(JSON.stringify(highest).replaceAll(',2]', ',4]'));
		expect(setOtherwise(highest, tableOf(highest), undefined)).toBe(highest);
		expect(setOtherwise(sum, tableOf(sum), 4)).toBe(sum);
		expect(gridSize(tableOf(sum), 2).hasOtherwise).toBe(false);
		expect(gridSize(tableOf(highest), 2).hasOtherwise).toBe(true);
	});

	test('a paste keeps the policy and adds rows to it', () => {
		const columns = gridColumns(tableOf(sum), []);
		const { rule, failed } = writeCells(
			sum,
			columns,
			{ row: 1, column: 0 },
			[
				['', 'B', '7'],
				['<50%', '', '-2']
			],
			words
		);
		expect(failed).toEqual([]);
		expect(rule).toEqual({
			'+': [
				{ if: [{ '>=': [x, 1] }, 10, 0] },
				{ if: [{ '==': [site, 'B'] }, 7, 0] },
				{ if: [{ '<': [x, 0.5] }, -2, 0] }
			]
		});
	});

	test('a copied cell fills the range that is chosen, a range goes where it begins', () => {
		const span = { top: 0, bottom: 1, left: 0, right: 1 };
		expect(spread([['a']], span)).toEqual([
			['a', 'a'],
			['a', 'a']
		]);
		expect(spread([['a', 'b']], span)).toEqual([['a', 'b']]);
	});
});

describe('what the checker marks under each policy', () => {
	const find = (rule: Rule, policy: Policy) => checkTable(rule, tableOf(rule), dictionary, policy);

	test('only one may fit: a pair that fits together is a conflict with its region', () => {
		const found = find(first, 'unique');
		expect(found?.conflicts).toEqual([
			{ rows: [0, 1], when: [{ '>=': [x, 1] }, { '==': [site, 'A'] }] }
		]);
		expect(found?.overlaps).toEqual([[1], [0]]);
		expect(find(first, 'first')?.conflicts).toEqual([]);
	});

	test('a row behind a wider one is dead where the first counts, and adds where all count', () => {
		const covered: Rule = { if: [{ '>=': [x, 0.8] }, 1, { '>=': [x, 1] }, 2, 0] };
		expect([...(find(covered, 'first')?.dead ?? [])]).toEqual([1]);
		const added = combineRows(covered, tableOf(covered), 'sum');
		expect([...(find(added, 'sum')?.dead ?? [])]).toEqual([]);
	});

	test('a row that is always topped is never the highest; one that is worked out may be', () => {
		const topped = (low: Rule): Rule => ({
			max: [{ if: [{ '>=': [x, 0.8] }, 5, 0] }, { if: [{ '>=': [x, 1] }, low, 0] }]
		});
		expect([...(find(topped(3), 'highest')?.dead ?? [])]).toEqual([1]);
		expect([...(find(topped({ '*': [x, 4] }), 'highest')?.dead ?? [])]).toEqual([]);
		expect([...(find(topped(8), 'highest')?.dead ?? [])]).toEqual([]);
	});

	test('a row that contradicts itself never fits under any policy', () => {
		const never: Rule = {
			'+': [{ if: [{ and: [{ '>': [x, 1] }, { '<': [x, 0.5] }] }, 5, 0] }]
		};
		expect([...(find(never, 'sum')?.dead ?? [])]).toEqual([0]);
	});
});

describe('the layout of a table', () => {
	test('is kept in view under the place of the rule and leaves no trace where it is plain', () => {
		const document = { id: 'x', view: { groups: [] } };
		const layout = { unique: true, order: ['b', 'a'], widths: { a: 200 } };
		const next = writeLayout(document, 'items/a/score', layout);
		expect(next).toEqual({
			id: 'x',
			view: {
				groups: [],
				tables: {
					'items/a/score': { policy: 'unique', columns: ['b', 'a'], widths: { a: 200 } }
				}
			}
		});
		expect(readLayout(next, 'items/a/score')).toEqual(layout);
		expect(readLayout(next, 'other')).toEqual(PLAIN_LAYOUT);
		expect(writeLayout(next, 'items/a/score', PLAIN_LAYOUT)).toEqual(document);
		expect(writeLayout({ id: 'x' }, 'y', PLAIN_LAYOUT)).toEqual({ id: 'x' });
	});

	test('what somebody else wrote there is read as far as it is sound', () => {
		const document = {
			view: { tables: { y: { policy: 7, columns: 'a', widths: { a: 9, b: '' } } } }
		};
		expect(readLayout(document, 'y')).toEqual({ unique: false, order: [], widths: { a: 96 } });
	});

	test('columns stand as arranged, new ones behind; the rule does not change', () => {
		const columns = gridColumns(tableOf(first), []);
		const keys = columns.map(({ key }) => key);
		const [one = '', other = ''] = keys;
		expect(moveColumn(keys, one, 1)).toEqual([other, one]);
		expect(moveColumn(keys, one, -1)).toEqual([one, other]);
		expect(arrangeColumns(columns, [other]).map(({ key }) => key)).toEqual([other, one]);
	});

	test('only one may fit is the same rule as the first counts', () => {
		const table = tableOf(first);
		expect(withPolicy(first, table, 'unique')).toBe(first);
		expect(policyOf(table, { ...PLAIN_LAYOUT, unique: true })).toBe('unique');
		expect(policyOf(tableOf(sum), { ...PLAIN_LAYOUT, unique: true })).toBe('sum');
	});
});

/** A rule that is a table, of any policy, in any of the forms that JSON Logic has for a variable. */
function randomTable(random: Random): Rule {
	const test = (): Rule => {
		const subject = random.pick<Rule>([x, site, { var: ['item.attainment'] }, { var: ['m', 0] }]);
		const bound = random.int(0, 12) / 10;
		return random.pick<Rule>([
			{ '>=': [subject, bound] },
			{ '<': [subject, bound] },
			{ between: [subject, bound, bound + 1] },
			{ '==': [subject, random.pick(['A', 'B'])] },
			{ in: [subject, ['A', 'B']] },
			{ '!': [{ in: [subject, ['A']] }] }
		]);
	};
	const condition = (): Rule => {
		const tests = random.times(random.int(1, 3), test);
		return tests.length === 1 && random.chance(0.8) ? (tests[0] ?? true) : { and: tests };
	};
	const result = (): Rule =>
		random.chance(0.7) ? random.int(-20, 120) : { '*': [x, random.int(1, 9)] };
	const rows = random.times(random.int(1, 5), () => [condition(), result()]);
	const floor = random.int(0, 3);
	switch (random.pick(['first', 'sum', 'highest'])) {
		case 'sum':
			return { '+': rows.map(([when = true, then = 0]) => ({ if: [when, then, 0] })) };
		case 'highest':
			return { max: rows.map(([when = true, then = 0]) => ({ if: [when, then, floor] })) };
		default:
			return {
				[random.pick(['if', '?:'])]: [...rows.flat(), ...(random.chance(0.8) ? [floor] : [])]
			};
	}
}

test('every rule of the packs and 1,000 random tables keep every byte when all cells are pasted onto themselves', () => {
	const seed = seedOf(641);
	const random = new Random(seed);
	const rules = packRules().map(({ rule }) => rule);
	for (let i = 0; i < 1_000; i++) rules.push(randomTable(random));
	let tables = 0;
	for (const [index, rule] of rules.entries()) {
		const { table } = readTable(rule);
		if (!table) continue;
		tables += 1;
		const before = JSON.stringify(rule);
		const columns = gridColumns(table, []);
		const { rows, hasOtherwise, isChoice } = gridSize(table, columns.length);
		const width = columns.length + (isChoice ? 1 : 0);
		const texts = Array.from({ length: rows + (hasOtherwise ? 1 : 0) }, (_, row) =>
			Array.from({ length: width }, (__, column) =>
				cellText(rule, table, columns, { row, column }, words)
			)
		);
		const written = writeCells(rule, columns, { row: 0, column: 0 }, texts, words);
		const said = `seed ${seed}, rule ${index}: ${before}`;
		expect(JSON.stringify(written.rule), said).toBe(before);
		expect(written.failed, said).toEqual([]);
		const [head] = table.rows;
		if (!isChoice || !head || head.result === null) continue;
		// One edited result changes that result and nothing else.
		const edited = setResult(rule, head, 777);
		const reversed = setResult(edited, tableOf(edited).rows[0] ?? head, head.result);
		expect(JSON.stringify(reversed), said).toBe(before);
		expect(JSON.stringify(edited), said).toContain('777');
	}
	expect(tables).toBeGreaterThan(1_000);
});
