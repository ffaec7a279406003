import { BINDS, phrase } from '../phrase.ts';
import { isList } from '../value.ts';
import { operator } from './operator.ts';
import { firstWhere } from './iteration.ts';
import { CONDITION_PER_ITEM, LIST, local } from './operands.ts';

/** `{"all": [list, condition]}` — the condition holds for every element, and there is one. */
export const all = operator({
	name: 'all',
	title: local('每一项都满足', 'every item satisfies'),
	takes: [LIST, CONDITION_PER_ITEM],
	gives: 'boolean',
	nulls: 'none',
	evaluateLazily: ([list, condition], run) => {
		const items = list ? run.value(list) : null;
		if (!isList(items) || items.length === 0 || !condition) return false;
		return firstWhere(items, condition, false, run) === -1;
	},
	describe: {
		'zh-CN': (speaker, call) =>
			phrase(
				`${speaker.operand(call, 0)} 的每一项都满足 (${speaker.operand(call, 1)})`,
				BINDS.comparison
			),
		en: (speaker, call) =>
			phrase(
				`every item of ${speaker.operand(call, 0)} satisfies (${speaker.operand(call, 1)})`,
				BINDS.comparison
			)
	},
	help: local(
		'列表的每一项都满足条件。空列表不成立。',
		'Every element satisfies the condition. False for an empty list.'
	),
	examples: [
		{ rule: { all: [[1, 2], { '>': [{ var: '' }, 0] }] }, result: true },
		{ rule: { all: [[], true] }, result: false }
	]
});
