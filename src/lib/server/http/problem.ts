/** Refusals: one class, carried from the use case to the page, the API and the command line. */
import {
	fillText,
	type Diagnostic,
	type DiagnosticDetails,
	type LocalText
} from '../../engine/diagnostics/diagnostic.ts';

/** What a catalogue says of one refusal. Placeholders are written `{name}`. */
export interface ProblemEntry {
	/** HTTP status; the command line maps it to its exit codes. */
	readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 503 | 507;
	/** What is wrong, as a person would say it. */
	readonly text: LocalText;
	/** What to do next. */
	readonly advice: LocalText;
}

export type ProblemCatalogue = Readonly<Record<string, ProblemEntry>>;

/** Declares a room's refusals; the type keeps the codes, so a misspelt code does not compile. */
export function defineProblems<const C extends ProblemCatalogue>(catalogue: C): C {
	return catalogue;
}

export interface ProblemOptions {
	/** Values for the placeholders, repeated for machines. Never personal data. */
	readonly details?: DiagnosticDetails;
	/** Findings with their places, where the refusal rests on a check. */
	readonly diagnostics?: readonly Diagnostic[];
	/** What stands in the way, e.g. the current draft of a stale save. */
	readonly current?: unknown;
	/** Seconds after which a repeat makes sense; the `Retry-After` header. */
	readonly retryAfterSeconds?: number;
	readonly cause?: unknown;
}

/**
 * What makes an error a refusal. A registered symbol, because the server program and the web
 * handler are two bundles in one process, each with a copy of the class below: a refusal of a
 * database that the one opened has to be known in the other.
 */
const REFUSAL = Symbol.for('quanheng.problem');

/** A refusal with status, code, sentence and advice in both languages. */
export class Problem extends Error {
	static override [Symbol.hasInstance](value: unknown): boolean {
		return typeof value === 'object' && value !== null && REFUSAL in value;
	}

	override readonly name = 'Problem';
	readonly status: ProblemEntry['status'];
	readonly code: string;
	readonly text: LocalText;
	readonly advice: LocalText;
	readonly details: DiagnosticDetails;
	readonly diagnostics: readonly Diagnostic[];
	readonly current: unknown;
	readonly retryAfterSeconds: number | undefined;

	constructor(code: string, entry: ProblemEntry, options: ProblemOptions = {}) {
		const details = options.details ?? {};
		const text = fillText(entry.text, details);
		super(text.en, options.cause === undefined ? undefined : { cause: options.cause });
		this.status = entry.status;
		this.code = code;
		this.text = text;
		this.advice = fillText(entry.advice, details);
		this.details = details;
		this.diagnostics = options.diagnostics ?? [];
		this.current = options.current;
		this.retryAfterSeconds = options.retryAfterSeconds;
		Object.defineProperty(this, REFUSAL, { value: true });
	}
}

/** Makes the refusal of a code: `throw refuse(schemeProblems, 'draft_stale', { details })`. */
export function refuse<C extends ProblemCatalogue>(
	catalogue: C,
	code: keyof C & string,
	options: ProblemOptions = {}
): Problem {
	const entry: ProblemEntry | undefined = catalogue[code];
	if (!entry) throw new Error(`No problem “${code}” in this catalogue.`);
	return new Problem(code, entry, options);
}
