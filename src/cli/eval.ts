/** `quanheng eval`: one rule on one set of data. */
import type { Command } from 'commander';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import {
	evaluateOnJson,
	evaluateRule,
	type Evaluated,
	type TraceNode
} from '#lib/engine/logic/interpret.ts';
import { parseRule, type RuleNode } from '#lib/engine/logic/parse.ts';
import type { Json, JsonObject, Rule, Value } from '#lib/engine/logic/rule.ts';
import { variablesFromJson } from '#lib/engine/logic/variables.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { refusal } from './failure.ts';
import { Inputs } from './inputs.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import { inFile } from './print-diagnostics.ts';

interface EvalOptions {
	readonly rule: string;
	readonly data: string;
	readonly trace?: boolean;
	readonly reference?: boolean;
	readonly json?: boolean;
	readonly locale?: string;
}

export function registerEval(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	program
		.command('eval')
		.description('evaluate a rule on data and print the value as JSON / 计算一条规则')
		.requiredOption('--rule <file>', 'the rule, JSON Logic')
		.requiredOption('--data <file>', 'the data, JSON; nested or with dotted names')
		.option('--trace', 'also print every node with its value')
		.option('--reference', 'evaluate with json-logic-js')
		.option('--json', 'findings as JSON on standard output')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (options: EvalOptions) => finish(await runEval(io, options)));
}

async function runEval(io: Io, options: EvalOptions): Promise<ExitCode> {
	const inputs = new Inputs(io);
	inputs.assertOneStdin(options.rule, options.data);
	const rule = await inputs.json(options.rule);
	const data = await inputs.json(options.data);
	const { node, diagnostics } = parseRule(rule);
	if (hasErrors(diagnostics)) throw refusal(inFile(inputs.nameOf(options.rule), diagnostics));

	if (options.reference) {
		await io.write(`${JSON.stringify(byReference(rule, data))}\n`);
		return EXIT.done;
	}
	const { value, error, trace } = evaluate(node, data, options.trace ?? false);
	await io.write(`${JSON.stringify(value)}\n`);
	if (trace) await io.write(traceLines(trace, 0));
	if (!error) return EXIT.done;
	const words = { 'zh-CN': '计算中止', en: 'the evaluation was stopped' }[
		localeOf(io, options.locale)
	];
	io.log(`${words}: ${error.code} ${error.at || '/'}\n`);
	return EXIT.failed;
}

/** Dotted names are variables as tables have them; anything else is nested data. */
function isDotted(data: Json): data is JsonObject {
	return (
		typeof data === 'object' &&
		data !== null &&
		!Array.isArray(data) &&
		Object.keys(data).some((key) => key.includes('.'))
	);
}

function evaluate(node: RuleNode, data: Json, trace: boolean): Evaluated {
	return isDotted(data)
		? evaluateRule(node, variablesFromJson(data), { trace })
		: evaluateOnJson(node, data, { trace });
}

/** The reference reads nested data as well as variables; its type names the common case only. */
function byReference(rule: Rule, data: Json): Value {
	if (isDotted(data)) return evaluateByReference(rule, variablesFromJson(data));
	return evaluateByReference(rule, data as unknown as ReadonlyMap<string, Value>);
}

/** A trace as an indented tree: what, value, and why it is null. */
export function traceLines(node: TraceNode, depth: number): string {
	const name = node.name === undefined ? node.kind : `${node.kind} ${node.name}`;
	const why = node.why === undefined ? '' : ` (${node.why})`;
	const branch = node.branch === undefined ? '' : ` [${node.branch}]`;
	const line = `${'  '.repeat(depth + 1)}${name}${branch} = ${JSON.stringify(node.value)}${why}\n`;
	return line + node.inputs.map((input) => traceLines(input, depth + 1)).join('');
}
