/**
 * Reads a stored draft document as a scheme as far as its shape allows. A draft may have findings,
 * and its JSON may be anything; the forms need lists where lists belong and nothing more.
 */
import type { Dictionary, Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument, SchemeItem, SchemeTotal } from '#lib/engine/scheme/document.ts';
import { TOTAL_DEFAULTS } from '#lib/engine/scheme/document.ts';
import { isList, isObject } from './document-path.ts';

function isListOfRecords(value: Json | undefined): boolean {
	return (
		isList(value) && value.every((entry) => isObject(entry) && typeof entry['id'] === 'string')
	);
}

/** The document as a scheme, or null where the forms could not show it without losing something. */
export function asScheme(document: JsonObject): SchemeDocument | null {
	const lists = ['adjustments', 'gates', 'insights'] as const;
	const shaped =
		isListOfRecords(document['items']) &&
		isListOfRecords(document['grades']) &&
		isObject(document['name']) &&
		lists.every((key) => document[key] === undefined || isListOfRecords(document[key])) &&
		(document['total'] === undefined || isObject(document['total'])) &&
		(document['payout'] === undefined || isObject(document['payout']));
	return shaped ? (document as unknown as SchemeDocument) : null;
}

export function totalOf(scheme: SchemeDocument): Required<SchemeTotal> {
	return { ...TOTAL_DEFAULTS, ...scheme.total };
}

/** An id that is not taken: the wish itself, else with a number. */
export function freeId(wish: string, taken: readonly { readonly id: string }[]): string {
	const ids = new Set(taken.map((entry) => entry.id));
	if (!ids.has(wish)) return wish;
	let number = 2;
	while (ids.has(`${wish}_${number}`)) number += 1;
	return `${wish}_${number}`;
}

export function itemIndex(items: readonly SchemeItem[], id: string): number {
	return items.findIndex((item) => item.id === id);
}

/** What a new adjustment or gate asks at first, on the first metric that the client has. */
export function startCondition(dictionary: Dictionary): Json {
	const path = [...dictionary.keys()].find((key) => key.startsWith('metric.')) ?? 'base_score';
	return { '>=': [{ var: path }, 1] };
}
