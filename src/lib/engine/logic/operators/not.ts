import { BINDS, phrase } from '../phrase.ts';
import { isTruthy } from '../value.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"!": a}` — true when a is false, zero, empty or missing. */
export const not = operator({
	name: '!',
	title: local('非', 'not'),
	takes: [operand('条件', 'condition')],
	gives: 'boolean',
	nulls: 'none',
	evaluate: ([a = null]) => !isTruthy(a),
	describe: {
		'zh-CN': (speaker, call) => phrase(`非 ${speaker.operand(call, 0, BINDS.word)}`, BINDS.not),
		en: (speaker, call) => phrase(`not ${speaker.operand(call, 0, BINDS.word)}`, BINDS.not)
	},
	help: local(
		'条件不成立时为真。缺失、零、空文本和空列表都算不成立。',
		'True when the condition does not hold. Missing, zero, an empty text and an empty list do not hold.'
	),
	examples: [
		{ rule: { '!': [true] }, result: false },
		{ rule: { '!': { var: 'x' } }, data: {}, result: true },
		{ rule: { '!': [[]] }, result: true }
	]
});
