/** What can be set from outside, read once from the environment and checked before anything runs. */
import { resolve } from 'node:path';
import * as v from 'valibot';

export interface Config {
	readonly host: string;
	readonly port: number;
	readonly dataDir: string;
	/** Seed and serve the demo client. */
	readonly demo: boolean;
	/** The address browsers see; null means derived from host and port. */
	readonly origin: string | null;
	/** How many reverse proxies stand in front, for reading X-Forwarded-For. 0 ignores the header. */
	readonly proxyDepth: number;
	readonly sessionIdleMinutes: number;
	readonly sessionHours: number;
	/** Most bytes of a request body outside uploads. */
	readonly bodyLimit: number;
	/** Most bytes of an uploaded file. */
	readonly uploadLimit: number;
	/** Encrypts the database files when set. */
	readonly encryptionKey: string | undefined;
	readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const whole = (min: number, max: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d+$/, 'a whole number'),
		v.transform(Number),
		v.minValue(min),
		v.maxValue(max)
	);

const schema = v.object({
	HOST: v.optional(v.string(), '127.0.0.1'),
	PORT: v.optional(whole(0, 65_535), '3000'),
	DATA_DIR: v.optional(v.pipe(v.string(), v.minLength(1)), 'data'),
	DEMO: v.optional(v.picklist(['0', '1']), '1'),
	ORIGIN: v.optional(
		v.pipe(v.string(), v.url(), v.regex(/^https?:\/\/[^/]+$/, 'https://host, no path'))
	),
	PROXY_DEPTH: v.optional(whole(0, 10), '0'),
	SESSION_IDLE_MINUTES: v.optional(whole(1, 1_440), '30'),
	SESSION_HOURS: v.optional(whole(1, 168), '12'),
	BODY_LIMIT: v.optional(whole(65_536, 16_777_216), '4194304'),
	UPLOAD_LIMIT: v.optional(whole(1_048_576, 209_715_200), '20971520'),
	DATA_KEY: v.optional(v.pipe(v.string(), v.minLength(16))),
	LOG_LEVEL: v.optional(v.picklist(['debug', 'info', 'warn', 'error', 'silent']), 'info')
});

/** A setting is wrong; the message names each with what was expected. */
export class ConfigError extends Error {
	override readonly name = 'ConfigError';
}

/** Reads the configuration; empty variables count as not set. Throws `ConfigError`. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
	const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
	const result = v.safeParse(schema, set);
	if (!result.success) {
		const lines = result.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
		throw new ConfigError(`配置有误 / The configuration is wrong:\n${lines.join('\n')}`);
	}
	const { output } = result;
	return {
		host: output.HOST,
		port: output.PORT,
		dataDir: resolve(output.DATA_DIR),
		demo: output.DEMO === '1',
		origin: output.ORIGIN ?? null,
		proxyDepth: output.PROXY_DEPTH,
		sessionIdleMinutes: output.SESSION_IDLE_MINUTES,
		sessionHours: output.SESSION_HOURS,
		bodyLimit: output.BODY_LIMIT,
		uploadLimit: output.UPLOAD_LIMIT,
		encryptionKey: output.DATA_KEY,
		logLevel: output.LOG_LEVEL
	};
}
