/** Commands of every view of the designer, drawn at random, and a draft to play them on. */
import fc from 'fast-check';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import {
	addGroup,
	moveItemToRank,
	readGroups,
	removeGroup,
	renameGroup,
	stepGroup
} from '#lib/designer/canvas/groups.ts';
import { withoutWaiver, withWaiver } from '#lib/designer/checks/waivers.ts';
import { readParts } from '#lib/designer/conditions/condition-tree.ts';
import { readTable, type DecisionTable } from '#lib/designer/conditions/decision-table.ts';
import {
	addPart,
	duplicatePart,
	removePart,
	wrapPart
} from '#lib/designer/conditions/edit-condition.ts';
import { insertRow, moveRow, removeRow } from '#lib/designer/conditions/edit-table.ts';
import { parseFormula } from '#lib/designer/conditions/parse-formula.ts';
import { SCORE_KINDS, startForm, writeScore } from '#lib/designer/curves/score-form.ts';
import { renameGrade } from '#lib/designer/gates/rename-grade.ts';
import { acceptResult, putExample, removeExample } from '#lib/designer/golden/golden.ts';
import { SchemeWorkspace } from '#lib/designer/workspace/scheme-workspace.svelte.ts';
import type { SaveOutcome } from '#lib/designer/workspace/types.ts';
import type { Journal } from '#lib/designer/workspace/undo-journal.ts';
import {
	addBranch,
	nameBranch,
	removeBranch,
	setBranchCondition,
	splitItem
} from '#lib/designer/weights/weight-edits.ts';

