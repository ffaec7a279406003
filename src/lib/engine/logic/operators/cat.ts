import { functionOf } from '../phrase.ts';
import { toText } from '../value.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"cat": [a, b, …]}` — the texts one after the other; null adds nothing. */
export const cat = operator({
	name: 'cat',
	title: local('连接文本', 'join texts'),
	takes: [operand('文本', 'text', 'any', { repeats: true })],
	gives: 'string',
	nulls: 'none',
	evaluate: (operands, run) => {
		let text = '';
		for (const operand of operands) {
			if (operand === null) continue;
			const part = toText(operand, run.charge);
			run.charge(part.length);
			text += part;
		}
		return text;
	},
	describe: { 'zh-CN': functionOf('连接'), en: functionOf('join') },
	help: local(
		'依次连接各段文本，缺失的不写。',
		'Joins the texts in order; a missing one adds nothing.'
	),
	examples: [
		{ rule: { cat: ['Q', 3] }, result: 'Q3' },
		{ rule: { cat: ['a', null, 'b'] }, result: 'ab' },
		{ rule: { cat: [[1, [2, 3]], '!'] }, result: '1,2,3!' }
	]
});
