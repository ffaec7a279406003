/** Decides the conflicts of a merge: ours stands, theirs is put in where it was chosen. */
import { applyEdits } from './apply.ts';
import type { BareEdit } from './diff.ts';
import type { MergeConflict } from './merge.ts';
import { keyedList, type PlainScheme } from './sections.ts';

/** The merged document with their side at every place of `chosen`. */
export function takeTheirs<T>(merged: T, theirs: T, chosen: readonly MergeConflict[]): T {
	const edits = chosen.map((conflict): BareEdit => ({
		id: conflict.id,
		kind: 'setting',
		group: conflict.id,
		at: conflict.at,
		path: conflict.path,
		follows: neighbours(theirs as PlainScheme, conflict.path),
		...(conflict.theirs === undefined ? {} : { after: conflict.theirs })
	}));
	return applyEdits(merged, edits);
}

/** Keys before an element in its list: where it goes if the other side removed it. */
function neighbours(document: PlainScheme, [section = '', key]: readonly string[]): string[] {
	const keys = [...(keyedList(section, document[section])?.keys() ?? [])];
	const index = key === undefined ? -1 : keys.indexOf(key);
	return index < 0 ? [] : keys.slice(0, index);
}
