/**
 * The undo stack of a draft as it survives a reload: steps as differences, in the storage of this
 * tab, under a bound. It is taken up again only where the draft still is what the journal ends with.
 */
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { isList, isObject, type Path } from '../document-path.ts';
import { applyDifferences, differences, type SetStep } from './json-difference.ts';
import { UndoStack, type UndoStep } from './undo-stack.ts';

export interface Journal {
	readonly revision: number;
	readonly document: JsonObject;
	readonly stack: UndoStack<JsonObject>;
}

/** A step as it is written down: how to go there, and how to come back. */
interface WrittenStep {
	readonly name: string;
	readonly forward: readonly SetStep[];
	readonly backward: readonly SetStep[];
}

/** Storage of a tab holds about five million characters; other pages need some of it. */
const LARGEST = 1_000_000;

const keyOf = (draftId: string) => `undo:${draftId}`;
const written = new WeakMap<UndoStep<JsonObject>, WrittenStep>();

function write(step: UndoStep<JsonObject>): WrittenStep {
	const known = written.get(step);
	if (known) return known;
	const made: WrittenStep = {
		name: step.name,
		forward: differences(step.before, step.after),
		backward: differences(step.after, step.before)
	};
	written.set(step, made);
	return made;
}

/** The journal as text; the oldest steps are left out where it grew too long. */
export function printJournal({ revision, document, stack }: Journal, largest = LARGEST): string {
	let done = stack.done.map(write);
	let undone = stack.undone.map(write);
	for (;;) {
		const text = JSON.stringify({ revision, document, done, undone });
		if (text.length <= largest || done.length + undone.length === 0) return text;
		if (done.length > 0) done = done.slice(Math.ceil(done.length / 4));
		else undone = undone.slice(Math.ceil(undone.length / 4));
	}
}

function readSteps(value: Json | undefined): readonly WrittenStep[] {
	const readSets = (sets: Json | undefined): readonly SetStep[] =>
		(isList(sets) ? sets : []).flatMap((set) =>
			isObject(set) && isList(set['at']) && set['to'] !== undefined
				? [{ at: set['at'] as Path, to: set['to'] }]
				: []
		);
	return (isList(value) ? value : []).flatMap((step) =>
		isObject(step) && typeof step['name'] === 'string'
			? [
					{
						name: step['name'],
						forward: readSets(step['forward']),
						backward: readSets(step['backward'])
					}
				]
			: []
	);
}

/** Reads a journal back; null for what is none. */
export function parseJournal(text: string): Journal | null {
	let value: Json;
	try {
		value = JSON.parse(text) as Json;
	} catch {
		return null;
	}
	if (!isObject(value)) return null;
	const { revision, document } = value;
	if (typeof revision !== 'number' || !isObject(document)) return null;
	const done: UndoStep<JsonObject>[] = [];
	let state = document;
	for (const { name, backward } of [...readSteps(value['done'])].reverse()) {
		const before = applyDifferences(state, backward);
		if (!isObject(before)) return null;
		done.unshift({ name, before, after: state, gesture: null });
		state = before;
	}
	const undone: UndoStep<JsonObject>[] = [];
	state = document;
	for (const { name, forward } of [...readSteps(value['undone'])].reverse()) {
		const after = applyDifferences(state, forward);
		if (!isObject(after)) return null;
		undone.unshift({ name, before: state, after, gesture: null });
		state = after;
	}
	return { revision, document, stack: new UndoStack(done, undone) };
}

export function keepJournal(draftId: string, journal: Journal): void {
	try {
		sessionStorage.setItem(keyOf(draftId), printJournal(journal));
	} catch {
		// Storage may be full or forbidden; then a reload begins with an empty stack.
	}
}

/**
 * The journal of a draft where it fits what the server has: the same content, or the same revision
 * with work of this tab on top that had no time to be sent.
 */
export function findJournal(
	draftId: string,
	server: { readonly revision: number; readonly document: JsonObject }
): Journal | null {
	try {
		const journal = parseJournal(sessionStorage.getItem(keyOf(draftId)) ?? '');
		if (!journal) return null;
		const isSame = JSON.stringify(journal.document) === JSON.stringify(server.document);
		return isSame || journal.revision === server.revision ? journal : null;
	} catch {
		return null;
	}
}
