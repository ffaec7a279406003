/** The places of a scheme where the outcome forks, and which of them a run of tests reached. */
import type { RuleNode } from '#lib/engine/logic/parse.ts';
import { walk } from '#lib/engine/logic/parse.ts';
import type { PreparedRule, PreparedScheme } from '#lib/engine/score/prepare.ts';

/** One way a rule can go. */
export interface Branch {
	/** JSON Pointer of the branch, or of the condition it belongs to. */
	readonly at: string;
	readonly kind: 'branch' | 'otherwise' | 'step' | 'below_steps' | 'holds' | 'fails';
}

interface ForkedRule extends PreparedRule {
	/** The rule decides something by being true or false. */
	readonly isCondition: boolean;
}

/** Every rule of a prepared scheme, conditions marked. */
export function rulesOfPrepared(prepared: PreparedScheme): ForkedRule[] {
	const condition = (rule: PreparedRule): ForkedRule => ({ ...rule, isCondition: true });
	const value = (rule: PreparedRule): ForkedRule => ({ ...rule, isCondition: false });
	return [
		condition(prepared.appliesTo),
		...prepared.items.flatMap((item) => [
			...(item.weight ? [value(item.weight)] : []),
			value(item.score)
		]),
		...prepared.adjustments.flatMap(({ when, points }) => [condition(when), value(points)]),
		...prepared.gates.map(({ when }) => condition(when)),
		...(prepared.payout ? [value(prepared.payout.amount)] : []),
		...prepared.insights.map(({ when }) => condition(when))
	];
}

interface Fork extends Branch {
	/** What the run marks when it goes this way. */
	readonly mark: string;
}

/** The ways one rule can go, each with the mark that says a run went there. */
export function branchesOf(rule: ForkedRule): Fork[] {
	const forks: Fork[] = [];
	if (rule.isCondition && rule.node.kind !== 'literal') {
		forks.push({ at: rule.at, kind: 'holds', mark: `${rule.at}#true` });
		forks.push({ at: rule.at, kind: 'fails', mark: `${rule.at}#false` });
	}
	walk(rule.node, (node) => forks.push(...forksOf(node)));
	return forks;
}

function forksOf(node: RuleNode): Fork[] {
	if (node.kind !== 'call') return [];
	if (node.operator === 'if') {
		const hasElse = node.args.length % 2 === 1;
		const arms = node.args.filter((_, index) => index % 2 === 1);
		const last = hasElse ? node.args.at(-1) : undefined;
		return [
			...arms.map((arm): Fork => ({ at: arm.at, kind: 'branch', mark: arm.at })),
			last
				? { at: last.at, kind: 'otherwise', mark: last.at }
				: { at: node.at, kind: 'otherwise', mark: `${node.at}#else` }
		];
	}
	if (node.operator === 'steps') {
		const steps = node.args[1];
		const count = steps?.kind === 'list' ? steps.items.length : literalLength(steps);
		return [
			...Array.from({ length: count }, (_, index): Fork => ({
				at: `${node.at}/steps/1/${index}`,
				kind: 'step',
				mark: `${node.at}#${index}`
			})),
			{ at: node.at, kind: 'below_steps', mark: `${node.at}#-1` }
		];
	}
	return [];
}

function literalLength(node: RuleNode | undefined): number {
	return node?.kind === 'literal' && Array.isArray(node.value) ? node.value.length : 0;
}

/** The branches that left no mark. */
export function unreachedBranches(
	branches: readonly Fork[],
	reached: ReadonlySet<string>
): Branch[] {
	return branches
		.filter((branch) => !reached.has(branch.mark))
		.map(({ at, kind }) => ({ at, kind }));
}
