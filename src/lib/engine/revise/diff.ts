/**
 * The semantic difference of two schemes: edits by id, in the order of the document, each with a
 * sentence in both languages. Order of keys and formatting are no difference at all.
 */
import { pointer } from '../diagnostics/diagnostic.ts';
import type { Json } from '../logic/rule.ts';
import { EMPTY, ORDER, type EditKind, type SchemeEdit } from './edit.ts';
import { describeEdit } from './edit-sentence.ts';
import { groupEdits } from './groups.ts';
import {
	LISTS,
	OBJECTS,
	REQUIRED_LISTS,
	isList,
	isObject,
	keyedList,
	plainSpelling,
	sameJson,
	type PlainScheme
} from './sections.ts';
import type { NameOptions } from './variable-names.ts';

export type DiffOptions = NameOptions;

/** An edit before it is given its words. */
export type BareEdit = Omit<SchemeEdit, 'sentence'>;

/** Fields of each part that hold rules: there another spelling of the same is only cosmetic. */
const RULE_FIELDS: readonly string[] = [
	'weight',
	'score',
	'when',
	'points',
	'amount',
	'applies_to'
];

/** Everything in which `b` differs from `a`. Applying all of it to `a` gives `b`. */
export function diffSchemes(a: unknown, b: unknown, options: DiffOptions = {}): SchemeEdit[] {
	const older = a as PlainScheme;
	const newer = b as PlainScheme;
	return bareEdits(older, newer).map((edit) => ({
		...edit,
		sentence: describeEdit(edit, older, newer, options)
	}));
}

/** The edits without their sentences; the merge needs only these. */
export function bareEdits(older: PlainScheme, newer: PlainScheme): BareEdit[] {
	const edits: BareEdit[] = [];
	const keys = [...new Set([...Object.keys(older), ...Object.keys(newer)])];
	for (const key of orderedKeys(keys)) {
		const before = older[key];
		const after = newer[key];
		if (sameJson(before, after)) continue;
		const asLists = (LISTS as readonly string[]).includes(key)
			? { before: keyedList(key, before), after: keyedList(key, after) }
			: null;
		if (asLists?.before && asLists.after) {
			edits.push(...listEdits(key, asLists.before, asLists.after, older, newer));
		} else if (
			(OBJECTS as readonly string[]).includes(key) &&
			isObject(before) &&
			isObject(after)
		) {
			edits.push(...fieldEdits([key], pointer('', key), before, after));
		} else {
			edits.push(edit([key], pointer('', key), before, after));
		}
	}
	return groupEdits(edits);
}

/** Document order first, unknown keys behind it in alphabetical order. */
function orderedKeys(keys: readonly string[]): string[] {
	const order = [
		...['format', 'id', 'name', 'note', 'period', 'applies_to', 'weighting', 'items'],
		...['adjustments', 'gates', 'total', 'grades', 'payout', 'insights', 'examples', 'waivers'],
		...['view', 'origin']
	];
	const rank = (key: string): number => {
		const index = order.indexOf(key);
		return index < 0 ? order.length : index;
	};
	return keys.toSorted((x, y) => rank(x) - rank(y) || (x < y ? -1 : 1));
}

function listEdits(
	list: string,
	before: ReadonlyMap<string, Json>,
	after: ReadonlyMap<string, Json>,
	older: PlainScheme,
	newer: PlainScheme
): BareEdit[] {
	const edits: BareEdit[] = [];
	const keysBefore = [...before.keys()];
	const keysAfter = [...after.keys()];
	for (const [index, key] of keysBefore.entries()) {
		if (after.has(key)) continue;
		edits.push(edit([list, key], pointer('', list, index), before.get(key), undefined));
	}
	for (const [index, key] of keysAfter.entries()) {
		const element = after.get(key);
		const old = before.get(key);
		const at = pointer('', list, index);
		if (!before.has(key)) {
			const added = edit([list, key], at, undefined, element);
			edits.push({ ...added, follows: keysAfter.slice(0, index) });
		} else if (isObject(old) && isObject(element)) {
			edits.push(...fieldEdits([list, key], at, old, element));
		}
	}
	const keptBefore = keysBefore.filter((key) => after.has(key));
	const keptAfter = keysAfter.filter((key) => before.has(key));
	if (!sameJson(keptBefore, keptAfter)) {
		edits.push(edit([list, ORDER], pointer('', list), keptBefore, keptAfter));
	}
	// An optional list that becomes empty leaves the document, unless the newer one spells it out.
	if (keysAfter.length === 0 && !REQUIRED_LISTS.includes(list)) {
		const spelled = isList(newer[list]);
		if (spelled || (keysBefore.length === 0 && isList(older[list]))) {
			edits.push(edit([list, EMPTY], pointer('', list), !spelled, spelled));
		}
	}
	return edits;
}

function fieldEdits(
	path: readonly string[],
	at: string,
	before: { readonly [key: string]: Json },
	after: { readonly [key: string]: Json }
): BareEdit[] {
	const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return fields
		.filter((field) => !sameJson(before[field], after[field]))
		.map((field) => edit([...path, field], pointer(at, field), before[field], after[field]));
}

function edit(
	path: readonly string[],
	at: string,
	before: Json | undefined,
	after: Json | undefined
): BareEdit {
	return {
		id: path.join('.').replace('.#', '.'),
		kind: kindOf(path, before, after),
		at,
		group: '',
		path,
		...(before === undefined ? {} : { before }),
		...(after === undefined ? {} : { after })
	};
}

/** What kind each field of each part is; the rest is a setting. */
const FIELD_KINDS: Readonly<Record<string, EditKind>> = {
	name: 'text',
	note: 'text',
	message: 'text',
	action: 'text',
	weight: 'weight',
	score: 'score',
	when: 'condition',
	applies_to: 'condition',
	points: 'adjustment',
	effect: 'gate',
	from: 'grade'
};

function kindOf(
	path: readonly string[],
	before: Json | undefined,
	after: Json | undefined
): EditKind {
	const [section = '', , inner] = path;
	const last = path.at(-1) ?? '';
	if (last === ORDER) return 'moved';
	if (last === EMPTY || section === 'view') return 'cosmetic';
	if (
		before !== undefined &&
		after !== undefined &&
		RULE_FIELDS.includes(last) &&
		sameJson(plainSpelling(before), plainSpelling(after))
	) {
		return 'cosmetic';
	}
	const isElement = (LISTS as readonly string[]).includes(section) && inner === undefined;
	if (isElement && path.length === 2) return before === undefined ? 'added' : 'removed';
	if (section === 'total' || section === 'payout') return section;
	return FIELD_KINDS[last] ?? 'setting';
}
