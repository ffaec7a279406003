/**
 * Conditions as a builder edits them: groups of comparisons. A projection of the rule, not another
 * language — what a builder cannot show stays inside the tree as it was written, and turning an
 * unedited tree back gives the identical rule.
 */
import type { CallNode, RuleNode, VarNode } from './node.ts';
import { printRule } from './print.ts';
import type { Rule, Scalar } from './rule.ts';

/** How the parts of a group are joined: every one, at least one, or not one of them. */
export const JOINS = ['all', 'any', 'none'] as const;
export type Join = (typeof JOINS)[number];

/** The comparisons that a row of a builder can show, in the order in which it offers them. */
export const COMPARISONS = [
	'==',
	'!=',
	'<',
	'<=',
	'>',
	'>=',
	'between',
	'in',
	'===',
	'!=='
] as const;
export type ComparisonOperator = (typeof COMPARISONS)[number];

/** A variable; `listed` keeps `{"var": ["a"]}` apart from `{"var": "a"}`. */
export interface FieldOperand {
	readonly kind: 'field';
	readonly path: string;
	readonly listed?: true;
	/** Default where the variable is missing. */
	readonly fallback?: Scalar;
}

/** One written value. */
export interface ValueOperand {
	readonly kind: 'value';
	readonly value: Scalar;
}

/** Written values to choose from, as `in` takes them. */
export interface ValuesOperand {
	readonly kind: 'values';
	readonly values: readonly Scalar[];
}

/** Anything else, e.g. a quotient: shown as a sentence, edited as JSON or in the formula bar. */
export interface FormulaOperand {
	readonly kind: 'formula';
	readonly rule: Rule;
}

export type ConditionOperand = FieldOperand | ValueOperand | ValuesOperand | FormulaOperand;

export interface Comparison {
	readonly kind: 'comparison';
	readonly operator: ComparisonOperator;
	/** Two operands; three for `between`. */
	readonly operands: readonly ConditionOperand[];
	/** The comparison stands inside a `!`: “is not one of”. */
	readonly negated?: true;
	/** That `!` was written without a list. */
	readonly bare?: true;
}

export interface ConditionGroup {
	readonly kind: 'group';
	readonly join: Join;
	readonly children: readonly ConditionTree[];
	/** The `!` of a group joined by `none` was written without a list. */
	readonly bare?: true;
}

/** Always or never: a rule that is just `true` or `false`. */
export interface ConstantCondition {
	readonly kind: 'constant';
	readonly value: boolean;
}

/** A condition that no builder row can show; kept exactly as it is. */
export interface OpaqueCondition {
	readonly kind: 'opaque';
	readonly rule: Rule;
}

export type ConditionTree = ConditionGroup | Comparison | ConstantCondition | OpaqueCondition;

const OPERAND_COUNT: Readonly<Record<ComparisonOperator, number>> = {
	...{ '==': 2, '!=': 2, '===': 2, '!==': 2, '<': 2, '<=': 2, '>': 2, '>=': 2 },
	...{ between: 3, in: 2 }
};

function isComparisonOperator(operator: string): operator is ComparisonOperator {
	return Object.hasOwn(OPERAND_COUNT, operator);
}

function isScalar(value: unknown): value is Scalar {
	return value === null || typeof value !== 'object';
}

/** Shows a rule as a tree of conditions; parts that do not fit become opaque. */
export function toCondition(node: RuleNode): ConditionTree {
	return toTree(node) ?? { kind: 'opaque', rule: printRule(node) };
}

function toTree(node: RuleNode): ConditionTree | null {
	if (node.kind === 'literal' && typeof node.value === 'boolean') {
		return { kind: 'constant', value: node.value };
	}
	if (node.kind !== 'call') return null;
	if (node.operator === '!') return toNegation(node);
	if (node.bare) return null;
	if (node.operator === 'and' || node.operator === 'or') {
		return {
			kind: 'group',
			join: node.operator === 'and' ? 'all' : 'any',
			children: node.args.map(toCondition)
		};
	}
	return toComparison(node);
}

function toNegation(node: CallNode): ConditionTree | null {
	const [inside] = node.args;
	if (inside?.kind !== 'call' || inside.bare || node.args.length !== 1) return null;
	const bare = node.bare ? { bare: true as const } : {};
	if (inside.operator === 'or') {
		return { kind: 'group', join: 'none', children: inside.args.map(toCondition), ...bare };
	}
	const comparison = toComparison(inside);
	return comparison && { ...comparison, negated: true, ...bare };
}

function toComparison(node: CallNode): Comparison | null {
	const { operator } = node;
	if (!isComparisonOperator(operator) || node.args.length !== OPERAND_COUNT[operator]) return null;
	return { kind: 'comparison', operator, operands: node.args.map(toOperand) };
}

function toOperand(node: RuleNode): ConditionOperand {
	if (node.kind === 'literal' && isScalar(node.value)) return { kind: 'value', value: node.value };
	if (node.kind === 'list') {
		const values = node.items.flatMap((item) =>
			item.kind === 'literal' && isScalar(item.value) ? [item.value] : []
		);
		if (values.length === node.items.length) return { kind: 'values', values };
	}
	return (node.kind === 'var' && toField(node)) || { kind: 'formula', rule: printRule(node) };
}

function toField(node: VarNode): FieldOperand | null {
	const { path, fallback } = node;
	if (path === null || node.key !== undefined) return null;
	if (!fallback) return { kind: 'field', path, ...(node.bare ? {} : { listed: true as const }) };
	if (fallback.kind !== 'literal' || !isScalar(fallback.value)) return null;
	return { kind: 'field', path, listed: true, fallback: fallback.value };
}

/** Writes a tree of conditions as a rule. */
export function fromCondition(tree: ConditionTree): Rule {
	switch (tree.kind) {
		case 'opaque':
			return tree.rule;
		case 'constant':
			return tree.value;
		case 'comparison': {
			const rule = { [tree.operator]: tree.operands.map(fromOperand) };
			return tree.negated ? { '!': tree.bare ? rule : [rule] } : rule;
		}
		case 'group': {
			const children = tree.children.map(fromCondition);
			if (tree.join === 'all') return { and: children };
			const any = { or: children };
			return tree.join === 'any' ? any : { '!': tree.bare ? any : [any] };
		}
	}
}

function fromOperand(operand: ConditionOperand): Rule {
	switch (operand.kind) {
		case 'value':
			return operand.value;
		case 'values':
			return operand.values;
		case 'formula':
			return operand.rule;
		case 'field':
			if (operand.fallback !== undefined) return { var: [operand.path, operand.fallback] };
			return { var: operand.listed ? [operand.path] : operand.path };
	}
}

/** How many groups are inside each other; a comparison alone is 0. */
export function groupDepth(tree: ConditionTree): number {
	return tree.kind === 'group' ? 1 + Math.max(0, ...tree.children.map(groupDepth)) : 0;
}

/** True when a builder can show every part of the condition. */
export function isFullyShown(tree: ConditionTree): boolean {
	return tree.kind === 'group' ? tree.children.every(isFullyShown) : tree.kind !== 'opaque';
}
