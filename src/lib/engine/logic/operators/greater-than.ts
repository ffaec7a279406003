import { comparison } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';
import { isLess } from './ordering.ts';

/** `{">": [a, b]}` — a > b. */
export const greaterThan = operator({
	name: '>',
	title: local('>（大于）', '> (greater than)'),
	takes: [operand('左', 'left'), operand('右', 'right')],
	gives: 'boolean',
	nulls: 'any',
	evaluate: ([a = null, b = null], run) => isLess(b, a, run.charge),
	describe: { 'zh-CN': comparison('>'), en: comparison('>') },
	help: local(
		'左边大于右边。任一缺失，结果即缺失，作条件时视为不满足。',
		'The left is greater than the right. Missing if either is missing, which a condition reads as not met.'
	),
	examples: [
		{ rule: { '>': [2, 1] }, result: true },
		{ rule: { '>': [1, 1] }, result: false },
		{ rule: { '>': [1, null] }, result: null }
	]
});
