/** Counts are asked for together, kept by exactly what was asked, and given up when nobody waits. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HitBoard, questionKey } from '#lib/designer/conditions/hits.svelte.ts';
import type { JsonObject, Rule } from '#lib/engine/logic/rule.ts';

const document: JsonObject = { period: 'month', applies_to: true, items: [] };
const above = (limit: number): Rule => ({ '>=': [{ var: 'metric.a' }, limit] });

interface Call {
	readonly conditions: readonly { readonly id: string; readonly when: Rule }[];
	readonly signal: AbortSignal;
	readonly answer: (people: number) => void;
}

const calls: Call[] = [];

beforeEach(() => {
	vi.useFakeTimers();
	calls.length = 0;
	vi.stubGlobal('fetch', (_: string, init: { body: string; signal: AbortSignal }) => {
		const { conditions } = JSON.parse(init.body) as Pick<Call, 'conditions'>;
		return new Promise((resolve, reject) => {
			init.signal.addEventListener('abort', () => reject(new Error('aborted')));
			calls.push({
				conditions,
				signal: init.signal,
				answer: (people) =>
					resolve(
						Response.json({
							range: { from: '2025-01', to: '2025-12' },
							people: 9,
							rows: 90,
							conditions: conditions.map(({ id }) => ({
								id,
								hidden: null,
								people,
								rows: people,
								unknown: 0,
								meets: [],
								misses: []
							}))
						})
					)
			});
		});
	});
});

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test('questions of one moment travel together, and each gets its own answers', async () => {
	const board = new HitBoard(() => '/hits');
	const one = { conditions: [above(1), above(2)] };
	const other = { conditions: [above(3)] };
	board.watch(one, document);
	board.watch(other, document);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(calls.map(({ conditions }) => conditions.map(({ id }) => id))).toEqual([
		['0/0', '0/1', '1/0']
	]);
	calls[0]?.answer(4);
	await vi.advanceTimersByTimeAsync(0);
	expect(board.answerTo(questionKey(one, document))).toHaveLength(2);
	expect(board.answerTo(questionKey(other, document))?.[0]?.people).toBe(4);
	board.watch(one, document);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(calls).toHaveLength(1);
});

test('an answer to an older condition is never one to a newer, and its request is given up', async () => {
	const board = new HitBoard(() => '/hits');
	const leave = board.watch({ conditions: [above(1)] }, document);
	await vi.advanceTimersByTimeAsync(1_000);
	leave();
	board.watch({ conditions: [above(2)] }, document);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(calls[0]?.signal.aborted).toBe(true);
	calls[1]?.answer(5);
	await vi.advanceTimersByTimeAsync(0);
	expect(board.answerTo(questionKey({ conditions: [above(1)] }, document))).toBeNull();
	expect(board.answerTo(questionKey({ conditions: [above(2)] }, document))?.[0]?.people).toBe(5);
});

test('whoever leaves and comes back at once keeps the request under way', async () => {
	const board = new HitBoard(() => '/hits');
	const leave = board.watch({ conditions: [above(1)] }, document);
	await vi.advanceTimersByTimeAsync(1_000);
	leave();
	board.watch({ conditions: [above(1)] }, document);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(calls).toHaveLength(1);
	expect(calls[0]?.signal.aborted).toBe(false);
});

test('only conditions on the outcome hang on the whole document', () => {
	const edited = { ...document, items: [{ id: 'a' }] };
	const plain = { conditions: [above(1)] };
	const outcome: { conditions: Rule[] } = { conditions: [{ '>=': [{ var: 'score' }, 90] }] };
	expect(questionKey(plain, document)).toBe(questionKey(plain, edited));
	expect(questionKey(outcome, document)).not.toBe(questionKey(outcome, edited));
});
