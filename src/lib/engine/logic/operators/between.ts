import { BINDS, phrase } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';
import { isAtMost } from './ordering.ts';

/** `{"between": [x, low, high]}` — low ≤ x ≤ high, numbers or texts such as ISO dates. */
export const between = operator({
	name: 'between',
	title: local('在…之间（含两端）', 'is between (ends included)'),
	takes: [operand('值', 'value'), operand('下限', 'low'), operand('上限', 'high')],
	gives: 'boolean',
	nulls: 'any',
	evaluate: ([value = null, low = null, high = null], run) =>
		isAtMost(low, value, run.charge) && isAtMost(value, high, run.charge),
	describe: {
		'zh-CN': (speaker, call) => {
			const [value, low, high] = [0, 1, 2].map((i) =>
				speaker.operand(call, i, BINDS.comparison + 1)
			);
			return phrase(`${value} 在 ${low} 至 ${high} 之间`, BINDS.comparison);
		},
		en: (speaker, call) => {
			const [value, low, high] = [0, 1, 2].map((i) =>
				speaker.operand(call, i, BINDS.comparison + 1)
			);
			return phrase(`${value} is between ${low} and ${high}`, BINDS.comparison);
		}
	},
	help: local(
		'不低于下限且不高于上限，含两端。任一缺失，结果即缺失，作条件时视为不满足。',
		'At least low and at most high, ends included. Missing if any is missing, which a condition reads as not met.'
	),
	examples: [
		{ rule: { between: [5, 5, 9] }, result: true },
		{ rule: { between: ['2025-02-10', '2025-02-01', '2025-02-28'] }, result: true },
		{ rule: { between: [{ var: 'x' }, 0, 1] }, data: {}, result: null }
	]
});
