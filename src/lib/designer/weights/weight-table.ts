/**
 * Weights as a table: one row an item, one column a branch. A scheme whose items choose their
 * weight by the same condition (new sales, senior sales) gets a column for each; a weight written
 * in any other way stays an intact cell that only the JSON view edits.
 */
import type { Json, Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeItem } from '#lib/engine/scheme/document.ts';
import type { WeightSlot } from './balance-weights.ts';
import { isList, isObject } from '../document-path.ts';

/** A branch and the condition under which it holds; null is “otherwise”. */
export interface WeightBranch {
	readonly key: string;
	readonly when: Rule | null;
}

export type WeightCell =
	/** A number of this branch alone. */
	| { readonly kind: 'own'; readonly basisPoints: number }
	/** One number for every branch. */
	| { readonly kind: 'shared'; readonly basisPoints: number }
	/** Written in a way the table does not edit. */
	| { readonly kind: 'advanced' };

export interface WeightRow {
	readonly id: string;
	readonly locked: boolean;
	readonly cells: readonly WeightCell[];
}

export interface WeightTable {
	readonly branches: readonly WeightBranch[];
	readonly rows: readonly WeightRow[];
}

interface BranchedWeight {
	readonly conditions: readonly Rule[];
	readonly percents: readonly number[];
}

export function toBasisPoints(percent: number): number {
	return Math.round(percent * 100);
}

export function toPercent(basisPoints: number): number {
	return basisPoints / 100;
}

/** `{"if": [c1, 30, c2, 20, 10]}` with plain numbers as results; null for any other shape. */
export function readBranches(rule: Rule | undefined): BranchedWeight | null {
	if (!isObject(rule)) return null;
	const args = rule['if'];
	if (Object.keys(rule).length !== 1 || !isList(args) || args.length < 3 || args.length % 2 === 0)
		return null;
	const conditions = args.filter((_, index) => index % 2 === 0 && index < args.length - 1);
	const results = args.filter((_, index) => index % 2 === 1 || index === args.length - 1);
	const percents = results.filter((result) => typeof result === 'number');
	return percents.length === results.length ? { conditions, percents } : null;
}

function sameConditions(a: readonly Rule[], b: readonly Rule[]): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** Reads the weights of all items into one table. */
export function readWeights(items: readonly SchemeItem[]): WeightTable {
	const branched = items.map((item) => readBranches(item.weight));
	const shape = branched.find((weight) => weight !== null) ?? null;
	const branches: WeightBranch[] = shape
		? [
				...shape.conditions.map((when, index) => ({ key: `branch-${index}`, when })),
				{ key: 'otherwise', when: null }
			]
		: [{ key: 'everybody', when: null }];
	const rows = items.map((item, index): WeightRow => {
		const weight = branched[index];
		let cells: WeightCell[];
		if (weight && shape && sameConditions(weight.conditions, shape.conditions)) {
			cells = weight.percents.map((percent) => ({
				kind: 'own',
				basisPoints: toBasisPoints(percent)
			}));
		} else if (typeof item.weight === 'number') {
			const basisPoints = toBasisPoints(item.weight);
			cells = branches.map(() => ({ kind: shape ? 'shared' : 'own', basisPoints }));
		} else {
			cells = branches.map(() => ({ kind: 'advanced' }));
		}
		return { id: item.id, locked: item.locked === true, cells };
	});
	return { branches, rows };
}

/** Total of a branch in basis points; null where a weight is not a plain number. */
export function branchTotal(table: WeightTable, branch: number): number | null {
	let total = 0;
	for (const row of table.rows) {
		const cell = row.cells[branch];
		if (!cell || cell.kind === 'advanced') return null;
		total += cell.basisPoints;
	}
	return total;
}

/** The slots of one branch as the balance takes them: what this column cannot change is locked. */
export function branchSlots(
	table: WeightTable,
	branch: number,
	heldIds: ReadonlySet<string>
): readonly WeightSlot[] {
	return table.rows.map((row) => {
		const cell = row.cells[branch];
		return {
			id: row.id,
			basisPoints: !cell || cell.kind === 'advanced' ? 0 : cell.basisPoints,
			locked: row.locked || heldIds.has(row.id) || cell?.kind !== 'own'
		};
	});
}

/** The item's weight rule with one branch changed; the rest of the rule as it was written. */
export function writeWeight(
	rule: Rule | undefined,
	branch: number,
	basisPoints: number
): Rule | undefined {
	const percent = toPercent(basisPoints);
	if (typeof rule === 'number' || rule === undefined) return percent;
	const branched = readBranches(rule);
	if (!branched || !isObject(rule)) return rule;
	const args = rule['if'];
	if (!isList(args)) return rule;
	const position = branch < branched.conditions.length ? branch * 2 + 1 : args.length - 1;
	return { if: args.map((arg, index): Json => (index === position ? percent : arg)) };
}

/** Gives an item of one number a number for each branch, so that they can differ. */
export function splitWeight(rule: Rule | undefined, branches: readonly WeightBranch[]): Rule {
	const percent = typeof rule === 'number' ? rule : 0;
	const conditions = branches.flatMap((branch) => (branch.when === null ? [] : [branch.when]));
	return { if: [...conditions.flatMap((when): Json[] => [when, percent]), percent] };
}
