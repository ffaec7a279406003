/** Whether a definition that a merge put together is one that a pack's reader would take. */
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { parseMetric } from '#lib/engine/scheme/metric-validate.ts';
import { Fields } from './fields.ts';
import { FileReport, type PackFinding } from './finding.ts';
import type { MergedKind } from './merge-types.ts';
import { readPreset, readRecordType } from './records.ts';

/** Judges a metric, record type or preset as the reader of its file does. */
export function isValidDefinition(kind: MergedKind, id: string, definition: JsonObject): boolean {
	if (kind === 'metric') return !hasErrors(parseMetric(definition).diagnostics);
	if (kind === 'record') return isReadable(definition, readRecordType);
	if (kind === 'preset') return isReadable({ id, ...definition }, readPreset);
	return true;
}

function isReadable(
	definition: JsonObject,
	read: (fields: Fields, report: FileReport) => unknown
): boolean {
	const findings: PackFinding[] = [];
	const report = new FileReport('', findings);
	const fields = Fields.open(definition, '', report);
	return fields !== null && read(fields, report) !== null && !hasErrors(findings);
}
