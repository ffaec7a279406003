import { toNumber } from '../number.ts';
import { BINDS, infix, phrase } from '../phrase.ts';
import { operator, type Describe } from './operator.ts';
import { local, number } from './operands.ts';

const difference = infix('−', BINDS.sum);

const describe: Describe = (speaker, call) =>
	call.args.length === 1
		? phrase(`−${speaker.operand(call, 0, BINDS.word)}`, BINDS.sum)
		: difference(speaker, call);

/** `{"-": [a, b]}` — the difference; `{"-": a}` — a with the other sign. */
export const subtract = operator({
	name: '-',
	title: local('减（−）', 'minus (−)'),
	takes: [number('被减数', 'from'), number('减数', 'less', { optional: true })],
	gives: 'number',
	nulls: 'any',
	keepsUnit: true,
	evaluate: ([a = null, b], run) =>
		b === undefined ? -toNumber(a, run.charge) : toNumber(a, run.charge) - toNumber(b, run.charge),
	describe: { 'zh-CN': describe, en: describe },
	help: local(
		'两个操作数相减；只有一个时取相反数。任一缺失，结果即缺失。',
		'Subtracts the second operand from the first; a single one changes its sign. Missing if either is missing.'
	),
	examples: [
		{ rule: { '-': [5, 3] }, result: 2 },
		{ rule: { '-': [{ var: 'x' }] }, data: { x: 4 }, result: -4 },
		{ rule: { '-': [0] }, result: 0 },
		{ rule: { '-': [5, null] }, result: null }
	]
});
