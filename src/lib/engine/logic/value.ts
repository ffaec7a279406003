/**
 * Values at run time: truthiness, conversion, equality and own-property access.
 *
 * These restate what JavaScript does with plain JSON, without its conversion hooks: no `toString`
 * or `valueOf` of the data is ever called and nothing is read through a prototype.
 */
import type { Json, Scalar, Value } from './rule.ts';

/** Charges work or memory, in cells (characters or list slots); throws when a budget is spent. */
export type Charge = (cells: number) => void;

/** Nesting beyond which a list has no text: the conversion would walk it level by level. */
export const MAX_TEXT_DEPTH = 64;
/** Cells that a conversion outside an evaluation may take. */
const UNBUDGETED_CELLS = 1_000_000;

function limitedCharge(): Charge {
	let cells = 0;
	return (more) => {
		cells += more;
		if (cells > UNBUDGETED_CELLS) throw new RangeError('The list is too large to convert.');
	};
}

export function isList(value: unknown): value is readonly Json[] {
	return Array.isArray(value);
}

/** JSON Logic's truth: as in JavaScript, but an empty list is false. */
export function isTruthy(value: Value): boolean {
	return isList(value) ? value.length > 0 : Boolean(value);
}

function listText(list: readonly Json[], charge: Charge, depth: number): string {
	if (depth > MAX_TEXT_DEPTH) charge(Number.POSITIVE_INFINITY);
	charge(list.length);
	let text = '';
	for (let i = 0; i < list.length; i++) {
		if (i > 0) text += ',';
		const item = list[i] ?? null;
		const part =
			item === null ? '' : isList(item) ? listText(item, charge, depth + 1) : toText(item);
		charge(part.length);
		text += part;
	}
	return text;
}

/** The text of a value as JavaScript's `String` gives it for JSON. */
export function toText(value: Value, charge?: Charge): string {
	if (typeof value === 'string') return value;
	if (isList(value)) return listText(value, charge ?? limitedCharge(), 0);
	if (value !== null && typeof value === 'object') return '[object Object]';
	return String(value);
}

/** A scalar stays itself; a list or an object becomes its text. */
export function toPrimitive(value: Value, charge?: Charge): Scalar {
	return value !== null && typeof value === 'object' ? toText(value, charge) : value;
}

/** JavaScript's `==` on JSON. Lists and objects equal only themselves. */
export function looselyEqual(a: Value, b: Value, charge?: Charge): boolean {
	if (a === null || b === null) return a === b;
	if (typeof a === 'object' && typeof b === 'object') return a === b;
	const left = toPrimitive(a, charge);
	const right = toPrimitive(b, charge);
	return typeof left === typeof right ? left === right : Number(left) === Number(right);
}

const INDEX = /^(?:0|[1-9]\d{0,9})$/;

/**
 * One step down a path: an own property of an object, an element of a list, else undefined. Texts
 * have no parts and lists no `length`, so a path reaches data and nothing else.
 */
export function ownPart(value: Json, key: string): Json | undefined {
	if (value === null || typeof value !== 'object') return undefined;
	if (!Object.hasOwn(value, key)) return undefined;
	if (isList(value)) return INDEX.test(key) ? value[Number(key)] : undefined;
	return value[key];
}

/** Walks a dotted path through nested data; the empty path is the data itself. */
export function ownPath(data: Json, path: string): Json | undefined {
	if (path === '') return data;
	let part: Json | undefined = data;
	for (const key of path.split('.')) {
		part = ownPart(part, key);
		if (part === undefined) return undefined;
	}
	return part;
}

/** What a rule sees of a stored value: what is not JSON or not finite is missing, −0 is 0. */
export function seen(value: unknown): Value {
	switch (typeof value) {
		case 'number':
			return Number.isFinite(value) ? (value === 0 ? 0 : value) : null;
		case 'string':
		case 'boolean':
			return value;
		case 'object':
			return value as Json;
		default:
			return null;
	}
}
