/** What the views of a rule compute: outline, grid, completion, borders of grades, text of the JSON view. */
import { describe, expect, test } from 'vitest';
import { pointerOf } from '#lib/designer/conditions/condition-tree.ts';
import { readTable } from '#lib/designer/conditions/decision-table.ts';
import {
	completionsOf,
	exampleOf,
	functionAt,
	wordAt
} from '#lib/designer/conditions/formula-completion.ts';
import { actionsOf, actOn } from '#lib/designer/conditions/part-actions.ts';
import { outlineOf, visibleRows } from '#lib/designer/conditions/rule-outline.ts';
import {
	cellText,
	columnOf,
	gridColumns,
	spotBeside,
	writeCells
} from '#lib/designer/conditions/table-grid.ts';
import { bandsOf, clampBorder, roomBelow } from '#lib/designer/gates/grade-bands.ts';
import { jsonPlaces, placeAt } from '#lib/designer/json-view/json-places.ts';
import { monacoSchema } from '#lib/designer/json-view/monaco-schema.ts';
import { syntaxError } from '#lib/designer/json-view/syntax-error.ts';
import { getAt } from '#lib/designer/document-path.ts';
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';
import { textChange } from '#lib/ui/code-editor/text-change.ts';
import { Random, seedOf } from '../engine/generators/random.ts';
import { randomCondition, randomNumberRule } from '../engine/generators/rules.ts';
import { packRules } from './support/pack-rules.ts';

const dictionary: Dictionary = new Map([
	['metric.revenue', { type: 'number', unit: 'money', name: { 'zh-CN': '销售额', en: 'revenue' } }],
	['employee.site', { type: 'string', values: ['A', 'B'] }]
]);
const words = { dictionary, locale: 'zh-CN' as const };
const revenue: Rule = { var: 'metric.revenue' };
const site: Rule = { var: 'employee.site' };
const chain: Rule = { if: [{ '>=': [revenue, 100] }, 10, { '>=': [revenue, 50] }, 5, 0] };

describe('the outline of a rule', () => {
	test('shows branches, groups and tests, each with its place', () => {
		const rule: Rule = { if: [{ and: [{ '>': [revenue, 1] }, { '==': [site, 'A'] }] }, 1, 0] };
		const rows = visibleRows(outlineOf(rule, false), new Set(), pointerOf);
		expect(rows.map(({ key, level, node }) => [key, level, node.role])).toEqual([
			['', 1, 'root'],
			['/if/0', 2, 'if'],
			['/if/0/and/0', 3, 'member'],
			['/if/0/and/1', 3, 'member'],
			['/if/1', 2, 'then'],
			['/if/2', 2, 'otherwise']
		]);
		expect(visibleRows(outlineOf(rule, false), new Set(['/if/0']), pointerOf)).toHaveLength(4);
	});

	test('has every line of every rule of the packs and of 1,000 random rules where the rule has it', () => {
		const seed = seedOf(615);
		const random = new Random(seed);
		const rules = packRules();
		for (let i = 0; i < 1_000; i++)
			rules.push({
				place: `seed ${seed}, rule ${i}`,
				rule: random.pick([randomCondition, randomNumberRule])(random, { depth: 3 })
			});
		for (const { place, rule } of rules) {
			const before = JSON.stringify(rule);
			for (const isCondition of [true, false])
				for (const { node } of visibleRows(outlineOf(rule, isCondition), new Set(), pointerOf))
					expect(getAt(rule, node.path), place).toBe(node.rule);
			expect(JSON.stringify(rule), place).toBe(before);
		}
	});
});

