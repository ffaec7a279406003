/**
 * What a rule becomes in the graph. Rules are dynamically typed and nullable, nodes are neither: a
 * `Lowered` carries the nodes that together say what the value is, and conversions between types as
 * the dialect defines them. What nodes cannot say is `Uncompilable` and left to the interpreter.
 */
import type { Graph } from '../graph.ts';
import type { GraphNode } from '../graph-node.ts';

/** A text, by the questions that nodes can answer about it. */
export interface Text {
	readonly missing: GraphNode;
	is(text: string): GraphNode;
	/** Where a text is there and `holds` for it. */
	test(holds: (text: string) => boolean): GraphNode;
	/** A number for each text; missing where the text is. */
	number(of: (text: string) => number): GraphNode;
}

export type Lowered =
	| { readonly type: 'number'; readonly node: GraphNode }
	/** `holds` is never true where `missing` is. */
	| { readonly type: 'boolean'; readonly holds: GraphNode; readonly missing: GraphNode }
	| { readonly type: 'text'; readonly text: Text }
	| { readonly type: 'null' }
	/** Values of several types: only its truth is known. */
	| { readonly type: 'condition'; readonly holds: GraphNode };

/** Thrown while lowering; the rule is then interpreted row by row. Never leaves `compile/`. */
export class Uncompilable extends Error {
	readonly at: string;

	constructor(at: string, reason: string) {
		super(reason);
		this.at = at;
	}
}

/** A text that is the same in every row. */
export function literalText(graph: Graph, literal: string): Text {
	return {
		missing: graph.always(false),
		is: (text) => graph.always(text === literal),
		test: (holds) => graph.always(holds(literal)),
		number: (of) => graph.constant(of(literal))
	};
}

/** The text at an index: 0 is missing, i is `dictionary[i − 1]`. */
export function indexedText(graph: Graph, index: GraphNode, dictionary: readonly string[]): Text {
	return {
		missing: graph.indexIs(index, 0),
		is: (text) => {
			const position = dictionary.indexOf(text);
			return position < 0 ? graph.always(false) : graph.indexIs(index, position + 1);
		},
		test: (holds) => graph.test(index, [0, ...dictionary.map((text) => (holds(text) ? 1 : 0))]),
		number: (of) => graph.pick(index, [NaN, ...dictionary.map((text) => of(text))])
	};
}

function selectMask(graph: Graph, condition: GraphNode, yes: GraphNode, no: GraphNode): GraphNode {
	if (yes === no) return yes;
	return graph.or(graph.and(condition, yes), graph.and(graph.not(condition), no));
}

function selectText(graph: Graph, condition: GraphNode, yes: Text, no: Text): Text {
	return {
		missing: selectMask(graph, condition, yes.missing, no.missing),
		is: (text) => selectMask(graph, condition, yes.is(text), no.is(text)),
		test: (holds) => selectMask(graph, condition, yes.test(holds), no.test(holds)),
		number: (of) => graph.select(condition, yes.number(of), no.number(of))
	};
}

const missingText = (graph: Graph): Text => ({
	missing: graph.always(true),
	is: () => graph.always(false),
	test: () => graph.always(false),
	number: () => graph.none
});

/** Where a value is null. */
export function missingOf(graph: Graph, value: Lowered, at: string): GraphNode {
	switch (value.type) {
		case 'number':
			return graph.isMissing(value.node);
		case 'boolean':
			return value.missing;
		case 'text':
			return value.text.missing;
		case 'null':
			return graph.always(true);
		case 'condition':
			throw new Uncompilable(at, 'values of several types');
	}
}

/** JSON Logic's truth: null, 0, false and the empty text do not hold. */
export function truthOf(graph: Graph, value: Lowered): GraphNode {
	switch (value.type) {
		case 'number':
			return graph.compare('less', graph.constant(0), graph.absolute(value.node));
		case 'boolean':
		case 'condition':
			return value.holds;
		case 'text':
			return value.text.test((text) => text !== '');
		case 'null':
			return graph.always(false);
	}
}

/** The number that most operators see: JavaScript's conversion, with null kept as null. */
export function numberOf(graph: Graph, value: Lowered, at: string): GraphNode {
	switch (value.type) {
		case 'number':
			return value.node;
		case 'boolean':
			return graph.select(value.missing, graph.none, graph.asNumber(value.holds));
		case 'text':
			return value.text.number((text) => finiteOrNaN(Number(text)));
		case 'null':
			return graph.none;
		case 'condition':
			throw new Uncompilable(at, 'values of several types');
	}
}

/** The number that `+` and `*` see: the leading number of a text; a boolean has none. */
export function floatOf(graph: Graph, value: Lowered, at: string): GraphNode {
	if (value.type === 'boolean') return graph.none;
	if (value.type === 'text')
		return value.text.number((text) => finiteOrNaN(Number.parseFloat(text)));
	return numberOf(graph, value, at);
}

/** A word such as `Infinity` would bring back what nodes promise never to hold. */
function finiteOrNaN(value: number): number {
	if (Number.isNaN(value) || Number.isFinite(value)) return value;
	throw new Uncompilable('', 'a text that reads as infinite');
}

/** The value of a branch: `yes` where the condition holds, else `no`. */
export function branch(graph: Graph, condition: GraphNode, yes: Lowered, no: Lowered): Lowered {
	if (condition.op === 'always') return condition.value ? yes : no;
	if (yes.type === 'null' && no.type === 'null') return yes;
	const type = yes.type === 'null' ? no.type : yes.type;
	const alike = (value: Lowered): boolean => value.type === type || value.type === 'null';
	if (alike(yes) && alike(no)) {
		const number = (value: Lowered): GraphNode =>
			value.type === 'number' ? value.node : graph.none;
		const text = (value: Lowered): Text =>
			value.type === 'text' ? value.text : missingText(graph);
		if (type === 'number') return { type, node: graph.select(condition, number(yes), number(no)) };
		if (type === 'text') return { type, text: selectText(graph, condition, text(yes), text(no)) };
		if (type === 'boolean') {
			const missing = (value: Lowered): GraphNode =>
				value.type === 'boolean' ? value.missing : graph.always(true);
			return {
				type,
				holds: selectMask(graph, condition, truthOf(graph, yes), truthOf(graph, no)),
				missing: selectMask(graph, condition, missing(yes), missing(no))
			};
		}
	}
	return {
		type: 'condition',
		holds: selectMask(graph, condition, truthOf(graph, yes), truthOf(graph, no))
	};
}
