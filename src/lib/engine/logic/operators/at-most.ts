import { comparison } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';
import { isAtMost } from './ordering.ts';

/** `{"<=": [a, b]}` — a ≤ b; `{"<=": [a, b, c]}` — a ≤ b ≤ c. */
export const atMost = operator({
	name: '<=',
	title: local('≤（不高于）', '≤ (at most)'),
	takes: [
		operand('左', 'left'),
		operand('右', 'right'),
		operand('上限', 'upper', 'any', { optional: true })
	],
	gives: 'boolean',
	nulls: 'any',
	evaluate: ([a = null, b = null, c], run) =>
		isAtMost(a, b, run.charge) && (c === undefined || isAtMost(b, c, run.charge)),
	describe: { 'zh-CN': comparison('≤'), en: comparison('≤') },
	help: local(
		'左边不高于右边；三个操作数时中间值在两端之间（含两端）。任一缺失，结果即缺失。',
		'The left is at most the right; with three, the middle lies between, ends included. Missing if any is missing.'
	),
	examples: [
		{ rule: { '<=': [1, 1] }, result: true },
		{ rule: { '<=': [1, 4, 3] }, result: false },
		{ rule: { '<=': [{ var: 'x' }, 0] }, data: {}, result: null }
	]
});
