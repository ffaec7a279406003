import { comparison } from '../phrase.ts';
import { looselyEqual } from '../value.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"!=": [a, b]}` — not equal, where `"1"` equals 1. */
export const notEqual = operator({
	name: '!=',
	title: local('≠（不等于）', '≠ (does not equal)'),
	takes: [operand('左', 'left'), operand('右', 'right')],
	gives: 'boolean',
	nulls: 'none',
	evaluate: ([a = null, b = null], run) => !looselyEqual(a, b, run.charge),
	describe: { 'zh-CN': comparison('≠'), en: comparison('≠') },
	help: local(
		'两边不相等；数字与写成文本的数字算相等。缺失（null）不等于任何值。',
		'The two differ; a number equals the same number written as text. Missing (null) differs from every value.'
	),
	examples: [
		{ rule: { '!=': [1, 2] }, result: true },
		{ rule: { '!=': [1, '1'] }, result: false },
		{ rule: { '!=': [{ var: 'x' }, null] }, data: { x: 0 }, result: true }
	]
});
