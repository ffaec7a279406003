/** Findings in packs: a diagnostic with the file it is about. */
import {
	diagnose,
	type Diagnostic,
	type DiagnosticDetails
} from '#lib/engine/diagnostics/diagnostic.ts';
import { packDiagnostics } from './diagnostics.ts';
import { inChinese } from './words.ts';

export interface PackFinding extends Diagnostic {
	/** Path of the file inside the pack. */
	readonly file: string;
}

export type PackCode = keyof typeof packDiagnostics;

/** Finds the line of a place in a file, where the file's text is known. */
export type LineOf = (at: string) => number | undefined;

/** Collects the findings about one file. */
export class FileReport {
	readonly file: string;
	readonly #findings: PackFinding[];
	readonly #lineOf: LineOf;

	constructor(file: string, findings: PackFinding[], lineOf: LineOf = () => undefined) {
		this.file = file;
		this.#findings = findings;
		this.#lineOf = lineOf;
	}

	/** How many findings the whole pack has so far. */
	get count(): number {
		return this.#findings.length;
	}

	/** Adds a finding of the packs' own catalogue. */
	add(code: PackCode, at: string, details: DiagnosticDetails = {}, line?: number): void {
		const where = line ?? this.#lineOf(at);
		const found = diagnose(
			packDiagnostics,
			code,
			at,
			withChinese(details),
			where === undefined ? {} : { line: where }
		);
		this.#findings.push({ ...found, file: this.file });
	}

	/** Adds what another room found in this file, with the line it is on. */
	adopt(diagnostics: readonly Diagnostic[]): void {
		for (const diagnostic of diagnostics) {
			const line = diagnostic.line ?? this.#lineOf(diagnostic.at);
			this.#findings.push({
				...diagnostic,
				...(line === undefined ? {} : { line }),
				file: this.file
			});
		}
	}
}

/** Adds the Chinese of the phrases among the details, which catalogue entries name `…_zh`. */
function withChinese(details: DiagnosticDetails): DiagnosticDetails {
	const phrases = ['expected', 'what'].flatMap((name) => {
		const phrase = details[name];
		return typeof phrase === 'string' ? [[`${name}_zh`, inChinese(phrase)] as const] : [];
	});
	return { ...details, ...Object.fromEntries(phrases) };
}

/** Looks a place up in recorded lines, falling back to the nearest parent that has one. */
export function lineLookup(lines: ReadonlyMap<string, number>): LineOf {
	return (at) => {
		let place = at;
		for (;;) {
			const line = lines.get(place);
			if (line !== undefined) return line;
			const slash = place.lastIndexOf('/');
			if (slash < 0) return undefined;
			place = place.slice(0, slash);
		}
	};
}
