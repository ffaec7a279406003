import type { Locale } from '../../diagnostics/diagnostic.ts';
import type { CallNode } from '../node.ts';
import { phrase, type Phrase, type Speaker } from '../phrase.ts';
import type { Value } from '../rule.ts';
import { isList } from '../value.ts';
import { operator } from './operator.ts';
import { LIST, local, operand } from './operands.ts';

const WORDS: Record<Locale, { fold: string; from: string; colon: string }> = {
	'zh-CN': { fold: '累计', from: '，起始值 ', colon: '：' },
	en: { fold: 'fold', from: ', from ', colon: ': ' }
};

function describe(speaker: Speaker, call: CallNode): Phrase {
	const words = WORDS[speaker.locale];
	const from = call.args.length > 2 ? `${words.from}${speaker.operand(call, 2)}` : '';
	return phrase(
		`${words.fold}(${speaker.operand(call, 0)}${from}${words.colon}${speaker.operand(call, 1)})`
	);
}

/** `{"reduce": [list, rule, start]}` — folds the list; the rule sees `current` and `accumulator`. */
export const reduce = operator({
	name: 'reduce',
	title: local('累计', 'fold'),
	takes: [
		LIST,
		operand('每一步的规则', 'rule for a step', 'any', { scope: 'fold' }),
		operand('起始值', 'start', 'any', { optional: true })
	],
	gives: 'any',
	nulls: 'none',
	evaluateLazily: ([list, rule, start], run) => {
		const items = list ? run.value(list) : null;
		let accumulator: Value = start ? run.value(start) : null;
		if (!isList(items) || !rule) return accumulator;
		for (let i = 0; i < items.length; i++) {
			accumulator = run.valueWithin(rule, { current: items[i] ?? null, accumulator });
		}
		return accumulator;
	},
	describe: { 'zh-CN': describe, en: describe },
	help: local(
		'逐项累计：规则中 current 是当前项，accumulator 是至今的累计值。',
		'Folds the list item by item: in the rule, current is the item and accumulator what was reached so far.'
	),
	examples: [
		{
			rule: { reduce: [[1, 2, 3], { '+': [{ var: 'current' }, { var: 'accumulator' }] }, 0] },
			result: 6
		},
		{ rule: { reduce: [{ var: 'x' }, { var: 'current' }, 7] }, data: {}, result: 7 }
	]
});
