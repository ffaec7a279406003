/**
 * Findings as data: a code, a place, a message and what to do, in both languages.
 *
 * Engine functions return diagnostics; they throw only for a programmer's mistake. Every room keeps
 * a catalogue next to the code that raises it (`defineDiagnostics`), so a code is stated once and
 * the command line, the pages, Monaco's markers and the help all print the same words.
 */

/** Text shown to people, in both languages of the product. */
export interface LocalText {
	readonly 'zh-CN': string;
	readonly en: string;
}

/** The languages of the product, the base language first. */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** An `error` refuses, a `warning` wants a waiver with a reason, a `hint` only advises. */
export type Severity = 'error' | 'warning' | 'hint';

/** One step of a repair, after RFC 6902 (JSON Patch), restricted to three verbs. */
export type PatchStep =
	| { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
	| { readonly op: 'remove'; readonly path: string };

/** A change that removes the finding when applied; safe to apply with one click and to undo. */
export interface Repair {
	readonly title: LocalText;
	readonly patch: readonly PatchStep[];
}

/** Values that fill the placeholders of a message; kept for tests and for machines. */
export type DiagnosticDetails = Readonly<Record<string, string | number | boolean | null>>;

export interface Diagnostic {
	readonly code: string;
	readonly severity: Severity;
	/** JSON Pointer (RFC 6901) into the document that was read; `''` is the whole document. */
	readonly at: string;
	/** One-based line, where the source is text with lines (YAML, CSV). */
	readonly line?: number;
	readonly message: LocalText;
	/** What to do about it. */
	readonly advice: LocalText;
	readonly details: DiagnosticDetails;
	/** Repairs to choose from, the one that is proposed first. */
	readonly repairs?: readonly Repair[];
}

/** What a catalogue says of one code. Placeholders are written `{name}`. */
export interface DiagnosticEntry {
	readonly severity: Severity;
	readonly message: LocalText;
	readonly advice: LocalText;
	/** A paragraph for the help page: why this is checked. */
	readonly help: LocalText;
}

export type DiagnosticCatalogue = Readonly<Record<string, DiagnosticEntry>>;

/** Declares a catalogue; the type keeps its codes, so a misspelt code does not compile. */
export function defineDiagnostics<const C extends DiagnosticCatalogue>(catalogue: C): C {
	return catalogue;
}

/** Fills `{name}` placeholders; an unknown placeholder stays visible, so that a test can find it. */
export function fillText(text: LocalText, details: DiagnosticDetails): LocalText {
	const fill = (template: string): string =>
		template.replace(/\{(\w+)\}/g, (whole, name: string) => {
			const value = details[name];
			return value === undefined || value === null ? whole : String(value);
		});
	return { 'zh-CN': fill(text['zh-CN']), en: fill(text.en) };
}

export interface DiagnoseOptions {
	readonly line?: number;
	readonly repairs?: readonly Repair[];
	/** Replaces the severity of the catalogue, e.g. a warning that a preview reports as a hint. */
	readonly severity?: Severity;
}

/** Makes a finding from a catalogue entry. */
export function diagnose<C extends DiagnosticCatalogue>(
	catalogue: C,
	code: keyof C & string,
	at: string,
	details: DiagnosticDetails = {},
	options: DiagnoseOptions = {}
): Diagnostic {
	const entry: DiagnosticEntry | undefined = catalogue[code];
	if (!entry) throw new Error(`No diagnostic “${code}” in this catalogue.`);
	return {
		code,
		severity: options.severity ?? entry.severity,
		at,
		...(options.line === undefined ? {} : { line: options.line }),
		message: fillText(entry.message, details),
		advice: fillText(entry.advice, details),
		details,
		...(options.repairs?.length ? { repairs: options.repairs } : {})
	};
}

/** True when at least one finding refuses the document. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
	return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** Escapes one reference token of a JSON Pointer (RFC 6901, section 3); most need no escape. */
export function pointerToken(token: string | number): string {
	if (typeof token === 'number') return String(token);
	return /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}

/** Appends tokens to a JSON Pointer. */
export function pointer(at: string, ...tokens: readonly (string | number)[]): string {
	return tokens.reduce<string>((path, token) => `${path}/${pointerToken(token)}`, at);
}
