/** `quanheng pack`: lint, test, build and compare rule packs. */
import type { Command } from 'commander';
import { zipSync } from 'fflate';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hasErrors, type Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { diffPacks } from '#lib/packs/diff-packs.ts';
import { lintPack } from '#lib/packs/lint-pack.ts';
import type { Pack } from '#lib/packs/pack.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import { runPackTests } from '#lib/packs/run-pack-tests.ts';
import { generateSample } from '#lib/packs/sample/generate-sample.ts';
import { sampleCsv } from '#lib/packs/sample/sample-csv.ts';
import { PackFolderError, readPackFiles } from '#lib/server/packs/read-pack-files.ts';
import { failure, refusal } from './failure.ts';
import { registerInstancePacks } from './instance/register.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import { writeOutput } from './outputs.ts';
import { testReportLines, testReportRecord } from './pack-test-report.ts';
import { printDiagnostics, type FileDiagnostic } from './print-diagnostics.ts';

interface PackOptions {
	readonly json?: boolean;
	readonly locale?: string;
	readonly out?: string;
	readonly dryRun?: boolean;
}

export function registerPack(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	const pack = program.command('pack').description('rule packs / 规则包');
	pack
		.command('lint')
		.description('judge the files of a pack / 检查规则包的文件')
		.argument('<folders...>')
		.option('--json')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (folders: string[], options: PackOptions) =>
			finish(await runLint(io, folders, options))
		);
	pack
		.command('test')
		.description('run the sentences of a pack / 运行规则包的测试')
		.argument('<folders...>')
		.option('--json')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (folders: string[], options: PackOptions) =>
			finish(await runTest(io, folders, options))
		);
	pack
		.command('build')
		.description('make a zip of a pack, with a manifest of hashes / 打包')
		.argument('<folder>')
		.option('--out <file>', 'where to write; <id>-<version>.zip if left out')
		.option('--dry-run', 'say what would be written')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (folder: string, options: PackOptions) =>
			finish(await runBuild(io, folder, options))
		);
	pack
		.command('diff')
		.description('say what differs between two packs / 比较两个规则包')
		.argument('<before>')
		.argument('<after>')
		.option('--json')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (before: string, after: string, options: PackOptions) =>
			finish(await runDiff(io, before, after, options))
		);
	pack
		.command('sample')
		.description('write the exports of a pack’s sample client / 生成示例客户的导出文件')
		.argument('<folder>')
		.requiredOption('--out <folder>', 'people.csv, observations.csv and targets.csv go there')
		.option('--dry-run', 'say what would be written')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (folder: string, options: PackOptions) =>
			finish(await runSample(io, folder, options))
		);
	registerInstancePacks(pack, io, finish);
}

async function readFiles(io: Io, folder: string): Promise<PackFiles> {
	try {
		return await readPackFiles(resolve(io.cwd, folder));
	} catch (error) {
		if (error instanceof PackFolderError) {
			throw failure('pack_folder', { path: `${folder}/${error.path}`, problem: error.reason });
		}
		throw failure('folder_not_found', { path: folder, cwd: io.cwd });
	}
}

interface Linted {
	readonly files: PackFiles;
	readonly pack: Pack | null;
	readonly findings: readonly FileDiagnostic[];
}

async function lintFolder(io: Io, folder: string): Promise<Linted> {
	const files = await readFiles(io, folder);
	const { pack, findings } = lintPack(files);
	return {
		files,
		pack,
		findings: findings.map((found) => ({
			...found,
			file: found.file === '' ? folder : `${folder}/${found.file}`
		}))
	};
}

/** A pack whose files are in order; refused with its findings otherwise. */
async function soundPack(io: Io, folder: string): Promise<Linted & { readonly pack: Pack }> {
	const linted = await lintFolder(io, folder);
	if (!linted.pack || hasErrors(linted.findings)) throw refusal(linted.findings);
	return { ...linted, pack: linted.pack };
}

async function runLint(
	io: Io,
	folders: readonly string[],
	options: PackOptions
): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	const findings: FileDiagnostic[] = [];
	for (const folder of folders) {
		const linted = await lintFolder(io, folder);
		findings.push(...linted.findings);
		if (!linted.pack || options.json) continue;
		const { manifest, metrics, schemes, tests } = linted.pack;
		await io.write(`${lintWords(locale, manifest, metrics.size, schemes.size, tests.length)}\n`);
	}
	await printDiagnostics(io, findings, { locale, json: options.json ?? false });
	return hasErrors(findings) ? EXIT.refused : EXIT.done;
}

