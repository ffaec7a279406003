/**
 * Edits of a condition, each a patch on its rule: everything off the edited place is borrowed and
 * keeps its bytes. An edit gives the new rule and where the edited part is now, so that focus
 * follows it.
 */
import { fromCondition, type ConditionOperand, type Join } from '#lib/engine/logic/condition.ts';
import type { Dictionary, Rule, Scalar } from '#lib/engine/logic/rule.ts';
import { getAt, insertAt, isList, removeAt, setAt, type Path } from '../document-path.ts';
import {
	findPart,
	holderOf,
	readParts,
	type ConditionPart,
	type GroupPart,
	type TestPart
} from './condition-tree.ts';

export interface Edited {
	readonly rule: Rule;
	/** The part that was edited, as it is now. */
	readonly path: Path;
}

function groupRule(join: Join, children: readonly Rule[]): Rule {
	if (join === 'all') return { and: children };
	return join === 'any' ? { or: children } : { '!': [{ or: children }] };
}

function childrenRules(rule: Rule, group: GroupPart): readonly Rule[] {
	const list = getAt(rule, group.listPath);
	return isList(list) ? list : [];
}

/** What a new row asks: the first of these variables that the client has, above its lowest value. */
export function startTest(dictionary: Dictionary, wish?: string): Rule {
	const path =
		wish ??
		[...dictionary.keys()].find((key) => key.startsWith('metric.')) ??
		[...dictionary.keys()][0] ??
		'employee.position';
	const value = startValue(dictionary, path);
	return { [typeof value === 'number' ? '>=' : '==']: [{ var: path }, value] };
}

/** A first value of a variable's type. */
export function startValue(dictionary: Dictionary, path: string): Scalar {
	const info = dictionary.get(path);
	if (info?.type === 'string') return info.values?.[0] ?? '';
	if (info?.type === 'boolean') return true;
	return info?.unit === 'ratio' ? 1 : 0;
}

export function setJoin(rule: Rule, group: GroupPart, join: Join): Edited {
	const next = groupRule(join, childrenRules(rule, group));
	return { rule: setAt(rule, group.path, next), path: group.path };
}

/** Adds a part at the end of a group; a part that is no group is joined with it by “all”. */
export function addPart(rule: Rule, target: ConditionPart, added: Rule): Edited {
	if (target.kind === 'group') {
		const path = [...target.listPath, target.children.length];
		return { rule: insertAt(rule, path, added), path };
	}
	const before = getAt(rule, target.path) ?? null;
	if (target.kind === 'constant')
		return { rule: setAt(rule, target.path, added), path: target.path };
	return {
		rule: setAt(rule, target.path, { and: [before, added] }),
		path: [...target.path, 'and', 1]
	};
}

/** Removes a part; a group that is left with one part gives its place to it. */
export function removePart(rule: Rule, path: Path): Edited {
	const root = readParts(rule);
	const holder = holderOf(root, path);
	if (!holder) return { rule: setAt(rule, path, true), path };
	const { group, index } = holder;
	if (group.children.length === 1) return removePart(rule, group.path);
	const rest = removeAt(rule, path);
	const settled = settle(rest, group.path);
	if (settled !== rest) return { rule: settled, path: group.path };
	const last = group.children.length - 2;
	return { rule: settled, path: [...group.listPath, Math.min(index, last)] };
}

/** Replaces an “all” or “any” of one part by that part. */
function settle(rule: Rule, path: Path): Rule {
	const part = findPart(readParts(rule), path);
	if (part?.kind !== 'group' || part.join === 'none' || part.children.length !== 1) return rule;
	const [only] = childrenRules(rule, part);
	return only === undefined ? rule : setAt(rule, path, only);
}

