import { functionOf } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/** `{"coalesce": [a, b, …]}` — the first that is not null. */
export const coalesce = operator({
	name: 'coalesce',
	title: local('首个有值的', 'first that is there'),
	takes: [operand('候选', 'candidate', 'any', { repeats: true })],
	gives: 'any',
	nulls: 'none',
	keepsUnit: true,
	evaluateLazily: (args, run) => {
		for (const [index, arg] of args.entries()) {
			const value = run.value(arg);
			if (value !== null) {
				run.took(index);
				return value;
			}
		}
		return run.none('nothing_found');
	},
	describe: { 'zh-CN': functionOf('首个有值'), en: functionOf('first present') },
	help: local(
		'依次取第一个不缺失的值；零不算缺失。',
		'Takes the first value that is not missing; zero is not missing.'
	),
	examples: [
		{ rule: { coalesce: [null, 0, 5] }, result: 0 },
		{ rule: { coalesce: [{ var: 'a' }, { var: 'b' }] }, data: { b: 2 }, result: 2 },
		{ rule: { coalesce: [{ '/': [1, 0] }, null] }, result: null }
	]
});
