/**
 * Decision diagrams over cells: functions from employees to outcomes, with shared parts.
 *
 * A node asks for the cell of one variable and has a child per cell; equal nodes exist once, so
 * the size follows the structure of the rules and not the product of all cells. Building stops at
 * a stated number of nodes, which is what keeps the checker from ever hanging.
 */
import type { Domain } from './cells.ts';

/** Index of a node or an outcome within its diagram. */
export type NodeRef = number;

/** Thrown when a diagram would pass its bound; caught by whoever asked for the proof. */
export class DiagramTooLarge extends Error {}

/** How large a diagram may grow: nodes bound its memory, steps of combining its time. */
export interface DiagramBound {
	readonly nodes: number;
	readonly steps: number;
}

/** Far above ordinary schemes, and reached within a fraction of a second. */
export const FULL_BOUND: DiagramBound = { nodes: 20_000, steps: 200_000 };
/** For trying a change again and again: what is not decided quickly is not offered. */
export const QUICK_BOUND: DiagramBound = { nodes: 2_000, steps: 10_000 };

const OUTCOME = Number.MAX_SAFE_INTEGER;

/** One way through a diagram: the cells that lead to an outcome, as sets per variable. */
export interface Region {
	readonly choices: readonly { readonly variable: number; readonly cells: readonly number[] }[];
	readonly outcome: NodeRef;
}

/** A diagram with outcomes of type `L`, which are told apart by a key. */
export class Diagram<L> {
	readonly #domains: Domain[];
	readonly #variables: number[] = [];
	readonly #children: (readonly NodeRef[])[] = [];
	readonly #outcomes: (L | undefined)[] = [];
	readonly #known = new Map<string, NodeRef>();
	readonly #keyOf: (outcome: L) => string;
	readonly #bound: DiagramBound;
	#steps = 0;

	constructor(
		domains: readonly Domain[],
		keyOf: (outcome: L) => string,
		bound: DiagramBound = FULL_BOUND
	) {
		this.#domains = [...domains];
		this.#bound = bound;
		this.#keyOf = keyOf;
	}

	get domains(): readonly Domain[] {
		return this.#domains;
	}

	/** Adds a variable behind all others. */
	addDomain(domain: Domain): number {
		return this.#domains.push(domain) - 1;
	}

	get size(): number {
		return this.#variables.length;
	}

	/** The node that gives this outcome for everybody. */
	leaf(outcome: L): NodeRef {
		return this.#intern(`=${this.#keyOf(outcome)}`, OUTCOME, [], outcome);
	}

	/** The node that asks for a variable; children that are all equal need no question. */
	node(variable: number, children: readonly NodeRef[]): NodeRef {
		const [first] = children;
		if (first !== undefined && children.every((child) => child === first)) return first;
		return this.#intern(`${variable}:${children.join()}`, variable, children, undefined);
	}

	/** The outcome of a leaf; undefined for a node that still asks. */
	outcome(ref: NodeRef): L | undefined {
		return this.#outcomes[ref];
	}

	isLeaf(ref: NodeRef): boolean {
		return this.variable(ref) === OUTCOME;
	}

	variable(ref: NodeRef): number {
		return this.#variables[ref] ?? OUTCOME;
	}

	children(ref: NodeRef): readonly NodeRef[] {
		return this.#children[ref] ?? [];
	}

	/** A diagram of one variable. */
	of(variable: number, outcome: (cell: number) => L): NodeRef {
		const { cells } = this.domains[variable] ?? { cells: [] };
		return this.node(
			variable,
			cells.map((_, cell) => this.leaf(outcome(cell)))
		);
	}

