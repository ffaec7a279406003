/**
 * Content hashes: SHA-256 over canonical JSON. What only changes how a scheme looks (`view`) is
 * left out, so the same meaning has the same hash whatever the order of keys.
 */
import { sha256Hex } from '../hash.ts';
import { canonicalJson } from '../logic/canonical.ts';
import type { Json } from '../logic/rule.ts';
import type { SchemeDocument } from './document.ts';
import type { MetricDefinition } from './metric.ts';

/** The document without what is presentation only. */
export function withoutView(scheme: SchemeDocument): SchemeDocument {
	const { view: _view, ...content } = scheme;
	return content;
}

/** Hash of a scheme document. */
export function schemeHash(scheme: SchemeDocument): string {
	// A document was read from JSON, so it is JSON; its interface only lacks the index signature.
	return sha256Hex(canonicalJson(withoutView(scheme) as unknown as Json));
}

/** Hash of a version: the scheme together with the metric definitions that it uses. */
export function versionHash(scheme: SchemeDocument, metrics: Iterable<MetricDefinition>): string {
	const used = [...metrics].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
	return sha256Hex(
		canonicalJson({ metrics: used, scheme: withoutView(scheme) } as unknown as Json)
	);
}
