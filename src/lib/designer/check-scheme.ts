/** What the checker says of a document: its structure first, then what can be proved about it. */
import { analyseScheme } from '#lib/engine/analyse/analyse.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Dictionary, JsonObject } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';

export interface Known {
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary: Dictionary;
}

export function checkScheme(document: JsonObject, known: Known): readonly Diagnostic[] {
	return analyseScheme(document, known).diagnostics;
}
