/** A draft that could not be sent, kept on this device until it can be. */
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { isObject } from '../document-path.ts';

interface KeptDraft {
	readonly revision: number;
	readonly document: JsonObject;
}

const keyOf = (draftId: string) => `draft:${draftId}`;

export function keepDraft(draftId: string, kept: KeptDraft | null): void {
	try {
		if (kept) localStorage.setItem(keyOf(draftId), JSON.stringify(kept));
		else localStorage.removeItem(keyOf(draftId));
	} catch {
		// Storage may be full or forbidden; the page itself still holds the document.
	}
}

export function findKeptDraft(draftId: string): KeptDraft | null {
	try {
		const kept = JSON.parse(localStorage.getItem(keyOf(draftId)) ?? 'null') as Json;
		if (!isObject(kept)) return null;
		const { revision, document } = kept;
		return typeof revision === 'number' && isObject(document) ? { revision, document } : null;
	} catch {
		return null;
	}
}
