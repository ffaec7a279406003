import { POWERS_OF_TEN, roundHalfAway, toNumber } from '../number.ts';
import type { CallNode } from '../node.ts';
import { phrase, type Phrase, type Speaker } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

function describe(speaker: Speaker, call: CallNode): Phrase {
	const [, digits] = call.args;
	const value = speaker.operand(call, 0);
	const isWhole = digits?.kind === 'literal' && digits.value === 0;
	const count = speaker.say(digits);
	if (speaker.locale === 'zh-CN') {
		return phrase(`四舍五入(${value}，${isWhole ? '到整数' : `${count} 位小数`})`);
	}
	const decimals = count === '1' ? '1 decimal' : `${count} decimals`;
	return phrase(`round(${value}, ${isWhole ? 'to a whole number' : decimals})`);
}

/** `{"round": [x, digits]}` — half away from zero, where a tie is a tie to people too. */
export const round = operator({
	name: 'round',
	title: local('四舍五入', 'round'),
	takes: [
		number('数', 'number'),
		number('小数位数（0–10）', 'decimals (0–10)', { literal: 'digits' })
	],
	gives: 'number',
	nulls: 'any',
	keepsUnit: true,
	evaluate: ([value = null, digits = null], run) => {
		if (typeof digits !== 'number' || POWERS_OF_TEN[digits] === undefined) {
			return run.none('invalid_operand');
		}
		return roundHalfAway(toNumber(value, run.charge), digits);
	},
	describe: { 'zh-CN': describe, en: describe },
	help: local(
		'四舍五入到写明的小数位数，负数向远离零的方向。1.005 取两位小数得 1.01。',
		'Rounds half away from zero to the decimals written. 1.005 to two decimals is 1.01.'
	),
	examples: [
		{ rule: { round: [1.005, 2] }, result: 1.01 },
		{ rule: { round: [-2.5, 0] }, result: -3 },
		{ rule: { round: [null, 2] }, result: null }
	]
});
