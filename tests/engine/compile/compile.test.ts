/** What the compiler promises beside equal bits: what is shared, what falls back, what is kept. */
import { describe, expect, test } from 'vitest';
import { compileScheme } from '#lib/engine/compile/compile.ts';
import { Graph } from '#lib/engine/compile/graph.ts';
import { wasmFeatures } from '#lib/engine/compile/wasm/features.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { item, read, scheme } from '../generators/plain-scheme.ts';
import { Random } from '../generators/random.ts';
import { randomTable } from '../generators/scheme.ts';
import { differenceOf } from '../score/same-bits.ts';

const table = randomTable(new Random(3), 61);

function expectSameBits(document: SchemeDocument, over: Table = table): void {
	const prepared = prepareScheme(document);
	for (const backend of ['wasm', 'blocks'] as const) {
		const compiled = compileScheme(prepared, over, { backend });
		expect(differenceOf(scoreTable(prepared, over), compiled.score()), backend).toBeNull();
	}
}

function interpretedRules(document: SchemeDocument): string[] {
	return compileScheme(prepareScheme(document), table, { backend: 'wasm' }).report.interpreted.map(
		({ at }) => at
	);
}

describe('what falls back', () => {
	const looped: Rule = {
		reduce: [[1, 2, 3], { '+': [{ var: 'accumulator' }, { var: 'current' }] }, 0]
	};

	test('a rule over lists is interpreted alone and reported with its place', () => {
		const document = scheme({
			items: [
				item('visits', 50, { '+': [looped, { coalesce: [read('item.actual'), 0] }] }),
				item('profit', 50, { coalesce: [read('item.actual'), 40] })
			]
		});
		expect(interpretedRules(document)).toEqual(['/items/0/score']);
		expectSameBits(document);
	});

	test('a rule that reads the score may be interpreted too', () => {
		const document = scheme({
			items: [item('visits', 100, { coalesce: [read('item.actual'), 55] })],
			adjustments: [
				{
					id: 'loop',
					name: { 'zh-CN': 'loop', en: 'loop' },
					when: { '>': [{ '+': [looped, read('base_score')] }, 60] },
					points: { '*': [looped, 0.1] }
				}
			],
			payout: { currency: 'CNY', amount: { '+': [looped, read('score')] } }
		});
		expect(interpretedRules(document)).toEqual([
			'/adjustments/0/when',
			'/adjustments/0/points',
			'/payout/amount'
		]);
		expectSameBits(document);
	});

	test('texts made at run time are evaluated per word where one column decides', () => {
		const document = scheme({
			items: [
				item('visits', 100, {
					if: [{ in: ['a', { cat: [read('employee.position'), '-'] }] }, 90, 60]
				})
			]
		});
		expect(interpretedRules(document)).toEqual([]);
		expectSameBits(document);
	});
});

describe('words, booleans and limits', () => {
	const conditions: readonly Rule[] = [
		{ in: [read('employee.position'), ['sales', 'operations', null]] },
		{ '==': [read('employee.unit'), null] },
		{ '!==': [read('employee.is_remote'), true] },
		{ '==': [read('employee.is_remote'), 1] },
		{ '<': [read('employee.position'), 'p'] },
		{ between: [read('period.id'), '2025-01', '2025-02'] },
		{ and: [read('employee.is_remote'), { '>=': [read('item.actual'), 10] }] },
		{ or: [{ '!': [read('item.target')] }, { missing: ['employee.unit', 'metric.visits'] }] },
		{ '!': { missing_some: [1, ['employee.unit', 'metric.visits']] } }
	];

	test.each(conditions.map((condition) => [JSON.stringify(condition), condition] as const))(
		'%s holds in the same rows',
		(_, condition) => {
			expectSameBits(scheme({ items: [item('visits', 100, { if: [condition, 90, 30] })] }));
		}
	);

	test('a hundred branches of one form become a look-up with the same bits', () => {
		const branches = Array.from({ length: 100 }, (_, i): Rule[] => [
			{
				and: [
					{ '==': [read('employee.position'), i % 2 ? 'sales' : 'operations'] },
					{ '<': [read('item.actual'), i] }
				]
			},
			{ '+': [i, { '*': [0.5, read('item.actual')] }] }
		]);
		expectSameBits(
			scheme({ items: [item('visits', 100, { if: [...branches.flat(), 7] }, { missing: 'zero' })] })
		);
	});
});

describe('extremes', () => {
	const extreme: Table = {
		...table,
		columns: new Map(table.columns).set('metric.visits', {
			kind: 'number',
			values: Float64Array.from(
				{ length: table.rows },
				(_, row) =>
					[1e308, -1e308, 5e-324, -0, 0, NaN, Infinity, 2 ** 53, 1.005, -2.5].at(row % 10) ?? 0
			)
		})
	};
	const rules: readonly Rule[] = [
		{ '*': [read('item.actual'), 10, 10] },
		{ '/': [1, read('item.actual')] },
		{ '%': [read('item.actual'), 3] },
		{ round: [read('item.actual'), 2] },
		{ floor: read('item.actual') },
		{ ceil: { '-': [read('item.actual')] } },
		{
			curve: [
				read('item.actual'),
				[
					[-1, 5],
					[1, 50],
					[2, 80]
				],
				'extend',
				'extend'
			]
		},
		{
			steps: [
				read('item.actual'),
				[
					[-1, 5],
					[1.005, 50]
				],
				1
			]
		},
		{ min: [{ '+': [read('item.actual'), read('item.actual')] }, 50] }
	];

	test.each(rules.map((rule) => [JSON.stringify(rule), rule] as const))(
		'%s of extreme numbers has the same bits',
		(_, rule) => {
			const total = { min: -1e300, max: 1e300, decimals: 2 };
			expectSameBits(scheme({ items: [item('visits', 100, rule)], total }), extreme);
			expectSameBits(
				scheme({
					weighting: 'points',
					items: [item('visits', undefined, rule), item('profit', undefined, 1)],
					total
				}),
				extreme
			);
		}
	);
});

describe('sharing', () => {
	test('equal expressions are one node', () => {
		const graph = new Graph({
			number: () => ({ interval: { low: 0, high: 256 }, nullable: true }),
			dictionary: () => null
		});
		const x = graph.column('metric.visits');
		const once = graph.calculate('multiply', x, graph.constant(2));
		expect(graph.calculate('multiply', x, graph.constant(2))).toBe(once);
	});

	test('WebAssembly with vectors is there in every Node that is supported', () => {
		expect(wasmFeatures()).not.toBeNull();
		const compiled = compileScheme(
			prepareScheme(scheme({ items: [item('visits', 100, 1)] })),
			table,
			{
				backend: 'wasm'
			}
		);
		expect(compiled.report.backend).toBe('wasm');
	});
});
