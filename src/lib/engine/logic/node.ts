/**
 * A parsed rule: the one tree that interpreter, compiler, checker, sentence printer and editors walk.
 *
 * `at` is the JSON Pointer of the node in the document it was read from and serves as its id. The
 * `bare` and `written` marks keep the author's literal form (`{"var": "a"}` or `{"var": ["a"]}`), so
 * that printing gives back what was read; meaning never depends on them.
 */
import type { Json } from './rule.ts';

/** A value that stands for itself; −0 is read as 0. */
export interface LiteralNode {
	readonly kind: 'literal';
	readonly at: string;
	readonly value: Json;
}

/** `{"var": path}` with a path that is written out; `path: null` is the whole data. */
export interface VarNode {
	readonly kind: 'var';
	readonly at: string;
	readonly path: string | null;
	readonly fallback?: RuleNode;
	/** The path as it was written, where that is not the text of `path`: a number, null or `""`. */
	readonly key?: number | string | null;
	/** The path was written without a list. */
	readonly bare?: true;
}

/** A list of rules; gives the list of their values. */
export interface ListNode {
	readonly kind: 'list';
	readonly at: string;
	readonly items: readonly RuleNode[];
}

/** An operator with its operands. A `var` whose path is computed is a call too, and is refused. */
export interface CallNode {
	readonly kind: 'call';
	readonly at: string;
	readonly operator: string;
	readonly args: readonly RuleNode[];
	/** The single operand was written without a list. */
	readonly bare?: true;
}

export type RuleNode = LiteralNode | VarNode | ListNode | CallNode;

/** The nodes directly below one. */
export function childrenOf(node: RuleNode): readonly RuleNode[] {
	switch (node.kind) {
		case 'literal':
			return [];
		case 'var':
			return node.fallback ? [node.fallback] : [];
		case 'list':
			return node.items;
		case 'call':
			return node.args;
	}
}

/** Visits a node and everything below it, parents first, in document order. */
export function walk(node: RuleNode, visit: (node: RuleNode) => void): void {
	visit(node);
	for (const child of childrenOf(node)) walk(child, visit);
}
