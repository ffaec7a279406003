import type { Locale } from '../../diagnostics/diagnostic.ts';
import type { CallNode, RuleNode } from '../node.ts';
import { BINDS, phrase, type Phrase, type Speaker } from '../phrase.ts';
import type { Value } from '../rule.ts';
import { isTruthy } from '../value.ts';
import { operator, type LazyRun } from './operator.ts';
import { local, operand } from './operands.ts';

const WORDS: Record<
	Locale,
	{ if: string; elseIf: string; then: string; next: string; else: string }
> = {
	'zh-CN': { if: '如果 ', elseIf: '否则如果 ', then: '，则 ', next: '；', else: '否则 ' },
	en: { if: 'if ', elseIf: 'else if ', then: ' then ', next: ', ', else: 'else ' }
};

function describe(speaker: Speaker, call: CallNode): Phrase {
	const words = WORDS[speaker.locale];
	const parts: string[] = [];
	let index = 0;
	for (; index + 1 < call.args.length; index += 2) {
		const condition = speaker.operand(call, index, BINDS.or);
		const value = speaker.operand(call, index + 1, BINDS.or);
		parts.push(`${index === 0 ? words.if : words.elseIf}${condition}${words.then}${value}`);
	}
	if (index < call.args.length)
		parts.push(`${words.else}${speaker.operand(call, index, BINDS.or)}`);
	return phrase(parts.join(words.next), BINDS.branch);
}

function evaluateLazily(args: readonly RuleNode[], run: LazyRun): Value {
	let index = 0;
	for (; index + 1 < args.length; index += 2) {
		const [condition, value] = [args[index], args[index + 1]];
		if (condition && value && isTruthy(run.value(condition))) {
			run.took(index + 1);
			return run.value(value);
		}
	}
	const otherwise = args[index];
	if (!otherwise) return run.none('no_branch');
	run.took(index);
	return run.value(otherwise);
}

const shared = {
	takes: [
		operand('条件', 'condition'),
		operand('成立时的值', 'value if it holds'),
		operand('下一条件或其余的值', 'next condition, or the value otherwise', 'any', {
			optional: true,
			repeats: true
		})
	],
	gives: 'any',
	nulls: 'none',
	keepsUnit: true,
	evaluateLazily,
	describe: { 'zh-CN': describe, en: describe },
	help: local(
		'依次检查条件，取第一个成立的值；都不成立时取最后的值，没有则缺失。缺失的条件视为不成立。',
		'Checks the conditions in order and takes the value of the first that holds; else the last value, or missing without one. A missing condition does not hold.'
	)
} as const;

/** `{"if": [condition, value, …, otherwise]}` — the value of the first condition that holds. */
export const ifElse = operator({
	...shared,
	name: 'if',
	title: local('如果', 'if'),
	examples: [
		{ rule: { if: [true, 'a', 'b'] }, result: 'a' },
		{ rule: { if: [{ '>': [{ var: 'x' }, 1] }, 100, 60] }, data: {}, result: 60 },
		{ rule: { if: [false, 1] }, result: null },
		{ rule: { if: [false, 1, true, 2, 3] }, result: 2 }
	]
});

/** `{"?:": [condition, value, otherwise]}` — another name of `if`. */
export const ternary = operator({
	...shared,
	name: '?:',
	title: local('如果（?:）', 'if (?:)'),
	examples: [
		{ rule: { '?:': [true, 1, 2] }, result: 1 },
		{ rule: { '?:': [null, 1, 2] }, result: 2 }
	]
});
