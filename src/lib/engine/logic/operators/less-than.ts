import { comparison } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';
import { isLess } from './ordering.ts';

/** `{"<": [a, b]}` — a < b; `{"<": [a, b, c]}` — a < b < c. */
export const lessThan = operator({
	name: '<',
	title: local('<（小于）', '< (less than)'),
	takes: [
		operand('左', 'left'),
		operand('右', 'right'),
		operand('上限', 'upper', 'any', { optional: true })
	],
	gives: 'boolean',
	nulls: 'any',
	evaluate: ([a = null, b = null, c], run) =>
		isLess(a, b, run.charge) && (c === undefined || isLess(b, c, run.charge)),
	describe: { 'zh-CN': comparison('<'), en: comparison('<') },
	help: local(
		'左边小于右边；三个操作数时中间值严格介于两端之间。任一缺失，结果即缺失，作条件时视为不满足。',
		'The left is less than the right; with three, the middle lies strictly between. Missing if any is missing, which a condition reads as not met.'
	),
	examples: [
		{ rule: { '<': [1, 2] }, result: true },
		{ rule: { '<': [1, 1, 3] }, result: false },
		{ rule: { '<': ['2025-01-31', '2025-02-01'] }, result: true },
		{ rule: { '<': [null, 1] }, result: null }
	]
});
