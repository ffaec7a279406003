import { comparison } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"===": [a, b]}` — the same type and value. */
export const strictEqual = operator({
	name: '===',
	title: local('完全等于', 'is exactly'),
	takes: [operand('左', 'left'), operand('右', 'right')],
	gives: 'boolean',
	nulls: 'none',
	evaluate: ([a = null, b = null]) => a === b,
	describe: { 'zh-CN': comparison('完全等于'), en: comparison('is exactly') },
	help: local(
		'类型和值都相同：数字 1 与文本「1」不同。',
		'The same type and value: the number 1 is not the text “1”.'
	),
	examples: [
		{ rule: { '===': [1, 1] }, result: true },
		{ rule: { '===': [1, '1'] }, result: false },
		{ rule: { '===': [{ var: 'x' }, null] }, data: {}, result: true }
	]
});
