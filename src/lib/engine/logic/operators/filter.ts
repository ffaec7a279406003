import { phrase } from '../phrase.ts';
import type { Json } from '../rule.ts';
import { isList, isTruthy } from '../value.ts';
import { operator } from './operator.ts';
import { CONDITION_PER_ITEM, LIST, local } from './operands.ts';

/** `{"filter": [list, condition]}` — the elements for which the condition holds. */
export const filter = operator({
	name: 'filter',
	title: local('筛选', 'filter'),
	takes: [LIST, CONDITION_PER_ITEM],
	gives: 'array',
	nulls: 'none',
	evaluateLazily: ([list, condition], run) => {
		const items = list ? run.value(list) : null;
		if (!isList(items) || !condition) return [];
		const kept: Json[] = [];
		for (let i = 0; i < items.length; i++) {
			const item = items[i] ?? null;
			if (!isTruthy(run.valueWithin(condition, item))) continue;
			run.charge(1);
			kept.push(item);
		}
		return kept;
	},
	describe: {
		'zh-CN': (speaker, call) =>
			phrase(`筛选(${speaker.operand(call, 0)}：${speaker.operand(call, 1)})`),
		en: (speaker, call) =>
			phrase(`filter(${speaker.operand(call, 0)}: ${speaker.operand(call, 1)})`)
	},
	help: local(
		'保留列表中条件成立的各项。',
		'Keeps the elements of the list for which the condition holds.'
	),
	examples: [
		{ rule: { filter: [[1, 2, 3], { '>=': [{ var: '' }, 2] }] }, result: [2, 3] },
		{ rule: { filter: [{ var: 'x' }, true] }, data: {}, result: [] }
	]
});
