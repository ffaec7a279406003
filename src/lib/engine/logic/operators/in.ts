import type { Locale } from '../../diagnostics/diagnostic.ts';
import type { CallNode } from '../node.ts';
import { BINDS, phrase, type Phrase, type Speaker } from '../phrase.ts';
import { isList, toText } from '../value.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

const WORDS: Record<Locale, { oneOf: string; contains: string }> = {
	'zh-CN': { oneOf: '属于', contains: '包含' },
	en: { oneOf: 'is one of', contains: 'contains' }
};

function describe(speaker: Speaker, call: CallNode): Phrase {
	const [needle, haystack] = call.args;
	const words = WORDS[speaker.locale];
	if (haystack?.kind === 'list') {
		const value = speaker.operand(call, 0, BINDS.comparison + 1);
		return phrase(`${value} ${words.oneOf} ${speaker.list(haystack, needle)}`, BINDS.comparison);
	}
	const whole = speaker.operand(call, 1, BINDS.comparison + 1);
	const part = speaker.operand(call, 0, BINDS.comparison + 1);
	return phrase(`${whole} ${words.contains} ${part}`, BINDS.comparison);
}

/** `{"in": [a, list]}` — a is an element of the list; `{"in": [a, text]}` — a is part of the text. */
export const isIn = operator({
	name: 'in',
	title: local('属于', 'is one of'),
	takes: [operand('值', 'value'), operand('列表或文本', 'list or text')],
	gives: 'boolean',
	nulls: 'none',
	evaluate: ([needle = null, haystack = null], run) => {
		if (haystack === '') return false;
		if (typeof haystack === 'string') {
			run.charge(haystack.length >> 4);
			return haystack.includes(toText(needle, run.charge));
		}
		if (!isList(haystack)) return false;
		run.charge(haystack.length >> 2);
		for (let i = 0; i < haystack.length; i++) {
			if (haystack[i] === needle) return true;
		}
		return false;
	},
	describe: { 'zh-CN': describe, en: describe },
	help: local(
		'值是列表中的一项（类型也要相同），或是文本的一部分。',
		'The value is one of the list (of the same type), or a part of the text.'
	),
	examples: [
		{ rule: { in: [{ var: 'dept' }, ['sales', 'ops']] }, data: { dept: 'ops' }, result: true },
		{ rule: { in: ['ing', 'spring'] }, result: true },
		{ rule: { in: [1, ['1']] }, result: false },
		{ rule: { in: ['a', null] }, result: false }
	]
});