export function start(): JsonObject {
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

export class Stage {
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

const TEXT = { 'zh-CN': '名', en: 'Name' };

/** Each edit of a view: what it makes of the document with a number drawn; null where there is nothing. */
export const EDITS: Readonly<Record<string, (document: JsonObject, drawn: number) => Json | null>> =
	{
		'split an item': (document, drawn) => splitItem(document, idAt(document, 'items', drawn)),
		'name a branch': (document) => nameBranch(document, null, TEXT),
		'forget the name of a branch': (document) => nameBranch(document, null, null),
		'say whom a branch is for': (document, drawn) =>
			setBranchCondition(document, 0, { '==': [{ var: 'employee.level' }, drawn] }),
		'rename a group': (document) => {
			const id = readGroups(document).find((group) => group.id !== null)?.id;
			return id ? renameGroup(document, id, TEXT) : null;
		},
		'move a group': (document, drawn) => {
			const id = readGroups(document).at(-1)?.id;
			return id ? stepGroup(document, id, drawn % 2 ? 1 : -1) : null;
		},
		'rename a grade': (document, drawn) =>
			renameGrade(document, idAt(document, 'grades', 0), `grade_${drawn}`),
		'add a gate': (document, drawn) =>
			append(document, 'gates', {
				id: `gate_${listOf(document, 'gates').length}`,
				name: TEXT,
				when: { '>': [{ var: 'metric.complaints' }, drawn] },
				effect: { grade: idAt(document, 'grades', 0) }
			}),
		'add an adjustment': (document, drawn) =>
			append(document, 'adjustments', {
				id: `adjustment_${listOf(document, 'adjustments').length}`,
				name: TEXT,
				when: { '>=': [{ var: 'metric.shipments' }, 1] },
				points: drawn
			}),
		'say what is paid': (document, drawn) => {
			const read = parseFormula(`score * ${drawn + 1} / 100`);
			return read.rule === null
				? null
				: { ...document, payout: { currency: 'CNY', amount: read.rule } };
		},
		'pin a golden employee': (document, drawn) =>
			putExample(document, drawn % 3, { name: TEXT, given: {}, expect: { score: drawn } }),
		'accept another result': (document, drawn) => {
			if (listOf(document, 'examples').length === 0) return null;
			const mismatches = [{ key: 'score', expected: 0, found: drawn }];
			return acceptResult(
				document,
				{ index: 0, passed: false, mismatches } as never,
				'Name',
				'because'
			);
		},
		'let a golden employee go': (document) =>
			listOf(document, 'examples').length > 0 ? removeExample(document, 0) : null,
		'waive a warning': (document, drawn) =>
			withWaiver(document, { code: 'curve_flat', at: `/items/${drawn % 3}` }, 'wanted'),
		'take a waiver back': (document, drawn) =>
			withoutWaiver(document, { code: 'curve_flat', at: `/items/${drawn % 3}` }),
		'add a condition to the sentence': (document, drawn) =>
			withScope(
				document,
				(scope) =>
					addPart(scope, readParts(scope), { '>=': [{ var: 'employee.tenure_months' }, drawn] })
						.rule
			),
		'copy a part of the tree': (document) =>
			withScope(document, (scope) => duplicatePart(scope, readParts(scope).path).rule),
		'wrap a part of the tree': (document) =>
			withScope(document, (scope) => wrapPart(scope, readParts(scope).path).rule),
		'remove a part of the tree': (document) =>
			withScope(document, (scope) => removePart(scope, readParts(scope).path).rule),
		'score by a table': (document) =>
			withScore(document, () => ({ if: [{ '>=': [{ var: 'item.actual' }, 1] }, 100, 0] })),
		'insert a row': (document, drawn) =>
			withTable(document, (rule, table) => {
				const condition = { '>=': [{ var: 'item.actual' }, drawn + 1] };
				return insertRow(rule, table, drawn % (table.rows.length + 1), condition, drawn);
			}),
		'move a row': (document, drawn) =>
			withTable(document, (rule, table) => moveRow(rule, table, drawn % table.rows.length, 1)),
		'remove a row': (document, drawn) =>
			withTable(document, (rule, table) => removeRow(rule, table, drawn % table.rows.length)),
		'choose a kind of score': (document, drawn) => {
			const kind = SCORE_KINDS[drawn % SCORE_KINDS.length];
			return kind
				? withScore(document, () => writeScore(startForm(kind, 'item.attainment')))
				: null;
		}
	};

function listOf(document: JsonObject, key: string): readonly Json[] {
	const list = document[key];
	return Array.isArray(list) ? (list as readonly Json[]) : [];
}

function idAt(document: JsonObject, key: string, at: number): string {
	const list = listOf(document, key) as readonly { readonly id?: string }[];
	return list[at % Math.max(1, list.length)]?.id ?? 'none';
}

function append(document: JsonObject, key: string, entry: Json): JsonObject {
	return { ...document, [key]: [...listOf(document, key), entry] };
}

function withScope(document: JsonObject, change: (scope: Json) => Json): JsonObject {
	return { ...document, applies_to: change(document['applies_to'] ?? true) };
}

function withScore(document: JsonObject, change: (score: Json) => Json): JsonObject | null {
	const [first, ...rest] = listOf(document, 'items') as readonly JsonObject[];
	return first
		? { ...document, items: [{ ...first, score: change(first['score'] ?? 0) }, ...rest] }
		: null;
}

function withTable(
	document: JsonObject,
	change: (rule: Json, table: DecisionTable) => Json
): JsonObject | null {
	return withScore(document, (score) => {
		const read = readTable(score);
		return read.table ? change(score, read.table) : score;
	});
}

export type Command = (stage: Stage) => void | Promise<void>;

const number = fc.nat(50);
const points = fc.nat(10_000);

/** Commands of every view, each with what it was drawn with in its name. */
export const command: fc.Arbitrary<Command> = fc.oneof(
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
	{
		weight: 12,
		arbitrary: fc
			.tuple(fc.constantFrom(...Object.keys(EDITS)), number)
			.map(([name, drawn]): Command => ({ workspace }) => {
				const next = EDITS[name]?.(workspace.document, drawn) ?? null;
				if (next !== null) workspace.edit(name, next);
			})
	},
	fc.tuple(number, number).map(
		([at, rank]): Command =>
			(stage) =>
				stage.workspace.placeItem('drop', stage.item(at), {
					group: null,
					before: rank % 2 === 0 ? null : stage.item(rank)
				})
	),
	number.map((at): Command => (stage) => {
		const { workspace } = stage;
		const index = workspace.scheme?.items.findIndex(({ id }) => id === stage.item(at)) ?? -1;
		if (index < 0) return;
		if (workspace.scheme?.items[index]?.locked)
			workspace.remove('unlock', ['items', index, 'locked']);
		else workspace.set('lock', ['items', index, 'locked'], true);
	}),
	fc.constant<Command>(({ workspace }) => workspace.fill('fill', 0)),
	number.map(
		(steps): Command =>
			({ workspace }) =>
				workspace.goTo(steps % (workspace.history.length + 2))
	),
	fc.constant<Command>(({ workspace }) => workspace.flush()),
	fc.constant<Command>(({ workspace }) => {
		workspace.undo();
	}),
	fc.constant<Command>(({ workspace }) => {
		workspace.redo();
	})
);
