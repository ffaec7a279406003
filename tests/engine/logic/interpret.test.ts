/** Evaluation within budgets, and the trace that explains it. */
import { describe, expect, it } from 'vitest';
import {
	evaluateOnJson,
	evaluateRule,
	type EvaluateOptions,
	type TraceNode
} from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Json, Rule, Value } from '#lib/engine/logic/rule.ts';
import { MAX_TRACE_NODES } from '#lib/engine/logic/trace.ts';
import { variablesFromJson, variablesOf } from '#lib/engine/logic/variables.ts';
import { randomVariables } from '../generators/data.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomRule } from '../generators/rules.ts';

function evaluate(rule: Rule, data: Record<string, Value> = {}, options: EvaluateOptions = {}) {
	return evaluateRule(parseRule(rule, { at: '/r' }).node, new Map(Object.entries(data)), options);
}

function traceOf(rule: Rule, data: Record<string, Value> = {}): TraceNode {
	const { trace } = evaluate(rule, data, { trace: true });
	if (!trace) throw new Error('There is no trace.');
	return trace;
}

describe('variables', () => {
	it('are read by their full path, and nested JSON by steps', () => {
		expect(evaluate({ var: 'a.b' }, { 'a.b': 1 }).value).toBe(1);
		expect(evaluate({ var: 'a.b' }, { a: { b: 1 } }).value).toBe(null);
		expect(evaluateOnJson(parseRule({ var: 'a.b' }).node, { a: { b: 1 } }).value).toBe(1);
		expect(evaluateOnJson(parseRule({ var: '' }).node, [1]).value).toEqual([1]);
	});

	it('are missing where a value is no JSON, not finite or inherited', () => {
		for (const odd of [undefined, Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol('x')]) {
			expect(evaluate({ var: ['x', 'none'] }, { x: odd as unknown as Value }).value).toBe('none');
		}
	});

	it('can be listed without evaluating, those of elements left out', () => {
		const { node } = parseRule({
			if: [
				{ missing: ['b', 'c'] },
				{ map: [{ var: 'list' }, { var: 'qty' }] },
				{ var: ['a', { var: 'd' }] }
			]
		});
		expect(variablesOf(node)).toEqual(['a', 'b', 'c', 'd', 'list']);
	});

	it('can be made of nested JSON', () => {
		const variables = variablesFromJson({ a: { b: { c: 1 } }, 'd.e': [{ f: 2 }], g: null });
		expect([...variables]).toEqual([
			['a.b.c', 1],
			['d.e', [{ f: 2 }]],
			['g', null]
		]);
	});
});

