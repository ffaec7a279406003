import { functionOf } from '../phrase.ts';
import type { Json } from '../rule.ts';
import { isList } from '../value.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"merge": [a, b, …]}` — one list; lists are opened one level, anything else is an element. */
export const merge = operator({
	name: 'merge',
	title: local('合并列表', 'merge lists'),
	takes: [operand('列表或值', 'list or value', 'any', { optional: true, repeats: true })],
	gives: 'array',
	nulls: 'none',
	evaluate: (operands, run) => {
		const merged: Json[] = [];
		for (const operand of operands) {
			run.charge(isList(operand) ? operand.length : 1);
			if (!isList(operand)) merged.push(operand);
			else for (let i = 0; i < operand.length; i++) merged.push(operand[i] ?? null);
		}
		return merged;
	},
	describe: { 'zh-CN': functionOf('合并'), en: functionOf('merge') },
	help: local(
		'把多个列表合成一个，单个值算一项。',
		'Makes one list of several; a single value counts as one element.'
	),
	examples: [
		{ rule: { merge: [[1, 2], [3]] }, result: [1, 2, 3] },
		{ rule: { merge: [1, [[2]], null] }, result: [1, [2], null] }
	]
});
