import { ceilTolerant, toNumber } from '../number.ts';
import { functionOf } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"ceil": x}` — the whole number at or above x, with the same tolerance as `floor`. */
export const ceil = operator({
	name: 'ceil',
	title: local('向上取整', 'round up'),
	takes: [number('数', 'number')],
	gives: 'number',
	nulls: 'any',
	keepsUnit: true,
	evaluate: ([value = null], run) => ceilTolerant(toNumber(value, run.charge)),
	describe: { 'zh-CN': functionOf('向上取整'), en: functionOf('round up') },
	help: local(
		'不小于它的最小整数，如「不足一天按一天」。',
		'The smallest whole number that is not below it, as in “part of a day counts as a day”.'
	),
	examples: [
		{ rule: { ceil: [1.2] }, result: 2 },
		{ rule: { ceil: [-0.5] }, result: 0 },
		{ rule: { ceil: { '*': [1.1, 30] } }, result: 33 }
	]
});
