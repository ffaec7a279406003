/** The checker on a document, its base version and a history; runs in threads and in tests. */
import { analyseScheme } from '../../engine/analyse/analyse.ts';
import { dataNeeds } from '../../engine/analyse/needs.ts';
import { parseRulesOf } from '../../engine/analyse/parsed.ts';
import { supplyOf, type SuppliedNeed } from '../../engine/analyse/supply.ts';
import type { AnalysedDiagnostic } from '../../engine/analyse/waivers.ts';
import type { RegionTotal } from '../../engine/analyse/weight-findings.ts';
import type { Dictionary } from '../../engine/logic/rule.ts';
import type { SchemeDocument } from '../../engine/scheme/document.ts';
import type { MetricDefinition } from '../../engine/scheme/metric.ts';
import { withDerivedColumns } from '../../engine/table/derive.ts';
import type { Table } from '../../engine/table/table.ts';

export interface CheckSides {
	/** Any JSON; one that is no scheme gives the reader's findings. */
	readonly document: unknown;
	readonly baseline: SchemeDocument | null;
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary: Dictionary;
	readonly history?: Table;
}

export interface CheckedSides {
	/** Null where the structure does not hold. */
	readonly scheme: SchemeDocument | null;
	readonly findings: readonly AnalysedDiagnostic[];
	readonly weights: readonly RegionTotal[];
	/** What the document needs; how far it is supplied is 0 of 0 rows without a history. */
	readonly needs: readonly SuppliedNeed[];
}

const NO_ROWS: Table = { rows: 0, columns: new Map() };

export function checkSides({
	document,
	baseline,
	metrics,
	dictionary,
	history
}: CheckSides): CheckedSides {
	const table = history && withDerivedColumns(history);
	const { scheme, diagnostics, weights, needs } = analyseScheme(document, {
		metrics,
		dictionary,
		...(baseline ? { baseline } : {}),
		...(table ? { history: table } : {})
	});
	const before = baseline && dataNeeds(parseRulesOf(baseline), metrics);
	return {
		scheme,
		findings: diagnostics,
		weights,
		needs: scheme ? supplyOf(needs, scheme, table ?? NO_ROWS, before) : []
	};
}
