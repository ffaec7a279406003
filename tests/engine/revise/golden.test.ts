/** Schemes and differences as sentences, against golden files in both languages. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '#lib/engine/diagnostics/diagnostic.ts';
import { diffSchemes } from '#lib/engine/revise/diff.ts';
import { schemeSentences } from '#lib/engine/revise/scheme-sentences.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';

const folder = new URL('./golden/', import.meta.url);
const read = (name: string): SchemeDocument =>
	JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const names = readdirSync(folder)
	.filter((name) => name.endsWith('.scheme.json'))
	.map((name) => name.replace('.scheme.json', ''));
const golden = (name: string): string => new URL(name, folder).pathname;

describe.each(names)('%s', (name) => {
	it.each(LOCALES)('reads in %s as its golden file', async (locale) => {
		const sentences = schemeSentences(read(`${name}.scheme.json`), { locale });
		const text = sentences.map(({ at, text: said }) => `${at || '/'}\t${said}\n`).join('');
		await expect(text).toMatchFileSnapshot(golden(`${name}.scheme.${locale}.txt`));
	});

	it.each(LOCALES)(
		'differs from its newer document in %s as its golden file says',
		async (locale) => {
			const edits = diffSchemes(read(`${name}.scheme.json`), read(`${name}.newer.json`));
			const text = edits
				.map(({ id, kind, group, sentence }) => `${id}\t${kind}\t${group}\t${sentence[locale]}\n`)
				.join('');
			await expect(text).toMatchFileSnapshot(golden(`${name}.diff.${locale}.txt`));
		}
	);
});
