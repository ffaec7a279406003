/**
 * A rule as an outline: conditions as groups and tests, an if-chain as its branches, every other
 * calculation as one line. Pure, so that the tree's keys and rows are tested without a browser.
 */
import { isList, isObject, type Path } from '../document-path.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import { readParts, type ConditionPart } from './condition-tree.ts';

/** What a line says before its sentence. */
export type OutlineRole = 'root' | 'member' | 'if' | 'else_if' | 'then' | 'otherwise';

export interface OutlineNode {
	readonly path: Path;
	readonly role: OutlineRole;
	readonly rule: Rule;
	/** The part of a condition that the line is; null for a value. */
	readonly part: ConditionPart | null;
	readonly children: readonly OutlineNode[];
}

/** How deep lines are opened; what lies deeper is one line with its sentence. */
const DEEPEST = 24;

export function outlineOf(rule: Rule, isCondition: boolean): OutlineNode {
	return node(rule, [], 'root', isCondition, 0);
}

function node(
	rule: Rule,
	path: Path,
	role: OutlineRole,
	isCondition: boolean,
	depth: number
): OutlineNode {
	if (isCondition) return conditionNode(readParts(rule, path), rule, path, role);
	const branches = depth < DEEPEST ? branchesOf(rule, path, depth) : null;
	return { path, role, rule, part: null, children: branches ?? [] };
}

function conditionNode(
	part: ConditionPart,
	rule: Rule,
	base: Path,
	role: OutlineRole
): OutlineNode {
	const children =
		part.kind === 'group'
			? part.children.map((child) => conditionNode(child, rule, base, 'member'))
			: [];
	return { path: part.path, role, rule: ruleAt(rule, base, part.path), part, children };
}

function ruleAt(rule: Rule, base: Path, path: Path): Rule {
	let value: Rule | undefined = rule;
	for (const token of path.slice(base.length)) {
		if (isList(value)) value = value[Number(token)];
		else if (isObject(value)) value = value[String(token)];
	}
	return value ?? null;
}

function branchesOf(rule: Rule, path: Path, depth: number): readonly OutlineNode[] | null {
	if (!isObject(rule)) return null;
	const [operator, args] = Object.entries(rule)[0] ?? [];
	if ((operator !== 'if' && operator !== '?:') || !isList(args) || args.length < 2) return null;
	return args.map((arg, index) => {
		const isLast = index === args.length - 1 && args.length % 2 === 1;
		const isTest = !isLast && index % 2 === 0;
		const role = isLast ? 'otherwise' : isTest ? (index === 0 ? 'if' : 'else_if') : 'then';
		return node(arg, [...path, operator, index], role, isTest, depth + 1);
	});
}

export interface OutlineRow {
	readonly node: OutlineNode;
	readonly key: string;
	/** From 1. */
	readonly level: number;
	readonly position: number;
	readonly siblings: number;
	readonly parent: string | null;
}

/** The lines that are in view, from top to bottom; `closed` holds the keys of closed ones. */
export function visibleRows(
	root: OutlineNode,
	closed: ReadonlySet<string>,
	keyOf: (path: Path) => string
): readonly OutlineRow[] {
	const rows: OutlineRow[] = [];
	const visit = (
		current: OutlineNode,
		level: number,
		position: number,
		siblings: number,
		parent: string | null
	): void => {
		const key = keyOf(current.path);
		rows.push({ node: current, key, level, position, siblings, parent });
		if (closed.has(key)) return;
		current.children.forEach((child, index) =>
			visit(child, level + 1, index + 1, current.children.length, key)
		);
	};
	visit(root, 1, 1, 1, null);
	return rows;
}
