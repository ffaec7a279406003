/** Which variables a rule reads, and variables made from nested data. */
import { childrenOf, type CallNode, type RuleNode } from './node.ts';
import { operandAt } from './operators/operator.ts';
import { OPERATORS } from './operators/index.ts';
import type { Json, JsonObject, Value, Variables } from './rule.ts';
import { isList } from './value.ts';

/**
 * Paths that a rule reads from its row, sorted, each once; `missing` and `missing_some` count. What
 * is read inside an iteration belongs to the elements and is left out.
 */
export function variablesOf(node: RuleNode): string[] {
	const paths = new Set<string>();
	collect(node, paths);
	return [...paths].sort();
}

function collect(node: RuleNode, paths: Set<string>): void {
	if (node.kind === 'var' && node.path !== null) paths.add(node.path);
	if (node.kind !== 'call') {
		for (const child of childrenOf(node)) collect(child, paths);
		return;
	}
	const operator = OPERATORS.get(node.operator);
	for (const { path } of pathsNamedIn(node)) paths.add(path);
	node.args.forEach((arg, index) => {
		if (!operator || !operandAt(operator, index)?.scope) collect(arg, paths);
	});
}

/** A path that is written out in a `missing` or `missing_some`, and where. */
export interface NamedPath {
	readonly path: string;
	readonly at: string;
}

/** The paths that a `missing` or `missing_some` names; none for other operators. */
export function pathsNamedIn(node: CallNode): NamedPath[] {
	const operator = OPERATORS.get(node.operator);
	return node.args
		.filter((_, index) => operator && operandAt(operator, index)?.literal === 'paths')
		.flatMap((arg) => (arg.kind === 'list' ? arg.items : [arg]))
		.flatMap((key) =>
			key.kind === 'literal' && (typeof key.value === 'string' || typeof key.value === 'number')
				? [{ path: String(key.value), at: key.at }]
				: []
		);
}

/**
 * Variables of one row from nested JSON: `{"employee": {"level": 3}}` becomes `employee.level`, and
 * names that are dotted already stay. Objects are opened, everything else is a value.
 */
export function variablesFromJson(data: JsonObject): Map<string, Value> {
	const variables = new Map<string, Value>();
	const pending: [string, Json][] = Object.entries(data).reverse();
	for (let next = pending.pop(); next; next = pending.pop()) {
		const [path, value] = next;
		if (value !== null && typeof value === 'object' && !isList(value)) {
			for (const [key, part] of Object.entries(value).reverse())
				pending.push([`${path}.${key}`, part]);
		} else {
			variables.set(path, value);
		}
	}
	return variables;
}

/** True for variables, as opposed to plain nested data. */
export function isVariables(source: Variables | Json): source is Variables {
	return source instanceof Map;
}
