import { toNumber } from '../number.ts';
import { functionOf } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"%": [a, b]}` — what is left of a after whole b; has the sign of a. */
export const remainder = operator({
	name: '%',
	title: local('取余（%）', 'remainder (%)'),
	takes: [number('被除数', 'dividend'), number('除数', 'divisor')],
	gives: 'number',
	nulls: 'any',
	evaluate: ([a = null, b = null], run) => {
		const divisor = toNumber(b, run.charge);
		return divisor === 0 ? run.none('divided_by_zero') : toNumber(a, run.charge) % divisor;
	},
	describe: { 'zh-CN': functionOf('取余'), en: functionOf('remainder') },
	help: local(
		'整除后剩下的部分，符号与被除数相同。除数为零时没有结果。',
		'What is left after whole division, with the sign of the dividend. No result for a divisor of zero.'
	),
	examples: [
		{ rule: { '%': [7, 3] }, result: 1 },
		{ rule: { '%': [-7, 3] }, result: -1 },
		{ rule: { '%': [7, 0] }, result: null }
	]
});
