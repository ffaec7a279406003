/**
 * The difference of two JSON documents as places to set, small enough to keep many of. Applied to
 * the first it gives the second to the byte, key order included.
 */
import type { Json } from '#lib/engine/logic/rule.ts';
import { isList, isObject, setAt, type Path } from '../document-path.ts';

export interface SetStep {
	readonly at: Path;
	readonly to: Json;
}

/** Only lists of one length and objects with the same keys in the same order are compared inside. */
export function differences(before: Json, after: Json, at: Path = []): readonly SetStep[] {
	if (before === after) return [];
	if (isList(before) && isList(after) && before.length === after.length) {
		return before.flatMap((value, index) =>
			differences(value, after[index] ?? null, [...at, index])
		);
	}
	if (isObject(before) && isObject(after)) {
		const keys = Object.keys(before);
		const others = Object.keys(after);
		if (keys.length === others.length && keys.every((key, index) => key === others[index])) {
			return keys.flatMap((key) =>
				differences(before[key] ?? null, after[key] ?? null, [...at, key])
			);
		}
	}
	return [{ at, to: after }];
}

export function applyDifferences(document: Json, steps: readonly SetStep[]): Json {
	return steps.reduce<Json>((result, { at, to }) => setAt(result, at, to), document);
}
