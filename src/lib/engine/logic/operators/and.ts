import { BINDS, conjunction } from '../phrase.ts';
import { isTruthy } from '../value.ts';
import type { Value } from '../rule.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"and": [a, b, …]}` — the first operand that does not hold, else the last one. */
export const and = operator({
	name: 'and',
	title: local('且', 'and'),
	takes: [operand('条件', 'condition', 'any', { repeats: true })],
	gives: 'any',
	nulls: 'none',
	evaluateLazily: (args, run) => {
		let value: Value = null;
		for (const [index, arg] of args.entries()) {
			value = run.value(arg);
			if (!isTruthy(value)) {
				run.took(index);
				return value;
			}
		}
		return value;
	},
	describe: { 'zh-CN': conjunction('且', BINDS.and), en: conjunction('and', BINDS.and) },
	help: local(
		'全部条件成立才成立。遇到第一个不成立的条件即停止，缺失视为不成立。',
		'Holds when every condition holds. Stops at the first that does not; a missing one does not hold.'
	),
	examples: [
		{ rule: { and: [true, 1] }, result: 1 },
		{ rule: { and: [{ '>': [{ var: 'x' }, 1] }, true] }, data: {}, result: null },
		{ rule: { and: [true, false] }, result: false }
	]
});
