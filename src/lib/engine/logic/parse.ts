/**
 * Reads a rule into a tree and finds everything that is wrong with it.
 *
 * Limits come first and without recursion; only a rule within them is walked. A tree comes back in
 * any case, so that editors can show a rule that is not valid yet; one that breaks a limit comes
 * back as a null literal.
 */
import { diagnose, pointer, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { checkRule } from './check.ts';
import { logicDiagnostics } from './diagnostics.ts';
import { findBrokenLimit } from './limits.ts';
import type { CallNode, RuleNode, VarNode } from './node.ts';
import type { Dictionary, Json, JsonObject, ValueType } from './rule.ts';

export type { CallNode, ListNode, LiteralNode, RuleNode, VarNode } from './node.ts';
export { childrenOf, walk } from './node.ts';

export interface ParseOptions {
	/** The variables that exist; without it any path is accepted. */
	readonly dictionary?: Dictionary;
	/** JSON Pointer of the rule in its document. */
	readonly at?: string;
	/** The type that the result must have, as far as that is known without data. */
	readonly expects?: ValueType;
}

export interface ParsedRule {
	readonly node: RuleNode;
	readonly diagnostics: Diagnostic[];
}

/** Parses and validates a rule. It may be evaluated if none of the diagnostics is an error. */
export function parseRule(rule: Json, options: ParseOptions = {}): ParsedRule {
	const at = options.at ?? '';
	const broken = findBrokenLimit(rule, at);
	if (broken) return { node: { kind: 'literal', at, value: null }, diagnostics: [broken] };
	const diagnostics: Diagnostic[] = [];
	const node = readNode(rule, at, diagnostics);
	checkRule(node, options, diagnostics);
	return { node, diagnostics };
}

function readNode(rule: Json, at: string, diagnostics: Diagnostic[]): RuleNode {
	if (rule === null || typeof rule !== 'object') {
		return { kind: 'literal', at, value: rule === 0 ? 0 : rule };
	}
	if (Array.isArray(rule)) {
		const list: readonly Json[] = rule;
		return {
			kind: 'list',
			at,
			items: list.map((item, index) => readNode(item, pointer(at, index), diagnostics))
		};
	}
	const object = rule as JsonObject;
	const keys = Object.keys(object);
	const [operator] = keys;
	if (operator === undefined || keys.length > 1) {
		diagnostics.push(
			diagnose(logicDiagnostics, 'rule_not_one_operator', at, { count: keys.length })
		);
		return { kind: 'literal', at, value: object };
	}
	return readCall(operator, object[operator] ?? null, at, diagnostics);
}

function readCall(
	operator: string,
	operands: Json,
	at: string,
	diagnostics: Diagnostic[]
): RuleNode {
	const bare = !Array.isArray(operands);
	const list: readonly Json[] = Array.isArray(operands) ? operands : [operands];
	const inside = pointer(at, operator);
	const variable = operator === 'var' ? readVariable(list, bare, at, inside, diagnostics) : null;
	if (variable) return variable;
	const args = list.map((operand, index) =>
		readNode(operand, bare ? inside : pointer(inside, index), diagnostics)
	);
	const call: CallNode = { kind: 'call', at, operator, args };
	return bare ? { ...call, bare: true } : call;
}

/** A `var` whose path is written out; null for any other, which stays a call and is refused. */
function readVariable(
	operands: readonly Json[],
	bare: boolean,
	at: string,
	inside: string,
	diagnostics: Diagnostic[]
): VarNode | null {
	const [key, fallback] = operands;
	if (operands.length > 2) return null;
	if (typeof key === 'object' && key !== null) return null;
	if (typeof key === 'boolean') return null;
	const path = key === undefined || key === null || key === '' ? null : String(key);
	return {
		kind: 'var',
		at,
		path,
		...(key !== undefined && key !== path ? { key } : {}),
		...(key === null ? { key } : {}),
		...(fallback === undefined
			? {}
			: { fallback: readNode(fallback, pointer(inside, 1), diagnostics) }),
		...(bare ? { bare: true as const } : {})
	};
}
