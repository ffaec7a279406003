/** What the checker says of a document: its structure first, then what can be proved about it. */
import { analyseScheme } from '#lib/engine/analyse/analyse.ts';
import type { AnalysedDiagnostic } from '#lib/engine/analyse/waivers.ts';
import type { Dictionary, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';

export interface Known {
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary: Dictionary;
	/** The version that the draft is based on: tells which weight was just edited. */
	readonly baseline: SchemeDocument | null;
}

export function checkScheme(
	document: JsonObject,
	{ metrics, dictionary, baseline }: Known
): readonly AnalysedDiagnostic[] {
	const options = { metrics, dictionary, ...(baseline ? { baseline } : {}) };
	return analyseScheme(document, options).diagnostics;
}
