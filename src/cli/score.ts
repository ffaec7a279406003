/** `quanheng score`: one output row for each input row. */
import type { Command } from 'commander';
import { analyseScheme } from '#lib/engine/analyse/analyse.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { engineNamed, ENGINES, scoreWith } from './engines.ts';
import { failure, refusal } from './failure.ts';
import { Inputs } from './inputs.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import { writeOutput } from './outputs.ts';
import { inFile, mergeFindings, printDiagnostics } from './print-diagnostics.ts';
import { readScheme } from './read-scheme.ts';
import { scoreLines } from './score-lines.ts';

interface ScoreOptions {
	readonly data: string;
	readonly metrics?: string;
	readonly force?: boolean;
	readonly out?: string;
	readonly engine?: string;
	readonly json?: boolean;
	readonly locale?: string;
}

export function registerScore(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	program
		.command('score')
		.description('score every row of a table / 对表中每一行核算')
		.argument('<scheme>', 'the scheme, JSON; - is standard input')
		.option('--data <table>', 'the table, CSV in UTF-8; - is standard input; required')
		.option('--metrics <folder>', 'metric files; with them unknown metrics are refused')
		.option('--force', 'score what can be scored of a scheme with errors')
		.option('--out <file>', 'write there instead of standard output')
		.option('--engine <engine>', ENGINES.join(' | '))
		.option('--json', 'findings as JSON on standard output')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (scheme: string, { data, ...options }: Partial<ScoreOptions>) => {
			// Not left to the parser: it would ask `score run`, which works on an instance, for it too.
			if (data === undefined)
				throw failure('option_missing', { option: '--data', command: 'score' });
			finish(await runScore(io, scheme, { ...options, data }));
		});
}

async function runScore(io: Io, path: string, options: ScoreOptions): Promise<ExitCode> {
	const engine = engineNamed(options.engine, 'score');
	const inputs = new Inputs(io);
	inputs.assertOneStdin(path, options.data);
	const metrics = options.metrics === undefined ? undefined : await inputs.metrics(options.metrics);
	const table = await inputs.table(options.data);
	const { scheme, findings, dictionary } = await readScheme(inputs, path, {
		table,
		...(metrics ? { metrics } : {})
	});
	const { diagnostics } = analyseScheme(scheme, {
		...(metrics ? { metrics } : {}),
		...(dictionary ? { dictionary } : {})
	});
	const file = inputs.nameOf(path);
	const errors = mergeFindings(findings, inFile(file, diagnostics)).filter(
		({ severity }) => severity === 'error'
	);
	if (errors.length > 0 && !options.force) throw refusal(errors, 'refused_unless_forced');
	if (errors.length > 0) {
		await printDiagnostics(io, errors, { locale: localeOf(io, options.locale), json: false });
	}
	const prepared = prepareScheme(scheme, dictionary ? { dictionary } : {});
	const columns = scoreWith(engine, prepared, table);
	await writeOutput(io, options.out, scoreLines(scheme, table, columns));
	return EXIT.done;
}
