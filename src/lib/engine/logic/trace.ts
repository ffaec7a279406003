/** The trace of an evaluation: every node that was evaluated, with its value and why it is null. */
import type { WhyNull } from './operators/operator.ts';
import type { Value } from './rule.ts';

export interface TraceNode {
	/** Position in the order of evaluation, from 0. */
	readonly id: number;
	/** JSON Pointer of the node; in an iteration several trace nodes share one. */
	readonly at: string;
	readonly kind: 'literal' | 'var' | 'list' | 'call';
	/** Operator of a call, path of a variable. */
	readonly name?: string;
	readonly value: Value;
	/** Why `value` is null. */
	readonly why?: WhyNull;
	/** Operand, segment or step that decided: the branch of `if`, the segment of `curve`. */
	readonly branch?: number;
	readonly inputs: readonly TraceNode[];
	/** Further inputs were evaluated but not kept: the trace had reached its size. */
	readonly truncated?: true;
}

/** Trace nodes kept of one evaluation; iterations over long lists would make it endless. */
export const MAX_TRACE_NODES = 5_000;
