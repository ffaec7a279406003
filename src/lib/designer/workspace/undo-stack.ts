/**
 * One list of named steps for every view of a document. Steps of one gesture (a drag, a run of key
 * presses) become one step, whose start is the state before the gesture.
 */
export interface UndoStep<State> {
	readonly name: string;
	readonly before: State;
	readonly after: State;
	/** Equal gestures in a row are one step. */
	readonly gesture: string | null;
}

const DEPTH = 500;

export class UndoStack<State> {
	readonly done: readonly UndoStep<State>[];
	/** Taken back, the next to redo last. */
	readonly undone: readonly UndoStep<State>[];

	constructor(done: readonly UndoStep<State>[] = [], undone: readonly UndoStep<State>[] = []) {
		this.done = done;
		this.undone = undone;
	}

	/**
	 * The stack after a step; what was undone before it can no longer be redone. A gesture that came
	 * back to where it began leaves no step.
	 */
	push(step: UndoStep<State>): UndoStack<State> {
		const last = this.done.at(-1);
		if (last && step.gesture !== null && last.gesture === step.gesture) {
			const earlier = this.done.slice(0, -1);
			if (last.before === step.after) return new UndoStack(earlier);
			return new UndoStack([...earlier, { ...step, before: last.before }]);
		}
		return new UndoStack([...this.done, step].slice(-DEPTH));
	}

	undo(): { stack: UndoStack<State>; step: UndoStep<State> } | null {
		const step = this.done.at(-1);
		if (!step) return null;
		return { step, stack: new UndoStack(this.done.slice(0, -1), [...this.undone, step]) };
	}

	redo(): { stack: UndoStack<State>; step: UndoStep<State> } | null {
		const step = this.undone.at(-1);
		if (!step) return null;
		// A redone gesture is closed: a later press must not melt into it.
		const closed = { ...step, gesture: null };
		return { step, stack: new UndoStack([...this.done, closed], this.undone.slice(0, -1)) };
	}
}
