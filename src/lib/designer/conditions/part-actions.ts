/** What can be done with a part of a condition, from menus and keys alike. */
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';
import { getAt, setAt, type Path } from '../document-path.ts';
import { findPart, holderOf, readParts, type ConditionPart } from './condition-tree.ts';
import {
	addPart,
	duplicatePart,
	indentPart,
	movePart,
	outdentPart,
	removePart,
	setOperand,
	startTest,
	startValue,
	unwrapGroup,
	wrapPart,
	type Edited
} from './edit-condition.ts';

export const PART_ACTIONS = [
	'up',
	'down',
	'past_up',
	'past_down',
	'indent',
	'outdent',
	'add_test',
	'add_group',
	'wrap',
	'unwrap',
	'negate',
	'with_value',
	'with_variable',
	'with_formula',
	'left_formula',
	'duplicate',
	'remove'
] as const;
export type PartAction = (typeof PART_ACTIONS)[number];

/** Carries an action out; null where it cannot be done with this part. */
export function actOn(
	action: PartAction,
	rule: Rule,
	path: Path,
	dictionary: Dictionary
): Edited | null {
	const root = readParts(rule);
	const part = findPart(root, path);
	if (!part) return null;
	switch (action) {
		case 'up':
			return movePart(rule, path, -1);
		case 'down':
			return movePart(rule, path, 1);
		case 'past_up':
			return isBesideGroup(root, path, -1) ? movePart(rule, path, -1, true) : null;
		case 'past_down':
			return isBesideGroup(root, path, 1) ? movePart(rule, path, 1, true) : null;
		case 'indent':
			return holderOf(root, path) ? indentPart(rule, path) : null;
		case 'outdent':
			return outdentPart(rule, path);
		case 'add_test':
			return part.kind === 'group' ? addPart(rule, part, startTest(dictionary)) : null;
		case 'add_group': {
			if (part.kind !== 'group') return null;
			const inner = startTest(dictionary);
			return addPart(rule, part, part.join === 'any' ? { and: [inner] } : { or: [inner] });
		}
		case 'wrap':
			return wrapPart(rule, path);
		case 'unwrap':
			return part.kind === 'group' ? unwrapGroup(rule, part) : null;
		case 'negate':
			return negate(rule, part);
		case 'with_value':
		case 'with_variable':
		case 'with_formula':
			return compareWith(action, rule, part, dictionary);
		case 'left_formula':
			return roundLeft(rule, part, dictionary);
		case 'duplicate':
			return duplicatePart(rule, path);
		case 'remove':
			return removePart(rule, path);
	}
}

/** Decimals to which a calculated figure is rounded before it meets a threshold. */
const THRESHOLD_DECIMALS = 6;

/** Makes the left side a formula, which begins as the rounding that a threshold asks for. */
function roundLeft(rule: Rule, part: ConditionPart, dictionary: Dictionary): Edited | null {
	const left = part.kind === 'test' ? part.operands[0] : undefined;
	if (part.kind !== 'test' || left?.kind !== 'field') return null;
	if (dictionary.get(left.path)?.type !== 'number') return null;
	const field = getAt(rule, [...part.comparisonPath, part.operator, 0]) ?? null;
	const rounded: Rule = { round: [field, THRESHOLD_DECIMALS] };
	return setOperand(rule, part, 0, { kind: 'formula', rule: rounded });
}

/** The actions that this part allows, in the order of the menu. */
export function actionsOf(rule: Rule, path: Path, dictionary: Dictionary): readonly PartAction[] {
	return PART_ACTIONS.filter((action) => actOn(action, rule, path, dictionary) !== null);
}

function isBesideGroup(root: ConditionPart, path: Path, by: 1 | -1): boolean {
	const holder = holderOf(root, path);
	return holder?.group.children[holder.index + by]?.kind === 'group';
}

/** Puts a `!` around a part, or takes it away; groups choose “none of” instead. */
function negate(rule: Rule, part: ConditionPart): Edited | null {
	if (part.kind === 'group' || part.kind === 'constant') return null;
	if (part.kind === 'test' && part.negated) {
		const inner = getAt(rule, part.comparisonPath) ?? null;
		return { rule: setAt(rule, part.path, inner), path: part.path };
	}
	const negated = { '!': [getAt(rule, part.path) ?? null] };
	return { rule: setAt(rule, part.path, negated), path: part.path };
}

/** Compares with a written value, a variable or a formula from now on. */
function compareWith(
	action: 'with_value' | 'with_variable' | 'with_formula',
	rule: Rule,
	part: ConditionPart,
	dictionary: Dictionary
): Edited | null {
	if (part.kind !== 'test') return null;
	const [left, right] = part.operands;
	if (left?.kind !== 'field' || !right || right.kind === 'values') return null;
	if (right.kind === 'value' && right.value === null) return null;
	if (action === 'with_value') {
		if (right.kind === 'value') return null;
		return setOperand(rule, part, 1, { kind: 'value', value: startValue(dictionary, left.path) });
	}
	if (action === 'with_formula') {
		if (right.kind === 'formula') return null;
		const raw = getAt(rule, [...part.comparisonPath, part.operator, 1]) ?? null;
		const start: Rule = typeof raw === 'number' ? { '*': [raw, 1] } : { '*': [1, raw] };
		return setOperand(rule, part, 1, { kind: 'formula', rule: start });
	}
	if (right.kind === 'field') return null;
	const type = dictionary.get(left.path)?.type;
	const target = left.path.replace(/^metric\./, 'target.');
	const path = [target, ...dictionary.keys()].find(
		(key) => key !== left.path && dictionary.get(key)?.type === type
	);
	return path === undefined ? null : setOperand(rule, part, 1, { kind: 'field', path });
}

const ARROWS: Readonly<Record<string, PartAction>> = {
	ArrowUp: 'up',
	ArrowDown: 'down',
	ArrowRight: 'indent',
	ArrowLeft: 'outdent',
	Delete: 'remove',
	Backspace: 'remove'
};

/** The action that a key press asks for. */
export function actionOfKey(event: KeyboardEvent): PartAction | null {
	if (event.altKey && event.shiftKey && event.key === 'ArrowUp') return 'past_up';
	if (event.altKey && event.shiftKey && event.key === 'ArrowDown') return 'past_down';
	if (event.altKey && !event.ctrlKey) return ARROWS[event.key] ?? null;
	const isCommand = event.ctrlKey || event.metaKey;
	return isCommand && event.key.toLowerCase() === 'd' ? 'duplicate' : null;
}
