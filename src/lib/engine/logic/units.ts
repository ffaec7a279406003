/** Which numbers of a rule are ratios, so that 1.2 can be said as 120 %. */
import type { RuleNode } from './node.ts';
import { OPERATORS } from './operators/index.ts';
import type { Dictionary } from './rule.ts';
import { branchesOf } from './types.ts';

/** The unit of a number: as in `formats.md`, or null where it is not known or plain. */
export type Unit = string | null;

/** Attainments are ratios wherever they come from, also without a dictionary. */
function unitOfPath(path: string, dictionary: Dictionary | undefined): Unit {
	const unit = dictionary?.get(path)?.unit;
	if (unit !== undefined) return unit;
	const parts = path.split('.');
	return parts[0] === 'attainment' || parts[parts.length - 1] === 'attainment' ? 'ratio' : null;
}

/** The unit that all of these share; literals take the unit of the others. */
function sharedUnit(nodes: readonly RuleNode[], dictionary: Dictionary | undefined): Unit {
	const units = new Set(
		nodes.filter((node) => node.kind !== 'literal').map((node) => unitOf(node, dictionary))
	);
	const [only] = units;
	return units.size === 1 ? (only ?? null) : null;
}

/** What a quotient of two quantities is: a ratio, unless their units are known and differ. */
function unitOfQuotient(args: readonly RuleNode[], dictionary: Dictionary | undefined): Unit {
	const [dividend, divisor] = args;
	if (!dividend || !divisor || dividend.kind === 'literal' || divisor.kind === 'literal')
		return null;
	const [above, below] = [unitOf(dividend, dictionary), unitOf(divisor, dictionary)];
	if (above === 'ratio' || below === 'ratio') return null;
	return above === null || below === null || above === below ? 'ratio' : null;
}

/** The unit of what `node` gives. */
export function unitOf(node: RuleNode | undefined, dictionary?: Dictionary): Unit {
	if (!node) return null;
	if (node.kind === 'var') return node.path === null ? null : unitOfPath(node.path, dictionary);
	if (node.kind !== 'call') return null;
	if (node.operator === '/') return unitOfQuotient(node.args, dictionary);
	if (!OPERATORS.get(node.operator)?.keepsUnit) return null;
	const isBranching = node.operator === 'if' || node.operator === '?:';
	return sharedUnit(isBranching ? branchesOf(node.args) : node.args, dictionary);
}

/** Operators whose operands are all in one unit, so that a literal is in the unit of the others. */
const COMPARABLE: ReadonlySet<string> = new Set([
	...['<', '<=', '>', '>=', '==', '===', '!=', '!==', 'between'],
	...['+', '-', 'min', 'max', 'clamp', 'coalesce', 'in']
]);

/** The operand beside which a literal operand of this call is read, if there is one. */
export function siblingOf(
	operator: string,
	args: readonly RuleNode[],
	dictionary?: Dictionary
): RuleNode | undefined {
	if (!COMPARABLE.has(operator)) return undefined;
	return (
		args.find((arg) => unitOf(arg, dictionary) === 'ratio') ??
		args.find((arg) => arg.kind === 'var')
	);
}
