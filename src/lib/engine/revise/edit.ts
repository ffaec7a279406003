/**
 * One edit between two schemes, as data: where, from what, to what, and in words.
 *
 * An edit is addressed by ids, never by positions, so that it still fits a document in which other
 * things were inserted or removed; that is what lets a merge and an attribution apply edits singly.
 */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import type { Json } from '../logic/rule.ts';

export const EDIT_KINDS = [
	'added',
	'removed',
	'moved',
	'weight',
	'score',
	'condition',
	'adjustment',
	'gate',
	'grade',
	'total',
	'payout',
	'setting',
	'text',
	'cosmetic'
] as const;
/** `cosmetic` is another way to write the same; `text` is words only. Neither changes a score. */
export type EditKind = (typeof EDIT_KINDS)[number];

export interface SchemeEdit {
	/** Unique within a difference, readable: `items.conversion.weight`. */
	readonly id: string;
	readonly kind: EditKind;
	/** JSON Pointer into the newer document, or the older one where something was removed. */
	readonly at: string;
	readonly sentence: LocalText;
	/**
	 * Edits of one group only make sense together and are one player in an attribution: all
	 * weights form `weights`, what never changes a score is `text`.
	 */
	readonly group: string;
	/** Place by ids: `['items', 'conversion', 'weight']`; `ORDER` and `EMPTY` end special ones. */
	readonly path: readonly string[];
	/** Absent where the edit adds. */
	readonly before?: Json;
	/** Absent where the edit removes. */
	readonly after?: Json;
	/** Keys of the elements before an added one, nearest last: where it belongs in its list. */
	readonly follows?: readonly string[];
}

/** Last token of an edit that changes the order of a list; before and after are its keys. */
export const ORDER = '#order';
/** Last token of an edit between an absent list and an empty one, which mean the same. */
export const EMPTY = '#empty';

/** True for edits that cannot change a score, a grade, a payout or a status. */
export function isWordsOnly(edit: SchemeEdit): boolean {
	return edit.group === 'text';
}
