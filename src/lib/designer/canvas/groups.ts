/**
 * Items in groups, as the canvas shows them. Groups belong to the presentation (`view.groups`) and
 * change no score; a scheme without groups shows one list. Moving a card moves its item in the
 * document too, beside its new neighbour, and leaves every other item where it was.
 */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { isList, isObject } from '../document-path.ts';
import { freeId } from '../scheme-shape.ts';

export interface CanvasGroup {
	/** Null for the items that no group holds. */
	readonly id: string | null;
	readonly name: LocalText | null;
	readonly items: readonly string[];
}

export interface ItemPlace {
	readonly group: string | null;
	/** The item it comes before; null at the end of the group. */
	readonly before: string | null;
}

function itemsOf(document: JsonObject): readonly JsonObject[] {
	const items = document['items'];
	return isList(items) ? items.filter(isObject) : [];
}

const idOf = (record: JsonObject) => String(record['id']);

function storedGroups(document: JsonObject): readonly JsonObject[] {
	const view = document['view'];
	const groups = isObject(view) ? view['groups'] : undefined;
	return isList(groups)
		? groups.filter(isObject).filter((group) => typeof group['id'] === 'string')
		: [];
}

function nameOf(group: JsonObject): LocalText {
	const name = isObject(group['name']) ? group['name'] : {};
	const fallback = idOf(group);
	const text = (value: Json | undefined) => (typeof value === 'string' ? value : fallback);
	return { 'zh-CN': text(name['zh-CN']), en: text(name['en']) };
}

/** The groups with their items in the order of the document; items of no group come first. */
export function readGroups(document: JsonObject): readonly CanvasGroup[] {
	const ids = itemsOf(document).map(idOf);
	const taken = new Set<string>();
	const groups = storedGroups(document).map((group): CanvasGroup => {
		const members = new Set(isList(group['items']) ? group['items'].map(String) : []);
		const items = ids.filter((id) => members.has(id) && !taken.has(id));
		items.forEach((id) => taken.add(id));
		return { id: idOf(group), name: nameOf(group), items };
	});
	const free = ids.filter((id) => !taken.has(id));
	return free.length > 0 || groups.length === 0
		? [{ id: null, name: null, items: free }, ...groups]
		: groups;
}

export function placeOfItem(document: JsonObject, id: string): ItemPlace | null {
	const group = readGroups(document).find(({ items }) => items.includes(id));
	if (!group) return null;
	return { group: group.id, before: group.items[group.items.indexOf(id) + 1] ?? null };
}

/** Where an item stands among those shown: 1 of 4 in its group. */
export function rankOfItem(
	document: JsonObject,
	id: string
): { rank: number; of: number; group: CanvasGroup } | null {
	const group = readGroups(document).find(({ items }) => items.includes(id));
	return group ? { rank: group.items.indexOf(id) + 1, of: group.items.length, group } : null;
}

function withGroups(document: JsonObject, groups: readonly JsonObject[]): JsonObject {
	const view = isObject(document['view']) ? document['view'] : {};
	if (groups.length > 0) return { ...document, view: { ...view, groups } };
	const rest = Object.entries(view).filter(([key]) => key !== 'groups');
	if (rest.length > 0) return { ...document, view: Object.fromEntries(rest) };
	return Object.fromEntries(Object.entries(document).filter(([key]) => key !== 'view'));
}

function assign(document: JsonObject, id: string, target: string | null): JsonObject {
	const groups = storedGroups(document);
	if (groups.length === 0) return document;
	const next = groups.map((group) => {
		const members = isList(group['items']) ? group['items'] : [];
		const isMember = members.includes(id);
		if (idOf(group) === target) return isMember ? group : { ...group, items: [...members, id] };
		return isMember ? { ...group, items: members.filter((member) => member !== id) } : group;
	});
	return next.every((group, index) => group === groups[index])
		? document
		: withGroups(document, next);
}

/** Puts an item, which the document may or may not hold yet, at a place. */
export function putItem(document: JsonObject, item: JsonObject, place: ItemPlace): JsonObject {
	const id = idOf(item);
	const rest = itemsOf(document).filter((other) => idOf(other) !== id);
	const group = readGroups({ ...document, items: rest }).find(({ id: at }) => at === place.group);
	const before = group?.items.includes(place.before ?? '') ? place.before : null;
	const after = before === null ? group?.items.at(-1) : undefined;
	const position =
		before !== null
			? rest.findIndex((other) => idOf(other) === before)
			: after !== undefined
				? rest.findIndex((other) => idOf(other) === after) + 1
				: rest.length;
	const items = [...rest.slice(0, position), item, ...rest.slice(position)];
	const isSameOrder = items.every((one, index) => one === itemsOf(document)[index]);
	return assign(
		isSameOrder && items.length === itemsOf(document).length ? document : { ...document, items },
		id,
		place.group
	);
}

export function moveItem(document: JsonObject, id: string, place: ItemPlace): JsonObject {
	const item = itemsOf(document).find((one) => idOf(one) === id);
	return item && place.before !== id ? putItem(document, item, place) : document;
}

/** One place up or down; from the edge of a group into the next one. */
export function stepItem(document: JsonObject, id: string, by: 1 | -1): JsonObject {
	const groups = readGroups(document);
	const at = groups.findIndex(({ items }) => items.includes(id));
	const group = groups[at];
	if (!group) return document;
	const rank = group.items.indexOf(id);
	const neighbour = rank + by;
	if (neighbour >= 0 && neighbour < group.items.length) {
		const before = by < 0 ? group.items[rank - 1] : group.items[rank + 2];
		return moveItem(document, id, { group: group.id, before: before ?? null });
	}
	const next = groups[at + by];
	if (!next) return document;
	return moveItem(document, id, {
		group: next.id,
		before: by > 0 ? (next.items[0] ?? null) : null
	});
}

/** To a place in its group, counted from 1. */
export function moveItemToRank(document: JsonObject, id: string, rank: number): JsonObject {
	const group = readGroups(document).find(({ items }) => items.includes(id));
	if (!group) return document;
	const others = group.items.filter((other) => other !== id);
	const index = Math.max(0, Math.min(others.length, Math.round(rank) - 1));
	return moveItem(document, id, { group: group.id, before: others[index] ?? null });
}

export function addGroup(document: JsonObject, name: LocalText): JsonObject {
	const groups = storedGroups(document);
	const id = freeId(
		'group',
		groups.map((group) => ({ id: idOf(group) }))
	);
	return withGroups(document, [...groups, { id, name: { ...name }, items: [] }]);
}

export function renameGroup(document: JsonObject, id: string, name: LocalText): JsonObject {
	return withGroups(
		document,
		storedGroups(document).map((group) =>
			idOf(group) === id ? { ...group, name: { ...name } } : group
		)
	);
}

/** Removes the group; its items stay, in no group. */
export function removeGroup(document: JsonObject, id: string): JsonObject {
	return withGroups(
		document,
		storedGroups(document).filter((group) => idOf(group) !== id)
	);
}

export function stepGroup(document: JsonObject, id: string, by: 1 | -1): JsonObject {
	const groups = storedGroups(document);
	const from = groups.findIndex((group) => idOf(group) === id);
	const moved = groups[from];
	const to = from + by;
	if (!moved || to < 0 || to >= groups.length) return document;
	const rest = groups.filter((group) => group !== moved);
	return withGroups(document, [...rest.slice(0, to), moved, ...rest.slice(to)]);
}
