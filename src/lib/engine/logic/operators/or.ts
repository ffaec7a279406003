import { BINDS, conjunction } from '../phrase.ts';
import { isTruthy } from '../value.ts';
import type { Value } from '../rule.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"or": [a, b, …]}` — the first operand that holds, else the last one. */
export const or = operator({
	name: 'or',
	title: local('或', 'or'),
	takes: [operand('条件', 'condition', 'any', { repeats: true })],
	gives: 'any',
	nulls: 'none',
	evaluateLazily: (args, run) => {
		let value: Value = null;
		for (const [index, arg] of args.entries()) {
			value = run.value(arg);
			if (isTruthy(value)) {
				run.took(index);
				return value;
			}
		}
		return value;
	},
	describe: { 'zh-CN': conjunction('或', BINDS.or), en: conjunction('or', BINDS.or) },
	help: local(
		'任一条件成立即成立。遇到第一个成立的条件即停止，缺失视为不成立。',
		'Holds when any condition holds. Stops at the first that does; a missing one does not hold.'
	),
	examples: [
		{ rule: { or: [false, 0, 2] }, result: 2 },
		{ rule: { or: [{ var: 'x' }, false] }, data: {}, result: false },
		{ rule: { or: [true, { '/': [1, 0] }] }, result: true }
	]
});
