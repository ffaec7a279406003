import { toNumber } from '../number.ts';
import { phrase } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"clamp": [x, low, high]}` — min(max(x, low), high). */
export const clamp = operator({
	name: 'clamp',
	title: local('限制在范围内', 'limit to a range'),
	takes: [number('数', 'number'), number('下限', 'low'), number('上限', 'high')],
	gives: 'number',
	nulls: 'any',
	keepsUnit: true,
	evaluate: ([value = null, low = null, high = null], run) =>
		Math.min(
			Math.max(toNumber(value, run.charge), toNumber(low, run.charge)),
			toNumber(high, run.charge)
		),
	describe: {
		'zh-CN': (speaker, call) =>
			phrase(
				`限制(${speaker.operand(call, 0)}，${speaker.operand(call, 1)} 至 ${speaker.operand(call, 2)})`
			),
		en: (speaker, call) =>
			phrase(
				`limit(${speaker.operand(call, 0)}, ${speaker.operand(call, 1)} to ${speaker.operand(call, 2)})`
			)
	},
	help: local(
		'低于下限取下限，高于上限取上限。任一缺失，结果即缺失。',
		'Takes the low bound below it and the high bound above it. If any is missing, so is the result.'
	),
	examples: [
		{ rule: { clamp: [150, 0, 120] }, result: 120 },
		{ rule: { clamp: [-5, 0, 120] }, result: 0 },
		{ rule: { clamp: [50, null, 120] }, result: null }
	]
});
