/**
 * Decisions that only depend on a few words and on which side of a few limits a number lies have few
 * possible outcomes. A part of the graph like that is computed once for every outcome and becomes a
 * table; rows look their outcome up. A hundred branches over positions, regions and levels of
 * attainment become one look-up.
 */
import { Combinations, type Domain } from './evaluate.ts';
import type { Graph } from './graph.ts';
import type { GraphNode } from './graph-node.ts';
import { nextAbove } from './lower/numbers.ts';
import type { Program } from './program.ts';

/** Largest table that is worth its place in the cache and the time to fill it. */
const LARGEST_TABLE = 4096;
/** What a look-up costs beside its index, in vector operations. */
const LOOK_UP_COST = 6;
const CODE_COST = 4;
const LIMITS_COST = 8;

/** What a node depends on: words by their index nodes, numbers by the limits they are held against. */
interface Support {
	readonly codes: ReadonlySet<GraphNode>;
	readonly limits: ReadonlyMap<GraphNode, ReadonlySet<number>>;
}

const NOTHING: Support = { codes: new Set(), limits: new Map() };

/** The same program with every such part replaced by a look-up. */
export function tabulateProgram(graph: Graph, program: Program): Program {
	const pass = new Tabulation(graph, program);
	return {
		outputs: program.outputs.map((output) => ({ ...output, node: pass.rewrite(output.node) })),
		tallies: program.tallies.map((tally) => ({
			...tally,
			index: pass.rewrite(tally.index),
			value: tally.value && pass.rewrite(tally.value)
		})),
		kept: program.kept
	};
}

class Tabulation {
	readonly #graph: Graph;
	readonly #program: Program;
	readonly #supports = new Map<GraphNode, Support | null>();
	readonly #rewritten = new Map<GraphNode, GraphNode>();
	/** Parts that depend on the same things share what was computed of them. */
	readonly #combinations = new Map<string, Combinations>();

	constructor(graph: Graph, program: Program) {
		this.#graph = graph;
		this.#program = program;
	}

	rewrite(node: GraphNode): GraphNode {
		const known = this.#rewritten.get(node);
		if (known) return known;
		const result = this.#program.kept.has(node) ? node : (this.#table(node) ?? this.#rebuilt(node));
		this.#rewritten.set(node, result);
		return result;
	}

	#rebuilt(node: GraphNode): GraphNode {
		const args = node.args.map((arg) => this.rewrite(arg));
		return args.every((arg, i) => arg === node.args[i]) ? node : this.#graph.rebuild(node, args);
	}

	/** The look-up that stands for a node; null where it would cost more than it saves. */
	#table(node: GraphNode): GraphNode | null {
		if (node.kind === 'index' || node.args.length === 0) return null;
		const support = this.#supportOf(node);
		if (!support || this.#cost(node) <= lookUpCost(support)) return null;
		const leaves = this.#leaves(support);
		const [first, ...rest] = leaves;
		if (!first) return null;
		const index = rest.reduce(
			(high, { index: low }) => this.#graph.combine(high, low),
			first.index
		);
		const key = leaves.map((entry) => `${entry.node.id}:${entry.index.id}`).join();
		let combinations = this.#combinations.get(key);
		if (!combinations) this.#combinations.set(key, (combinations = new Combinations(leaves)));
		const values = [...combinations.valuesOf(node)];
		return node.kind === 'mask' ? this.#graph.test(index, values) : this.#graph.pick(index, values);
	}

	/** Vector operations that computing a node takes, each shared part once. */
	#cost(root: GraphNode): number {
		const seen = new Set<GraphNode>();
		const visit = (node: GraphNode): number => {
			if (seen.has(node) || node.args.length === 0) return 0;
			seen.add(node);
			if (this.#isHeldAgainstLimits(node)) return 2 * Math.max(1, node.values.length);
			const own = node.op === 'select' || node.op === 'choose' ? 3 : node.op === 'pick' ? 8 : 1;
			return node.args.reduce((sum, arg) => sum + visit(arg), own);
		};
		return visit(root);
	}

	/** A comparison of a number that is not itself decided by words. */
	#isHeldAgainstLimits(node: GraphNode): boolean {
		return limitsOf(node) !== null && this.#supportOf(comparedNumber(node) ?? node) === null;
	}

	#supportOf(node: GraphNode): Support | null {
		const known = this.#supports.get(node);
		if (known !== undefined) return known;
		const support = this.#findSupport(node);
		const usable = support && sizeOf(support) <= LARGEST_TABLE ? support : null;
		this.#supports.set(node, usable);
		return usable;
	}

	#findSupport(node: GraphNode): Support | null {
		if (this.#program.kept.has(node) || node.op === 'column' || node.op === 'open') return null;
		if (node.op === 'code') return { codes: new Set([node]), limits: new Map() };
		const compared = comparedNumber(node);
		const limits = limitsOf(node);
		if (compared && limits && this.#supportOf(compared) === null)
			return { codes: new Set(), limits: new Map([[compared, new Set(limits)]]) };
		let support = NOTHING;
		for (const arg of node.args) {
			const part = this.#supportOf(arg);
			if (!part) return null;
			support = union(support, part);
		}
		return support;
	}

	/** Index nodes of what a part depends on, and what their values stand for. */
	#leaves(support: Support): Domain[] {
		const codes = [...support.codes].map((node): Domain => ({
			node,
			index: node,
			values: Array.from({ length: node.size }, (_, i) => i)
		}));
		const numbers = [...support.limits].map(([node, limits]): Domain => {
			const sorted = [...limits].sort((a, b) => a - b);
			const lowest = -Number.MAX_VALUE;
			const inner = sorted.filter((limit) => limit > lowest && limit < Infinity);
			// A first limit that every number reaches tells a missing one from the lowest.
			const thresholds = node.nullable ? [lowest, ...inner] : inner;
			return {
				node,
				index: this.#graph.countAtMost(this.rewrite(node), thresholds),
				values: node.nullable ? [NaN, lowest, ...inner] : [lowest, ...inner]
			};
		});
		return [...codes, ...numbers].sort((a, b) => a.node.id - b.node.id);
	}
}

