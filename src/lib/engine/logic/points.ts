/** The points of `curve` and the steps of `steps`: pairs of numbers, the first ascending. */
import type { RuleNode } from './node.ts';
import type { Value } from './rule.ts';
import { isList } from './value.ts';

export type Point = readonly [x: number, y: number];

/** Pairs of numbers out of a value, or null where it is anything else. */
export function readPoints(value: Value): readonly Point[] | null {
	if (!isList(value) || value.length === 0) return null;
	const points: Point[] = [];
	for (let i = 0; i < value.length; i++) {
		const pair = value[i] ?? null;
		if (!isList(pair) || pair.length !== 2) return null;
		const x = pair[0];
		const y = pair[1];
		if (typeof x !== 'number' || typeof y !== 'number') return null;
		points.push([x, y]);
	}
	return points;
}

/** The points that a node writes out, or null where it is not a list of pairs of numbers. */
export function curvePoints(node: RuleNode | undefined): readonly Point[] | null {
	if (node?.kind !== 'list') return null;
	return readPoints(
		node.items.map((pair) =>
			pair.kind === 'list'
				? pair.items.map((end) => (end.kind === 'literal' ? end.value : null))
				: null
		)
	);
}

/** True when every x is above the one before. */
export function isAscending(points: readonly Point[]): boolean {
	return points.every(([x], i) => i === 0 || x > (points[i - 1]?.[0] ?? Number.NaN));
}
