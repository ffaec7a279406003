import { toNumber } from '../number.ts';
import { functionOf } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"min": [a, b, …]}` — the smallest. */
export const minimum = operator({
	name: 'min',
	title: local('取小', 'smallest'),
	takes: [number('数', 'number', { repeats: true })],
	gives: 'number',
	nulls: 'any',
	keepsUnit: true,
	evaluate: (operands, run) =>
		operands.length === 0
			? run.none('invalid_operand')
			: operands.reduce<number>(
					(least, operand) => Math.min(least, toNumber(operand, run.charge)),
					Number.POSITIVE_INFINITY
				),
	describe: { 'zh-CN': functionOf('取小'), en: functionOf('min') },
	help: local(
		'取最小的一个，常用来封顶。任一缺失，结果即缺失。',
		'Takes the smallest, often as a cap. If any is missing, so is the result.'
	),
	examples: [
		{ rule: { min: [3, 1, 2] }, result: 1 },
		{ rule: { min: [{ var: 'item.attainment' }, 1] }, data: { 'item.attainment': 1.4 }, result: 1 },
		{ rule: { min: [1, null] }, result: null }
	]
});
