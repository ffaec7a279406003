/**
 * A rule as a formula: `round(metric.revenue / target.revenue * 100, 2)`. Parentheses stand where the
 * tree needs them, so that reading the formula gives the same rule again; only the author's short
 * forms (`{"var": ["a"]}`, a single operand without its list) become the plain ones.
 */
import type { CallNode, RuleNode } from '#lib/engine/logic/node.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Json, Rule } from '#lib/engine/logic/rule.ts';
import { isList, isObject } from '../document-path.ts';
import { BINDS, INFIXES, NAMED, PLAIN_PATH, RESERVED, type Infix } from './formula-words.ts';

const INFIX_OF = new Map(INFIXES.map((infix) => [infix.operator, infix]));

interface Printed {
	readonly text: string;
	readonly binds: number;
}

/** The formula of a rule; null for a rule that validation would refuse as it stands. */
export function printFormula(rule: Rule): string | null {
	const { node, diagnostics } = parseRule(rule);
	const isUnreadable = diagnostics.some(({ code }) => code.startsWith('rule_'));
	return isUnreadable ? null : print(node).text;
}

const word = (text: string): Printed => ({ text, binds: BINDS.word });

function print(node: RuleNode): Printed {
	switch (node.kind) {
		case 'literal':
			return printLiteral(node.value);
		case 'list':
			return word(`[${node.items.map((item) => print(item).text).join(', ')}]`);
		case 'var': {
			const path = printPath(node.path ?? '');
			return word(node.fallback ? `var(${path}, ${print(node.fallback).text})` : path);
		}
		case 'call':
			return printCall(node);
	}
}

function printLiteral(value: Json): Printed {
	if (typeof value === 'number' && value < 0) return { text: String(value), binds: BINDS.sign };
	return word(JSON.stringify(value));
}

export function printPath(path: string): string {
	const isPlain = PLAIN_PATH.test(path) && !RESERVED.has(path);
	return isPlain ? path : `{${path.replaceAll('}', '}}')}}`;
}

function printCall(call: CallNode): Printed {
	const { operator, args } = call;
	const [first, second, third] = args;
	const infix = INFIX_OF.get(operator);
	if (operator === '!' && first && args.length === 1)
		return { text: `not ${within(first, BINDS.not)}`, binds: BINDS.not };
	if (operator === '-' && first && args.length === 1) {
		const isNumber = first.kind === 'literal' && typeof first.value === 'number';
		const inner = isNumber ? `(${print(first).text})` : within(first, BINDS.sign + 1);
		return { text: `-${inner}`, binds: BINDS.sign };
	}
	if (infix && first && second && args.length === 2) return printInfix(infix, args);
	if (infix?.many && args.length > 2) return printInfix(infix, args);
	if ((operator === '<' || operator === '<=') && first && second && third && args.length === 3)
		return printInfix(INFIX_OF.get(operator) ?? noInfix(operator), args);
	return word(`${NAMED[operator] ?? operator}(${args.map((arg) => print(arg).text).join(', ')})`);
}

function noInfix(operator: string): never {
	throw new Error(`“${operator}” is no infix operator.`);
}

/**
 * Operands bind tighter than their operator. Only the first operand of a sum or a product may be of
 * the same rank, as `a - b + c` reads from the left, unless it is the same many-sided operator:
 * `(a + b) + c` is not the sum of three.
 */
function printInfix({ operator, sign, binds, many }: Infix, args: readonly RuleNode[]): Printed {
	const isLeftBound = binds === BINDS.sum || binds === BINDS.product;
	const parts = args.map((arg, index) => {
		const isSame = many && arg.kind === 'call' && arg.operator === operator;
		return within(arg, index === 0 && isLeftBound && !isSame ? binds : binds + 1);
	});
	return { text: parts.join(` ${sign} `), binds };
}

function within(node: RuleNode, binds: number): string {
	const printed = print(node);
	return printed.binds < binds ? `(${printed.text})` : printed.text;
}

/**
 * The rule in plain forms: every operand in a list, variables without one unless they have a
 * default. Two rules with the same plain form are the same tree.
 */
export function plainRule(rule: Rule): Rule {
	if (isList(rule)) return rule.map(plainRule);
	if (!isObject(rule)) return rule;
	const [entry] = Object.entries(rule);
	if (!entry) return rule;
	const [operator, operands] = entry;
	const list = isList(operands) ? operands : [operands];
	if (operator === 'var') {
		const [key = '', fallback] = list;
		const path = key === null ? '' : typeof key === 'object' ? key : String(key);
		return { var: fallback === undefined ? path : [path, plainRule(fallback)] };
	}
	return Object.fromEntries([[operator, list.map(plainRule)]]);
}