/** The number that a comparison with constants looks at. */
function comparedNumber(node: GraphNode): GraphNode | null {
	const [a, b] = node.args;
	switch (node.op) {
		case 'less':
		case 'at_most':
		case 'equal':
			if (b?.op === 'constant') return a ?? null;
			return a?.op === 'constant' ? (b ?? null) : null;
		case 'is_missing':
		case 'count_at_most':
		case 'count_above':
			return a ?? null;
		default:
			return null;
	}
}

/** Limits between which a comparison does not change; a limit belongs to what lies above it. */
function limitsOf(node: GraphNode): readonly number[] | null {
	const [a, b] = node.args;
	const isRight = b?.op === 'constant';
	const constant = (isRight ? b : a)?.value ?? NaN;
	switch (node.op) {
		case 'less':
			return [isRight ? constant : nextAbove(constant)];
		case 'at_most':
			return [isRight ? nextAbove(constant) : constant];
		case 'equal':
			return [constant, nextAbove(constant)];
		case 'is_missing':
			return [];
		case 'count_at_most':
		case 'count_above':
			return node.values;
		default:
			return null;
	}
}

function union(a: Support, b: Support): Support {
	if (a === NOTHING) return b;
	if (b === NOTHING || a === b || holds(a, b)) return a;
	if (holds(b, a)) return b;
	const limits = new Map(a.limits);
	for (const [node, added] of b.limits) {
		const known = limits.get(node);
		limits.set(node, known ? new Set([...known, ...added]) : added);
	}
	return { codes: new Set([...a.codes, ...b.codes]), limits };
}

/** Whether a part that depends on `whole` may depend on all of `part` without more. */
function holds(whole: Support, part: Support): boolean {
	for (const code of part.codes) if (!whole.codes.has(code)) return false;
	for (const [node, limits] of part.limits) {
		const known = whole.limits.get(node);
		if (!known) return false;
		for (const limit of limits) if (!known.has(limit)) return false;
	}
	return true;
}

function sizeOf({ codes, limits }: Support): number {
	let size = 1;
	for (const code of codes) size *= code.size;
	for (const thresholds of limits.values()) size *= thresholds.size + 2;
	return size;
}

function lookUpCost({ codes, limits }: Support): number {
	let cost = LOOK_UP_COST + CODE_COST * codes.size;
	for (const thresholds of limits.values()) cost += LIMITS_COST + 2 * thresholds.size;
	return cost;
}
