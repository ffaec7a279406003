/** A draft's document: any JSON object of bearable size, with its content hash. */
import { schemeHash } from '../../engine/scheme/hash.ts';
import type { SchemeDocument } from '../../engine/scheme/document.ts';
import { SCHEME_BYTES } from '../../engine/scheme/validate.ts';
import type { Json, JsonObject } from '../../engine/logic/rule.ts';
import { refuse } from '../http/problem.ts';
import { schemeProblems } from './problems.ts';

/** What a draft holds. It may have findings: a draft is where they are repaired. */
export interface DraftDocument {
	readonly document: JsonObject;
	readonly hash: string;
	/** The document as text, `view` included: tells a repeat from a change. */
	readonly text: string;
}

/** Takes what a person saved; refuses only what cannot be kept at all. */
export function readDraftDocument(input: Json): DraftDocument {
	if (!isObject(input)) throw refuse(schemeProblems, 'document_not_object');
	const text = JSON.stringify(input);
	if (Buffer.byteLength(text) > SCHEME_BYTES) {
		throw refuse(schemeProblems, 'document_too_large', { details: { limit: SCHEME_BYTES } });
	}
	return { document: input, hash: hashOf(input), text };
}

/** The content hash of a document, whether or not it is a sound scheme. */
function hashOf(document: JsonObject): string {
	try {
		// Hashing reads no field but `view`: it takes unsound documents as well.
		return schemeHash(document as unknown as SchemeDocument);
	} catch (error) {
		throw refuse(schemeProblems, 'document_not_object', { cause: error });
	}
}

function isObject(input: Json): input is JsonObject {
	return typeof input === 'object' && input !== null && !Array.isArray(input);
}
