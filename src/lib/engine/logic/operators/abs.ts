import { toNumber } from '../number.ts';
import { functionOf } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"abs": x}` — x without its sign. */
export const abs = operator({
	name: 'abs',
	title: local('绝对值', 'absolute value'),
	takes: [number('数', 'number')],
	gives: 'number',
	nulls: 'any',
	keepsUnit: true,
	evaluate: ([value = null], run) => Math.abs(toNumber(value, run.charge)),
	describe: { 'zh-CN': functionOf('绝对值'), en: functionOf('abs') },
	help: local('去掉正负号，如偏差的大小。', 'Drops the sign, as in the size of a deviation.'),
	examples: [
		{ rule: { abs: [-3] }, result: 3 },
		{ rule: { abs: { var: 'x' } }, data: {}, result: null }
	]
});
