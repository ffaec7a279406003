import { comparison } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"!==": [a, b]}` — another type or another value. */
export const strictNotEqual = operator({
	name: '!==',
	title: local('不完全等于', 'is not exactly'),
	takes: [operand('左', 'left'), operand('右', 'right')],
	gives: 'boolean',
	nulls: 'none',
	evaluate: ([a = null, b = null]) => a !== b,
	describe: { 'zh-CN': comparison('不完全等于'), en: comparison('is not exactly') },
	help: local(
		'类型或值不同：数字 1 与文本「1」算不同。',
		'Another type or another value: the number 1 differs from the text “1”.'
	),
	examples: [
		{ rule: { '!==': [1, '1'] }, result: true },
		{ rule: { '!==': [2, 2] }, result: false }
	]
});
