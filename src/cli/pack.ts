/** `quanheng pack`: judge, test and compare rule packs, as folders or zips. */
import type { Command } from 'commander';
import { hasErrors, type Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { diffPacks } from '#lib/packs/diff-packs.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { runPackTests } from '#lib/packs/run-pack-tests.ts';
import { failure } from './failure.ts';
import { registerInstancePacks } from './instance/register-packs.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import {
	runBuild,
	runKeygen,
	runSample,
	type BuildOptions,
	type KeygenOptions
} from './pack-build.ts';
import { lintInput, packsAmong, soundInput } from './pack-input.ts';
import { testReportLines, testReportRecord } from './pack-test-report.ts';
import { printDiagnostics, type FileDiagnostic } from './print-diagnostics.ts';

interface PackOptions {
	readonly json?: boolean;
	readonly locale?: string;
	/** Public keys whose signatures are taken. */
	readonly trust?: readonly string[];
}

export function registerPack(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	const pack = program.command('pack').description('rule packs / 规则包');
	pack
		.command('lint')
		.description('judge the files of a pack / 检查规则包的文件')
		.argument('<packs...>', 'folders or zips')
		.option('--trust <keys...>', 'public keys whose signatures are taken')
		.option('--json', 'as JSON')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (folders: string[], options: PackOptions) =>
			finish(await runLint(io, folders, options))
		);
	pack
		.command('test')
		.description('run the sentences of a pack / 运行规则包的测试')
		.argument('<packs...>', 'folders or zips')
		.option('--trust <keys...>', 'public keys whose signatures are taken')
		.option('--json', 'as JSON')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (folders: string[], options: PackOptions) =>
			finish(await runTest(io, folders, options))
		);
	pack
		.command('build')
		.description('make a zip of a pack, with a manifest of hashes / 打包')
		.argument('<folder>')
		.option('--out <file>', 'where to write; <id>-<version>.zip if left out')
		.option('--key <file>', 'sign with this private key')
		.option('--dry-run', 'say what would be written')
		.option('--json', 'as JSON')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (folder: string, options: BuildOptions) =>
			finish(await runBuild(io, folder, options))
		);
	pack
		.command('keygen')
		.description('make a pair of keys to sign packs with / 生成签名密钥')
		.argument('<file>', 'writes <file>.key and <file>.pub.json')
		.requiredOption('--name <name>', 'who signs, shown to those who trust it')
		.option('--until <day>', 'last day of its validity')
		.option('--dry-run', 'say what would be written')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (file: string, options: KeygenOptions) =>
			finish(await runKeygen(io, file, options))
		);
	pack
		.command('diff')
		.description('say what differs between two packs / 比较两个规则包')
		.argument('<before>', 'a folder or a zip')
		.argument('<after>', 'a folder or a zip')
		.option('--trust <keys...>', 'public keys whose signatures are taken')
		.option('--json', 'as JSON')
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
		.action(async (folder: string, options: BuildOptions) =>
			finish(await runSample(io, folder, options))
		);
	registerInstancePacks(pack, io, finish);
}

async function runLint(
	io: Io,
	folders: readonly string[],
	options: PackOptions
): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	const findings: FileDiagnostic[] = [];
	for (const folder of await packsAmong(io, folders)) {
		const linted = await lintInput(io, folder, options.trust);
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
	for (const folder of await packsAmong(io, folders)) {
		const { pack } = await soundInput(io, folder, options.trust);
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
	const old = await soundInput(io, before, options.trust);
	const now = await soundInput(io, after, options.trust);
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
