import { BINDS, phrase } from '../phrase.ts';
import type { Json, Value } from '../rule.ts';
import { isList, toText } from '../value.ts';
import { operator, type Run } from './operator.ts';
import { local, number, operand } from './operands.ts';

/** The keys whose variable is null or an empty text. */
function missingOf(keys: readonly Json[], run: Run): Json[] {
	const absent: Json[] = [];
	for (let i = 0; i < keys.length; i++) {
		run.charge(1);
		const key = keys[i] ?? null;
		const value = run.read(key === null ? '' : toText(key, run.charge));
		if (value === null || value === '') absent.push(key);
	}
	return absent;
}

/** `{"missing": [path, …]}` — which of these variables are missing or empty. */
export const missing = operator({
	name: 'missing',
	title: local('缺失的变量', 'missing variables'),
	takes: [operand('变量', 'variable', 'any', { repeats: true, literal: 'paths' })],
	gives: 'array',
	nulls: 'none',
	evaluate: (operands, run) => {
		const [first = null] = operands;
		return missingOf(isList(first) ? first : operands, run);
	},
	describe: {
		'zh-CN': (speaker, call) => phrase(`${speaker.list(call)} 有缺失`, BINDS.comparison),
		en: (speaker, call) => phrase(`something of ${speaker.list(call)} is missing`, BINDS.comparison)
	},
	help: local(
		'列出缺失（或为空文本）的变量；都有时是空列表，作条件时不成立。',
		'Lists the variables that are missing or an empty text; an empty list, hence false in a condition, when all are there.'
	),
	examples: [
		{ rule: { missing: ['a', 'b'] }, data: { a: 1 }, result: ['b'] },
		{ rule: { missing: 'a' }, data: { a: '' }, result: ['a'] },
		{ rule: { missing: [['a', 'b']] }, data: { a: 0, b: false }, result: [] }
	]
});

/** `{"missing_some": [n, [path, …]]}` — empty when at least n are there, else those that are missing. */
export const missingSome = operator({
	name: 'missing_some',
	title: local('至少需要几个变量', 'at least some variables'),
	takes: [
		number('至少几个', 'how many', { literal: 'count' }),
		operand('变量', 'variables', 'array', { literal: 'paths' })
	],
	gives: 'array',
	nulls: 'none',
	evaluate: ([count = null, options = null], run): Value => {
		if (!isList(options) || typeof count !== 'number') return run.none('invalid_operand');
		const absent = missingOf(options, run);
		return options.length - absent.length >= count ? [] : absent;
	},
	describe: {
		'zh-CN': (speaker, call) =>
			phrase(`${speaker.list(call)} 中有值的不足 ${speaker.operand(call, 0)} 项`, BINDS.comparison),
		en: (speaker, call) =>
			phrase(
				`fewer than ${speaker.operand(call, 0)} of ${speaker.list(call)} are there`,
				BINDS.comparison
			)
	},
	help: local(
		'至少有 n 个变量有值时是空列表，否则列出缺失的。',
		'An empty list when at least n of the variables are there, else those that are missing.'
	),
	examples: [
		{ rule: { missing_some: [1, ['a', 'b']] }, data: { a: 1 }, result: [] },
		{ rule: { missing_some: [2, ['a', 'b']] }, data: { a: 1 }, result: ['b'] }
	]
});
