/** Equality, order and membership as masks. */
import type { RuleNode } from '../../logic/node.ts';
import type { Scalar } from '../../logic/rule.ts';
import type { Graph } from '../graph.ts';
import type { GraphNode } from '../graph-node.ts';
import { missingOf, numberOf, truthOf, Uncompilable, type Lowered } from './lowered.ts';

/** The single text that a lowered literal stands for; null for anything else. */
export type LiteralOf = (value: Lowered) => string | null;

/** JavaScript's `==`: null equals null alone, unlike types meet as numbers. */
export function looselyEqualMask(
	graph: Graph,
	a: Lowered,
	b: Lowered,
	literalOf: LiteralOf,
	at: string
): GraphNode {
	if (a.type === 'null') return missingOf(graph, b, at);
	if (b.type === 'null') return missingOf(graph, a, at);
	const bothMissing = graph.and(missingOf(graph, a, at), missingOf(graph, b, at));
	if (a.type === 'text' && b.type === 'text') {
		const [left, right] = [literalOf(a), literalOf(b)];
		if (right !== null) return a.text.is(right);
		if (left !== null) return b.text.is(left);
		throw new Uncompilable(at, 'two text columns are compared');
	}
	const equal = graph.compare('equal', numberOf(graph, a, at), numberOf(graph, b, at));
	return graph.or(equal, bothMissing);
}

/** JavaScript's `===`: as `==` for values of one type; unlike types are equal only as nulls. */
export function strictlyEqualMask(
	graph: Graph,
	a: Lowered,
	b: Lowered,
	literalOf: LiteralOf,
	at: string
): GraphNode {
	if (a.type === b.type || a.type === 'null' || b.type === 'null')
		return looselyEqualMask(graph, a, b, literalOf, at);
	return graph.and(missingOf(graph, a, at), missingOf(graph, b, at));
}

/** a < b or a ≤ b: two texts by code unit, else as numbers; false where one is missing. */
export function orderMask(
	graph: Graph,
	op: 'less' | 'at_most',
	a: Lowered,
	b: Lowered,
	literalOf: LiteralOf,
	at: string
): GraphNode {
	if (a.type === 'text' && b.type === 'text') {
		const [left, right] = [literalOf(a), literalOf(b)];
		if (right !== null)
			return a.text.test((text) => (op === 'less' ? text < right : text <= right));
		if (left !== null) return b.text.test((text) => (op === 'less' ? left < text : left <= text));
		throw new Uncompilable(at, 'two text columns are compared');
	}
	return graph.compare(op, numberOf(graph, a, at), numberOf(graph, b, at));
}

/** Membership in a list that is written out, by strict equality. */
export function memberMask(
	graph: Graph,
	needle: Lowered,
	list: readonly Scalar[],
	at: string
): GraphNode {
	const texts = new Set(list.filter((entry) => typeof entry === 'string'));
	let found = graph.always(false);
	if (list.includes(null)) found = missingOf(graph, needle, at);
	switch (needle.type) {
		case 'text':
			return graph.or(
				found,
				needle.text.test((text) => texts.has(text))
			);
		case 'number':
			for (const entry of list)
				if (typeof entry === 'number')
					found = graph.or(found, graph.compare('equal', needle.node, graph.constant(entry)));
			return found;
		case 'boolean':
			if (list.includes(true)) found = graph.or(found, needle.holds);
			if (list.includes(false))
				found = graph.or(found, graph.not(graph.or(needle.missing, needle.holds)));
			return found;
		case 'null':
			return found;
		case 'condition':
			throw new Uncompilable(at, 'values of several types');
	}
}

/** The scalars of a list that is written out; null where it holds anything else. */
export function literalList(node: RuleNode | undefined): readonly Scalar[] | null {
	if (node?.kind !== 'list') return null;
	const entries: Scalar[] = [];
	for (const item of node.items) {
		if (item.kind !== 'literal') return null;
		const value = item.value;
		if (value !== null && typeof value === 'object') return null;
		entries.push(value);
	}
	return entries;
}

/** Where at least one of these values is missing or an empty text. */
export function absentMasks(graph: Graph, values: readonly Lowered[], at: string): GraphNode[] {
	return values.map((value) => {
		const missing = missingOf(graph, value, at);
		if (value.type !== 'text') return missing;
		return graph.not(truthOf(graph, value));
	});
}
