import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '#lib/server/config.ts';

test('without any setting everything has a default, and the demo is on', () => {
	expect(readConfig({})).toEqual({
		host: '127.0.0.1',
		port: 3000,
		dataDir: resolve('data'),
		demo: true,
		origin: null,
		proxyDepth: 0,
		sessionIdleMinutes: 30,
		sessionHours: 12,
		bodyLimit: 4_194_304,
		uploadLimit: 20_971_520,
		encryptionKey: undefined,
		logLevel: 'info'
	});
});

test('an empty variable counts as not set', () => {
	expect(readConfig({ PORT: '', ORIGIN: '' }).port).toBe(3000);
});

describe('a wrong setting is named with what was expected', () => {
	test.each([
		['PORT', 'abc'],
		['PORT', '70000'],
		['DEMO', 'yes'],
		['ORIGIN', 'kpi.example.com'],
		['ORIGIN', 'https://kpi.example.com/path'],
		['SESSION_HOURS', '0'],
		['DATA_KEY', 'short'],
		['LOG_LEVEL', 'loud']
	])('%s=%s', (name, value) => {
		expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
		expect(() => readConfig({ [name]: value })).toThrow(name);
	});
});
