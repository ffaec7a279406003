/** Whatever a finding is called, the help page explains it under that name. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { DiagnosticCatalogue } from '#lib/engine/diagnostics/diagnostic.ts';
import { catalogue } from '../../src/routes/(plain)/help/catalogue.ts';
import { load } from '../../src/routes/(plain)/help/+page.server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = import.meta.glob<Record<string, unknown>>([
	'../../src/lib/**/*diagnostics.ts',
	'../../src/lib/server/http/api-route.ts',
	'../../src/lib/engine/score/select-scheme.ts'
]);
const DECLARED = /export const (\w+) = defineDiagnostics\(/g;

/** Every code of every catalogue in the source, with the file that declares it. */
async function declared(): Promise<Map<string, string>> {
	const codes = new Map<string, string>();
	for (const [file, read] of Object.entries(files)) {
		const path = file.replace('../../', '');
		const text = readFileSync(`${root}${path}`, 'utf8');
		for (const [, name = ''] of text.matchAll(DECLARED)) {
			const entries = (await read())[name] as DiagnosticCatalogue;
			for (const code of Object.keys(entries)) codes.set(code, path);
		}
	}
	return codes;
}

test('every code of every catalogue has its entry, in both languages', async () => {
	const { serverFindings } = (await load({} as Parameters<typeof load>[0])) as {
		serverFindings: ReturnType<typeof catalogue>;
	};
	const entries = new Map(
		[...catalogue(), ...serverFindings].map(({ code, entry }) => [code, entry])
	);
	const codes = await declared();
	expect(codes.size).toBeGreaterThan(100);
	expect([...codes].filter(([code]) => !entries.has(code))).toEqual([]);
	for (const entry of entries.values()) {
		for (const text of [entry.message, entry.advice, entry.help]) {
			expect(text['zh-CN']).not.toBe('');
			expect(text.en).not.toBe('');
		}
	}
});

test('one code means one thing: it stands once in the help', async () => {
	const { serverFindings } = (await load({} as Parameters<typeof load>[0])) as {
		serverFindings: ReturnType<typeof catalogue>;
	};
	const all = [...catalogue(), ...serverFindings].map(({ code }) => code);
	expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
});
