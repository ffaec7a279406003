import { comparison } from '../phrase.ts';
import { looselyEqual } from '../value.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"==": [a, b]}` — equal, where `"1"` equals 1. Null equals only null. */
export const equal = operator({
	name: '==',
	title: local('=（等于）', '= (equals)'),
	takes: [operand('左', 'left'), operand('右', 'right')],
	gives: 'boolean',
	nulls: 'none',
	evaluate: ([a = null, b = null], run) => looselyEqual(a, b, run.charge),
	describe: { 'zh-CN': comparison('='), en: comparison('=') },
	help: local(
		'两边相等；数字与写成文本的数字也算相等。可用来判断是否缺失：缺失只等于缺失（null）。',
		'Both are equal; a number equals the same number written as text. It can test for missing: missing equals only missing (null).'
	),
	examples: [
		{ rule: { '==': [1, '1'] }, result: true },
		{ rule: { '==': [{ var: 'x' }, null] }, data: {}, result: true },
		{ rule: { '==': [0, null] }, result: false }
	]
});