export function duplicatePart(rule: Rule, path: Path): Edited {
	const part = getAt(rule, path) ?? null;
	const holder = holderOf(readParts(rule), path);
	if (!holder) {
		return { rule: setAt(rule, path, { and: [part, part] }), path: [...path, 'and', 1] };
	}
	const next = [...holder.group.listPath, holder.index + 1];
	return { rule: insertAt(rule, next, part), path: next };
}

/** Puts a part into a group of its own, joined the other way than the group around it. */
export function wrapPart(rule: Rule, path: Path, join?: Join): Edited {
	const around = holderOf(readParts(rule), path)?.group.join;
	const chosen = join ?? (around === 'any' ? 'all' : 'any');
	const part = getAt(rule, path) ?? null;
	return { rule: setAt(rule, path, groupRule(chosen, [part])), path };
}

/** Puts the parts of a group in its place, where the group around it joins the same way. */
export function unwrapGroup(rule: Rule, group: GroupPart): Edited | null {
	const children = childrenRules(rule, group);
	const [only] = children;
	if (children.length === 1 && only !== undefined && group.join !== 'none')
		return { rule: setAt(rule, group.path, only), path: group.path };
	const holder = holderOf(readParts(rule), group.path);
	if (!holder || holder.group.join !== group.join || group.join === 'none') return null;
	const list = childrenRules(rule, holder.group);
	const next = [...list.slice(0, holder.index), ...children, ...list.slice(holder.index + 1)];
	return { rule: setAt(rule, holder.group.listPath, next), path: group.path };
}

/**
 * Moves a part one place up or down. Beside a group it goes into it, at an end of its own group it
 * leaves it; `past` skips groups beside it.
 */
export function movePart(rule: Rule, path: Path, by: 1 | -1, past = false): Edited | null {
	const holder = holderOf(readParts(rule), path);
	if (!holder) return null;
	const { group, index } = holder;
	const beside = group.children[index + by];
	if (beside?.kind === 'group' && !past) {
		const at = by === 1 ? 0 : beside.children.length;
		return relocate(rule, path, [...beside.listPath, at]);
	}
	if (beside) return relocate(rule, path, [...group.listPath, index + by]);
	const outer = holderOf(readParts(rule), group.path);
	if (!outer) return null;
	return relocate(rule, path, [...outer.group.listPath, by === 1 ? outer.index + 1 : outer.index]);
}

/** Moves a part into the group before it, or into a new group of its own. */
export function indentPart(rule: Rule, path: Path): Edited {
	const holder = holderOf(readParts(rule), path);
	const before = holder?.group.children[holder.index - 1];
	if (before?.kind === 'group')
		return relocate(rule, path, [...before.listPath, before.children.length]) ?? { rule, path };
	return wrapPart(rule, path);
}

/** Moves a part out of its group, behind it. */
export function outdentPart(rule: Rule, path: Path): Edited | null {
	const root = readParts(rule);
	const holder = holderOf(root, path);
	const outer = holder && holderOf(root, holder.group.path);
	if (!holder || !outer) return null;
	return relocate(rule, path, [...outer.group.listPath, outer.index + 1]);
}

/**
 * Takes a part out and puts it into a list at a place that is counted before it is taken out, except
 * inside its own list, where `to` is its new position. An emptied group goes.
 */
export function relocate(rule: Rule, from: Path, to: Path): Edited | null {
	const moved = getAt(rule, from);
	const holder = holderOf(readParts(rule), from);
	const list = to.slice(0, -1);
	const position = Number(to.at(-1));
	if (moved === undefined || !holder || isInside(list, from)) return null;
	const source = holder.group.listPath;
	if (samePlace(source, list)) {
		const next = insertAt(removeAt(rule, from), to, moved);
		return { rule: next, path: to };
	}
	const isEmptied = holder.group.children.length === 1;
	const inserted = insertAt(rule, to, moved);
	// What was put before the source in a list around it moved the source on by one.
	const shifted = shift(isEmptied ? holder.group.path : from, list, position, 1);
	const removed = removeAt(inserted, shifted);
	const landed = shift(to, shifted.slice(0, -1), Number(shifted.at(-1)), -1);
	return { rule: removed, path: landed };
}

