/** Applies edits by id to a document that may differ from the one they were found in. */
import type { Json } from '../logic/rule.ts';
import type { BareEdit } from './diff.ts';
import { EMPTY, ORDER } from './edit.ts';
import {
	LISTS,
	REQUIRED_LISTS,
	elementKey,
	isList,
	isObject,
	type PlainScheme
} from './sections.ts';

/**
 * A copy of `base` with the edits applied, moves first. All edits of a difference turn its
 * older document into its newer one; any part of them gives a hybrid with what it names changed
 * and everything else as in `base`. An edit of a part that `base` does not have is passed over.
 */
export function applyEdits<T>(base: T, edits: readonly BareEdit[]): T {
	const document = structuredCopy(base as PlainScheme);
	// What is added finds its place behind its neighbours, which have to stand in their new order.
	const isMove = (edit: BareEdit): boolean => edit.path.at(-1) === ORDER;
	for (const edit of edits) if (isMove(edit)) applyEdit(document, edit);
	for (const edit of edits) if (!isMove(edit)) applyEdit(document, edit);
	for (const list of LISTS) dropEmptied(document, list, base as PlainScheme, edits);
	return document as T;
}

type Mutable = { [key: string]: Json };

/** A copy that shares nothing which `applyEdit` changes: the document, its lists, their elements. */
function structuredCopy(document: PlainScheme): Mutable {
	return Object.fromEntries(
		Object.entries(document).map(([key, value]) => {
			if (isList(value)) return [key, value.map((one) => (isObject(one) ? { ...one } : one))];
			return [key, isObject(value) ? { ...value } : value];
		})
	);
}

function applyEdit(document: Mutable, edit: BareEdit): void {
	const [section = '', key, field] = edit.path;
	if (key === undefined) {
		setField(document, section, edit.after);
	} else if (key === EMPTY) {
		// Another edit may have filled the list meanwhile; then there is nothing to empty.
		if (listOf(document, section).length === 0) {
			setField(document, section, edit.after === true ? [] : undefined);
		}
	} else if (!(LISTS as readonly string[]).includes(section)) {
		const holder = document[section];
		if (isObject(holder)) setField(holder as Mutable, key, edit.after);
	} else if (key === ORDER) {
		document[section] = reordered(section, listOf(document, section), edit.after);
	} else if (field === undefined) {
		document[section] = withElement(section, listOf(document, section), key, edit);
	} else {
		const element = listOf(document, section).find((one) => elementKey(section, one) === key);
		if (isObject(element)) setField(element as Mutable, field, edit.after);
	}
}

function listOf(document: Mutable, section: string): readonly Json[] {
	const list = document[section];
	return isList(list) ? list : [];
}

function setField(holder: Mutable, field: string, value: Json | undefined): void {
	if (value === undefined) delete holder[field];
	else holder[field] = value;
}

function withElement(
	section: string,
	list: readonly Json[],
	key: string,
	edit: BareEdit
): readonly Json[] {
	const others = list.filter((one) => elementKey(section, one) !== key);
	if (edit.after === undefined) return others;
	const element = isObject(edit.after) ? { ...edit.after } : edit.after;
	if (others.length < list.length) {
		return list.map((one) => (elementKey(section, one) === key ? element : one));
	}
	const keys = others.map((one) => elementKey(section, one));
	for (const before of (edit.follows ?? []).toReversed()) {
		const index = keys.indexOf(before);
		if (index >= 0) return others.toSpliced(index + 1, 0, element);
	}
	return [element, ...others];
}

/** Puts the named elements into the named order, on the places that they hold together. */
function reordered(
	section: string,
	list: readonly Json[],
	after: Json | undefined
): readonly Json[] {
	const byKey = new Map(list.map((one) => [elementKey(section, one), one]));
	const order = (isList(after) ? after : []).filter(
		(key): key is string => typeof key === 'string' && byKey.has(key)
	);
	const named = new Set<string | null>(order);
	let next = 0;
	return list.map((one) => {
		if (!named.has(elementKey(section, one))) return one;
		const key = order[next++];
		return (key === undefined ? undefined : byKey.get(key)) ?? one;
	});
}

/** An optional list that lost its last element leaves the document, as an author would write it. */
function dropEmptied(
	document: Mutable,
	list: string,
	base: PlainScheme,
	edits: readonly BareEdit[]
): void {
	const spelledOut = edits.some((edit) => edit.path[0] === list && edit.path[1] === EMPTY);
	const value = document[list];
	const before = base[list];
	const emptied = isList(value) && value.length === 0 && isList(before) && before.length > 0;
	if (emptied && !spelledOut && !REQUIRED_LISTS.includes(list)) delete document[list];
}
