/** Reads a JSON file of a pack: the engine's reader, with the size checked before it. */
import { readJsonText } from '#lib/engine/scheme/json-text.ts';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { FileReport, lineLookup, type PackFinding } from './finding.ts';
import { PACK_LIMITS } from './limits.ts';
import { isReadableText, type ReadText } from './yaml.ts';

/** Gives the value and the line of every place in it; null after reporting what is wrong. */
export function readJson(text: string, file: string, findings: PackFinding[]): ReadText {
	const lines = new Map<string, number>();
	const lineOf = lineLookup(lines);
	const report = new FileReport(file, findings, lineOf);
	if (!isReadableText(text, PACK_LIMITS.fileBytes, report)) return { value: null, lineOf };

	const reading = readJsonText(text);
	for (const [at, span] of reading.spans) lines.set(at, span.line);
	report.adopt(reading.diagnostics);
	const isRefused = reading.value === undefined || hasErrors(reading.diagnostics);
	return { value: isRefused ? null : (reading.value ?? null), lineOf };
}
