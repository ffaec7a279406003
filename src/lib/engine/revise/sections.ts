/** How a scheme document is cut into parts that have a name: lists by key, objects by field. */
import { canonicalJson } from '../logic/canonical.ts';
import type { Json, JsonObject } from '../logic/rule.ts';

/** A scheme as plain JSON: difference and merge also serve documents that do not validate yet. */
export type PlainScheme = JsonObject;

/** Lists whose elements are matched by key; items and grades stay in the document when empty. */
export const LISTS = [
	'items',
	'adjustments',
	'gates',
	'grades',
	'insights',
	'examples',
	'waivers'
] as const;
export type ListName = (typeof LISTS)[number];
export const REQUIRED_LISTS: readonly string[] = ['items', 'grades'];

/** Objects that are compared field by field. */
export const OBJECTS = ['total', 'payout', 'view'] as const;

export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
	return Array.isArray(value);
}

/** Deep equality of JSON; the order of keys does not count. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
	if (a === b) return true;
	if (a === undefined || b === undefined) return false;
	if (isList(a) && isList(b)) {
		return a.length === b.length && a.every((value, index) => sameJson(value, b[index]));
	}
	if (!isObject(a) || !isObject(b)) return false;
	const keys = Object.keys(a);
	return (
		keys.length === Object.keys(b).length &&
		keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
	);
}

/**
 * The key of an element: its id; an example's name; what a waiver waives and where. Null where an
 * element has none, in which case its list is compared as a whole.
 */
export function elementKey(list: string, element: Json | undefined): string | null {
	if (!isObject(element)) return null;
	if (list === 'waivers') {
		const { code, at } = element;
		return typeof code === 'string' && typeof at === 'string' ? `${code} ${at}` : null;
	}
	const key = list === 'examples' ? element['name'] : element['id'];
	if (typeof key === 'string') return key;
	return list === 'examples' && isObject(key) ? canonicalJson(key) : null;
}

/** The elements of a list by key in order, or null where keys are missing or repeated. */
export function keyedList(list: string, value: Json | undefined): Map<string, Json> | null {
	if (value === undefined) return new Map();
	if (!isList(value)) return null;
	const elements = new Map<string, Json>();
	for (const element of value) {
		const key = elementKey(list, element);
		if (key === null || elements.has(key)) return null;
		elements.set(key, element);
	}
	return elements;
}

/**
 * One spelling for rules that mean the same: a single operand is always a list of one.
 * `{"var":"a"}` and `{"var":["a"]}` differ as text and agree here.
 */
export function plainSpelling(rule: Json): Json {
	if (isList(rule)) return rule.map(plainSpelling);
	if (!isObject(rule)) return rule;
	const keys = Object.keys(rule);
	const [only] = keys;
	if (keys.length !== 1 || only === undefined) {
		return Object.fromEntries(keys.map((key) => [key, plainSpelling(rule[key] ?? null)]));
	}
	const operands = rule[only] ?? null;
	return { [only]: (isList(operands) ? operands : [operands]).map(plainSpelling) };
}
