import { BINDS, phrase } from '../phrase.ts';
import { isTruthy } from '../value.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"!!": a}` — a as true or false. */
export const truthy = operator({
	name: '!!',
	title: local('成立', 'holds'),
	takes: [operand('条件', 'condition')],
	gives: 'boolean',
	nulls: 'none',
	evaluate: ([a = null]) => isTruthy(a),
	describe: {
		'zh-CN': (speaker, call) => phrase(`${speaker.operand(call, 0, BINDS.word)} 成立`, BINDS.not),
		en: (speaker, call) => phrase(`${speaker.operand(call, 0, BINDS.word)} holds`, BINDS.not)
	},
	help: local(
		'有值、非零、非空即为真。文本「0」不为空，因此为真。',
		'True for a value that is present, not zero and not empty. The text “0” is not empty, hence true.'
	),
	examples: [
		{ rule: { '!!': ['0'] }, result: true },
		{ rule: { '!!': [0] }, result: false },
		{ rule: { '!!': { var: 'x' } }, data: {}, result: false }
	]
});
