import { comparison } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';
import { isAtMost } from './ordering.ts';

/** `{">=": [a, b]}` — a ≥ b. */
export const atLeast = operator({
	name: '>=',
	title: local('≥（不低于）', '≥ (at least)'),
	takes: [operand('左', 'left'), operand('右', 'right')],
	gives: 'boolean',
	nulls: 'any',
	evaluate: ([a = null, b = null], run) => isAtMost(b, a, run.charge),
	describe: { 'zh-CN': comparison('≥'), en: comparison('≥') },
	help: local(
		'左边不低于右边。任一缺失，结果即缺失，作条件时视为不满足。',
		'The left is at least the right. Missing if either is missing, which a condition reads as not met.'
	),
	examples: [
		{ rule: { '>=': [1, 1] }, result: true },
		{
			rule: { '>=': [{ '/': [{ var: 'actual' }, { var: 'target' }] }, 1.2] },
			data: { actual: 599, target: 500 },
			result: false
		},
		{ rule: { '>=': [null, 1] }, result: null }
	]
});
