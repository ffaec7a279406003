/**
 * A condition with the place of each part: what sentence and tree show, and what edits patch. The
 * rule stays the only truth; a part that no row can show is opaque and keeps its own bytes.
 */
import {
	toCondition,
	type Comparison,
	type ConditionOperand,
	type ConditionTree,
	type Join
} from '#lib/engine/logic/condition.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import { getAt, type Path } from '../document-path.ts';

export interface GroupPart {
	readonly kind: 'group';
	readonly path: Path;
	readonly join: Join;
	/** Where the list of children is written. */
	readonly listPath: Path;
	readonly children: readonly ConditionPart[];
}

export interface TestPart {
	readonly kind: 'test';
	readonly path: Path;
	/** The comparison without a `!` around it. */
	readonly comparisonPath: Path;
	readonly operator: Comparison['operator'];
	readonly operands: readonly ConditionOperand[];
	readonly negated: boolean;
}

export interface ConstantPart {
	readonly kind: 'constant';
	readonly path: Path;
	readonly value: boolean;
}

export interface OpaquePart {
	readonly kind: 'opaque';
	readonly path: Path;
	readonly rule: Rule;
}

export type ConditionPart = GroupPart | TestPart | ConstantPart | OpaquePart;

/** Groups that the sentence lets people build; deeper ones are shown and edited in the tree. */
export const SENTENCE_DEPTH = 4;

/** Reads a rule as a condition; `path` is its place in a larger rule. */
export function readParts(rule: Rule, path: Path = []): ConditionPart {
	const { node, diagnostics } = parseRule(rule);
	const isBeyondLimits = node.kind === 'literal' && node.value === null && diagnostics.length > 0;
	if (isBeyondLimits) return { kind: 'opaque', path, rule };
	return place(toCondition(node), rule, path);
}

function place(tree: ConditionTree, rule: Rule, path: Path): ConditionPart {
	switch (tree.kind) {
		case 'opaque':
			return { kind: 'opaque', path, rule };
		case 'constant':
			return { kind: 'constant', path, value: tree.value };
		case 'comparison': {
			const { operator, operands } = tree;
			const negated = tree.negated === true;
			const comparisonPath = negated ? inNot(path, tree.bare) : path;
			return { kind: 'test', path, comparisonPath, operator, operands, negated };
		}
		case 'group': {
			const { join } = tree;
			const inside = join === 'none' ? inNot(path, tree.bare) : path;
			const listPath = [...inside, join === 'all' ? 'and' : 'or'];
			const local = listPath.slice(path.length);
			const children = tree.children.map((child, index) =>
				place(child, getAt(rule, [...local, index]) ?? null, [...listPath, index])
			);
			return { kind: 'group', path, join, listPath, children };
		}
	}
}

function inNot(path: Path, bare: true | undefined): Path {
	return bare ? [...path, '!'] : [...path, '!', 0];
}

/** A path as a text that can be a key; the JSON Pointer of a part in its rule. */
export function pointerOf(path: Path): string {
	return path
		.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`)
		.join('');
}

export function samePath(a: Path, b: Path): boolean {
	return a.length === b.length && a.every((token, index) => token === b[index]);
}

/** The part at a path, if there is one. */
export function findPart(part: ConditionPart, path: Path): ConditionPart | null {
	if (samePath(part.path, path)) return part;
	if (part.kind !== 'group') return null;
	for (const child of part.children) {
		const found = findPart(child, path);
		if (found) return found;
	}
	return null;
}

/** The group that directly holds the part at a path, and the part's position in it. */
export function holderOf(
	part: ConditionPart,
	path: Path
): { readonly group: GroupPart; readonly index: number } | null {
	if (part.kind !== 'group') return null;
	const index = part.children.findIndex((child) => samePath(child.path, path));
	if (index >= 0) return { group: part, index };
	for (const child of part.children) {
		const found = holderOf(child, path);
		if (found) return found;
	}
	return null;
}

/** Every part, parents first, in the order in which they are written. */
export function allParts(part: ConditionPart): readonly ConditionPart[] {
	return part.kind === 'group' ? [part, ...part.children.flatMap(allParts)] : [part];
}

/** How many groups are inside each other. */
export function depthOf(part: ConditionPart): number {
	return part.kind === 'group' ? 1 + Math.max(0, ...part.children.map(depthOf)) : 0;
}
