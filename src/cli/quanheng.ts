/** The command line: parses arguments, runs one command, turns whatever happens into an exit code. */
import { Command, CommanderError } from 'commander';
import { Problem } from '#lib/server/http/problem.ts';
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { ENGINE_VERSION } from '#lib/engine/version.ts';
import { registerBench } from './bench-command.ts';
import { registerCheck } from './check.ts';
import { registerDiff } from './diff.ts';
import { CliFailure } from './failure.ts';
import { registerEval } from './eval.ts';
import { registerExplain } from './explain.ts';
import { EXIT, colour, localeOf, type ExitCode, type Io } from './io.ts';
import { registerImports } from './instance/register-imports.ts';
import { registerDatabases, registerUsers } from './instance/register.ts';
import { registerRuns } from './instance/register-runs.ts';
import { registerMerge } from './merge.ts';
import { registerOpenApi } from './openapi.ts';
import { registerPack } from './pack.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { registerReplay } from './replay.ts';
import { registerScore } from './score.ts';

export { systemIo } from './system-io.ts';

/** Runs one command line (without `node` and the program's name) and resolves to its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
	let code: ExitCode = EXIT.done;
	const finish = (result: ExitCode): void => {
		code = result;
	};
	const program = createProgram(io, finish);
	try {
		await program.parseAsync([...argv], { from: 'user' });
		return code;
	} catch (error) {
		return report(error, argv, io);
	}
}

function createProgram(io: Io, finish: (code: ExitCode) => void): Command {
	const program = new Command('quanheng')
		.description('权衡：绩效方案的命令行 / the command line of Quanheng')
		.version(ENGINE_VERSION)
		// Each command reads its own options only; `replay --json` and `replay run --json` are two.
		.enablePositionalOptions()
		.exitOverride()
		.configureOutput({
			writeOut: (text) => void io.write(text),
			writeErr: (text) => io.log(text),
			getOutHasColors: () => io.isTerminal && !io.env['NO_COLOR']
		})
		.showHelpAfterError('(quanheng <command> --help)');
	for (const register of [
		registerEval,
		registerExplain,
		registerCheck,
		registerScore,
		registerReplay,
		registerDiff,
		registerMerge,
		registerPack,
		registerDatabases,
		registerUsers,
		registerImports,
		registerRuns,
		registerOpenApi,
		registerBench
	]) {
		register(program, io, finish);
	}
	return program;
}

/** The value of `--locale`, wherever it stands: errors are said in the language that was asked for. */
function askedLocale(argv: readonly string[]): string | undefined {
	const at = argv.indexOf('--locale');
	const joined = argv.find((word) => word.startsWith('--locale='));
	return joined?.slice('--locale='.length) ?? (at >= 0 ? argv[at + 1] : undefined);
}

const WORDS = {
	'zh-CN': { error: '错误', unexpected: '程序内部错误，请报告：' },
	en: { error: 'error', unexpected: 'an internal error, please report it: ' }
} as const;

async function report(error: unknown, argv: readonly string[], io: Io): Promise<ExitCode> {
	const locale = localeOf(io, askedLocale(argv));
	if (error instanceof CommanderError) return usageCode(error);
	if (error instanceof CliFailure) {
		if (error.findings.length > 0) {
			await printDiagnostics(io, error.findings, { locale, json: argv.includes('--json') });
		}
		say(io, locale, error.code, error.text[locale], error.advice[locale]);
		return error.exit;
	}
	if (error instanceof Problem) {
		const findings = error.diagnostics.map((found) => ({ file: '', ...found }));
		if (findings.length > 0) {
			await printDiagnostics(io, findings, { locale, json: argv.includes('--json') });
		}
		say(io, locale, error.code, error.text[locale], error.advice[locale]);
		return problemCode(error);
	}
	const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
	io.log(`${WORDS[locale].unexpected}${message}\n`);
	return EXIT.failed;
}

function say(io: Io, locale: Locale, code: string, text: string, advice: string): void {
	io.log(`${colour(io, 'red', WORDS[locale].error)} [${code}] ${text}\n  ${advice}\n`);
}

/** Help and version are no errors; everything else commander refuses is wrong usage. */
function usageCode(error: CommanderError): ExitCode {
	return error.exitCode === 0 ? EXIT.done : EXIT.usage;
}

function problemCode(problem: Problem): ExitCode {
	switch (problem.status) {
		case 401:
		case 403:
		case 404:
			return EXIT.notFound;
		case 409:
			return EXIT.conflict;
		case 400:
		case 413:
		case 415:
		case 422:
			return EXIT.refused;
		default:
			return EXIT.failed;
	}
}
