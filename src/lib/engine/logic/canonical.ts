/**
 * Canonical JSON (RFC 8785): one text for one meaning, so that a hash does not depend on the order
 * in which keys were written. Walks with its own stack: nesting is the writer's, not ours.
 */
import type { Json, JsonObject } from './rule.ts';

/** Names sort by UTF-16 code units, which is how JavaScript compares strings. */
function byCodeUnit(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function scalarText(value: Exclude<Json, readonly Json[] | JsonObject>): string {
	if (typeof value === 'number' && !Number.isFinite(value)) {
		throw new TypeError('Canonical JSON has no text for NaN or Infinity.');
	}
	if (typeof value === 'string' && LONE_SURROGATE.test(value)) {
		throw new TypeError('Canonical JSON has no text for a lone surrogate.');
	}
	return JSON.stringify(value);
}

/** Either a piece of text that is ready, or a value still to print. */
type Pending = { readonly text: string } | { readonly value: Json };

/** Prints `value` as RFC 8785 says. A member that is `undefined` is left out, as JSON does. */
export function canonicalJson(value: Json): string {
	let text = '';
	const pending: Pending[] = [{ value }];
	for (let next = pending.pop(); next; next = pending.pop()) {
		if ('text' in next) {
			text += next.text;
		} else if (next.value === null || typeof next.value !== 'object') {
			text += scalarText(next.value);
		} else if (Array.isArray(next.value)) {
			const list: readonly Json[] = next.value;
			text += '[';
			pending.push({ text: ']' });
			for (let i = list.length - 1; i >= 0; i--) {
				pending.push({ value: list[i] ?? null });
				if (i > 0) pending.push({ text: ',' });
			}
		} else {
			const object = next.value as JsonObject;
			const keys = Object.keys(object)
				.filter((key) => object[key] !== undefined)
				.sort(byCodeUnit);
			text += '{';
			pending.push({ text: '}' });
			for (let i = keys.length - 1; i >= 0; i--) {
				const key = keys[i] ?? '';
				pending.push({ value: object[key] ?? null });
				pending.push({ text: `${i > 0 ? ',' : ''}${scalarText(key)}:` });
			}
		}
	}
	return text;
}
