/** The catalogue of findings about rules: complete in both languages. */
import { describe, expect, it } from 'vitest';
import { LOCALES, type DiagnosticEntry } from '#lib/engine/diagnostics/diagnostic.ts';
import { logicDiagnostics } from '#lib/engine/logic/diagnostics.ts';

const placeholders = (text: string): string[] =>
	[...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name.replace(/_en$/, '')).sort();

describe.each<[string, DiagnosticEntry]>(Object.entries(logicDiagnostics))('%s', (_, entry) => {
	it('says what is wrong, what to do and why, in both languages', () => {
		for (const locale of LOCALES) {
			for (const text of [entry.message, entry.advice, entry.help]) {
				expect(text[locale].trim().length).toBeGreaterThan(3);
			}
		}
		expect(entry.advice.en).toMatch(/\.$/);
		expect(entry.advice['zh-CN']).toMatch(/。$/);
	});

	it('fills the same values in both languages', () => {
		for (const text of [entry.message, entry.advice]) {
			expect(placeholders(text.en)).toEqual(placeholders(text['zh-CN']));
		}
	});
});