	/** Combines diagrams outcome by outcome; `combine` sees one outcome of each. */
	combine(refs: readonly NodeRef[], combine: (outcomes: readonly L[]) => L): NodeRef {
		const done = new Map<string, NodeRef>();
		const visit = (at: readonly NodeRef[]): NodeRef => {
			const key = at.join();
			const before = done.get(key);
			if (before !== undefined) return before;
			this.#step();
			const top = at.reduce((least, ref) => Math.min(least, this.variable(ref)), OUTCOME);
			const made =
				top === OUTCOME
					? this.leaf(combine(at.map((ref) => this.#outcomes[ref] as L)))
					: this.node(
							top,
							(this.domains[top]?.cells ?? []).map((_, cell) =>
								visit(at.map((ref) => this.#below(ref, top, cell)))
							)
						);
			done.set(key, made);
			return made;
		};
		return visit(refs);
	}

	/** `whether ? then : otherwise`, without combining what is not chosen. */
	choose(
		whether: NodeRef,
		then: NodeRef,
		otherwise: NodeRef,
		holds: (outcome: L) => boolean
	): NodeRef {
		const done = new Map<string, NodeRef>();
		const visit = (test: NodeRef, yes: NodeRef, no: NodeRef): NodeRef => {
			if (yes === no) return yes;
			if (this.isLeaf(test)) return holds(this.#outcomes[test] as L) ? yes : no;
			const key = `${test},${yes},${no}`;
			const before = done.get(key);
			if (before !== undefined) return before;
			this.#step();
			const top = Math.min(this.variable(test), this.variable(yes), this.variable(no));
			const made = this.node(
				top,
				(this.domains[top]?.cells ?? []).map((_, cell) =>
					visit(
						this.#below(test, top, cell),
						this.#below(yes, top, cell),
						this.#below(no, top, cell)
					)
				)
			);
			done.set(key, made);
			return made;
		};
		return visit(whether, then, otherwise);
	}

	/** Every outcome that some employee reaches, within these cells if any are named. */
	outcomes(root: NodeRef, within?: ReadonlyMap<number, readonly number[]>): L[] {
		const seen = new Set<NodeRef>();
		const found: L[] = [];
		const pending = [root];
		for (let ref = pending.pop(); ref !== undefined; ref = pending.pop()) {
			if (seen.has(ref)) continue;
			seen.add(ref);
			const children = this.children(ref);
			const cells = within?.get(this.variable(ref));
			if (this.isLeaf(ref)) found.push(this.#outcomes[ref] as L);
			else if (cells) for (const cell of cells) pending.push(children[cell] ?? ref);
			else pending.push(...children);
		}
		return found;
	}

	/**
	 * The region without the conditions that do not matter to it: leaving one out must not let in
	 * anybody with another outcome, except those whom `ignored` tells to pass over.
	 */
	widened(root: NodeRef, region: Region, ignored: (outcome: L) => boolean): Region {
		const own = this.#outcomes[region.outcome];
		let { choices } = region;
		for (const choice of region.choices) {
			const fewer = choices.filter((one) => one !== choice);
			const within = new Map(fewer.map(({ variable, cells }) => [variable, cells]));
			const others = this.outcomes(root, within).filter((one) => one !== own && !ignored(one));
			if (others.length === 0) choices = fewer;
		}
		return { ...region, choices };
	}

	/**
	 * Regions that lead to a wanted outcome, those with the fewest conditions first, at most `limit`.
	 * Works outward by number of conditions, so it never lists all of a large diagram.
	 */
	regions(root: NodeRef, wanted: (outcome: L) => boolean, limit: number): Region[] {
		const leads = this.#leadsTo(root, wanted);
		const found: Region[] = [];
		let frontier: Region[] = leads.has(root) ? [{ choices: [], outcome: root }] : [];
		while (frontier.length > 0 && found.length < limit) {
			const next: Region[] = [];
			for (const { choices, outcome } of frontier) {
				if (this.isLeaf(outcome)) {
					if (found.length < limit) found.push({ choices, outcome });
					continue;
				}
				const variable = this.variable(outcome);
				for (const [child, cells] of this.#grouped(outcome)) {
					if (leads.has(child) && next.length < MAX_FRONTIER) {
						next.push({ choices: [...choices, { variable, cells }], outcome: child });
					}
				}
			}
			frontier = next;
		}
		return found;
	}

	#grouped(ref: NodeRef): Map<NodeRef, number[]> {
		const groups = new Map<NodeRef, number[]>();
		for (const [cell, child] of this.children(ref).entries()) {
			const cells = groups.get(child);
			if (cells) cells.push(cell);
			else groups.set(child, [cell]);
		}
		return groups;
	}

	/** Nodes from which a wanted outcome can be reached. */
	#leadsTo(root: NodeRef, wanted: (outcome: L) => boolean): Set<NodeRef> {
		const leads = new Set<NodeRef>();
		const seen = new Set<NodeRef>();
		const visit = (ref: NodeRef): boolean => {
			if (seen.has(ref)) return leads.has(ref);
			seen.add(ref);
			const hit = this.isLeaf(ref)
				? wanted(this.#outcomes[ref] as L)
				: this.children(ref).map(visit).includes(true);
			if (hit) leads.add(ref);
			return hit;
		};
		visit(root);
		return leads;
	}

	#below(ref: NodeRef, variable: number, cell: number): NodeRef {
		return this.variable(ref) === variable ? (this.children(ref)[cell] ?? ref) : ref;
	}

	#step(): void {
		this.#steps++;
		if (this.#steps > this.#bound.steps) throw new DiagramTooLarge('Too many steps.');
	}

	#intern(
		key: string,
		variable: number,
		children: readonly NodeRef[],
		outcome: L | undefined
	): NodeRef {
		const before = this.#known.get(key);
		if (before !== undefined) return before;
		if (this.#variables.length >= this.#bound.nodes) throw new DiagramTooLarge('Too many nodes.');
		const ref = this.#variables.length;
		this.#variables.push(variable);
		this.#children.push(children);
		this.#outcomes.push(outcome);
		this.#known.set(key, ref);
		return ref;
	}
}

/** Partial regions that are kept at a time while the shortest ones are looked for. */
const MAX_FRONTIER = 2_000;