function samePlace(a: Path, b: Path): boolean {
	return a.length === b.length && a.every((token, index) => token === b[index]);
}

function isInside(path: Path, around: Path): boolean {
	return path.length >= around.length && around.every((token, index) => token === path[index]);
}

/** A path after something was put into (or taken out of) a list at a position. */
function shift(path: Path, list: Path, position: number, by: 1 | -1): Path {
	if (path.length <= list.length || !isInside(path, list)) return path;
	const index = Number(path[list.length]);
	const isBehind = by === 1 ? index >= position : index > position;
	return isBehind ? path.map((token, at) => (at === list.length ? index + by : token)) : path;
}

export function setOperand(
	rule: Rule,
	test: TestPart,
	index: number,
	operand: ConditionOperand
): Edited {
	// An operand is written by the engine's own printer: a comparison of it with itself.
	const written = fromCondition({ kind: 'comparison', operator: '==', operands: [operand] });
	const value = getAt(written, ['==', 0]) ?? null;
	return {
		rule: setAt(rule, [...test.comparisonPath, test.operator, index], value),
		path: test.path
	};
}

/** What a row offers as comparison; a few are spellings of one operator with a fixed value. */
export const CHOICES = [
	'>=',
	'>',
	'<=',
	'<',
	'==',
	'!=',
	'between',
	'in',
	'not_in',
	'missing',
	'present',
	'===',
	'!=='
] as const;
export type Choice = (typeof CHOICES)[number];

export function choiceOf(test: TestPart): Choice {
	const [, right] = test.operands;
	const isNull = right?.kind === 'value' && right.value === null;
	if (test.operator === '==' && isNull) return test.negated ? 'present' : 'missing';
	if (test.operator === '!=' && isNull) return test.negated ? 'missing' : 'present';
	if (test.operator === 'in') return test.negated ? 'not_in' : 'in';
	return test.operator;
}

/** Changes the comparison of a row; operands that still fit are kept as they are written. */
export function setChoice(
	rule: Rule,
	test: TestPart,
	choice: Choice,
	dictionary: Dictionary
): Edited {
	const raw = test.operands.map(
		(_, index) => getAt(rule, [...test.comparisonPath, test.operator, index]) ?? null
	);
	const [left = null, second = null, third] = raw;
	const [field, right] = test.operands;
	const start = field?.kind === 'field' ? startValue(dictionary, field.path) : 0;
	const single: Rule = isList(second) ? (second[0] ?? start) : second === null ? start : second;
	const next = ((): Rule => {
		switch (choice) {
			case 'missing':
				return { '==': [left, null] };
			case 'present':
				return { '!=': [left, null] };
			case 'between':
				return { between: [left, single, third ?? single] };
			case 'in':
			case 'not_in': {
				const list = right?.kind === 'values' ? second : [single];
				return choice === 'in' ? { in: [left, list] } : { '!': [{ in: [left, list] }] };
			}
			default:
				return { [choice]: [left, single] };
		}
	})();
	return { rule: setAt(rule, test.path, next), path: test.path };
}

/** Changes the variable of a row; a value of another type starts anew. */
export function setVariable(
	rule: Rule,
	test: TestPart,
	path: string,
	dictionary: Dictionary
): Edited {
	const [field] = test.operands;
	const known = field?.kind === 'field' ? dictionary.get(field.path)?.type : undefined;
	const wanted = dictionary.get(path)?.type;
	const isFixed = ['missing', 'present'].includes(choiceOf(test));
	if (isFixed || (field?.kind === 'field' && known === wanted && known === 'number'))
		return setOperand(rule, test, 0, { kind: 'field', path });
	return { rule: setAt(rule, test.path, startTest(dictionary, path)), path: test.path };
}
