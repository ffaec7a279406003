/** What a command sees of the world: streams, environment, language. Tests bring their own. */
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';

export interface Io {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The folder that relative paths start from. */
	readonly cwd: string;
	/** Everything on standard input. */
	readonly readInput: () => Promise<Uint8Array>;
	/** Data. Resolves when the reader keeps up. */
	readonly write: (text: string) => Promise<void>;
	/** Progress and errors. */
	readonly log: (text: string) => void;
	/** Standard output is a terminal: colours are allowed, a person is reading. */
	readonly isTerminal: boolean;
}

export const EXIT = {
	done: 0,
	failed: 1,
	usage: 2,
	refused: 3,
	conflict: 4,
	notFound: 5,
	interrupted: 130
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The language of messages: `--locale`, then `QUANHENG_LOCALE`, then the terminal's, else English. */
export function localeOf(io: Pick<Io, 'env'>, asked?: string): Locale {
	const { QUANHENG_LOCALE, LC_ALL, LC_MESSAGES, LANG } = io.env;
	const word = asked ?? QUANHENG_LOCALE ?? (LC_ALL || LC_MESSAGES || LANG || 'en');
	return /^zh/i.test(word) ? 'zh-CN' : 'en';
}

const COLOURS = { red: 31, green: 32, yellow: 33, dim: 2 } as const;

/** Colours a word where a person reads it; `NO_COLOR` and pipes get plain text. */
export function colour(io: Io, name: keyof typeof COLOURS, text: string): string {
	const isPlain = !io.isTerminal || Boolean(io.env['NO_COLOR']);
	return isPlain ? text : `\u001b[${COLOURS[name]}m${text}\u001b[0m`;
}
