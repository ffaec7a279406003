/** What type a rule gives, as far as that is known without data. */
import type { RuleNode } from './node.ts';
import { OPERATORS } from './operators/index.ts';
import type { Dictionary, Json, ValueType } from './rule.ts';

/** The type of a written value; null fits every type. */
export function typeOfValue(value: Json): ValueType {
	if (value === null) return 'any';
	if (Array.isArray(value)) return 'array';
	const type = typeof value;
	return type === 'number' || type === 'string' || type === 'boolean' ? type : 'object';
}

/** The one type that all of these have, or `any`. Null branches do not count. */
function commonType(nodes: readonly RuleNode[], dictionary: Dictionary | undefined): ValueType {
	const types = new Set(
		nodes
			.filter((node) => !(node.kind === 'literal' && node.value === null))
			.map((node) => inferType(node, dictionary))
	);
	const [only] = types;
	return types.size === 1 && only ? only : 'any';
}

/** The values that an `if` can give: after each condition, and the last one. */
export function branchesOf(args: readonly RuleNode[]): readonly RuleNode[] {
	return args.filter((_, index) => index % 2 === 1 || index === args.length - 1);
}

/** The type that every non-null result of `node` has, or `any` where it depends on data. */
export function inferType(node: RuleNode, dictionary?: Dictionary): ValueType {
	switch (node.kind) {
		case 'literal':
			return typeOfValue(node.value);
		case 'list':
			return 'array';
		case 'var':
			return (node.path !== null && dictionary?.get(node.path)?.type) || 'any';
		case 'call':
			if (node.operator === 'if' || node.operator === '?:') {
				return commonType(branchesOf(node.args), dictionary);
			}
			if (node.operator === 'and' || node.operator === 'or' || node.operator === 'coalesce') {
				return commonType(node.args, dictionary);
			}
			if (node.operator === 'steps') {
				const [, , otherwise] = node.args;
				const type = otherwise ? commonType([otherwise], dictionary) : 'number';
				const none = otherwise?.kind === 'literal' && otherwise.value === null;
				return none || type === 'number' ? 'number' : 'any';
			}
			return OPERATORS.get(node.operator)?.gives ?? 'any';
	}
}
