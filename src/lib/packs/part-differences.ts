/** What differs between two states of one part of a pack, in words. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { diffSchemes, type DiffOptions } from '#lib/engine/revise/diff.ts';
import { sameJson } from '#lib/engine/revise/sections.ts';
import { isObject } from './fields.ts';
import { changeWords } from './merge-words.ts';
import type { PackPartKind } from './plan-install.ts';

/** One sentence for each difference, in the order of the document; empty where nothing differs. */
export function partDifferences(
	kind: PackPartKind,
	before: Json,
	after: Json,
	words: DiffOptions = {}
): LocalText[] {
	if (kind === 'scheme') return diffSchemes(before, after, words).map(({ sentence }) => sentence);
	if (!isObject(before) || !isObject(after)) return [];
	const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return fields
		.filter((field) => !sameJson(before[field], after[field]))
		.map((field) => changeWords([field], before[field], after[field]));
}
