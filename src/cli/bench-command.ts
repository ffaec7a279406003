/** `quanheng bench`: registers the benchmark, which is loaded only when it is asked for. */
import type { Command } from 'commander';
import { failure } from './failure.ts';
import { EXIT, type ExitCode, type Io } from './io.ts';

interface BenchCommandOptions {
	readonly rows?: string;
	readonly json?: boolean;
	readonly locale?: string;
}

/** The large table has this many times the rows of the ordinary one. */
const LARGER = 10;
const LEAST_ROWS = 1_000;

export function registerBench(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	program
		.command('bench')
		.description('speed of every engine, as ratios in one run / 各引擎速度对比')
		.option('--rows <number>', 'rows of a full re-score; 180000 if left out')
		.option('--json', 'the report as JSON')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (options: BenchCommandOptions) => finish(await runCommand(io, options)));
}

async function runCommand(io: Io, options: BenchCommandOptions): Promise<ExitCode> {
	const rows = options.rows === undefined ? undefined : Number(options.rows);
	if (rows !== undefined && (!Number.isInteger(rows) || rows < LEAST_ROWS)) {
		throw failure('option_wrong', {
			option: '--rows',
			found: options.rows ?? '',
			expected: `>= ${LEAST_ROWS}`,
			command: 'bench'
		});
	}
	const { runBench, printBench } = await import('./bench.ts');
	const report = await runBench({
		...(rows === undefined ? {} : { rows, largeRows: rows * LARGER }),
		onProgress: (text) => io.log(`${text}\n`)
	});
	await io.write(
		options.json ? `${JSON.stringify(report, null, '\t')}\n` : `${printBench(report).join('\n')}\n`
	);
	return EXIT.done;
}
