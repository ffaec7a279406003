/** How the editor saves: the API, quoting the revision it saw. */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CurrentDraft, SaveOutcome } from './types.ts';

/** Puts a document; the answer decides what the page says, never the time it took. */
export async function putDraft(
	address: string,
	document: JsonObject,
	revision: number,
	/** Moves the draft onto this version, whose changes the document holds. */
	baseVersion?: number
): Promise<SaveOutcome> {
	let response: Response;
	try {
		response = await fetch(address, {
			method: 'PUT',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				revision,
				document,
				...(baseVersion === undefined ? {} : { base_version: baseVersion })
			})
		});
	} catch {
		return { kind: 'offline' };
	}
	const body = (await response.json().catch(() => ({}))) as {
		revision?: number;
		title?: string;
		detail?: string;
		code?: string;
		current?: CurrentDraft;
	};
	if (body.code === 'draft_stale') return { kind: 'conflict', current: body.current ?? null };
	if (response.ok && typeof body.revision === 'number')
		return { kind: 'saved', revision: body.revision };
	if (response.status >= 500) return { kind: 'offline' };
	return {
		kind: 'refused',
		message: [body.title, body.detail].filter(Boolean).join(' ') || m.error_title_400()
	};
}
