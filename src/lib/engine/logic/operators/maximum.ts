import { toNumber } from '../number.ts';
import { functionOf } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"max": [a, b, …]}` — the largest. */
export const maximum = operator({
	name: 'max',
	title: local('取大', 'largest'),
	takes: [number('数', 'number', { repeats: true })],
	gives: 'number',
	nulls: 'any',
	keepsUnit: true,
	evaluate: (operands, run) =>
		operands.length === 0
			? run.none('invalid_operand')
			: operands.reduce<number>(
					(most, operand) => Math.max(most, toNumber(operand, run.charge)),
					Number.NEGATIVE_INFINITY
				),
	describe: { 'zh-CN': functionOf('取大'), en: functionOf('max') },
	help: local(
		'取最大的一个，常用来保底。任一缺失，结果即缺失。',
		'Takes the largest, often as a floor. If any is missing, so is the result.'
	),
	examples: [
		{ rule: { max: [3, 1, 2] }, result: 3 },
		{ rule: { max: [{ var: 'x' }, 0] }, data: { x: -5 }, result: 0 },
		{ rule: { max: [1, { var: 'x' }] }, data: {}, result: null }
	]
});
