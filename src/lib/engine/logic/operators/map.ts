import { phrase } from '../phrase.ts';
import type { Json } from '../rule.ts';
import { isList } from '../value.ts';
import { operator } from './operator.ts';
import { LIST, local, operand } from './operands.ts';

/** `{"map": [list, rule]}` — the rule's value for every element; `{"var": ""}` is the element. */
export const map = operator({
	name: 'map',
	title: local('逐项计算', 'for each'),
	takes: [LIST, operand('每一项的规则', 'rule for an item', 'any', { scope: 'element' })],
	gives: 'array',
	nulls: 'none',
	evaluateLazily: ([list, rule], run) => {
		const items = list ? run.value(list) : null;
		if (!isList(items) || !rule) return [];
		const results: Json[] = [];
		for (let i = 0; i < items.length; i++) {
			run.charge(1);
			results.push(run.valueWithin(rule, items[i] ?? null));
		}
		return results;
	},
	describe: {
		'zh-CN': (speaker, call) =>
			phrase(`逐项(${speaker.operand(call, 0)}：${speaker.operand(call, 1)})`),
		en: (speaker, call) => phrase(`each(${speaker.operand(call, 0)}: ${speaker.operand(call, 1)})`)
	},
	help: local(
		'对列表的每一项计算规则，得到等长的列表。规则中只能看到该项：{"var": ""} 是该项本身。',
		'Computes the rule for every element and gives a list of the same length. The rule sees only the element: {"var": ""} is the element itself.'
	),
	examples: [
		{ rule: { map: [[1, 2, 3], { '*': [{ var: '' }, 2] }] }, result: [2, 4, 6] },
		{
			rule: { map: [{ var: 'orders' }, { var: 'qty' }] },
			data: { orders: [{ qty: 1 }, {}] },
			result: [1, null]
		},
		{ rule: { map: [null, 1] }, result: [] }
	]
});
