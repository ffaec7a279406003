/** `quanheng replay`: a draft over history, against a baseline or against nothing. */
import type { Command } from 'commander';
import { hasErrors, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { ReplayRefused, runReplay } from '#lib/engine/replay/run.ts';
import { verdictOf } from '#lib/engine/replay/verdict.ts';
import { parsePeriodRange } from '#lib/engine/scheme/period.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { engineNamed, ENGINES, scoreWith } from './engines.ts';
import { failure, refusal } from './failure.ts';
import { Inputs } from './inputs.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import { writeOutput } from './outputs.ts';
import { inFile } from './print-diagnostics.ts';
import { readScheme, type ReadScheme } from './read-scheme.ts';
import { replaySummary } from './replay-summary.ts';

interface ReplayOptions {
	readonly draft: string;
	readonly baseline?: string;
	readonly data: string;
	readonly periods?: string;
	readonly metrics?: string;
	readonly engine?: string;
	readonly json?: boolean;
	readonly out?: string;
	readonly locale?: string;
}

export function registerReplay(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	program
		.command('replay')
		.description('replay a draft over history / 用历史数据回放草稿')
		.option('--draft <scheme>', 'the scheme that is tried, JSON; required')
		.option('--baseline <scheme>', 'the scheme it is compared with, JSON')
		.option('--data <table>', 'the history, CSV in UTF-8; required')
		.option('--periods <range>', 'for example 2025-01..2025-12')
		.option('--metrics <folder>', 'metric files')
		.option('--engine <engine>', ENGINES.join(' | '))
		.option('--json', 'the whole report as JSON')
		.option('--out <file>', 'write there instead of standard output')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (options: Partial<ReplayOptions>) =>
			finish(await runReplayCommand(io, withRequired(options)))
		);
}

/** Not left to the parser: it would ask `replay run`, which works on an instance, for them too. */
function withRequired(options: Partial<ReplayOptions>): ReplayOptions {
	const { draft, data } = options;
	if (draft === undefined)
		throw failure('option_missing', { option: '--draft', command: 'replay' });
	if (data === undefined) throw failure('option_missing', { option: '--data', command: 'replay' });
	return { ...options, draft, data };
}

/** Errors that a preview tolerates: it scales the weights, and a check of the report fails. */
const TOLERATED = new Set(['weights_not_100']);

async function runReplayCommand(io: Io, options: ReplayOptions): Promise<ExitCode> {
	const engine = engineNamed(options.engine, 'replay');
	if (options.periods !== undefined && !parsePeriodRange(options.periods)) {
		throw failure('periods_wrong', { found: options.periods });
	}
	const inputs = new Inputs(io);
	inputs.assertOneStdin(options.draft, options.baseline, options.data);
	const metrics = options.metrics === undefined ? undefined : await inputs.metrics(options.metrics);
	const table = await inputs.table(options.data);
	const setting = { table, ...(metrics ? { metrics } : {}) };
	const draft = await readScheme(inputs, options.draft, setting);
	const baseline =
		options.baseline === undefined ? null : await readScheme(inputs, options.baseline, setting);
	assertUsable([draft, ...(baseline ? [baseline] : [])]);

	const report = replayOrRefuse(inputs.nameOf(options.data), () =>
		runReplay({
			draft: draft.scheme,
			baseline: baseline?.scheme ?? null,
			table,
			...(options.periods === undefined ? {} : { periods: options.periods }),
			engine: {
				backend: engine,
				score: (prepared, rows, how) => scoreWith(engine, prepared, rows, how)
			},
			reference: evaluateByReference,
			findings: draft.findings
		})
	);
	const locale = localeOf(io, options.locale);
	const text = options.json
		? `${JSON.stringify(report, null, '\t')}\n`
		: `${verdictOf(report)[locale]}\n${replaySummary(report, locale)}`;
	await writeOutput(io, options.out, [text]);
	return EXIT.done;
}

function assertUsable(schemes: readonly ReadScheme[]): void {
	const errors = schemes.flatMap(({ findings }) =>
		findings.filter(({ severity, code }) => severity === 'error' && !TOLERATED.has(code))
	);
	if (hasErrors(errors)) throw refusal(errors);
}

function replayOrRefuse(file: string, run: () => ReplayReport): ReplayReport {
	try {
		return run();
	} catch (error) {
		if (!(error instanceof ReplayRefused)) throw error;
		const diagnostics: readonly Diagnostic[] = error.diagnostics;
		throw refusal(inFile(file, diagnostics));
	}
}
