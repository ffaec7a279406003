/**
 * Three-way merge of a definition field by field: metrics, record types, presets, parameters. What
 * only one side changed is taken; where both changed one place differently, ours stays and theirs
 * is reported. A value is merged whole, because half of two texts or rules is nobody's.
 */
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { sameJson } from '#lib/engine/revise/sections.ts';
import { isObject } from './fields.ts';

export interface FieldConflict {
	readonly path: readonly string[];
	readonly reason: 'both_changed' | 'does_not_fit';
	readonly base?: Json;
	readonly ours?: Json;
	readonly theirs?: Json;
}

export interface FieldMerge {
	/** Ours with every change of theirs that does not conflict. */
	readonly merged: JsonObject;
	readonly conflicts: readonly FieldConflict[];
	/** Places that were taken from theirs. */
	readonly taken: readonly (readonly string[])[];
}

/** The one field whose elements are matched: a list by `id`, a map by key. Others are one value. */
const KEYED = 'columns';

/** Separates the tokens of a place; no field or id contains it. */
const JOINT = '\u0001';

/** A definition as its places, in order. */
interface Places {
	readonly at: ReadonlyMap<string, Json>;
	/** How the elements stood; null for a definition without any. */
	readonly keyed: 'list' | 'map' | null;
}

/** Merges two definitions that descend from `base`. `isValid` judges a merged one. */
export function mergeFields(
	base: JsonObject,
	ours: JsonObject,
	theirs: JsonObject,
	isValid: (merged: JsonObject) => boolean
): FieldMerge {
	const [from, left, right] = [placesOf(base), placesOf(ours), placesOf(theirs)];
	const clean: string[] = [];
	const changed: string[] = [];
	for (const key of new Set([...left.at.keys(), ...right.at.keys(), ...from.at.keys()])) {
		const [before, mine, other] = [from.at.get(key), left.at.get(key), right.at.get(key)];
		if (sameJson(mine, other) || sameJson(before, other)) continue;
		(sameJson(before, mine) ? clean : changed).push(key);
	}
	// Where ours is as it was, theirs comes whole: the order of its elements is its own as well.
	const { merged, refused } = sameJson(base, ours)
		? { merged: theirs, refused: [] }
		: takeFitting(left, right, clean, isValid);
	const conflict = (reason: FieldConflict['reason']) => (key: string) => ({
		path: key.split(JOINT),
		reason,
		...side('base', from.at.get(key)),
		...side('ours', left.at.get(key)),
		...side('theirs', right.at.get(key))
	});
	return {
		merged,
		conflicts: [...changed.map(conflict('both_changed')), ...refused.map(conflict('does_not_fit'))],
		taken: clean.filter((key) => !refused.includes(key)).map((key) => key.split(JOINT))
	};
}

/** A definition with theirs at the chosen places. */
export function takeFields(
	definition: JsonObject,
	theirs: JsonObject,
	chosen: readonly (readonly string[])[]
): JsonObject {
	const keys = chosen.map((path) => path.join(JOINT));
	return definitionOf(withPlaces(placesOf(definition), keys, placesOf(theirs)));
}

function side(name: 'base' | 'ours' | 'theirs', value: Json | undefined) {
	return value === undefined ? {} : { [name]: value };
}

/** Takes all at once, or singly those that leave the definition valid. */
function takeFitting(
	ours: Places,
	theirs: Places,
	keys: readonly string[],
	isValid: (merged: JsonObject) => boolean
): { merged: JsonObject; refused: readonly string[] } {
	const judge = (places: Places): boolean => isValid(definitionOf(places));
	const whole = withPlaces(ours, keys, theirs);
	if (keys.length === 0 || judge(whole) || !judge(ours) || !judge(theirs)) {
		return { merged: definitionOf(whole), refused: [] };
	}
	let places = ours;
	let waiting = keys;
	for (;;) {
		const refused: string[] = [];
		for (const key of waiting) {
			const next = withPlaces(places, [key], theirs);
			if (judge(next)) places = next;
			else refused.push(key);
		}
		if (refused.length === 0 || refused.length === waiting.length) {
			return { merged: definitionOf(places), refused };
		}
		waiting = refused;
	}
}

function withPlaces(places: Places, keys: readonly string[], from: Places): Places {
	const at = new Map(places.at);
	for (const key of keys) {
		const value = from.at.get(key);
		if (value === undefined) at.delete(key);
		else at.set(key, value);
	}
	return { at, keyed: places.keyed ?? from.keyed };
}

function placesOf(definition: JsonObject): Places {
	const at = new Map<string, Json>();
	let keyed: Places['keyed'] = null;
	for (const [field, value] of Object.entries(definition)) {
		const elements = field === KEYED ? elementsOf(value) : null;
		if (!elements) {
			at.set(field, value);
			continue;
		}
		keyed = Array.isArray(value) ? 'list' : 'map';
		for (const [id, element] of elements) at.set(`${KEYED}${JOINT}${id}`, element);
	}
	return { at, keyed };
}

/** Elements by id or key; null where they have none and stay one value. */
function elementsOf(value: Json): readonly (readonly [string, Json])[] | null {
	if (isObject(value)) return Object.entries(value);
	if (!Array.isArray(value)) return null;
	const keyed = (value as readonly Json[]).flatMap((element) => {
		const id = isObject(element) ? element['id'] : undefined;
		return typeof id === 'string' ? [[id, element] as const] : [];
	});
	return keyed.length === value.length ? keyed : null;
}

function definitionOf({ at, keyed }: Places): JsonObject {
	const definition: Record<string, Json> = {};
	const elements: [string, Json][] = [];
	for (const [key, value] of at) {
		const [field = '', id] = key.split(JOINT);
		if (id === undefined) definition[field] = value;
		else elements.push([id, value]);
	}
	if (keyed === 'list') definition[KEYED] = elements.map(([, element]) => element);
	if (keyed === 'map') definition[KEYED] = Object.fromEntries(elements);
	return definition;
}
