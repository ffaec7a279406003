/** Findings as lines for people and as records for programs. */
import type { Diagnostic, Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { colour, type Io } from './io.ts';

/** A finding with the file it is about, as the command line names files. */
export interface FileDiagnostic extends Diagnostic {
	readonly file: string;
}

/** Puts the file's name to findings. */
export function inFile(file: string, diagnostics: readonly Diagnostic[]): FileDiagnostic[] {
	return diagnostics.map((diagnostic) => ({ ...diagnostic, file }));
}

/** The record that `--json` prints of a finding. */
function diagnosticRecord(diagnostic: FileDiagnostic, locale: Locale): object {
	const { code, severity, at, line, message, advice, details, repairs, file } = diagnostic;
	return {
		code,
		severity,
		file,
		at,
		...(line === undefined ? {} : { line }),
		message: message[locale],
		advice: advice[locale],
		details,
		...(repairs?.[0] ? { repair: repairs[0] } : {})
	};
}

const SEVERITY_WORDS = {
	'zh-CN': { error: '错误', warning: '警告', hint: '提示' },
	en: { error: 'error', warning: 'warning', hint: 'hint' }
} as const;
const SEVERITY_COLOURS = { error: 'red', warning: 'yellow', hint: 'dim' } as const;

/** Where, how bad, what, and what to do: two lines. */
export function diagnosticLines(io: Io, diagnostic: FileDiagnostic, locale: Locale): string {
	const { severity, file, line, at } = diagnostic;
	const word = colour(io, SEVERITY_COLOURS[severity], SEVERITY_WORDS[locale][severity]);
	const place = `${file}${line === undefined ? '' : `:${line}`}${at === '' ? '' : ` ${at}`}`;
	return `${word} [${diagnostic.code}] ${place}\n  ${diagnostic.message[locale]}\n  ${diagnostic.advice[locale]}\n`;
}

/** Findings go to stdout as JSON where that was asked for, else to stderr as lines. */
export async function printDiagnostics(
	io: Io,
	diagnostics: readonly FileDiagnostic[],
	options: { readonly locale: Locale; readonly json: boolean }
): Promise<void> {
	if (options.json) {
		const records = diagnostics.map((found) => diagnosticRecord(found, options.locale));
		await io.write(`${JSON.stringify({ diagnostics: records }, null, '\t')}\n`);
		return;
	}
	for (const diagnostic of diagnostics) io.log(diagnosticLines(io, diagnostic, options.locale));
}

/** Findings of the reader and of the checker: what both say of a place is said once, with its line. */
export function mergeFindings(
	read: readonly FileDiagnostic[],
	checked: readonly FileDiagnostic[]
): FileDiagnostic[] {
	const key = ({ code, at }: FileDiagnostic): string => `${code} ${at}`;
	const richer = new Map(checked.map((found) => [key(found), found]));
	const first = read.map((found) => {
		const other = richer.get(key(found));
		richer.delete(key(found));
		return other && found.line !== undefined ? { ...other, line: found.line } : (other ?? found);
	});
	return [...first, ...checked.filter((found) => richer.has(key(found)))];
}
