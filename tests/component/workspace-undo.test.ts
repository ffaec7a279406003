/**
 * Invariant: whatever was done in whatever view, undoing every step gives the document as it was
 * opened, to the byte, and redoing every step gives the last one again; so does a reload between.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { addGroup, moveItemToRank, readGroups, removeGroup } from '#lib/designer/canvas/groups.ts';
import { SchemeWorkspace } from '#lib/designer/workspace/scheme-workspace.svelte.ts';
import type { SaveOutcome } from '#lib/designer/workspace/types.ts';
import { parseJournal, printJournal, type Journal } from '#lib/designer/workspace/undo-journal.ts';
import { addBranch, removeBranch } from '#lib/designer/weights/weight-edits.ts';

const SEED = 20_261_122;

function start(): JsonObject {
	return {
		format: 'quanheng.scheme/1',
		id: 'sales',
		name: { 'zh-CN': '销售', en: 'Sales' },
		period: 'month',
		applies_to: true,
		weighting: 'percent',
		items: ['revenue', 'repeat', 'profit'].map((id, index) => ({
			id,
			metric: id,
			class: 'result',
			weight: [50, 30, 20][index] ?? 0,
			score: {
				curve: [
					{ var: 'item.attainment' },
					[
						[0, 0],
						[1, 100]
					]
				]
			}
		})),
		grades: [{ id: 'all', name: { 'zh-CN': '全部', en: 'All' }, from: 0 }]
	};
}

class Stage {
	/** What the server answers to the next save. */
	next: SaveOutcome | null = null;
	journal: Journal | null = null;
	revision = 1;
	readonly workspace: SchemeWorkspace;

	constructor(document: JsonObject, journal: Journal | null = null) {
		this.workspace = new SchemeWorkspace({
			document,
			revision: 1,
			readonly: false,
			saveAfterMs: 3_600_000,
			onsave: async () => {
				const outcome = this.next ?? { kind: 'saved', revision: ++this.revision };
				this.next = null;
				return outcome;
			},
			onjournal: (written) => (this.journal = written)
		});
		if (journal) this.workspace.restore(journal);
	}

	get text(): string {
		return JSON.stringify(this.workspace.document);
	}

	/** The id of the item that a number points at. */
	item(number: number): string {
		const items = this.workspace.scheme?.items ?? [];
		return items[number % Math.max(1, items.length)]?.id ?? 'none';
	}
}

type Command = (stage: Stage) => void | Promise<void>;

const number = fc.nat(50);
const points = fc.nat(10_000);

/** Commands of every view, each with what it was drawn with in its name. */
const command: fc.Arbitrary<Command> = fc.oneof(
	number.map((id): Command => ({ workspace }) => {
		const item = { id: `new_${id}`, metric: 'm', class: 'result', score: 1 } as const;
		const isTaken = workspace.scheme?.items.some((one) => one.id === item.id);
		if (!isTaken) workspace.addItem('add', item);
	}),
	number.map(
		(at): Command =>
			(stage) =>
				stage.workspace.removeItem('remove', stage.item(at))
	),
	number.map((at): Command => (stage) => {
		stage.workspace.duplicateItem('copy', stage.item(at));
	}),
	fc.tuple(number, number).map(
		([at, rank]): Command =>
			(stage) =>
				stage.workspace.edit('move', moveItemToRank(stage.workspace.document, stage.item(at), rank))
	),
	fc.tuple(number, fc.boolean()).map(
		([at, up]): Command =>
			(stage) =>
				stage.workspace.stepItem('step', stage.item(at), up ? -1 : 1)
	),
	fc
		.tuple(number, fc.array(points, { minLength: 1, maxLength: 6 }), fc.boolean())
		.map(([at, way, cancel]): Command => (stage) => {
			for (const to of way) stage.workspace.setWeight(() => 'weight', stage.item(at), 0, to);
			if (cancel) stage.workspace.cancelGesture();
			else stage.workspace.endGesture();
		}),
	fc.tuple(number, points).map(
		([at, to]): Command =>
			(stage) =>
				stage.workspace.setShare('share', stage.item(at), 0, to / 100)
	),
	fc.boolean().map((manual): Command => ({ workspace }) => {
		workspace.balance = manual ? 'manual' : 'automatic';
	}),
	number.map((from): Command => ({ workspace }) => {
		if (workspace.weights.branches.length < 4)
			workspace.edit(
				'branch',
				addBranch(workspace.document, { '>=': [{ var: 'employee.tenure_months' }, from] })
			);
	}),
	number.map((at): Command => ({ workspace }) => {
		const { branches } = workspace.weights;
		if (branches.length > 1)
			workspace.edit('unbranch', removeBranch(workspace.document, at % branches.length));
	}),
	fc.constant<Command>(({ workspace }) =>
		workspace.edit('group', addGroup(workspace.document, { 'zh-CN': '组', en: 'Group' }))
	),
	fc.constant<Command>(({ workspace }) => {
		const id = readGroups(workspace.document).at(-1)?.id;
		if (id) workspace.edit('ungroup', removeGroup(workspace.document, id));
	}),
	fc
		.tuple(number, fc.array(number, { minLength: 1, maxLength: 5 }))
		.map(([at, heights]): Command => ({ workspace }) => {
			const index = at % Math.max(1, workspace.scheme?.items.length ?? 1);
			if (!workspace.scheme?.items[index]) return;
			for (const height of heights) {
				const curve: Json = [
					{ var: 'item.attainment' },
					[
						[0, 0],
						[1, height]
					]
				];
				workspace.set('curve', ['items', index, 'score'], { curve }, 'curve point 1');
			}
			workspace.endGesture();
		}),
	number.map(
		(at): Command =>
			({ workspace }) =>
				workspace.set('scope', ['applies_to'], { '==': [{ var: 'employee.level' }, at] })
	),
	fc.tuple(number, fc.boolean()).map(([at, broken]): Command => ({ workspace }) => {
		const text = JSON.stringify({ ...workspace.document, period: at % 2 ? 'quarter' : 'month' });
		workspace.setText(broken ? text.slice(0, -1) : text, 'json');
		if (broken) workspace.setText(JSON.stringify(workspace.document, null, 2), 'json');
		workspace.endGesture();
	}),
	number.map(
		(at): Command =>
			({ workspace }) =>
				workspace.repair('repair', [{ op: 'replace', path: '/grades/0/from', value: at }])
	),
	number.map((at): Command => async (stage) => {
		const { workspace } = stage;
		const theirs = { ...workspace.saved, period: at % 2 ? 'year' : 'half' };
		stage.revision += 1;
		stage.next = { kind: 'conflict', current: { revision: stage.revision, document: theirs } };
		await workspace.flush();
		if (workspace.theirs)
			workspace.merge('merge', { ...workspace.document, period: theirs.period });
		stage.next = null;
	}),
	fc.constant<Command>(({ workspace }) => workspace.flush()),
	fc.constant<Command>(({ workspace }) => {
		workspace.undo();
	}),
	fc.constant<Command>(({ workspace }) => {
		workspace.redo();
	})
);

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
		{ seed: SEED, numRuns: 150 }
	);
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
		{ seed: SEED, numRuns: 100 }
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
