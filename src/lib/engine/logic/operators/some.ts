import { BINDS, phrase } from '../phrase.ts';
import { isList } from '../value.ts';
import { operator } from './operator.ts';
import { firstWhere } from './iteration.ts';
import { CONDITION_PER_ITEM, LIST, local } from './operands.ts';

/** `{"some": [list, condition]}` — the condition holds for at least one element. */
export const some = operator({
	name: 'some',
	title: local('有一项满足', 'some item satisfies'),
	takes: [LIST, CONDITION_PER_ITEM],
	gives: 'boolean',
	nulls: 'none',
	evaluateLazily: ([list, condition], run) => {
		const items = list ? run.value(list) : null;
		if (!isList(items) || !condition) return false;
		return firstWhere(items, condition, true, run) !== -1;
	},
	describe: {
		'zh-CN': (speaker, call) =>
			phrase(
				`${speaker.operand(call, 0)} 中有一项满足 (${speaker.operand(call, 1)})`,
				BINDS.comparison
			),
		en: (speaker, call) =>
			phrase(
				`some item of ${speaker.operand(call, 0)} satisfies (${speaker.operand(call, 1)})`,
				BINDS.comparison
			)
	},
	help: local('列表中至少有一项满足条件。', 'At least one element satisfies the condition.'),
	examples: [
		{ rule: { some: [[0, 2], { '>': [{ var: '' }, 1] }] }, result: true },
		{ rule: { some: [null, true] }, result: false }
	]
});
