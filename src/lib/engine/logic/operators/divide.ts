import { toNumber } from '../number.ts';
import { BINDS, infix } from '../phrase.ts';
import { operator } from './operator.ts';
import { local, number } from './operands.ts';

/** `{"/": [a, b]}` — the quotient; null where b is 0. */
export const divide = operator({
	name: '/',
	title: local('除（÷）', 'divided by (÷)'),
	takes: [number('被除数', 'dividend'), number('除数', 'divisor')],
	gives: 'number',
	nulls: 'any',
	evaluate: ([a = null, b = null], run) => {
		const divisor = toNumber(b, run.charge);
		return divisor === 0 ? run.none('divided_by_zero') : toNumber(a, run.charge) / divisor;
	},
	describe: { 'zh-CN': infix('÷', BINDS.product), en: infix('÷', BINDS.product) },
	help: local(
		'相除。除数为零时没有结果（缺失），不会得出无穷大。',
		'Divides. A divisor of zero gives no result (missing), never infinity.'
	),
	examples: [
		{
			rule: { '/': [{ var: 'actual' }, { var: 'target' }] },
			data: { actual: 6, target: 5 },
			result: 1.2
		},
		{ rule: { '/': [1, 0] }, result: null },
		{ rule: { '/': [0, 5] }, result: 0 }
	]
});
