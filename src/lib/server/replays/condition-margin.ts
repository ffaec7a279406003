/**
 * How far a row is from the border of a condition, as a rule: above 0 on the side where it holds. Of
 * several conditions that must hold the nearest border counts, of alternatives the farthest.
 */
import { parseRule } from '#lib/engine/logic/parse.ts';
import { printRule } from '#lib/engine/logic/print.ts';
import type { CallNode, RuleNode } from '#lib/engine/logic/node.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import { isList } from '#lib/engine/logic/value.ts';
import { OUTCOME } from './outcome-columns.ts';

/** The distance of what has no distance: a text is another text or it is not. */
const FAR = 1e9;

export function marginRule(when: Rule): Rule {
	return margin(parseRule(when).node);
}

function margin(node: RuleNode): Rule {
	const rule = printRule(node);
	if (node.kind !== 'call') return eitherWay(rule);
	const parts = () => node.args.map(margin);
	switch (node.operator) {
		case 'and':
			return node.args.length > 0 ? { min: parts() } : eitherWay(rule);
		case 'or':
			return node.args.length > 0 ? { max: parts() } : eitherWay(rule);
		case '!': {
			const [inner] = node.args;
			return inner ? { '*': [-1, margin(inner)] } : eitherWay(rule);
		}
		default:
			return comparedMargin(node) ?? eitherWay(rule);
	}
}

function eitherWay(rule: Rule): Rule {
	return { if: [rule, FAR, -FAR] };
}

/** The relative distance of a comparison of numbers; null for other comparisons. */
function comparedMargin({ operator, args }: CallNode): Rule | null {
	const [a, b, c] = args;
	if (!a || !b || [a, b, c].some((node) => node && isNoNumber(node))) return null;
	const [left, right] = [printRule(a), printRule(b)];
	const scale = Math.max(...[a, b, c].map((node) => (node ? sizeOf(node) : 0))) || 1;
	const scaled = (distance: Rule): Rule => ({ '/': [distance, scale] });
	switch (operator) {
		case '>=':
		case '>':
			return args.length === 2 ? scaled({ '-': [left, right] }) : null;
		case '<=':
		case '<':
			return args.length === 2 ? scaled({ '-': [right, left] }) : null;
		case '==':
		case '===':
			return scaled({ '*': [-1, { abs: { '-': [left, right] } }] });
		case '!=':
		case '!==':
			return scaled({ abs: { '-': [left, right] } });
		case 'between':
			if (!c) return null;
			return scaled({ min: [{ '-': [left, right] }, { '-': [printRule(c), left] }] });
		default:
			return null;
	}
}

function isNoNumber(node: RuleNode): boolean {
	return node.kind === 'list' || (node.kind === 'literal' && typeof node.value !== 'number');
}

function sizeOf(node: RuleNode): number {
	return node.kind === 'literal' && typeof node.value === 'number' ? Math.abs(node.value) : 0;
}

/** What a condition of one comparison compares: shown beside the people at its border. */
export function comparedSide(when: Rule): Rule | null {
	const { node } = parseRule(when);
	const inner = node.kind === 'call' && node.operator === '!' ? node.args[0] : node;
	if (inner?.kind !== 'call') return null;
	const isComparison = ['<', '<=', '>', '>=', '==', '!=', '===', '!==', 'between', 'in'].includes(
		inner.operator
	);
	const [side] = inner.args;
	return isComparison && side && side.kind !== 'literal' ? printRule(side) : null;
}

const COMPUTED = /^(?:items\.|base_score$|score$|grade$)/;

/** The condition with what scoring computes read from the columns in which it was put. */
export function onOutcomes(rule: Rule): Rule {
	if (isList(rule)) return rule.map(onOutcomes);
	if (rule === null || typeof rule !== 'object') return rule;
	return Object.fromEntries(
		Object.entries(rule).map(([key, value]) => [
			key,
			key === 'var' ? onPath(value) : onOutcomes(value)
		])
	);
}

function onPath(operands: Rule): Rule {
	if (typeof operands === 'string')
		return COMPUTED.test(operands) ? `${OUTCOME}${operands}` : operands;
	if (!isList(operands)) return operands;
	const [path = null, ...rest] = operands;
	return [onPath(path), ...rest.map(onOutcomes)];
}
