/**
 * Three-way merge of schemes by id. Starts from ours and takes over what only theirs changed; where
 * both changed the same place differently it keeps ours and reports a conflict with all three
 * sides, so no edit is dropped silently. Rules are merged whole: half of each is nobody's rule.
 */
import { hasErrors, type LocalText } from '../diagnostics/diagnostic.ts';
import type { Json } from '../logic/rule.ts';
import { parseScheme } from '../scheme/validate.ts';
import { applyEdits } from './apply.ts';
import { bareEdits, type BareEdit, type DiffOptions } from './diff.ts';
import { describeEdit, placeName } from './edit-sentence.ts';
import { ORDER } from './edit.ts';
import { isList, isObject, keyedList, sameJson, type PlainScheme } from './sections.ts';

/**
 * `both_changed`: one place, two different edits. `does_not_fit`: each edit is fine alone, but
 * together the document would be refused, for example a gate that names a grade the other removed.
 */
export const CONFLICT_REASONS = ['both_changed', 'does_not_fit'] as const;
export type ConflictReason = (typeof CONFLICT_REASONS)[number];

export interface MergeConflict {
	/** Place by ids, as in `SchemeEdit`. */
	readonly id: string;
	readonly path: readonly string[];
	readonly at: string;
	readonly reason: ConflictReason;
	/** The three sides of the place; absent where it does not exist on that side. */
	readonly base?: Json;
	readonly ours?: Json;
	readonly theirs?: Json;
	readonly place: LocalText;
	readonly sentences: { readonly ours: LocalText; readonly theirs: LocalText };
}

export interface MergeResult<T> {
	/** Ours with every edit of theirs that does not conflict. */
	readonly merged: T;
	readonly conflicts: readonly MergeConflict[];
}

/** Merges two documents that descend from `base`. */
export function mergeSchemes<T>(
	base: T,
	ours: T,
	theirs: T,
	options: DiffOptions = {}
): MergeResult<T> {
	const [from, left, right] = [base, ours, theirs] as readonly unknown[] as PlainScheme[];
	if (!from || !left || !right) throw new Error('A merge needs three documents.');
	const oursEdits = bareEdits(from, left);
	const theirsEdits = bareEdits(from, right);
	if (oursEdits.length === 0) return { merged: theirs, conflicts: [] };
	if (theirsEdits.length === 0) return { merged: ours, conflicts: [] };

	const sides: Sides = { base: from, ours: left, theirs: right, oursEdits, options };
	const conflicts: MergeConflict[] = [];
	const clean: BareEdit[] = [];
	for (const edit of theirsEdits) {
		const rivals = oursEdits.filter((other) => overlap(edit.path, other.path));
		if (rivals.some((other) => isSameEdit(edit, other))) continue;
		if (rivals.length === 0) clean.push(edit);
		else conflicts.push(conflict(sides, edit, rivals[0] ?? null, 'both_changed'));
	}
	const { merged, refused } = applyFitting(left, right, clean);
	for (const edit of refused) conflicts.push(conflict(sides, edit, null, 'does_not_fit'));
	return { merged: merged as T, conflicts };
}

interface Sides {
	readonly base: PlainScheme;
	readonly ours: PlainScheme;
	readonly theirs: PlainScheme;
	readonly oursEdits: readonly BareEdit[];
	readonly options: DiffOptions;
}

/** One place holds the other. */
function overlap(a: readonly string[], b: readonly string[]): boolean {
	const shared = Math.min(a.length, b.length);
	for (let index = 0; index < shared; index++) if (a[index] !== b[index]) return false;
	return true;
}

function isSameEdit(a: BareEdit, b: BareEdit): boolean {
	return a.path.length === b.path.length && sameJson(a.after, b.after);
}

function conflict(
	sides: Sides,
	edit: BareEdit,
	rival: BareEdit | null,
	reason: ConflictReason
): MergeConflict {
	// The wider place shows both edits: an item that one side removed and the other changed.
	const path = rival && rival.path.length < edit.path.length ? rival.path : edit.path;
	const base = valueAt(sides.base, path);
	const ours = valueAt(sides.ours, path);
	const theirs = valueAt(sides.theirs, path);
	const unchanged = { 'zh-CN': '未改动', en: 'not changed' };
	return {
		id: path.join('.').replace('.#', '.'),
		path,
		at: edit.at,
		reason,
		...(base === undefined ? {} : { base }),
		...(ours === undefined ? {} : { ours }),
		...(theirs === undefined ? {} : { theirs }),
		place: placeName(path, sides.ours, sides.theirs, sides.options),
		sentences: {
			ours: rival ? describeEdit(rival, sides.base, sides.ours, sides.options) : unchanged,
			theirs: describeEdit(edit, sides.base, sides.theirs, sides.options)
		}
	};
}

/** What a document holds at a place by ids. */
function valueAt(document: PlainScheme, path: readonly string[]): Json | undefined {
	const [section = '', key, field] = path;
	const part = document[section];
	if (key === undefined) return part;
	if (key === ORDER) return [...(keyedList(section, part)?.keys() ?? [])];
	if (isObject(part)) return part[key];
	const element = keyedList(section, part)?.get(key);
	return field === undefined || !isObject(element) ? element : element[field];
}

/**
 * Applies what keeps the document valid. Edits that would make a valid document invalid are tried
 * again after the others, because a gate may need the grade that comes with the next edit.
 */
function applyFitting(
	ours: PlainScheme,
	theirs: PlainScheme,
	edits: readonly BareEdit[]
): { merged: PlainScheme; refused: readonly BareEdit[] } {
	const merged = inOrderOfGrades(applyEdits(ours, edits), ours, theirs);
	if (isValid(merged) || !isValid(ours) || !isValid(theirs)) return { merged, refused: [] };
	let document = ours;
	let waiting = edits;
	for (;;) {
		const refused: BareEdit[] = [];
		for (const edit of waiting) {
			const next = inOrderOfGrades(applyEdits(document, [edit]), ours, theirs);
			if (isValid(next)) document = next;
			else refused.push(edit);
		}
		if (refused.length === 0 || refused.length === waiting.length) {
			return { merged: document, refused };
		}
		waiting = refused;
	}
}

/** Weights that miss 100 are for the checker to say: each side may have changed its own weights. */
function isValid(document: PlainScheme): boolean {
	const { scheme, diagnostics } = parseScheme(document);
	return (
		scheme !== null && !hasErrors(diagnostics.filter(({ code }) => code !== 'weights_not_100'))
	);
}

/** Grades are listed best first; two that were added at one place are put into that order. */
function inOrderOfGrades(merged: PlainScheme, ours: PlainScheme, theirs: PlainScheme): PlainScheme {
	const fall = (document: PlainScheme): boolean => {
		const steps = gradeSteps(document);
		return steps.every((from, index) => index === 0 || from < (steps[index - 1] ?? Infinity));
	};
	const { grades } = merged;
	if (!isList(grades) || fall(merged) || !fall(ours) || !fall(theirs)) return merged;
	const from = (grade: Json): number =>
		isObject(grade) && typeof grade['from'] === 'number' ? grade['from'] : -Infinity;
	return { ...merged, grades: grades.toSorted((x, y) => from(y) - from(x)) };
}

function gradeSteps(document: PlainScheme): number[] {
	const { grades } = document;
	if (!isList(grades)) return [];
	return grades.map((grade) =>
		isObject(grade) && typeof grade['from'] === 'number' ? grade['from'] : NaN
	);
}
