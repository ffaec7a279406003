/** Other engines that the benchmark measures beside ours; those not installed are “not run”. */
import type { Value } from '#lib/engine/logic/rule.ts';
import type { Program } from '#lib/engine/compile/program.ts';
import type { PreparedScheme } from '#lib/engine/score/prepare.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import type { LoopResult } from './material.ts';
import { ruleScorer } from './rule-scorer.ts';

export interface PeerInput {
	readonly prepared: PreparedScheme;
	readonly table: Table;
	/** The graph of the scheme, for peers that are given formulas instead of rules. */
	readonly program: Program;
}

export interface PeerRun {
	/** Rows that one run scores; slow engines take fewer. */
	readonly rows: number;
	run(): void | Promise<void>;
	/** What the last run gave, to be compared with ours. */
	result(): LoopResult | Promise<LoopResult>;
	close?(): void | Promise<void>;
}

export interface Peer {
	readonly name: string;
	/** Version as installed; null is “not installed”. */
	readonly version: string | null;
	/** The least ratio of our speed to this peer's that the project promises. */
	readonly goal: number;
	prepare(input: PeerInput): Promise<PeerRun>;
}

const REFERENCE_ROWS = 3000;

export function emptyResult(rows: number): LoopResult {
	return {
		outcome: new Uint8Array(rows),
		score: new Float64Array(rows),
		payout: new Float64Array(rows)
	};
}

/** json-logic-js as the witness registers it; rows as maps, which it reads faster than nested data. */
export const jsonLogicJs: Peer = {
	name: 'json-logic-js',
	version: '2.0.5',
	goal: 900,
	prepare({ prepared, table }) {
		const rows = Math.min(table.rows, REFERENCE_ROWS);
		const loop = ruleScorer<Map<string, Value>>(prepared, table, rows, {
			compile: (rule) => (variables) => evaluateByReference(rule, variables),
			row: (variables) => new Map(variables),
			set: (variables, path, value) => {
				variables.set(path, value);
			}
		});
		const result = emptyResult(rows);
		return Promise.resolve({ rows, run: () => loop(result), result: () => result });
	}
};
