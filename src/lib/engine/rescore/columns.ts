/** Names of the columns that a rescorer keeps beside the table. */
import type { Column } from '../table/table.ts';

export const keptName = {
	/** Scores of an item before any policy for missing ones, as its rule last gave them. */
	item: (id: string) => `kept:${id}`,
	baselineScore: 'baseline:score',
	baselinePayout: 'baseline:payout',
	baselineOutcome: 'baseline:outcome'
} as const;

/** Outcome codes as a text column, so that kernels can count by them. */
export function outcomeColumn(outcome: Uint8Array, count: number): Column {
	return {
		kind: 'text',
		codes: Int32Array.from(outcome),
		dictionary: Array.from({ length: count }, (_, code) => String(code))
	};
}
