/** Items of a scheme as nodes: weights, scores, what becomes of missing ones, sums and points. */
import type { SchemeDocument } from '../scheme/document.ts';
import type { PreparedItem, PreparedScheme } from '../score/prepare.ts';
import type { SourceColumns } from './facts.ts';
import type { Graph } from './graph.ts';
import type { GraphNode } from './graph-node.ts';
import { isBounded } from './interval.ts';
import type { Lowered } from './lower/lowered.ts';
import { roundNode } from './lower/numbers.ts';
import type { SchemeRules } from './lower/scheme-rules.ts';
import { numberColumn, quotientNode } from './lower/variables.ts';

export interface BuiltItem {
	readonly item: PreparedItem;
	readonly attainment: GraphNode;
	readonly weight: GraphNode;
	readonly badWeight: GraphNode;
	/** The weight is there and is not 0: the item can count. */
	readonly matters: GraphNode;
	readonly rawScore: GraphNode;
	/** With the policy for missing scores applied. */
	readonly settled: GraphNode;
	readonly counts: GraphNode;
}

export interface ItemSums {
	readonly weights: GraphNode;
	/** Not yet tested for being finite; missing only where an item blocks. */
	readonly base: GraphNode;
	/** An item without a score makes the scorecard incomplete. */
	readonly blocked: GraphNode;
	/** At least one item counts, where none blocks. */
	readonly anyCounts: GraphNode;
}

const HUNDRED_PERCENT = 10000;
/** Bounds of open weights: from a hundredth of a percent on, which is never 0 and never missing. */
const OPEN_WEIGHT = { low: 0.01, high: 100 };

/** Name of the open number that is the weight of an item. */
export function openWeight(item: string): string {
	return `weight:${item}`;
}

/**
 * The weights by their open numbers, where every one is written out and within the bounds; null
 * where one is a rule, 0 or beyond: such weights decide more than a sum.
 */
export function openWeights(document: SchemeDocument): ReadonlyMap<string, number> | null {
	if (document.weighting !== 'percent') return null;
	const weights = new Map<string, number>();
	for (const { id, weight } of document.items) {
		if (typeof weight !== 'number' || !(OPEN_WEIGHT.low <= weight && weight <= OPEN_WEIGHT.high))
			return null;
		weights.set(openWeight(id), weight);
	}
	return weights;
}

export function anyOf(graph: Graph, masks: readonly GraphNode[]): GraphNode {
	return masks.reduce((any, mask) => graph.or(any, mask), graph.always(false));
}

export function buildItem(
	graph: Graph,
	rules: SchemeRules,
	columns: SourceColumns,
	item: PreparedItem,
	{ percent, open }: { readonly percent: boolean; readonly open: boolean }
): BuiltItem {
	const actual = numberColumn(graph, columns, item.actualPath);
	const target = numberColumn(graph, columns, item.targetPath);
	const attainment = quotientNode(graph, actual, target);
	const computed = new Map<string, Lowered>([
		['item.actual', { type: 'number', node: actual }],
		['item.target', { type: 'number', node: target }],
		['item.attainment', { type: 'number', node: attainment }]
	]);
	const scope = { phase: 'item', computed, item } as const;
	const zero = graph.constant(0);
	const weight = open
		? graph.open(openWeight(item.id), OPEN_WEIGHT)
		: item.weight
			? rules.number(item.weight, scope)
			: graph.none;
	const rawScore = rules.number(item.score, scope);
	const { missing } = item;
	const standIn = missing === 'zero' ? 0 : typeof missing === 'object' ? missing.score : null;
	const settled = standIn === null ? rawScore : graph.orElse(rawScore, graph.constant(standIn));
	const matters = percent ? graph.compare('less', zero, weight) : graph.always(true);
	return {
		item,
		attainment,
		weight,
		badWeight: percent
			? graph.or(graph.isMissing(weight), graph.compare('less', weight, zero))
			: graph.always(false),
		matters,
		rawScore,
		settled,
		counts: graph.and(matters, graph.not(graph.isMissing(settled)))
	};
}

/** Where the weights, each rounded to two decimals, do not total 100.00. */
export function offHundredMask(graph: Graph, items: readonly BuiltItem[]): GraphNode {
	const total = items
		.map(({ weight }) => {
			const points = graph.arithmetic('multiply', roundNode(graph, weight, 2), graph.fixed(100));
			return graph.floor(graph.arithmetic('add', points, graph.fixed(0.5)));
		})
		.reduce((sum, points) => graph.arithmetic('add', sum, points), graph.constant(0));
	return graph.not(graph.compare('equal', total, graph.fixed(HUNDRED_PERCENT)));
}

/** The sums of the base, in document order. */
export function sumItems(graph: Graph, items: readonly BuiltItem[], percent: boolean): ItemSums {
	const zero = graph.constant(0);
	// Of an item that blocks, a missing score is added on purpose: it leaves no base.
	const isAdded = ({ item, matters, counts }: BuiltItem): GraphNode =>
		item.missing === 'exclude' ? counts : matters;
	const total = (node: (item: BuiltItem) => GraphNode): GraphNode =>
		items
			.map((item) => graph.select(isAdded(item), node(item), zero))
			.reduce((sum, term) => (sum === zero ? term : graph.arithmetic('add', sum, term)), zero);
	const weights = percent ? total(({ weight }) => weight) : zero;
	const sum = total(({ weight, settled }) =>
		percent ? graph.arithmetic('multiply', weight, settled) : settled
	);
	const blocked = isBounded(sum.interval)
		? graph.isMissing(sum)
		: anyOf(
				graph,
				items
					.filter(({ item }) => item.missing === 'block')
					.map(({ matters, settled }) => graph.and(matters, graph.isMissing(settled)))
			);
	return {
		weights,
		base: percent ? graph.arithmetic('divide', sum, weights) : sum,
		blocked,
		anyCounts: anyOf(graph, items.map(isAdded))
	};
}

/** The item's share of the base; missing where it does not count. */
export function pointsNode(
	graph: Graph,
	{ weight, settled, counts }: BuiltItem,
	weights: GraphNode,
	percent: boolean
): GraphNode {
	if (!percent) return graph.select(counts, settled, graph.none);
	const share = graph.arithmetic('multiply', weight, settled);
	return graph.select(counts, graph.arithmetic('divide', share, weights), graph.none);
}

/** `items.*` and `base_score`, as adjustments, gates, payout and insights read them. */
export function computedOfItems(
	graph: Graph,
	prepared: PreparedScheme,
	items: readonly BuiltItem[],
	sums: ItemSums
): Map<string, Lowered> {
	const computed = new Map<string, Lowered>([['base_score', { type: 'number', node: sums.base }]]);
	for (const built of items) {
		const set = (name: string, node: GraphNode): void => {
			computed.set(`items.${built.item.id}.${name}`, { type: 'number', node });
		};
		set('score', graph.select(built.matters, built.settled, graph.none));
		set('weight', prepared.percent ? built.weight : graph.none);
		set('points', graph.finite(pointsNode(graph, built, sums.weights, prepared.percent)));
		set('attainment', built.attainment);
	}
	return computed;
}
