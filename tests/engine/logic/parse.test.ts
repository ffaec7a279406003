/** What a rule may be, and what is said about one that may not. */
import { describe, expect, it } from 'vitest';
import { hasErrors, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { parseRule, type ParseOptions } from '#lib/engine/logic/parse.ts';
import { printRule } from '#lib/engine/logic/print.ts';
import type { Dictionary, Json, Rule } from '#lib/engine/logic/rule.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomRule } from '../generators/rules.ts';

const dictionary: Dictionary = new Map([
	['metric.revenue', { type: 'number' }],
	['employee.level', { type: 'string' }],
	['metric.orders', { type: 'array' }]
]);

function findings(rule: Json, options: ParseOptions = {}): [string, string][] {
	return parseRule(rule, options).diagnostics.map(({ code, at }) => [code, at]);
}

function only(rule: Json, options: ParseOptions = {}): Diagnostic {
	const [diagnostic, ...others] = parseRule(rule, options).diagnostics;
	expect(others).toEqual([]);
	if (!diagnostic) throw new Error('Nothing was found.');
	return diagnostic;
}

const nest = (levels: number, inside: Rule = 1): Rule => {
	let rule = inside;
	for (let i = 0; i < levels; i++) rule = { '+': [1, rule] };
	return rule;
};

describe('parsing', () => {
	it('gives a tree whose nodes carry their JSON Pointer', () => {
		const { node } = parseRule(
			{ '/': [{ var: 'a' }, [1, { '!': { var: ['b', 0] } }]] },
			{ at: '/items/0/score' }
		);
		expect(node).toEqual({
			kind: 'call',
			operator: '/',
			at: '/items/0/score',
			args: [
				{ kind: 'var', at: '/items/0/score/~1/0', path: 'a', bare: true },
				{
					kind: 'list',
					at: '/items/0/score/~1/1',
					items: [
						{ kind: 'literal', at: '/items/0/score/~1/1/0', value: 1 },
						{
							kind: 'call',
							operator: '!',
							at: '/items/0/score/~1/1/1',
							bare: true,
							args: [
								{
									kind: 'var',
									at: '/items/0/score/~1/1/1/!',
									path: 'b',
									fallback: { kind: 'literal', at: '/items/0/score/~1/1/1/!/var/1', value: 0 }
								}
							]
						}
					]
				}
			]
		});
	});

	it.each<Json>([
		{ var: 'a' },
		{ var: ['a'] },
		{ var: ['a', null] },
		{ var: 1 },
		{ var: ['1'] },
		{ var: '' },
		{ var: [''] },
		{ var: null },
		{ var: [null] },
		{ var: [] },
		{ var: [null, 3] },
		{ var: [{ cat: ['a', 'b'] }] },
		{ var: ['a', 1, 2] },
		{ var: true },
		{ '!': true },
		{ '!': null },
		{ '!': [true] },
		{ '!': [[true]] },
		{ '+': [] },
		{},
		{ a: 1, b: 2 },
		[],
		[[], {}],
		JSON.parse('{"__proto__": [1]}') as Json,
		{ unknown: { toString: 1 } }
	])('prints %j as it was written', (rule) => {
		expect(JSON.stringify(printRule(parseRule(rule).node))).toBe(JSON.stringify(rule));
	});

	it('prints 5,000 random rules byte for byte', () => {
		const seed = seedOf(64);
		const random = new Random(seed);
		for (let i = 0; i < 5_000; i++) {
			const rule = randomRule(random, { depth: 5 });
			expect(JSON.stringify(printRule(parseRule(rule).node)), `seed ${seed}`).toBe(
				JSON.stringify(rule)
			);
		}
	});
});

describe('validation', () => {
	it('names operators that do not exist, with the nearest one', () => {
		expect(only({ rounds: [1, 2] })).toMatchObject({
			code: 'unknown_operator',
			at: '',
			details: { operator: 'rounds', suggestion_en: ' (did you mean round?)' }
		});
	});

	it.each([
		'log',
		'method',
		'constructor',
		'hasOwnProperty',
		'toString',
		'valueOf',
		'__proto__',
		'var.x',
		''
	])('refuses the operator %j', (operator) => {
		const rule = JSON.parse(`{${JSON.stringify(operator)}: [1]}`) as Json;
		expect(findings(rule)).toEqual([['unknown_operator', '']]);
	});

	it('names variables that do not exist, with the nearest one and a repair', () => {
		const found = only({ '+': [1, { var: 'metric.revenu' }] }, { dictionary, at: '/x' });
		expect(found).toMatchObject({ code: 'unknown_variable', at: '/x/+/1' });
		expect(found.repairs?.[0]?.patch).toEqual([
			{ op: 'replace', path: '/x/+/1/var', value: 'metric.revenue' }
		]);
		expect(findings({ missing: ['employee.level', 'employee.age'] }, { dictionary })).toEqual([
			['unknown_variable', '/missing/1']
		]);
	});

	it('lets a rule read its variables only outside of iterations', () => {
		expect(findings({ map: [{ var: 'metric.orders' }, { var: 'qty' }] }, { dictionary })).toEqual(
			[]
		);
		expect(
			findings({ map: [{ var: 'metric.orders' }, { var: 'metric.revenue' }] }, { dictionary })
		).toEqual([['variable_out_of_reach', '/map/1']]);
		expect(findings({ reduce: [[1], { var: 'x' }, 0] })).toEqual([
			['variable_out_of_reach', '/reduce/1']
		]);
		expect(findings({ var: '' })).toEqual([['whole_data', '']]);
	});

	it('refuses paths that are computed', () => {
		expect(findings({ var: { cat: ['a', 'b'] } })).toEqual([['computed_path', '/var']]);
		expect(findings({ var: [{ var: 'a' }, 1] })).toEqual([['computed_path', '/var/0']]);
		expect(findings({ missing: { merge: ['a', 'b'] } })).toEqual([['computed_path', '/missing']]);
		expect(findings({ missing_some: [1, { var: 'a' }] })).toEqual([
			['computed_path', '/missing_some/1']
		]);
	});

	it('counts operands', () => {
		expect(findings({ '-': [] })).toEqual([['too_few_operands', '']]);
		expect(findings({ '/': [1] })).toEqual([['too_few_operands', '']]);
		expect(findings({ between: [1, 2] })).toEqual([['too_few_operands', '']]);
		expect(findings({ '>': [3, 2, 1] })).toEqual([['too_many_operands', '']]);
		expect(findings({ var: ['a', 1, 2] })).toEqual([['too_many_operands', '']]);
		expect(findings({ '<': [1, 2, 3] })).toEqual([]);
	});

	it('wants points, digits, ends and counts written out', () => {
		const x = { var: 'x' };
		expect(findings({ curve: [x, [[0, 0]]] })).toEqual([['points_not_written', '/curve/1']]);
		expect(
			findings({
				curve: [
					x,
					[
						[0, x],
						[1, 1]
					]
				]
			})
		).toEqual([['points_not_written', '/curve/1']]);
		expect(
			findings({
				curve: [
					x,
					[
						[0, 0],
						[0, 1]
					]
				]
			})
		).toEqual([['points_not_ascending', '/curve/1/1']]);
		expect(findings({ steps: [x, []] })).toEqual([['points_not_written', '/steps/1']]);
		expect(
			findings({
				steps: [
					x,
					[
						[2, 0],
						[1, 1]
					]
				]
			})
		).toEqual([['points_not_ascending', '/steps/1/1']]);
		expect(
			findings({
				curve: [
					x,
					[
						[0, 0],
						[1, 1]
					],
					'flat',
					'up'
				]
			})
		).toEqual([['end_not_written', '/curve/3']]);
		for (const digits of [11, -1, 0.5, '2', x]) {
			expect(findings({ round: [x, digits] })).toEqual([['digits_not_written', '/round/1']]);
		}
		expect(findings({ missing_some: ['1', ['a']] })).toEqual([
			['count_not_written', '/missing_some/0']
		]);
	});

	it('warns where a type cannot fit, and refuses a result that cannot', () => {
		expect(only({ '+': [1, { var: 'employee.level' }] }, { dictionary })).toMatchObject({
			code: 'operand_type',
			severity: 'warning',
			at: '/+/1'
		});
		expect(findings({ '+': ['1', 2] })).toEqual([]);
		expect(findings({ '>': [1, 0] }, { expects: 'number' })).toEqual([['result_type', '']]);
		expect(findings({ if: [true, 'a', null] }, { expects: 'number' })).toEqual([
			['result_type', '']
		]);
		expect(findings({ if: [true, 1, 'a'] }, { expects: 'number' })).toEqual([]);
		expect(findings(null, { expects: 'number' })).toEqual([]);
	});

	it('refuses objects that are no call', () => {
		expect(findings({ if: [{ a: 1, b: 2 }, {}] })).toEqual([
			['rule_not_one_operator', '/if/0'],
			['rule_not_one_operator', '/if/1']
		]);
	});

	it('says every finding in both languages, with no placeholder left', () => {
		const rules: Json[] = [
			{ rounds: 1 },
			{ '/': [1] },
			{ '>': [1, 2, 3] },
			{ curve: [1, []] },
			{ '+': [[1]] },
			{ a: 1, b: 1 },
			{ var: 'nothing' },
			nest(40)
		];
		for (const { message, advice } of rules.flatMap(
			(rule) => parseRule(rule, { dictionary }).diagnostics
		)) {
			for (const text of [message['zh-CN'], message.en, advice['zh-CN'], advice.en]) {
				expect(text).not.toMatch(/[{}]\w*[}]/);
				expect(text.length).toBeGreaterThan(3);
			}
		}
	});
});

