/** A pack as the text of its files: what an author would have written, ready to be edited. Pure. */
import { stringify } from 'yaml';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { PackManifest, PackTest, RecordType } from '../pack.ts';
import type { PackFiles } from '../parse-pack.ts';

/** A test as it is written. */
export type WrittenTest = Pick<PackTest, 'name' | 'scheme' | 'period' | 'given' | 'expect'>;

/** What a pack is made of. */
export interface PackContents {
	readonly manifest: PackManifest;
	readonly metrics: readonly MetricDefinition[];
	readonly records: readonly RecordType[];
	/** Presets by id, as their files hold them. */
	readonly presets: readonly { readonly id: string; readonly [field: string]: Json }[];
	readonly schemes: readonly SchemeDocument[];
	/** Sentences by scheme. */
	readonly tests: ReadonlyMap<string, readonly WrittenTest[]>;
	/** The file of the sample client, or null. */
	readonly generator: Json | null;
	readonly readme: string;
	readonly changelog: string;
	readonly sampleReadme: string | null;
}

/** The files by path; the same contents give the same texts. */
export function packTexts(contents: PackContents): PackFiles {
	const files = new Map<string, string>([
		['pack.yaml', yaml(contents.manifest)],
		['README.md', contents.readme],
		['CHANGELOG.md', contents.changelog]
	]);
	for (const metric of contents.metrics) files.set(`metrics/${metric.id}.yaml`, yaml(metric));
	for (const record of contents.records) files.set(`records/${record.id}.yaml`, yaml(record));
	for (const preset of contents.presets) files.set(`presets/${preset.id}.yaml`, yaml(preset));
	for (const scheme of contents.schemes) {
		files.set(`schemes/${scheme.id}.json`, `${JSON.stringify(scheme, null, '\t')}\n`);
	}
	for (const [scheme, tests] of contents.tests) {
		if (tests.length > 0) files.set(`tests/${scheme}.yaml`, yaml(tests));
	}
	if (contents.generator !== null) {
		files.set('sample-data/generator.yaml', yaml(contents.generator));
	}
	if (contents.sampleReadme !== null) files.set('sample-data/README.md', contents.sampleReadme);
	return files;
}

/** YAML without anchors, because packs are read without them. */
function yaml(value: unknown): string {
	return stringify(value, { aliasDuplicateObjects: false, lineWidth: 100, version: '1.2' });
}
