import { floorTolerant, toNumber } from '../number.ts';
import { functionOf } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"floor": x}` — the whole number at or below x; a whole that misses by a hair still counts. */
export const floor = operator({
	name: 'floor',
	title: local('向下取整', 'round down'),
	takes: [number('数', 'number')],
	gives: 'number',
	nulls: 'any',
	keepsUnit: true,
	evaluate: ([value = null], run) => floorTolerant(toNumber(value, run.charge)),
	describe: { 'zh-CN': functionOf('向下取整'), en: functionOf('round down') },
	help: local(
		'不大于它的最大整数，如「每满一档」。(1.2 − 1) ÷ 0.1 算满两档。',
		'The largest whole number that is not above it, as in “for every full step”. (1.2 − 1) ÷ 0.1 counts as two.'
	),
	examples: [
		{ rule: { floor: { '/': [{ '-': [1.2, 1] }, 0.1] } }, result: 2 },
		{ rule: { floor: [-1.5] }, result: -2 },
		{ rule: { floor: null }, result: null }
	]
});
