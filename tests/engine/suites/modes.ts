/**
 * The ways to run a rule. Every case of every suite runs in each of them and must give the same
 * value; a backend joins by adding itself to `MODES`.
 */
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import { printRule } from '#lib/engine/logic/print.ts';
import type { Rule, Value, Variables } from '#lib/engine/logic/rule.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { runInColumns } from './columns.ts';

export interface Mode {
	readonly name: string;
	/** The value, or undefined where this way does not run such rules (lists, in a column backend). */
	readonly run: (rule: Rule, variables: Variables) => Value | undefined;
}

function interpret(rule: Rule, variables: Variables): Value {
	const { value, error } = evaluateRule(parseRule(rule).node, variables);
	if (error) throw new Error(`${error.code} at ${error.at}`);
	return value;
}

export const MODES: readonly Mode[] = [
	{ name: 'interpreter', run: interpret },
	{
		name: 'printed and parsed again',
		run: (rule, variables) => {
			const printed = JSON.stringify(printRule(parseRule(rule).node));
			return interpret(JSON.parse(printed) as Rule, variables);
		}
	},
	{ name: 'json-logic-js', run: evaluateByReference },
	{ name: 'in columns, WebAssembly', run: runInColumns('wasm') },
	{ name: 'in columns, blocks', run: runInColumns('blocks') }
];
