/**
 * The log: one JSON line an event, without personal data. Errors are reduced to their kind, code
 * and stack: messages of the database driver repeat the values that were written.
 */
import { pino, type Logger } from 'pino';

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

/** An error as it may be logged. */
export function loggedError(error: unknown): Readonly<Record<string, unknown>> {
	if (!(error instanceof Error)) return { kind: typeof error };
	const code = 'code' in error ? { code: String(error.code) } : {};
	const cause = error.cause === undefined ? {} : { cause: loggedError(error.cause) };
	const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
	return { kind: error.name, ...code, stack: stack?.slice(0, 12), ...cause };
}

function levelFrom(value: string | undefined): string {
	return value && LEVELS.includes(value) ? value : 'info';
}

export const logger: Logger = pino({
	level: levelFrom(process.env.VITEST ? 'silent' : process.env.LOG_LEVEL),
	base: null,
	timestamp: () => `,"at":"${new Date().toISOString()}"`,
	formatters: { level: (label) => ({ level: label }) },
	serializers: { err: loggedError }
});
