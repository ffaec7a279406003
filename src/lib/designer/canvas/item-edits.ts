/** Adding, copying and removing items, with what that does to the weights of the others. */
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeItem } from '#lib/engine/scheme/document.ts';
import { isList } from '../document-path.ts';
import { freeId, itemIndex } from '../scheme-shape.ts';
import { balanceWeights, fillWeights, weightForNewcomer } from '../weights/balance-weights.ts';
import { withWeights, type BalanceMode } from '../weights/weight-edits.ts';
import {
	branchSlots,
	branchTotal,
	readWeights,
	splitWeight,
	toBasisPoints,
	writeWeight
} from '../weights/weight-table.ts';
import { placeOfItem, putItem, readGroups, type ItemPlace } from './groups.ts';

const NONE: ReadonlySet<string> = new Set();
const WHOLE = toBasisPoints(100);

function itemsOf(document: JsonObject): readonly SchemeItem[] {
	return isList(document['items']) ? (document['items'] as unknown as readonly SchemeItem[]) : [];
}

const asJson = (item: SchemeItem) => item as unknown as JsonObject;
const isPercent = (document: JsonObject) => document['weighting'] !== 'points';

function withItems(document: JsonObject, items: readonly SchemeItem[]): JsonObject {
	return { ...document, items: items as unknown as Json };
}

/**
 * Adds an item at a place. In automatic mode it takes the median weight of each branch, pro rata
 * from the unlocked; else it takes what is missing to the whole, and the others keep theirs.
 */
export function addItem(
	document: JsonObject,
	item: SchemeItem,
	mode: BalanceMode,
	place?: ItemPlace
): JsonObject {
	const where = place ?? { group: readGroups(document).at(-1)?.id ?? null, before: null };
	if (!isPercent(document)) return putItem(document, asJson(item), where);
	const table = readWeights(itemsOf(document));
	const isBranched = table.branches.length > 1;
	const fresh: SchemeItem = { ...item, weight: isBranched ? splitWeight(0, table.branches) : 0 };
	const placed = putItem(document, asJson(fresh), where);
	const items = table.branches.reduce<readonly SchemeItem[]>((current, _, branch) => {
		const slots = branchSlots(readWeights(current), branch, NONE);
		const others = slots.filter(({ id }) => id !== item.id);
		const missing = Math.max(0, WHOLE - (branchTotal(table, branch) ?? WHOLE));
		const weight = mode === 'manual' ? missing : Math.max(missing, weightForNewcomer(others));
		const points =
			mode === 'manual'
				? slots.map((slot) => (slot.id === item.id ? weight : slot.basisPoints))
				: balanceWeights(slots, item.id, weight);
		return withWeights(current, slots, points, branch);
	}, itemsOf(placed));
	return withItems(placed, items);
}

/** Removes an item; in automatic mode the unlocked others take over its weight. */
export function removeItem(document: JsonObject, id: string, mode: BalanceMode): JsonObject {
	const before = readWeights(itemsOf(document));
	const rest = itemsOf(document).filter((item) => item.id !== id);
	if (!isPercent(document) || mode === 'manual') return withItems(document, rest);
	const items = before.branches.reduce<readonly SchemeItem[]>((current, _, branch) => {
		const table = readWeights(current);
		if (table.branches.length !== before.branches.length) return current;
		const slots = branchSlots(table, branch, NONE);
		// A branch that did not total 100 % before is not mended in passing.
		if (branchTotal(before, branch) !== WHOLE) return current;
		return withWeights(current, slots, fillWeights(slots), branch);
	}, rest);
	return withItems(document, items);
}

/** A copy right after its original; the two share the weight that the one had. */
export function duplicateItem(
	document: JsonObject,
	id: string
): { readonly document: JsonObject; readonly id: string } | null {
	const items = itemsOf(document);
	const original = items[itemIndex(items, id)];
	const place = placeOfItem(document, id);
	if (!original || !place) return null;
	const { locked: _locked, ...rest } = original;
	let kept = original;
	let copy: SchemeItem = { ...rest, id: freeId(id, items) };
	if (isPercent(document)) {
		const row = readWeights(items).rows[itemIndex(items, id)];
		const cells = typeof original.weight === 'number' ? row?.cells.slice(0, 1) : row?.cells;
		cells?.forEach((cell, branch) => {
			if (cell.kind === 'advanced') return;
			const half = original.locked === true ? 0 : Math.floor(cell.basisPoints / 2);
			const weight = writeWeight(kept.weight, branch, cell.basisPoints - half);
			const other = writeWeight(copy.weight, branch, half);
			if (weight !== undefined && half > 0) kept = { ...kept, weight };
			if (other !== undefined) copy = { ...copy, weight: other };
		});
	}
	const changed = withItems(
		document,
		items.map((item) => (item.id === id ? kept : item))
	);
	return { document: putItem(changed, asJson(copy), place), id: copy.id };
}
