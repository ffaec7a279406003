import type { Dictionary, JsonObject } from '#lib/engine/logic/rule.ts';
import { m } from '#lib/paraglide/messages.js';
import { say } from '#lib/ui/local-text.ts';
import { sayRule, type Designer } from '../designer-context.ts';
import { branchName } from './weight-edits.ts';
import type { WeightBranch } from './weight-table.ts';

/** A branch of the weights as people call it: its name, else its condition as a sentence. */
export function sayBranch({ workspace, dictionary }: Designer, index: number): string {
	const branch = workspace.weights.branches[index];
	return branch ? sayBranchOf(workspace.document, branch, dictionary) : '';
}

/** The same of a document that is only read. */
export function sayBranchOf(
	document: { readonly view?: JsonObject },
	branch: WeightBranch,
	dictionary: Dictionary
): string {
	const name = branchName(document, branch.when);
	if (name) return say(name);
	return branch.when === null ? m.schemes_branch_otherwise() : sayRule(branch.when, dictionary);
}

/** Columns of the same width in every card, so that each branch is one column of the canvas. */
export function branchColumns(count: number): string {
	return count === 1 ? 'minmax(0, 1fr)' : 'repeat(auto-fit, minmax(min(100%, 13.25rem), 1fr))';
}
