/**
 * Changes of weights on a document: one weight in one branch with what the others give or take, and
 * the branches themselves. Each takes the document as it was when the gesture began.
 */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject, Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeItem } from '#lib/engine/scheme/document.ts';
import { isList, isObject } from '../document-path.ts';
import {
	apportion,
	balanceWeights,
	fillWeights,
	WHOLE,
	type WeightSlot
} from './balance-weights.ts';
import {
	branchSlots,
	readBranches,
	readWeights,
	splitWeight,
	toPercent,
	writeWeight,
	type WeightBranch,
	type WeightTable
} from './weight-table.ts';

/** How one weight moves the others. */
export type BalanceMode = 'automatic' | 'manual' | 'proportional';

const NONE: ReadonlySet<string> = new Set();

function itemsOf(document: JsonObject): readonly SchemeItem[] {
	return isList(document['items']) ? (document['items'] as unknown as readonly SchemeItem[]) : [];
}

/** The items with new weights in one branch; items whose weight stays are borrowed. */
export function withWeights(
	items: readonly SchemeItem[],
	slots: readonly WeightSlot[],
	points: readonly number[],
	branch: number
): readonly SchemeItem[] {
	return items.map((item, index) => {
		const next = points[index];
		if (next === undefined || next === slots[index]?.basisPoints) return item;
		const weight = writeWeight(item.weight, branch, next);
		return weight === undefined ? item : { ...item, weight };
	});
}

/** The document with other items; the same document where none is another. */
function withItems(document: JsonObject, items: readonly SchemeItem[]): JsonObject {
	const before = itemsOf(document);
	if (items.length === before.length && items.every((item, index) => item === before[index]))
		return document;
	return { ...document, items: items as unknown as Json };
}

/** The slots of a branch with one freed of its lock, because the hand is on it. */
function slotsFor(table: WeightTable, branch: number, id: string): readonly WeightSlot[] {
	return branchSlots(table, branch, NONE).map((slot) =>
		slot.id === id ? { ...slot, locked: false } : slot
	);
}

/** Gives an item a weight in a branch; in automatic mode the unlocked others make up for it. */
export function moveWeight(
	document: JsonObject,
	id: string,
	branch: number,
	basisPoints: number,
	mode: 'automatic' | 'manual'
): JsonObject {
	const items = itemsOf(document);
	const slots = slotsFor(readWeights(items), branch, id);
	const points =
		mode === 'automatic'
			? balanceWeights(slots, id, basisPoints)
			: slots.map((slot) => (slot.id === id ? basisPoints : slot.basisPoints));
	return withItems(document, withWeights(items, slots, points, branch));
}

/** Scales the unlocked weights of a branch to 100 %. */
export function fillBranch(document: JsonObject, branch: number): JsonObject {
	const items = itemsOf(document);
	const slots = branchSlots(readWeights(items), branch, NONE);
	return withItems(document, withWeights(items, slots, fillWeights(slots), branch));
}

/**
 * What was entered in proportional mode, by item: any numbers. Kept beside the presentation as long
 * as the weights are still those that came of it; else the percentages stand for themselves.
 */
export function readShares(
	document: JsonObject,
	table: WeightTable,
	branch: number
): ReadonlyMap<string, number> {
	const slots = branchSlots(table, branch, NONE);
	const plain = new Map(slots.map(({ id, basisPoints }) => [id, toPercent(basisPoints)]));
	const view = document['view'];
	const all = isObject(view) ? view['weight_shares'] : undefined;
	const key = table.branches[branch]?.key ?? '';
	const kept = isObject(all) ? all[key] : undefined;
	if (!isObject(kept)) return plain;
	const shares = new Map(
		slots.flatMap(({ id }): [string, number][] => {
			const share = kept[id];
			return typeof share === 'number' && share >= 0 ? [[id, share]] : [];
		})
	);
	const points = pointsOfShares(slots, shares);
	const fits =
		shares.size === slots.length &&
		slots.every(({ basisPoints }, index) => points[index] === basisPoints);
	return fits ? shares : plain;
}

function pointsOfShares(
	slots: readonly WeightSlot[],
	shares: ReadonlyMap<string, number>
): readonly number[] {
	const locked = slots.filter((slot) => slot.locked);
	const rest = Math.max(0, WHOLE - locked.reduce((sum, slot) => sum + slot.basisPoints, 0));
	const parts = apportion(
		slots.filter((slot) => !slot.locked).map(({ id }) => shares.get(id) ?? 0),
		rest
	);
	let next = 0;
	return slots.map((slot) => (slot.locked ? slot.basisPoints : (parts[next++] ?? 0)));
}

/** Enters one share; the weights of the branch become the shares scaled to 100 %. */
export function setShare(
	document: JsonObject,
	id: string,
	branch: number,
	share: number
): JsonObject {
	const items = itemsOf(document);
	const table = readWeights(items);
	const slots = branchSlots(table, branch, NONE);
	const shares = new Map(readShares(document, table, branch)).set(id, Math.max(0, share));
	const view = isObject(document['view']) ? document['view'] : {};
	const all = isObject(view['weight_shares']) ? view['weight_shares'] : {};
	const key = table.branches[branch]?.key ?? '';
	const next = withWeights(items, slots, pointsOfShares(slots, shares), branch);
	return {
		...withItems(document, next),
		view: { ...view, weight_shares: { ...all, [key]: Object.fromEntries(shares) } }
	};
}