function lintWords(
	locale: Locale,
	manifest: Pack['manifest'],
	metrics: number,
	schemes: number,
	tests: number
): string {
	const head = `${manifest.id} ${manifest.version}`;
	return locale === 'zh-CN'
		? `${head}：${metrics} 个指标，${schemes} 个方案，${tests} 条测试`
		: `${head}: ${metrics} metrics, ${schemes} schemes, ${tests} tests`;
}

async function runTest(
	io: Io,
	folders: readonly string[],
	options: PackOptions
): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	const reports = [];
	for (const folder of folders) {
		const { pack } = await soundPack(io, folder);
		reports.push({ folder, report: runPackTests(pack) });
	}
	if (options.json) {
		const records = reports.map(({ folder, report }) => testReportRecord(folder, report));
		await io.write(`${JSON.stringify({ packs: records }, null, '\t')}\n`);
	} else {
		for (const { folder, report } of reports) {
			await io.write(testReportLines(io, folder, report, locale));
		}
	}
	const failed = reports.reduce((sum, { report }) => sum + report.failed, 0);
	const errors = reports.reduce((sum, { report }) => sum + report.errors, 0);
	if (failed + errors > 0) throw failure('tests_failed', { failed, errors });
	return EXIT.done;
}

/** A fixed moment in the archive, so that the same files make the same bytes. */
const ARCHIVE_TIME = new Date('2026-01-01T00:00:00Z');

async function runBuild(io: Io, folder: string, options: PackOptions): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	const { pack, files, findings } = await soundPack(io, folder);
	await printDiagnostics(io, findings, { locale, json: false });
	const tests = runPackTests(pack);
	if (tests.failed + tests.errors > 0) {
		throw failure('tests_failed', { failed: tests.failed, errors: tests.errors });
	}
	const { id, version } = pack.manifest;
	const target = options.out ?? `${id}-${version}.zip`;
	if (options.dryRun) {
		await io.write(`${target}\n${[...files.keys()].sort().join('\n')}\n`);
		return EXIT.done;
	}
	const archive = archiveOf(pack, files);
	try {
		await writeFile(resolve(io.cwd, target), archive);
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		throw failure('file_unwritable', { path: target, problem });
	}
	await io.write(`${target} ${archive.length} ${sha256Hex(archive)}\n`);
	return EXIT.done;
}

function archiveOf(pack: Pack, files: PackFiles): Uint8Array {
	const paths = [...files.keys()].sort();
	const manifest = {
		pack: pack.manifest.id,
		version: pack.manifest.version,
		hash: pack.hash,
		files: Object.fromEntries(paths.map((path) => [path, sha256Hex(files.get(path) ?? '')]))
	};
	const encoder = new TextEncoder();
	const entries = [
		['MANIFEST.json', encoder.encode(`${JSON.stringify(manifest, null, '\t')}\n`)] as const,
		...paths.map((path) => [path, encoder.encode(files.get(path) ?? '')] as const)
	];
	return zipSync(Object.fromEntries(entries), { level: 9, mtime: ARCHIVE_TIME });
}

async function runSample(io: Io, folder: string, options: PackOptions): Promise<ExitCode> {
	const { pack } = await soundPack(io, folder);
	if (!pack.generator) throw failure('no_sample', { pack: pack.manifest.id });
	const target = options.out ?? '.';
	const files = Object.entries(sampleCsv(generateSample(pack.generator), pack.metrics));
	if (!options.dryRun) {
		await mkdir(resolve(io.cwd, target), { recursive: true });
		for (const [name, text] of files) await writeOutput(io, join(target, name), [text]);
	}
	await io.write(files.map(([name]) => `${join(target, name)}\n`).join(''));
	return EXIT.done;
}

const CHANGE_WORDS = {
	'zh-CN': { added: '新增', removed: '删除', changed: '修改', same: '没有差别' },
	en: { added: 'added', removed: 'removed', changed: 'changed', same: 'no difference' }
} as const;

async function runDiff(
	io: Io,
	before: string,
	after: string,
	options: PackOptions
): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	const old = await soundPack(io, before);
	const now = await soundPack(io, after);
	const diff = diffPacks(old.pack, now.pack);
	if (options.json) {
		await io.write(`${JSON.stringify(diff, null, '\t')}\n`);
		return EXIT.done;
	}
	const words = CHANGE_WORDS[locale];
	const lines = diff.changes.map(({ kind, id, change }) => `${words[change]} ${kind} ${id}`);
	await io.write(
		`${diff.from.version} → ${diff.to.version}\n${lines.length === 0 ? words.same : lines.join('\n')}\n`
	);
	return EXIT.done;
}