describe('the cells of a table', () => {
	const table = () => {
		const read = readTable(chain).table;
		if (!read) throw new Error('The rule is no table.');
		return read;
	};

	test('are written back without a change when their own texts are pasted', () => {
		const columns = gridColumns(table(), []);
		const texts = [0, 1, 2].map((row) =>
			[0, 1].map((column) => cellText(chain, table(), columns, { row, column }, words))
		);
		expect(texts).toEqual([
			['≥ 100', '10'],
			['≥ 50', '5'],
			['', '0']
		]);
		const written = writeCells(chain, columns, { row: 0, column: 0 }, texts, words);
		expect(written).toEqual({ rule: chain, failed: [] });
		expect(written.rule).toBe(chain);
	});

	test('a paste adds rows before “otherwise”, and what cannot be read changes nothing', () => {
		const columns = gridColumns(table(), [columnOf('employee.site')]);
		const { rule, failed } = writeCells(
			chain,
			columns,
			{ row: 1, column: 0 },
			[
				['[50, 100)', 'A', '6'],
				['abc', 'A、B', 'metric.revenue / 10'],
				['< 20', '-', '1,200']
			],
			words
		);
		expect(rule).toEqual({
			if: [
				{ '>=': [revenue, 100] },
				10,
				{ and: [{ '>=': [revenue, 50] }, { '<': [revenue, 100] }, { '==': [site, 'A'] }] },
				6,
				{ in: [site, ['A', 'B']] },
				{ '/': [revenue, 10] },
				{ '<': [revenue, 20] },
				1200,
				0
			]
		});
		expect(failed).toMatchObject([{ row: 2, column: 0, text: 'abc' }]);
	});

	test('“otherwise” is emptied and filled', () => {
		const columns = gridColumns(table(), []);
		const emptied = writeCells(chain, columns, { row: 2, column: 1 }, [['']], words).rule;
		expect(emptied).toEqual({ if: [{ '>=': [revenue, 100] }, 10, { '>=': [revenue, 50] }, 5] });
		expect(writeCells(emptied, columns, { row: 2, column: 1 }, [['0']], words).rule).toEqual(chain);
	});
});

describe('what the formula bar offers', () => {
	const variables = [
		{
			path: 'metric.revenue',
			name: { 'zh-CN': '销售额', en: 'revenue' },
			info: { type: 'number' as const },
			group: 'metric' as const
		}
	];
	test('names in both languages, paths and functions', () => {
		const texts = (word: string) => completionsOf(word, variables, null).map(({ text }) => text);
		expect(texts('销售')).toEqual(['metric.revenue']);
		expect(texts('reve')).toContain('metric.revenue');
		expect(texts('rou')).toContain('round()');
		expect(texts('四舍')).toEqual(['round()']);
		expect(texts('')).toEqual([]);
	});
	test('the word and the function at the caret', () => {
		expect(wordAt('1 + metric.rev', 14)).toEqual({ from: 4, text: 'metric.rev' });
		expect(wordAt('12', 2)).toEqual({ from: 2, text: '' });
		expect(functionAt('round(min(1, 2), ', 17)?.name).toBe('round');
		expect(functionAt('round(min(1, ', 13)?.name).toBe('min');
		expect(functionAt('1 + (2', 6)).toBeNull();
	});
	test('every operator has an example that is a formula', () => {
		for (const operator of OPERATORS.values()) expect(exampleOf(operator)).not.toBeNull();
	});
});

test('actions that a part allows are those that do something', () => {
	const rule: Rule = { and: [{ '>': [revenue, 1] }, { or: [{ '==': [site, 'A'] }] }] };
	expect(actionsOf(rule, ['and', 0], dictionary)).not.toContain('up');
	expect(actionsOf(rule, ['and', 0], dictionary)).toContain('past_down');
	expect(actOn('with_variable', rule, ['and', 0], dictionary)).toBeNull();
	expect(actOn('negate', rule, ['and', 0], dictionary)?.rule).toEqual({
		and: [{ '!': [{ '>': [revenue, 1] }] }, { or: [{ '==': [site, 'A'] }] }]
	});
});

