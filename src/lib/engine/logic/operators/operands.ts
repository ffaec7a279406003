/** Shorthand for the operands that many operators share. */
import type { LocalText } from '../../diagnostics/diagnostic.ts';
import type { ValueType } from '../rule.ts';
import type { Operand } from './operator.ts';

/** A text in both languages. */
export function local(zh: string, en: string): LocalText {
	return { 'zh-CN': zh, en };
}

type Marks = Omit<Operand, 'name' | 'type'>;

/** An operand of any type. */
export function operand(
	zh: string,
	en: string,
	type: ValueType = 'any',
	marks: Marks = {}
): Operand {
	return { name: local(zh, en), type, ...marks };
}

/** A number. */
export function number(zh: string, en: string, marks: Marks = {}): Operand {
	return operand(zh, en, 'number', marks);
}

/** The list and the rule that the iterations run for every element. */
export const LIST = operand('列表', 'list', 'array');
export const CONDITION_PER_ITEM = operand('每一项的条件', 'condition for an item', 'any', {
	scope: 'element'
});
