/**
 * Files → pack. Nothing is written and no rule is run: a pack comes from strangers, so every file
 * is judged first, and one error refuses the whole pack.
 */
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { ENGINE_VERSION } from '#lib/engine/version.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { checkMetricCycles, parseMetric } from '#lib/engine/scheme/metric-validate.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { Fields, KEBAB_CASE, SNAKE_CASE, type IdForm } from './fields.ts';
import { FileReport, type PackFinding } from './finding.ts';
import { readGeneratorSpec, type GeneratorSpec } from './generator-spec.ts';
import { readJson } from './json.ts';
import { PACK_LIMITS, utf8Bytes } from './limits.ts';
import { readManifest } from './manifest.ts';
import { packDictionary } from './dictionary.ts';
import type { ImportPreset, Pack, PackManifest, PackScheme, PackTest, RecordType } from './pack.ts';
import { packFileKind, printablePath, unsafePathProblem, type PackFileKind } from './paths.ts';
import { readPreset, readRecordType } from './records.ts';
import { readTests } from './tests-file.ts';
import { isReadableText, readYaml, type ReadText } from './yaml.ts';

/** The files of a pack: path inside the pack → text. */
export type PackFiles = ReadonlyMap<string, string>;

export interface ParsedPack {
	/** Null when any finding is an error. */
	readonly pack: Pack | null;
	readonly findings: readonly PackFinding[];
}

export interface ParsePackOptions {
	/** Engine the pack must fit; the running one if left out, any with null. */
	readonly engineVersion?: string | null;
}

/** Reads a whole pack. Findings are ordered by file, then line. */
export function parsePack(files: PackFiles, options: ParsePackOptions = {}): ParsedPack {
	const findings: PackFinding[] = [];
	if (!hasSafeFiles(files, findings)) return { pack: null, findings };

	const engine = options.engineVersion === undefined ? ENGINE_VERSION : options.engineVersion;
	const reading = new PackReading(files, findings, engine);
	const pack = reading.read();
	findings.sort((a, b) => compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0));
	return { pack: hasErrors(findings) ? null : pack, findings };
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Names, number and sizes, before any content is read. */
function hasSafeFiles(files: PackFiles, findings: PackFinding[]): boolean {
	const before = findings.length;
	if (files.size > PACK_LIMITS.files) {
		new FileReport('', findings).add('pack_too_many_files', '', {
			found: files.size,
			limit: PACK_LIMITS.files
		});
		return false;
	}
	const folded = new Map<string, string>();
	let total = 0;
	for (const [path, text] of files) {
		const report = new FileReport(path, findings);
		const problem = unsafePathProblem(path);
		if (problem) {
			report.add('pack_path_unsafe', '', {
				path: printablePath(path),
				problem: problem.en,
				problem_zh: problem['zh-CN']
			});
			continue;
		}
		const other = folded.get(path.toLowerCase());
		if (other !== undefined) report.add('pack_path_clash', '', { path, other });
		folded.set(path.toLowerCase(), path);
		if (!packFileKind(path)) report.add('pack_file_unknown', '', { path });
		total += utf8Bytes(text);
	}
	if (total > PACK_LIMITS.packBytes) {
		new FileReport('', findings).add('pack_too_large', '', {
			found: total,
			limit: PACK_LIMITS.packBytes
		});
	}
	return findings.length === before;
}

class PackReading {
	readonly #files: PackFiles;
	readonly #findings: PackFinding[];
	readonly #engineVersion: string | null;

	constructor(files: PackFiles, findings: PackFinding[], engineVersion: string | null) {
		this.#files = files;
		this.#findings = findings;
		this.#engineVersion = engineVersion;
	}

