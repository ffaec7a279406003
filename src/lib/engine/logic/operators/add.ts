import { toFloat } from '../number.ts';
import { BINDS, infix } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"+": [a, b, …]}` — the sum, in the order written. With one operand, the number it begins with. */
export const add = operator({
	name: '+',
	title: local('加（+）', 'plus (+)'),
	takes: [number('加数', 'term', { repeats: true })],
	gives: 'number',
	nulls: 'any',
	keepsUnit: true,
	evaluate: (operands, run) =>
		operands.reduce<number>((sum, operand) => sum + toFloat(operand, run.charge), 0),
	describe: { 'zh-CN': infix('+', BINDS.sum), en: infix('+', BINDS.sum) },
	help: local(
		'按书写顺序相加。任一加数缺失，结果即缺失：缺失不是零。',
		'Adds in the order written. If any term is missing, so is the sum: missing is not zero.'
	),
	examples: [
		{ rule: { '+': [1, 2, 3] }, result: 6 },
		{ rule: { '+': ['3.5'] }, result: 3.5 },
		{ rule: { '+': [1, { var: 'x' }] }, data: {}, result: null },
		{ rule: { '+': [1, true] }, result: null }
	]
});
