import { toNumber } from '../number.ts';
import { functionOf } from '../phrase.ts';
import type { Value } from '../rule.ts';
import { toPrimitive, toText, type Charge } from '../value.ts';
import { operator } from './operator.ts';
import { local, number, operand } from './operands.ts';

/** A position or length as JavaScript reads one: cut to a whole number, a word is 0. */
function whole(value: Value, charge: Charge): number {
	return Math.trunc(toNumber(value, charge)) || 0;
}

function part(text: string, start: number, length: number): string {
	const from = start < 0 ? Math.max(text.length + start, 0) : start;
	return text.slice(from, from + Math.max(length, 0));
}

/** `{"substr": [text, start, length]}` — negative start counts from the end, negative length leaves that many off. */
export const substr = operator({
	name: 'substr',
	title: local('截取文本', 'part of a text'),
	takes: [
		operand('文本', 'text', 'string'),
		number('起点（从 0 数）', 'start (from 0)'),
		number('长度', 'length', { optional: true })
	],
	gives: 'string',
	nulls: 'none',
	evaluate: ([source = null, start = null, length], run) => {
		const text = toText(source, run.charge);
		run.charge(text.length);
		const from = whole(start, run.charge);
		if (length === undefined) return part(text, from, text.length);
		if (length === null || !(toNumber(length, run.charge) < 0)) {
			return part(text, from, length === null ? 0 : whole(length, run.charge));
		}
		const rest = part(text, from, text.length);
		// json-logic-js adds the two with `+`, which joins them where the length is a text.
		const less = toPrimitive(length, run.charge);
		const kept =
			typeof less === 'string' ? Number(`${rest.length}${less}`) : rest.length + Number(less);
		return part(rest, 0, Math.trunc(kept) || 0);
	},
	describe: { 'zh-CN': functionOf('截取'), en: functionOf('part') },
	help: local(
		'从起点截取文本。起点为负时从末尾数，长度为负时去掉末尾若干字。',
		'Cuts a part of a text. A negative start counts from the end; a negative length leaves that many characters off.'
	),
	examples: [
		{ rule: { substr: ['2025-03', 0, 4] }, result: '2025' },
		{ rule: { substr: ['2025-03', -2] }, result: '03' },
		{ rule: { substr: ['2025-03', 0, -3] }, result: '2025' }
	]
});
