import { toFloat } from '../number.ts';
import { BINDS, infix } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"*": [a, b, …]}` — the product, multiplied left to right. */
export const multiply = operator({
	name: '*',
	title: local('乘（×）', 'times (×)'),
	takes: [number('因数', 'factor', { repeats: true })],
	gives: 'number',
	nulls: 'any',
	evaluate: (operands, run) => {
		const [first, ...rest] = operands;
		if (first === undefined) return run.none('invalid_operand');
		return rest.reduce<number>(
			(product, operand) => product * toFloat(operand, run.charge),
			toFloat(first, run.charge)
		);
	},
	describe: { 'zh-CN': infix('×', BINDS.product), en: infix('×', BINDS.product) },
	help: local(
		'从左到右相乘。任一因数缺失，结果即缺失。',
		'Multiplies from left to right. If any factor is missing, so is the product.'
	),
	examples: [
		{ rule: { '*': [2, 3, 4] }, result: 24 },
		{
			rule: { '*': [{ var: 'item.attainment' }, 100] },
			data: { 'item.attainment': 0.5 },
			result: 50
		},
		{ rule: { '*': [0, { var: 'x' }] }, data: {}, result: null }
	]
});
