/**
 * The schemas that editors use are current, every shipped file passes them, and every broken one whose
 * fault is one of structure fails. `WRITE_SCHEMAS=1 npx vitest run … schemas.test.ts` writes them anew.
 */
import Ajv from 'ajv';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { LOCALES } from '#lib/engine/diagnostics/diagnostic.ts';
import { Fields } from '#lib/packs/fields.ts';
import { FileReport, type PackFinding } from '#lib/packs/finding.ts';
import { readGeneratorSpec } from '#lib/packs/generator-spec.ts';
import { readManifest } from '#lib/packs/manifest.ts';
import { lintPack } from '#lib/packs/lint-pack.ts';
import { packFileKind, type PackFileKind } from '#lib/packs/paths.ts';
import { readPreset, readRecordType } from '#lib/packs/records.ts';
import { PACK_PROPERTIES, packSchema, SCHEMA_FILES, type SchemaFile } from '#lib/packs/schemas.ts';
import { readTests } from '#lib/packs/tests-file.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import { packIds } from '#lib/server/packs/shipped-packs.ts';
import { changed, fixture, minimalPack, root, shippedPack, type Change } from './pack-files.ts';

const FILES = Object.keys(SCHEMA_FILES) as SchemaFile[];

/** English at the top, because editors are pointed there; Chinese beside it. */
function pathOf(file: SchemaFile, locale: (typeof LOCALES)[number]): string {
	return join(root, 'rule-packs/schemas', ...(locale === 'en' ? [] : [locale]), file);
}

describe.each(LOCALES)('in %s', (locale) => {
	test.each(FILES)('%s is current', async (file) => {
		const path = pathOf(file, locale);
		const options = { ...(await resolveConfig(path)), parser: 'json' };
		const text = await format(JSON.stringify(packSchema(file, locale)), options);
		if (process.env['WRITE_SCHEMAS'] === '1') {
			mkdirSync(dirname(path), { recursive: true });
			writeFileSync(path, text);
		}
		expect(readFileSync(path, 'utf8')).toBe(text);
		expect(text).toContain('"description"');
	});
});

const KINDS: Partial<Record<PackFileKind, SchemaFile>> = {
	manifest: 'pack.schema.json',
	metric: 'metric.schema.json',
	record: 'record.schema.json',
	scheme: 'scheme.schema.json',
	test: 'tests.schema.json',
	preset: 'preset.schema.json',
	generator: 'generator.schema.json'
};

const validators = new Map(
	FILES.map((file) => [file, new Ajv({ schemaId: 'auto' }).compile(packSchema(file, 'en'))])
);

/** What a schema says against a file; empty where it has none, null where it cannot be read. */
function complaints(path: string, text: string): readonly string[] | null {
	const schema = KINDS[packFileKind(path)?.kind ?? 'readme'];
	const validate = schema && validators.get(schema);
	if (!validate) return [];
	let value: unknown;
	try {
		value = path.endsWith('.json') ? JSON.parse(text) : parse(text, { schema: 'core' });
	} catch {
		return null;
	}
	if (validate(value) === true) return [];
	return (validate.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ''}`);
}

test.each([...packIds(), 'minimal'])('every file of %s passes its schema', async (id) => {
	const files = id === 'minimal' ? await minimalPack() : await shippedPack(id);
	const wrong = [...files].flatMap(([path, text]) =>
		(complaints(path, text) ?? ['unreadable']).map((found) => `${path} ${found}`)
	);
	expect(wrong).toEqual([]);
});

/** Findings about which fields there are and what type they have. */
const STRUCTURAL = new Set([
	...['field_unknown', 'field_missing', 'field_type', 'id_form', 'text_language_missing'],
	...['key_unknown', 'key_missing', 'type_wrong', 'choice_unknown', 'test_expect_unknown'],
	'test_empty'
]);

/** YAML can say what JSON has no word for, so a schema has none either. */
const BEYOND_JSON = new Set(['an infinite number']);

interface BrokenPack extends Change {
	readonly name: string;
	readonly expect: { readonly file: string; readonly code: string };
}

describe('broken files', () => {
	const broken = readdirSync(join(root, 'tests/packs/broken')).flatMap(
		(file) => parse(fixture(`broken/${file}`)) as BrokenPack[]
	);
	const structural = broken.filter(
		({ name, expect: { code } }) => STRUCTURAL.has(code) && !BEYOND_JSON.has(name)
	);

	test('there are structural ones to try', () => {
		expect(structural.length).toBeGreaterThan(10);
	});

	test.each(structural)('$name: the schema says so too', async (one) => {
		const files: PackFiles = changed(await minimalPack(), one);
		const { findings } = lintPack(files);
		expect(findings.map(({ code }) => code)).toContain(one.expect.code);
		const path = one.expect.file;
		const found = complaints(path, files.get(path) ?? '');
		expect(found, `${path}\n${files.get(path)}`).not.toEqual([]);
	});
});

/** The reader names the fields it knows when it meets one it does not. */
function knownFields(read: (fields: Fields, report: FileReport) => unknown): string[] {
	const findings: PackFinding[] = [];
	const report = new FileReport('x.yaml', findings);
	const fields = Fields.open({ 'no such field': 1 }, '', report);
	if (fields) read(fields, report);
	const unknown = findings.find(({ code }) => code === 'field_unknown');
	return String(unknown?.details['allowed'] ?? '')
		.split(', ')
		.sort();
}

test('the schemas know exactly the fields that the readers know', () => {
	const readers = {
		pack: (fields: Fields, report: FileReport) => readManifest(fields, report, null),
		record: readRecordType,
		preset: readPreset,
		generator: readGeneratorSpec
	};
	for (const [name, read] of Object.entries(readers)) {
		const properties = PACK_PROPERTIES[name as keyof typeof readers];
		expect(Object.keys(properties).sort(), name).toEqual(knownFields(read));
	}
	const findings: PackFinding[] = [];
	readTests([{ 'no such field': 1 }], new FileReport('x.yaml', findings), () => 1);
	const unknown = findings.find(({ code }) => code === 'field_unknown');
	expect(String(unknown?.details['allowed']).split(', ').sort()).toEqual(
		Object.keys(PACK_PROPERTIES.test).sort()
	);
});