describe('the trace', () => {
	it('says of every node its place, its inputs and its value', () => {
		expect(traceOf({ '+': [{ var: 'x' }, 2] }, { x: 1 })).toEqual({
			id: 0,
			at: '/r',
			kind: 'call',
			name: '+',
			value: 3,
			inputs: [
				{ id: 1, at: '/r/+/0', kind: 'var', name: 'x', value: 1, inputs: [] },
				{ id: 2, at: '/r/+/1', kind: 'literal', value: 2, inputs: [] }
			]
		});
	});

	it.each<[Rule, string]>([
		[{ var: 'x' }, 'missing_variable'],
		[null, 'written_null'],
		[{ '+': [1, { var: 'x' }] }, 'missing_operand'],
		[{ '/': [1, 0] }, 'divided_by_zero'],
		[{ '%': [1, 0] }, 'divided_by_zero'],
		[{ '+': [1, 'word'] }, 'not_a_number'],
		[
			{
				curve: [
					'word',
					[
						[0, 0],
						[1, 1]
					]
				]
			},
			'not_a_number'
		],
		[{ '*': [1e200, 1e200] }, 'too_large'],
		[{ if: [false, 1] }, 'no_branch'],
		[{ steps: [0, [[1, 1]]] }, 'below_first_step'],
		[{ coalesce: [null, { var: 'x' }] }, 'nothing_found'],
		[{ round: [1, 99] }, 'invalid_operand']
	])('says why %j is null', (rule, why) => {
		const trace = traceOf(rule);
		expect(trace.value).toBe(null);
		expect(trace.why).toBe(why);
	});

	it('says no reason where there is a value', () => {
		const withReasons = (node: TraceNode): TraceNode[] => [
			...(node.value !== null && node.why !== undefined ? [node] : []),
			...node.inputs.flatMap(withReasons)
		];
		const random = new Random(seedOf(5));
		for (let i = 0; i < 2_000; i++) {
			const { node } = parseRule(randomRule(random));
			const { trace } = evaluateRule(node, randomVariables(random), { trace: true });
			expect(trace && withReasons(trace)).toEqual([]);
			expect(trace?.value === null && trace.why === undefined).toBe(false);
		}
	});

	it('says which branch, step or segment decided', () => {
		expect(traceOf({ if: [false, 1, true, 2, 3] }).branch).toBe(3);
		expect(traceOf({ if: [false, 1, 3] }).branch).toBe(2);
		expect(traceOf({ coalesce: [null, 5] }).branch).toBe(1);
		expect(traceOf({ or: [0, 5, 6] }).branch).toBe(1);
		expect(
			traceOf({
				steps: [
					5,
					[
						[1, 1],
						[4, 2],
						[9, 3]
					]
				]
			}).branch
		).toBe(1);
		expect(
			traceOf({
				curve: [
					5,
					[
						[1, 1],
						[4, 2],
						[9, 3]
					]
				]
			}).branch
		).toBe(1);
	});

	it('holds only what was evaluated', () => {
		const { inputs } = traceOf({ if: [true, 1, { var: 'never' }] });
		expect(inputs.map(({ at }) => at)).toEqual(['/r/if/0', '/r/if/1']);
	});

	it('changes no value', () => {
		const seed = seedOf(17);
		const random = new Random(seed);
		for (let i = 0; i < 2_000; i++) {
			const { node } = parseRule(randomRule(random, { depth: 5 }));
			const variables = randomVariables(random);
			const { trace, ...traced } = evaluateRule(node, variables, { trace: true });
			expect(traced, `seed ${seed}`).toEqual(evaluateRule(node, variables));
			expect(trace?.value).toEqual(traced.value);
		}
	});

	it('is cut, and says so, where an iteration is long', () => {
		const list = Array.from({ length: 6_000 }, (_, i) => i);
		const trace = traceOf({ map: [{ var: 'xs' }, { '+': [{ var: '' }, 1] }] }, { xs: list });
		const count = (node: TraceNode): number =>
			1 + node.inputs.reduce((sum, input) => sum + count(input), 0);
		expect(count(trace)).toBe(MAX_TRACE_NODES);
		expect(trace.truncated).toBe(true);
		expect((trace.value as Json[]).length).toBe(6_000);
	});
});

describe('budgets', () => {
	const xs = Array.from({ length: 100 }, (_, i) => i);

	it('end an evaluation with too many steps at the node that was reached', () => {
		const { value, error } = evaluate(
			{ map: [{ var: 'xs' }, { '+': [{ var: '' }, 1] }] },
			{ xs },
			{ budgets: { steps: 50 } }
		);
		expect(value).toBe(null);
		expect(error?.code).toBe('step_budget');
		expect(error?.at).toMatch(/^\/r\/map\/1/);
	});

	it('end one that makes too much data at the operator that makes it', () => {
		const rule: Rule = {
			'+': [
				1,
				{ reduce: [{ var: 'xs' }, { cat: [{ var: 'accumulator' }, { var: 'accumulator' }] }, 'x'] }
			]
		};
		expect(evaluate(rule, { xs }).error).toEqual({ code: 'memory_budget', at: '/r/+/1/reduce/1' });
	});

	it('end one whose result is nested too deep or endless when it is read', () => {
		const deep: Rule = { reduce: [{ var: 'xs' }, [{ var: 'accumulator' }], 1] };
		expect(evaluate(deep, { xs }).error).toEqual({ code: 'depth_budget', at: '/r' });
		const twice: Rule = {
			reduce: [{ var: 'xs' }, [{ var: 'accumulator' }, { var: 'accumulator' }], 1]
		};
		expect(evaluate(twice, { xs: xs.slice(0, 60) }).error).toEqual({
			code: 'memory_budget',
			at: '/r'
		});
	});

	it('name an operator that does not exist, where an unchecked rule is run', () => {
		expect(evaluate({ '+': [1, { log: [1] }] }).error).toEqual({
			code: 'unknown_operator',
			at: '/r/+/1'
		});
	});

	it('keep the trace up to the point of the stop', () => {
		const { trace, error } = evaluate({ '+': [1, { log: [1] }] }, {}, { trace: true });
		expect(error?.code).toBe('unknown_operator');
		expect(trace?.inputs.length).toBe(2);
	});

	it('never stop an ordinary rule', () => {
		const orders = Array.from({ length: 1_000 }, (_, i) => ({ qty: i, late: i % 3 === 0 }));
		const rule: Rule = {
			reduce: [
				{ map: [{ filter: [{ var: 'orders' }, { var: 'late' }] }, { var: 'qty' }] },
				{ '+': [{ var: 'accumulator' }, { var: 'current' }] },
				0
			]
		};
		expect(evaluate(rule, { orders }).value).toBe(166_833);
	});
});
