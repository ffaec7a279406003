/** Prints a parsed rule as JSON again, in the author's literal forms. */
import type { RuleNode } from './node.ts';
import type { Json, Rule } from './rule.ts';

/** One own key, also where it is `__proto__`, which a literal or an assignment would swallow. */
function call(operator: string, operands: Json): Rule {
	return Object.fromEntries([[operator, operands]]);
}

/** The rule that was parsed: reading and printing without an edit gives the same bytes. */
export function printRule(node: RuleNode): Rule {
	switch (node.kind) {
		case 'literal':
			return node.value;
		case 'list':
			return node.items.map(printRule);
		case 'var': {
			const key = node.key === undefined ? node.path : node.key;
			if (node.bare) return { var: key };
			const operands: Json[] = key === null && node.key === undefined ? [] : [key];
			return { var: node.fallback ? [...operands, printRule(node.fallback)] : operands };
		}
		case 'call': {
			const operands = node.args.map(printRule);
			const [only] = operands;
			return call(node.operator, node.bare && only !== undefined ? only : operands);
		}
	}
}
