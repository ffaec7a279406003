/**
 * Invariant: whatever was done in whatever view, undoing every step gives the document as it was
 * opened, to the byte, and redoing every step gives the last one again; so does a reload between.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { addGroup } from '#lib/designer/canvas/groups.ts';
import { addBranch } from '#lib/designer/weights/weight-edits.ts';
import { parseJournal, printJournal } from '#lib/designer/workspace/undo-journal.ts';
import { command, EDITS, Stage, start, type Command } from './designer-commands.ts';

const SEED = 20_261_122;

async function play(commands: readonly Command[]): Promise<Stage> {
	const stage = new Stage(start());
	for (const run of commands) await run(stage);
	stage.workspace.endGesture();
	return stage;
}

function thereAndBack(stage: Stage): void {
	const { workspace } = stage;
	const end = stage.text;
	const made = workspace.history.length;
	const states = [end];
	while (workspace.undo() !== null) states.unshift(stage.text);
	expect(states[0]).toBe(JSON.stringify(start()));
	expect(states).toHaveLength(made + 1);
	for (const state of states.slice(1)) {
		expect(workspace.redo()).not.toBeNull();
		if (workspace.history.length <= made) expect(stage.text).toBe(state);
	}
	expect(stage.text).toBe(end);
}

test('undo of every step and redo of every step is no change, in every view', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(command, { maxLength: 25 }), async (commands) => {
			const stage = await play(commands);
			thereAndBack(stage);
			stage.workspace.dispose();
		}),
		{ seed: SEED, numRuns: 300 }
	);
});

test('every edit of every view changes something, and can be taken back', async () => {
	const untouched = new Set(Object.keys(EDITS));
	const stage = new Stage(start());
	const { workspace } = stage;
	const group = { 'zh-CN': '组', en: 'Group' };
	workspace.edit('branch', addBranch(workspace.document, { '>': [{ var: 'employee.level' }, 1] }));
	workspace.edit('group', addGroup(workspace.document, group));
	workspace.edit('group', addGroup(workspace.document, group));
	for (const [name, edit] of Object.entries(EDITS))
		for (const drawn of [1, 2, 3]) {
			const before = workspace.document;
			const next = edit(before, drawn);
			if (next === null || JSON.stringify(next) === JSON.stringify(before)) continue;
			untouched.delete(name);
			workspace.edit(name, next);
		}
	expect([...untouched]).toEqual([]);
	thereAndBack(stage);
	workspace.dispose();
});

test('so it is after a reload, whose journal is read from text', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(command, { maxLength: 20 }), async (commands) => {
			const before = await play(commands);
			before.workspace.dispose();
			const journal = before.journal ? parseJournal(printJournal(before.journal)) : null;
			const after = new Stage(JSON.parse(before.text) as JsonObject, journal);
			expect(after.workspace.history).toEqual(before.workspace.history);
			expect(after.text).toBe(before.text);
			thereAndBack(after);
			after.workspace.dispose();
		}),
		{ seed: SEED, numRuns: 200 }
	);
});

test('a gesture is one step however long the hand rests, and ends where the control is left', () => {
	const { workspace } = new Stage(start());
	const name = (from: number | null) => `${from}`;
	workspace.setWeight(name, 'revenue', 0, 5100);
	workspace.setWeight(name, 'revenue', 0, 5200);
	expect(workspace.history).toEqual(['5000']);
	workspace.endGesture();
	workspace.setWeight(name, 'revenue', 0, 5300);
	expect(workspace.history).toEqual(['5000', '5200']);
	workspace.dispose();
});

test('five presses give what one jump gives, and the way back restores every weight', () => {
	const { workspace } = new Stage(start());
	const weights = () => workspace.scheme?.items.map(({ weight }) => weight);
	for (const to of [5100, 5200, 5300, 5400, 5500])
		workspace.setWeight(() => 'weight', 'revenue', 0, to);
	expect(weights()).toEqual([55, 27, 18]);
	workspace.setWeight(() => 'weight', 'revenue', 0, 10_000);
	workspace.setWeight(() => 'weight', 'revenue', 0, 5000);
	expect(weights()).toEqual([50, 30, 20]);
	expect(workspace.history).toEqual([]);
	workspace.dispose();
});

test('Escape takes a gesture back with its step, and what could be redone still can', () => {
	const { workspace } = new Stage(start());
	workspace.set('scope', ['applies_to'], false);
	workspace.undo();
	workspace.setWeight(() => 'weight', 'revenue', 0, 9000);
	expect(workspace.cancelGesture()).toBe(true);
	expect(workspace.cancelGesture()).toBe(false);
	expect(workspace.history).toEqual([]);
	expect(workspace.redoName).toBe('scope');
	workspace.dispose();
});

test('who reads along changes nothing, and sees what others saved', () => {
	const { workspace } = new Stage(start());
	workspace.isHeld = true;
	workspace.set('scope', ['applies_to'], false);
	expect(workspace.document['applies_to']).toBe(true);
	workspace.adopt({ revision: 4, document: { ...start(), period: 'year' } });
	expect(workspace.document['period']).toBe('year');
	expect(workspace.revision).toBe(4);
	workspace.dispose();
});
