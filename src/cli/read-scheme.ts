/** Reads a scheme against what it will be used with: the columns of a table, the metric files. */
import type { VariableInfo } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parseSchemeText } from '#lib/engine/scheme/validate.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { refusal } from './failure.ts';
import type { Inputs } from './inputs.ts';
import { inFile, type FileDiagnostic } from './print-diagnostics.ts';

export interface SchemeSetting {
	readonly table?: Table;
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
}

export interface ReadScheme {
	readonly scheme: SchemeDocument;
	readonly findings: readonly FileDiagnostic[];
	/** The variables there are: the header with the metric files; absent where neither is known. */
	readonly dictionary: ReadonlyMap<string, VariableInfo> | undefined;
}

/** Reads a scheme. What has no structure is refused at once; findings come with what has. */
export async function readScheme(
	inputs: Inputs,
	path: string,
	setting: SchemeSetting
): Promise<ReadScheme> {
	const { table, metrics } = setting;
	const dictionary =
		table || metrics
			? dictionaryOf({ ...(table ? { table } : {}), ...(metrics ? { metrics } : {}) })
			: undefined;
	const file = inputs.nameOf(path);
	const { scheme, diagnostics } = parseSchemeText(await inputs.text(path), {
		...(metrics ? { metrics } : {}),
		...(dictionary ? { dictionary } : {})
	});
	const findings = inFile(file, diagnostics);
	if (!scheme) throw refusal(findings);
	return { scheme, findings, dictionary };
}
