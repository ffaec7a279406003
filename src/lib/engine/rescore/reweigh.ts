/** Whether an edit moved nothing but weights: then the kernel of the document before serves it. */
import type { Json, JsonObject } from '../logic/rule.ts';
import { sameJson } from '../revise/sections.ts';
import type { SchemeDocument } from '../scheme/document.ts';

/** True when two documents say the same of everything but the weights of their items. */
export function differsInWeightsOnly(before: SchemeDocument, after: SchemeDocument): boolean {
	const { items: itemsBefore, ...restBefore } = before;
	const { items: itemsAfter, ...restAfter } = after;
	return (
		itemsBefore.length === itemsAfter.length &&
		isSame(restBefore, restAfter) &&
		itemsBefore.every((item, index) => {
			const other = itemsAfter[index];
			if (item === other) return true;
			return other !== undefined && isSame({ ...item, weight: 0 }, { ...other, weight: 0 });
		})
	);
}

/** A document is JSON; its type only says which. */
function isSame(a: object, b: object): boolean {
	return sameJson(a as JsonObject as Json, b as JsonObject as Json);
}
