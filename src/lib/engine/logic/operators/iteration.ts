/** Lists of the data are walked by position: their own elements, and nothing of a prototype. */
import type { RuleNode } from '../node.ts';
import type { Json } from '../rule.ts';
import { isTruthy } from '../value.ts';
import type { LazyRun } from './operator.ts';

/** Position of the first element for which the condition is `wanted`, else −1. */
export function firstWhere(
	items: readonly Json[],
	condition: RuleNode,
	wanted: boolean,
	run: LazyRun
): number {
	for (let i = 0; i < items.length; i++) {
		if (isTruthy(run.valueWithin(condition, items[i] ?? null)) === wanted) return i;
	}
	return -1;
}
