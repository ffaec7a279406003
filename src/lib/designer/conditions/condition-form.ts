/**
 * Conditions that a form can show: one comparison, or several joined by “all” or “any”. Anything
 * else stays as it was written and is shown as a sentence.
 */
import type { Json, Rule } from '#lib/engine/logic/rule.ts';
import { isList, isObject } from '../document-path.ts';

export const COMPARISONS = ['>=', '>', '<=', '<', '==', '!='] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface Test {
	readonly variable: string;
	readonly comparison: Comparison;
	readonly value: number | string | boolean;
}

export interface ConditionForm {
	readonly join: 'and' | 'or';
	readonly tests: readonly Test[];
}

function readTest(rule: Json | undefined): Test | null {
	if (!isObject(rule)) return null;
	const entries = Object.entries(rule);
	const [operator, args] = entries[0] ?? [];
	const comparison = COMPARISONS.find((sign) => sign === operator);
	if (entries.length !== 1 || !comparison || !isList(args) || args.length !== 2) return null;
	const [left, value] = args;
	if (!isObject(left) || Object.keys(left).length !== 1) return null;
	const variable = left['var'];
	if (typeof variable !== 'string' || variable === '') return null;
	if (typeof value !== 'number' && typeof value !== 'string' && typeof value !== 'boolean')
		return null;
	return { variable, comparison, value };
}

export function readCondition(rule: Rule): ConditionForm | null {
	const single = readTest(rule);
	if (single) return { join: 'and', tests: [single] };
	if (!isObject(rule) || Object.keys(rule).length !== 1) return null;
	const join = 'and' in rule ? 'and' : 'or' in rule ? 'or' : null;
	const args = join && rule[join];
	if (!join || !isList(args) || args.length < 2) return null;
	const tests = args.map(readTest);
	const complete = tests.filter((test) => test !== null);
	return complete.length === tests.length ? { join, tests: complete } : null;
}

export function writeCondition(form: ConditionForm): Rule {
	const rules = form.tests.map((test): Rule => ({
		[test.comparison]: [{ var: test.variable }, test.value]
	}));
	const [only] = rules;
	return rules.length === 1 && only !== undefined ? only : { [form.join]: rules };
}
