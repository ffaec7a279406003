import { BINDS, phrase } from '../phrase.ts';
import { isList } from '../value.ts';
import { operator } from './operator.ts';
import { firstWhere } from './iteration.ts';
import { CONDITION_PER_ITEM, LIST, local } from './operands.ts';

/** `{"none": [list, condition]}` — the condition holds for no element; true for an empty list. */
export const none = operator({
	name: 'none',
	title: local('没有一项满足', 'no item satisfies'),
	takes: [LIST, CONDITION_PER_ITEM],
	gives: 'boolean',
	nulls: 'none',
	evaluateLazily: ([list, condition], run) => {
		const items = list ? run.value(list) : null;
		if (!isList(items) || !condition) return true;
		return firstWhere(items, condition, true, run) === -1;
	},
	describe: {
		'zh-CN': (speaker, call) =>
			phrase(
				`${speaker.operand(call, 0)} 中没有一项满足 (${speaker.operand(call, 1)})`,
				BINDS.comparison
			),
		en: (speaker, call) =>
			phrase(
				`no item of ${speaker.operand(call, 0)} satisfies (${speaker.operand(call, 1)})`,
				BINDS.comparison
			)
	},
	help: local(
		'列表中没有一项满足条件；空列表成立。',
		'No element satisfies the condition; true for an empty list.'
	),
	examples: [
		{ rule: { none: [[1, 2], { '>': [{ var: '' }, 2] }] }, result: true },
		{ rule: { none: [[], true] }, result: true }
	]
});