/** A further branch before “otherwise”; it begins with the weights that hold otherwise. */
export function addBranch(document: JsonObject, when: Rule): JsonObject {
	const items = itemsOf(document);
	const { branches } = readWeights(items);
	const isFirst = branches.length === 1;
	const next = items.map((item): SchemeItem => {
		const { weight } = item;
		if (typeof weight === 'number') {
			return isFirst ? { ...item, weight: { if: [when, weight, weight] } } : item;
		}
		const branched = branchesLike(weight, branches);
		if (!branched) return item;
		const head = branched.args.slice(0, -1);
		const otherwise = branched.args.at(-1) ?? 0;
		return { ...item, weight: { if: [...head, when, otherwise, otherwise] } };
	});
	return withItems(document, next);
}

/** The arguments of a weight that has exactly the branches of the table. */
function branchesLike(
	weight: Rule | undefined,
	branches: readonly WeightBranch[]
): { readonly args: readonly Json[] } | null {
	const read = readBranches(weight);
	const conditions = branches.flatMap(({ when }) => (when === null ? [] : [when]));
	if (!read || JSON.stringify(read.conditions) !== JSON.stringify(conditions)) return null;
	const args = isObject(weight) ? weight['if'] : undefined;
	return isList(args) ? { args } : null;
}

/**
 * Removes a branch with its weights. Without “otherwise”, the branch before it takes its place; the
 * last one left becomes the weight of everybody.
 */
export function removeBranch(document: JsonObject, branch: number): JsonObject {
	const items = itemsOf(document);
	const { branches } = readWeights(items);
	const next = items.map((item): SchemeItem => {
		const branched = branchesLike(item.weight, branches);
		if (!branched) return item;
		const { args } = branched;
		const isOtherwise = branch === branches.length - 1;
		const rest = isOtherwise
			? [...args.slice(0, -3), ...args.slice(-2, -1)]
			: args.filter((_, index) => index !== branch * 2 && index !== branch * 2 + 1);
		const [only] = rest;
		return { ...item, weight: rest.length === 1 && only !== undefined ? only : { if: rest } };
	});
	return withNames(withItems(document, next), (names) =>
		names.filter(({ when }) => !isSameRule(when, branches[branch]?.when ?? null))
	);
}

/** Changes whom a branch is for, in every item that has it. */
export function setBranchCondition(document: JsonObject, branch: number, when: Rule): JsonObject {
	const items = itemsOf(document);
	const { branches } = readWeights(items);
	const before = branches[branch]?.when ?? null;
	const next = items.map((item): SchemeItem => {
		const branched = branchesLike(item.weight, branches);
		if (!branched || before === null) return item;
		return {
			...item,
			weight: { if: branched.args.map((arg, index) => (index === branch * 2 ? when : arg)) }
		};
	});
	return withNames(withItems(document, next), (names) =>
		names.map((entry) => (isSameRule(entry.when, before) ? { ...entry, when } : entry))
	);
}

interface BranchName {
	readonly when: Rule | null;
	readonly name: LocalText;
}

const isSameRule = (a: Rule | null, b: Rule | null) => JSON.stringify(a) === JSON.stringify(b);

function readNames({ view }: { readonly view?: Json }): readonly BranchName[] {
	const stored = isObject(view) ? view['branches'] : undefined;
	return (isList(stored) ? stored : []).flatMap((entry): BranchName[] => {
		if (!isObject(entry) || !isObject(entry['name'])) return [];
		const { 'zh-CN': zh, en } = entry['name'];
		return typeof zh === 'string' && typeof en === 'string'
			? [{ when: entry['when'] ?? null, name: { 'zh-CN': zh, en } }]
			: [];
	});
}

function withNames(
	document: JsonObject,
	change: (names: readonly BranchName[]) => readonly BranchName[]
): JsonObject {
	const before = readNames(document);
	if (before.length === 0 && change(before).length === 0) return document;
	const view = isObject(document['view']) ? document['view'] : {};
	return { ...document, view: { ...view, branches: change(before) as unknown as Json } };
}

/** What a branch is called; null where only its condition says it. */
export function branchName(
	document: { readonly view?: Json },
	when: Rule | null
): LocalText | null {
	return readNames(document).find((entry) => isSameRule(entry.when, when))?.name ?? null;
}

export function nameBranch(
	document: JsonObject,
	when: Rule | null,
	name: LocalText | null
): JsonObject {
	return withNames(document, (names) => [
		...names.filter((entry) => !isSameRule(entry.when, when)),
		...(name ? [{ when, name }] : [])
	]);
}

/** Gives an item of one number a number for each branch. */
export function splitItem(document: JsonObject, id: string): JsonObject {
	const items = itemsOf(document);
	const { branches } = readWeights(items);
	return withItems(
		document,
		items.map((item) =>
			item.id === id ? { ...item, weight: splitWeight(item.weight, branches) } : item
		)
	);
}