	read(): Pack | null {
		const manifest = this.#manifest();
		const readme = this.#document('README.md');
		const changelog = this.#document('CHANGELOG.md');
		if (manifest && changelog !== null && !changelog.includes(`## ${manifest.version}`)) {
			this.#report('CHANGELOG.md').add('changelog_version_missing', '', {
				version: manifest.version
			});
		}
		const metrics = this.#metrics();
		const records = this.#records();
		const presets = this.#presets();
		const tests = this.#tests();
		const generator = this.#generator();
		if (!manifest || readme === null || changelog === null) return null;

		this.#checkRequires(manifest, metrics, records);
		const schemes = this.#schemes(manifest, metrics);
		this.#checkTests(tests, schemes);
		return {
			manifest,
			metrics,
			records,
			schemes,
			tests,
			presets,
			generator,
			readme,
			changelog,
			sampleReadme: this.#files.get('sample-data/README.md') ?? null,
			hash: hashFiles(this.#files)
		};
	}

	#report(file: string, reading?: ReadText): FileReport {
		return new FileReport(file, this.#findings, reading?.lineOf);
	}

	/** The paths of one kind, in the order of their names. */
	#paths(kind: PackFileKind): { path: string; id: string; text: string }[] {
		return [...this.#files]
			.flatMap(([path, text]) => {
				const found = packFileKind(path);
				return found?.kind === kind ? [{ path, id: found.id, text }] : [];
			})
			.sort((a, b) => compareText(a.path, b.path));
	}

	#document(path: string): string | null {
		const text = this.#files.get(path);
		if (text === undefined) {
			this.#report(path).add('pack_file_missing', '', { path });
			return null;
		}
		return isReadableText(text, PACK_LIMITS.textBytes, this.#report(path)) ? text : null;
	}

	#manifest(): PackManifest | null {
		const text = this.#files.get('pack.yaml');
		if (text === undefined) {
			this.#report('pack.yaml').add('pack_file_missing', '', { path: 'pack.yaml' });
			return null;
		}
		return this.#record('pack.yaml', text, (fields, report) =>
			readManifest(fields, report, this.#engineVersion)
		);
	}

	/** Reads one YAML record; null after reporting what is wrong. */
	#record<T>(
		path: string,
		text: string,
		read: (fields: Fields, report: FileReport) => T | null
	): T | null {
		const reading = readYaml(text, path, this.#findings);
		if (reading.value === null) return null;
		const report = this.#report(path, reading);
		const fields = Fields.open(reading.value, '', report);
		return fields && read(fields, report);
	}

	/** Metrics refer to each other: all are read alone first, then judged together. */
	#metrics(): Map<string, MetricDefinition> {
		const readings = this.#paths('metric').flatMap(({ path, id, text }) => {
			const reading = readYaml(text, path, this.#findings);
			return reading.value === null ? [] : [{ path, id, reading }];
		});
		const metrics = new Map<string, MetricDefinition>();
		for (const { reading } of readings) {
			const { metric } = parseMetric(reading.value);
			if (metric) metrics.set(metric.id, metric);
		}
		for (const { path, id, reading } of readings) {
			const report = this.#report(path, reading);
			const parsed = parseMetric(reading.value, { metrics });
			report.adopt(parsed.diagnostics);
			if (parsed.metric) this.#hasFileName(parsed.metric.id, id, SNAKE_CASE, report);
		}
		for (const cycle of checkMetricCycles(metrics)) {
			this.#report(`metrics/${cycle.at.slice(1)}.yaml`).adopt([{ ...cycle, at: '/formula' }]);
		}
		return metrics;
	}

	/** The file is named after what is in it. */
	#hasFileName(id: string, name: string, form: IdForm, report: FileReport): boolean {
		if (!form.pattern.test(id)) {
			report.add('id_form', '/id', { id, expected: form.name, example: form.example });
			return false;
		}
		if (id === name) return true;
		report.add('id_not_file_name', '/id', { id, path: report.file });
		return false;
	}

	#records(): Map<string, RecordType> {
		const records = new Map<string, RecordType>();
		for (const { path, id, text } of this.#paths('record')) {
			const record = this.#record(path, text, readRecordType);
			if (record && this.#hasFileName(record.id, id, SNAKE_CASE, this.#report(path))) {
				records.set(record.id, record);
			}
		}
		return records;
	}

	#presets(): Map<string, ImportPreset> {
		const presets = new Map<string, ImportPreset>();
		for (const { path, id, text } of this.#paths('preset')) {
			const preset = this.#record(path, text, readPreset);
			if (preset && this.#hasFileName(preset.id, id, KEBAB_CASE, this.#report(path))) {
				presets.set(preset.id, preset);
			}
		}
		return presets;
	}

	#tests(): PackTest[] {
		return this.#paths('test').flatMap(({ path, text }) => {
			const reading = readYaml(text, path, this.#findings);
			return reading.value === null
				? []
				: readTests(reading.value, this.#report(path, reading), reading.lineOf);
		});
	}

	#generator(): GeneratorSpec | null {
		const path = 'sample-data/generator.yaml';
		const text = this.#files.get(path);
		return text === undefined ? null : this.#record(path, text, readGeneratorSpec);
	}

	#schemes(
		manifest: PackManifest,
		metrics: ReadonlyMap<string, MetricDefinition>
	): Map<string, PackScheme> {
		const schemes = new Map<string, PackScheme>();
		const dictionary = packDictionary(manifest, metrics);
		for (const { path, id, text } of this.#paths('scheme')) {
			const reading = readJson(text, path, this.#findings);
			if (reading.value === null) continue;
			const report = this.#report(path, reading);
			const parsed = parseScheme(reading.value, { metrics, dictionary });
			report.adopt(parsed.diagnostics);
			if (!parsed.scheme || !this.#hasFileName(parsed.scheme.id, id, KEBAB_CASE, report)) continue;
			schemes.set(id, { document: parsed.scheme, source: reading.value, file: path });
		}
		return schemes;
	}

	#checkRequires(
		manifest: PackManifest,
		metrics: ReadonlyMap<string, MetricDefinition>,
		records: ReadonlyMap<string, RecordType>
	): void {
		const report = this.#report('pack.yaml');
		const check = (what: string, ids: readonly string[], known: Iterable<string>): void => {
			const have = [...known];
			for (const id of ids.filter((wanted) => !have.includes(wanted))) {
				report.add('reference_unknown', `/requires/${what}s`, {
					what,
					id,
					known: have.join(', ') || '-'
				});
			}
		};
		check('metric', manifest.requires.metrics, metrics.keys());
		check('record', manifest.requires.records, records.keys());
	}

	#checkTests(tests: readonly PackTest[], schemes: ReadonlyMap<string, PackScheme>): void {
		for (const test of tests) {
			if (schemes.has(test.scheme)) continue;
			this.#report(test.file).add(
				'reference_unknown',
				`${test.at}/scheme`,
				{ what: 'scheme', id: test.scheme, known: [...schemes.keys()].join(', ') || '-' },
				test.line
			);
		}
		for (const [id, scheme] of schemes) {
			if (!tests.some((test) => test.scheme === id)) {
				this.#report(scheme.file).add('scheme_untested', '', { scheme: id });
			}
		}
	}
}

/** A hash of what a pack says, whatever the order its files were found in. */
function hashFiles(files: PackFiles): string {
	const lines = [...files]
		.map(([path, text]) => `${path}\t${sha256Hex(text)}\n`)
		.sort(compareText)
		.join('');
	return sha256Hex(lines);
}
