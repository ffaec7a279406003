import { toText } from '../value.ts';
import { functionOf } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, operand } from './operands.ts';

/**
 * `{"var": path}` — a variable of the data; `{"var": [path, default]}` — the default where it is
 * missing. Parsed rules hold a node of its own for it; this record names and explains it, and runs
 * paths that are computed, which only rules that were never validated have.
 */
export const variable = operator({
	name: 'var',
	title: local('变量', 'variable'),
	takes: [
		operand('变量', 'variable', 'string'),
		operand('缺失时的值', 'value if missing', 'any', { optional: true })
	],
	gives: 'any',
	nulls: 'none',
	keepsUnit: true,
	evaluate: ([path = null, fallback = null], run) => {
		const value = run.read(path === null ? '' : toText(path, run.charge));
		return value ?? fallback ?? run.none('missing_variable');
	},
	describe: { 'zh-CN': functionOf('变量'), en: functionOf('variable') },
	help: local(
		'读取一个变量，如 item.attainment。变量缺失时用默认值，没有默认值即缺失。',
		'Reads a variable such as item.attainment. The default is used where it is missing; without one the result is missing.'
	),
	examples: [
		{ rule: { var: 'x' }, data: { x: 1 }, result: 1 },
		{ rule: { var: ['x', 9] }, data: {}, result: 9 },
		{ rule: { var: ['x', 9] }, data: { x: null }, result: 9 }
	]
});
