import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UndoStack } from '#lib/designer/workspace/undo-stack.ts';

const SEED = 20_261_122;

function step(before: number, after: number, gesture: string | null = null) {
	return { name: `${before} → ${after}`, before, after, gesture };
}

describe('the undo stack', () => {
	test('undoing everything and redoing everything comes back to the same state', () => {
		fc.assert(
			fc.property(fc.array(fc.integer(), { maxLength: 40 }), (values) => {
				let stack = new UndoStack<number>();
				let state = 0;
				for (const value of values) {
					stack = stack.push(step(state, value));
					state = value;
				}
				const end = state;
				for (let move = stack.undo(); move; move = stack.undo()) {
					stack = move.stack;
					state = move.step.before;
				}
				expect(state).toBe(0);
				for (let move = stack.redo(); move; move = stack.redo()) {
					stack = move.stack;
					state = move.step.after;
				}
				expect(state).toBe(end);
			}),
			{ seed: SEED }
		);
	});

	test('the moves of one drag are one step that goes back to its start', () => {
		const stack = new UndoStack<number>()
			.push(step(0, 1))
			.push(step(1, 2, 'drag-1'))
			.push(step(2, 3, 'drag-1'))
			.push(step(3, 4, 'drag-1'));
		expect(stack.done).toHaveLength(2);
		expect(stack.undo()?.step.before).toBe(1);
	});

	test('two drags of the same thing are two steps', () => {
		const stack = new UndoStack<number>().push(step(0, 1, 'drag-1')).push(step(1, 2, 'drag-2'));
		expect(stack.done).toHaveLength(2);
	});

	test('a new step after undoing drops what was undone', () => {
		const undone = new UndoStack<number>().push(step(0, 1)).undo();
		const stack = undone?.stack.push(step(0, 9));
		expect(stack?.redo()).toBeNull();
	});

	test('a press after redoing does not melt into the redone gesture', () => {
		const undone = new UndoStack<number>().push(step(0, 1, 'drag-1')).undo();
		const redone = undone?.stack.redo();
		expect(redone?.stack.push(step(1, 2, 'drag-1')).done).toHaveLength(2);
	});
});
