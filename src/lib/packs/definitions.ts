/** Whether a definition that a merge put together is one that a pack's reader would take. */
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { parseMetric } from '#lib/engine/scheme/metric-validate.ts';
import { Fields } from './fields.ts';
import { FileReport, type PackFinding } from './finding.ts';
import type { MergedKind } from './merge-types.ts';
import { PRESET_KINDS } from './pack.ts';
import { readPreset, readRecordType } from './records.ts';

/** Judges a metric, record type or preset as the reader of its file does. */
export function isValidDefinition(kind: MergedKind, id: string, definition: JsonObject): boolean {
	if (kind === 'metric') return !hasErrors(parseMetric(definition).diagnostics);
	if (kind === 'record') return isReadable(definition, readRecordType);
	// Stored without id, name and kind, which a merge does not touch.
	if (kind === 'preset') return isReadable({ ...PRESET_HEAD, id, ...definition }, readPreset);
	return true;
}

const PRESET_HEAD = { name: { 'zh-CN': '-', en: '-' }, for: PRESET_KINDS[0] } as const;

function isReadable(
	definition: JsonObject,
	read: (fields: Fields, report: FileReport) => unknown
): boolean {
	const findings: PackFinding[] = [];
	const report = new FileReport('', findings);
	const fields = Fields.open(definition, '', report);
	return fields !== null && read(fields, report) !== null && !hasErrors(findings);
}
