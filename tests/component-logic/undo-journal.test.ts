/** The undo stack comes back from a reload as it was, to the byte, or is left out: never half. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { applyDifferences, differences } from '#lib/designer/workspace/json-difference.ts';
import { parseJournal, printJournal } from '#lib/designer/workspace/undo-journal.ts';
import { UndoStack } from '#lib/designer/workspace/undo-stack.ts';

const SEED = 20_261_122;
const anyJson = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }) as fc.Arbitrary<Json>;
/** As a document is stored: -0 and other forms that JSON has no word for are gone. */
const stored = <Value extends Json>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

describe('the difference of two documents', () => {
	test('applied to the first gives the second to the byte', () => {
		fc.assert(
			fc.property(anyJson.map(stored), anyJson.map(stored), (before, after) => {
				const result = applyDifferences(before, differences(before, after));
				expect(JSON.stringify(result)).toBe(JSON.stringify(after));
			}),
			{ seed: SEED, numRuns: 500 }
		);
	});

	test('of one changed number is one place', () => {
		const before = { items: [{ id: 'a', weight: 30 }], grades: [] };
		const after = { items: [{ id: 'a', weight: 40 }], grades: [] };
		expect(differences(before, after)).toEqual([{ at: ['items', 0, 'weight'], to: 40 }]);
	});

	test('another order of keys is a difference', () => {
		const result = applyDifferences({ a: 1, b: 2 }, differences({ a: 1, b: 2 }, { b: 2, a: 1 }));
		expect(JSON.stringify(result)).toBe('{"b":2,"a":1}');
	});
});

function stackOf(states: readonly JsonObject[], taken: number): UndoStack<JsonObject> {
	let stack = new UndoStack<JsonObject>();
	states.slice(1).forEach((after, index) => {
		const before = states[index] ?? {};
		stack = stack.push({ name: `step ${index}`, before, after, gesture: null });
	});
	for (let undone = 0; undone < taken; undone += 1) stack = stack.undo()?.stack ?? stack;
	return stack;
}

describe('the journal', () => {
	test('comes back with every state before and after, undone steps included', () => {
		const document = fc.dictionary(fc.string({ maxLength: 4 }), anyJson, { maxKeys: 4 });
		fc.assert(
			fc.property(
				fc.array(document, { minLength: 1, maxLength: 8 }),
				fc.nat(8),
				(values, undos) => {
					const states = values.map((value) => stored(value as JsonObject));
					const taken = Math.min(undos, states.length - 1);
					const now = states[states.length - 1 - taken] ?? {};
					const stack = stackOf(states, taken);
					const back = parseJournal(printJournal({ revision: 3, document: now, stack }));
					const texts = (steps: UndoStack<JsonObject>['done']) =>
						steps.map(({ name, before, after }) => JSON.stringify([name, before, after]));
					expect(texts(back?.stack.done ?? [])).toEqual(texts(stack.done));
					expect(texts(back?.stack.undone ?? [])).toEqual(texts(stack.undone));
				}
			),
			{ seed: SEED, numRuns: 200 }
		);
	});

	test('stays under its bound and keeps the newest steps', () => {
		const states = Array.from({ length: 60 }, (_, index) => ({ text: `${index}`.repeat(100) }));
		const document = states.at(-1) ?? {};
		const stack = stackOf(states, 0);
		const text = printJournal({ revision: 1, document, stack }, 4000);
		expect(text.length).toBeLessThanOrEqual(4000);
		const back = parseJournal(text);
		expect(back?.stack.done.length).toBeGreaterThan(3);
		expect(back?.stack.done.at(-1)?.name).toBe('step 58');
	});

	test('text that is no journal is none', () => {
		for (const text of ['', '{', 'null', '{"revision":1}']) expect(parseJournal(text)).toBeNull();
	});
});