describe('borders of grades', () => {
	const total = { min: 0, max: 120, decimals: 2 };
	const name = { 'zh-CN': '级', en: 'grade' };
	const grades = [90, 80, 0].map((from, index) => ({ id: `g${index}`, name, from }));

	test('bands lie side by side from the lowest to the highest', () => {
		expect(bandsOf(grades, total)).toEqual([
			{ index: 2, from: 0, to: 80 },
			{ index: 1, from: 80, to: 90 },
			{ index: 0, from: 90, to: 120 }
		]);
	});
	test('a border stops one unit before its neighbours and at the limits of the total', () => {
		expect(clampBorder(grades, total, 1, 95)).toBe(89.99);
		expect(clampBorder(grades, total, 1, -5)).toBe(0.01);
		expect(clampBorder(grades, total, 0, 500)).toBe(120);
		expect(clampBorder(grades, total, 2, -1)).toBe(0);
		expect(clampBorder(grades, total, 1, 84.999)).toBe(85);
	});
	test('there is room for another grade only above the lowest total', () => {
		expect(roomBelow(grades, total)).toBeNull();
		expect(roomBelow(grades.slice(0, 2), total)).toBe(70);
	});
});

describe('the text of the JSON view', () => {
	test.each<[string, { line: number; column: number } | null]>([
		['{"a": [1, true, null, "x\\n"], "b": {}}', null],
		['{\n "a": 1,\n}', { line: 3, column: 1 }],
		['{"a" 1}', { line: 1, column: 6 }],
		['[1, 2', { line: 1, column: 6 }],
		['{"a": 01}', { line: 1, column: 8 }],
		['', { line: 1, column: 1 }],
		['{} {}', { line: 1, column: 4 }]
	])('%j breaks where it stops being JSON', (text, place) => {
		expect(syntaxError(text)).toEqual(place);
		let isSound = true;
		try {
			JSON.parse(text);
		} catch {
			isSound = false;
		}
		expect(isSound).toBe(place === null);
	});

	test('a change is one stretch, and carrying it out gives the new text', () => {
		const random = new Random(seedOf(614));
		for (let i = 0; i < 300; i++) {
			const before = random.times(random.int(0, 12), () => random.pick(['a', 'b', '\n'])).join('');
			const after = random.times(random.int(0, 12), () => random.pick(['a', 'b', '\n'])).join('');
			const { from, to, text } = textChange(before, after);
			expect(before.slice(0, from) + text + before.slice(to)).toBe(after);
		}
	});

	test('the innermost value around the caret is found', () => {
		const text = '{"items": [{"id": "a"}, {"id": "b"}]}';
		expect(placeAt(jsonPlaces(text), text.indexOf('"b"') + 1)).toBe('/items/1/id');
		expect(placeAt(jsonPlaces(text), 0)).toBe('');
	});

	test('the schema explains operators and offers metrics and variables by name', () => {
		const schema = monacoSchema({ locale: 'zh-CN', metrics: new Map(), dictionary });
		const text = JSON.stringify(schema);
		for (const { name, help } of OPERATORS.values()) {
			expect(text).toContain(JSON.stringify(name));
			expect(text).toContain(JSON.stringify(help['zh-CN']).slice(1, -1));
		}
		expect(text).toContain('销售额 (metric.revenue)');
	});
});

test('Tab goes through the cells of a table and leaves it at its ends', () => {
	const size = { columns: 2, rows: 2, isChoice: true, hasOtherwise: true };
	const way = [];
	for (let at = spotBeside({ row: 0, column: 1 }, 1, size); at; at = spotBeside(at, 1, size))
		way.push([at.row, at.column]);
	expect(way).toEqual([
		[0, 2],
		[1, 0],
		[1, 1],
		[1, 2],
		[2, 2]
	]);
	expect(spotBeside({ row: 2, column: 2 }, -1, size)).toEqual({ row: 1, column: 2 });
	expect(spotBeside({ row: 0, column: 0 }, -1, size)).toBeNull();
});
