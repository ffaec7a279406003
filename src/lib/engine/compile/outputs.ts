/** Which columns a scheme's kernels store, and the programs that store them. */
import { isNone } from './graph-node.ts';
import type { Backend } from './backend.ts';
import type { Output, Program } from './program.ts';
import type { SchemeNodes } from './scheme-graph.ts';

/** Names of result columns; a colon keeps them apart from variable paths. */
export const outputName = {
	outcome: 'result:outcome',
	score: 'result:score',
	payout: 'result:payout',
	base: 'result:base',
	scaled: 'result:scaled',
	badWeight: 'result:bad-weight',
	itemWeight: (id: string) => `weight:${id}`,
	itemScore: (id: string) => `score:${id}`,
	itemPoints: (id: string) => `points:${id}`
} as const;

/** What a re-score gives for every row: outcome (grade or status), score, payout if there is one. */
export function totalOutputs(nodes: SchemeNodes): Output[] {
	const outputs: Output[] = [
		{ name: outputName.score, node: nodes.score, store: 'number' },
		{ name: outputName.outcome, node: nodes.outcome, store: 'byte' }
	];
	if (!isNone(nodes.payout))
		outputs.push({ name: outputName.payout, node: nodes.payout, store: 'number' });
	return outputs;
}

/** Totals of every row; the arrays are views that the next run overwrites. */
export interface TotalColumns {
	/** Position of the grade in scored rows; above it `noGrade`, `incomplete`, `uncovered`, `error`. */
	readonly outcome: Uint8Array;
	readonly score: Float64Array;
	readonly payout: Float64Array;
}

/** The totals that a program stored; payouts are all missing where a scheme has none. */
export function readTotals(backend: Backend, nodes: SchemeNodes): TotalColumns {
	const score = backend.numbers(outputName.score);
	return {
		outcome: backend.bytes(outputName.outcome),
		score,
		payout: isNone(nodes.payout) ? backend.missingNumbers : backend.numbers(outputName.payout)
	};
}

/** Totals only: the kernel of a fast full re-score. */
export function totalsProgram(nodes: SchemeNodes): Program {
	return { outputs: totalOutputs(nodes), tallies: [], kept: new Map() };
}

/** Everything that a scorecard shows in columns. */
export function scorecardProgram(nodes: SchemeNodes): Program {
	const outputs = totalOutputs(nodes);
	outputs.push(
		{ name: outputName.base, node: nodes.base, store: 'number' },
		{ name: outputName.scaled, node: nodes.scaled, store: 'byte' },
		{ name: outputName.badWeight, node: nodes.badWeight, store: 'byte' }
	);
	for (const { id, weight, score, points } of nodes.items)
		outputs.push(
			{ name: outputName.itemWeight(id), node: weight, store: 'number' },
			{ name: outputName.itemScore(id), node: score, store: 'number' },
			{ name: outputName.itemPoints(id), node: points, store: 'number' }
		);
	return { outputs, tallies: [], kept: new Map() };
}
