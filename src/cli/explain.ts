/** `quanheng explain`: a rule as a sentence. */
import type { Command } from 'commander';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import { ruleSentence } from '#lib/engine/logic/sentence.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import { refusal } from './failure.ts';
import { Inputs } from './inputs.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import { inFile } from './print-diagnostics.ts';

interface ExplainOptions {
	readonly locale?: string;
	readonly json?: boolean;
	readonly metrics?: string;
}

export function registerExplain(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	program
		.command('explain')
		.description('print a rule as a sentence / 把规则说成一句话')
		.argument('<rule>', 'the rule, JSON Logic; - is standard input')
		.option('--locale <locale>', 'zh-CN or en')
		.option('--json', 'findings as JSON on standard output')
		.option('--metrics <folder>', 'metric files whose names and units the sentence uses')
		.action(async (rule: string, options: ExplainOptions) =>
			finish(await runExplain(io, rule, options))
		);
}

async function runExplain(io: Io, path: string, options: ExplainOptions): Promise<ExitCode> {
	const inputs = new Inputs(io);
	const { node, diagnostics } = parseRule(await inputs.json(path));
	if (hasErrors(diagnostics)) throw refusal(inFile(inputs.nameOf(path), diagnostics));
	const metrics = options.metrics === undefined ? undefined : await inputs.metrics(options.metrics);
	const sentence = ruleSentence(node, {
		locale: localeOf(io, options.locale),
		dictionary: dictionaryOf(metrics ? { metrics } : {})
	});
	await io.write(`${sentence}\n`);
	return EXIT.done;
}