describe('limits', () => {
	it('allow 32 levels and refuse 33', () => {
		expect(findings(nest(32))).toEqual([]);
		expect(findings(nest(33)).map(([code]) => code)).toEqual(['rule_too_deep']);
	});

	it('allow 2,000 nodes and refuse 2,001', () => {
		const ones = (count: number): Json => ({ '+': Array.from({ length: count }, () => 1) });
		expect(findings(ones(1_999))).toEqual([]);
		expect(findings(ones(2_000)).map(([code]) => code)).toEqual(['rule_too_many_nodes']);
	});

	it('allow 64 KiB and refuse a byte more', () => {
		const text = (bytes: number): Json => ({ cat: ['x'.repeat(bytes - '{"cat":[""]}'.length)] });
		expect(findings(text(65_536))).toEqual([]);
		expect(findings(text(65_537)).map(([code]) => code)).toEqual(['rule_too_large']);
		expect(findings({ cat: ['汉'.repeat(22_000)] }).map(([code]) => code)).toEqual([
			'rule_too_large'
		]);
	});

	it('allow two nested iterations and refuse three', () => {
		const iterate = (inside: Rule): Rule => ({ map: [[1, 2], inside] });
		expect(findings(iterate(iterate(1)))).toEqual([]);
		expect(findings(iterate(iterate(iterate(1))))).toEqual([
			['rule_too_many_iterations', '/map/1/map/1/map/1']
		]);
		expect(findings({ map: [iterate(1), iterate(1)] })).toEqual([]);
	});

	it.each([5_000, 100_000])('refuse %i levels without recursion', (levels) => {
		const { node, diagnostics } = parseRule(nest(levels));
		expect(diagnostics.map(({ code }) => code)).toEqual(['rule_too_deep']);
		expect(node).toEqual({ kind: 'literal', at: '', value: null });
		let list: Json = [];
		for (let i = 0; i < levels; i++) list = [list];
		expect(findings(list).map(([code]) => code)).toEqual(['rule_too_deep']);
	});

	it('refuse 300,000 operands or keys at once', () => {
		const many = Array.from({ length: 300_000 }, () => 1);
		expect(findings({ max: many }).map(([code]) => code)).toEqual(['rule_too_many_nodes']);
		const keys = Object.fromEntries(many.map((_, i) => [`k${i}`, 1]));
		expect(findings(keys).map(([code]) => code)).toEqual(['rule_too_many_nodes']);
	});

	it('refuse what is not JSON', () => {
		for (const value of [
			undefined,
			Number.NaN,
			Number.POSITIVE_INFINITY,
			() => 1,
			Symbol('x'),
			1n
		]) {
			const rule = { '+': [value] } as unknown as Json;
			expect(findings(rule)).toEqual([['rule_not_json', '/+/0']]);
		}
	});

	it('refuse a rule that contains itself', () => {
		const rule: { '+': unknown[] } = { '+': [1] };
		rule['+'].push(rule);
		const { diagnostics } = parseRule(rule as unknown as Json);
		expect(diagnostics.map(({ code }) => code)).toEqual(['rule_too_deep']);
		expect(hasErrors(diagnostics)).toBe(true);
	});
});
