/** Items, groups and branches of a draft are edited as people expect, and totals stay whole. */
import { describe, expect, test } from 'vitest';
import type { JsonObject, Rule } from '#lib/engine/logic/rule.ts';
import {
	addGroup,
	moveItem,
	moveItemToRank,
	putItem,
	readGroups,
	removeGroup,
	stepItem
} from '#lib/designer/canvas/groups.ts';
import { addItem, duplicateItem, removeItem } from '#lib/designer/canvas/item-edits.ts';
import { asScheme } from '#lib/designer/scheme-shape.ts';
import {
	addBranch,
	branchName,
	nameBranch,
	readShares,
	removeBranch,
	setBranchCondition,
	setShare
} from '#lib/designer/weights/weight-edits.ts';
import { branchTotal, readWeights } from '#lib/designer/weights/weight-table.ts';

const SENIOR: Rule = { '>=': [{ var: 'employee.tenure_months' }, 12] };
const VETERAN: Rule = { '>=': [{ var: 'employee.tenure_months' }, 60] };

function scheme(weights: Readonly<Record<string, Rule>>): JsonObject {
	return {
		format: 'quanheng.scheme/1',
		id: 'sales',
		name: { 'zh-CN': '销售', en: 'Sales' },
		period: 'month',
		applies_to: true,
		weighting: 'percent',
		items: Object.entries(weights).map(([id, weight]) => ({
			id,
			metric: id,
			class: 'result',
			weight,
			score: 100
		})),
		grades: []
	};
}

const itemsOf = (document: JsonObject) => asScheme(document)?.items ?? [];
const idsOf = (document: JsonObject) => itemsOf(document).map(({ id }) => id);
const weightsOf = (document: JsonObject) => itemsOf(document).map(({ weight }) => weight);
const tableOf = (document: JsonObject) => readWeights(itemsOf(document));
const totalsOf = (document: JsonObject) =>
	tableOf(document).branches.map((_, branch) => branchTotal(tableOf(document), branch));
const NEWCOMER = { id: 'fresh', metric: 'fresh', class: 'result', score: 100 } as const;

describe('items', () => {
	test('the first item takes everything, a later one the median, and the total stays whole', () => {
		const one = addItem(scheme({}), NEWCOMER, 'automatic');
		expect(weightsOf(one)).toEqual([100]);
		const four = addItem(scheme({ a: 50, b: 30, c: 20 }), NEWCOMER, 'automatic');
		expect(weightsOf(four)).toEqual([35, 21, 14, 30]);
	});

	test('in a scheme with branches a new item has a weight of its own in each', () => {
		const branched = addBranch(scheme({ a: 60, b: 40 }), SENIOR);
		const grown = addItem(branched, NEWCOMER, 'automatic');
		expect(
			tableOf(grown)
				.rows.at(-1)
				?.cells.map(({ kind }) => kind)
		).toEqual(['own', 'own']);
		expect(totalsOf(grown)).toEqual([10_000, 10_000]);
	});

	test('a new item never takes from a lock', () => {
		const locked = scheme({ a: 60, b: 40 });
		const items = itemsOf(locked).map((item) => ({ ...item, locked: true }));
		const grown = addItem({ ...locked, items: items as never }, NEWCOMER, 'automatic');
		expect(weightsOf(grown)).toEqual([60, 40, 0]);
	});

	test('in manual mode the others keep their weights', () => {
		expect(weightsOf(addItem(scheme({ a: 60, b: 20 }), NEWCOMER, 'manual'))).toEqual([60, 20, 20]);
		expect(weightsOf(removeItem(scheme({ a: 60, b: 40 }), 'b', 'manual'))).toEqual([60]);
	});

	test('removing an item gives its weight to the others', () => {
		expect(weightsOf(removeItem(scheme({ a: 50, b: 30, c: 20 }), 'a', 'automatic'))).toEqual([
			60, 40
		]);
	});

	test('a copy stands right after its original and shares its weight in every branch', () => {
		const branched = addBranch(scheme({ a: 60, b: 40 }), SENIOR);
		const copied = duplicateItem(branched, 'a');
		expect(copied?.id).toBe('a_2');
		expect(idsOf(copied?.document ?? {})).toEqual(['a', 'a_2', 'b']);
		expect(weightsOf(copied?.document ?? {})[1]).toEqual({ if: [SENIOR, 30, 30] });
		expect(totalsOf(copied?.document ?? {})).toEqual([10_000, 10_000]);
	});
});

describe('groups', () => {
	const grouped = () => {
		let document = scheme({ a: 25, b: 25, c: 25, d: 25 });
		document = addGroup(document, { 'zh-CN': '结果', en: 'Results' });
		document = addGroup(document, { 'zh-CN': '过程', en: 'Process' });
		return moveItem(moveItem(document, 'a', { group: 'group', before: null }), 'c', {
			group: 'group_2',
			before: null
		});
	};
	const shown = (document: JsonObject) =>
		readGroups(document).map(({ id, items }) => [id, ...items]);

	test('a scheme without groups shows one list and stores nothing about it', () => {
		const document = scheme({ a: 60, b: 40 });
		expect(shown(document)).toEqual([[null, 'a', 'b']]);
		expect(moveItem(document, 'b', { group: null, before: 'a' })['view']).toBeUndefined();
	});

	test('items without a group come first, groups keep the order of the document', () => {
		expect(shown(grouped())).toEqual([
			[null, 'b', 'd'],
			['group', 'a'],
			['group_2', 'c']
		]);
	});

	test('a step over the edge of a group goes into the next one', () => {
		const up = stepItem(grouped(), 'a', -1);
		expect(shown(up)).toEqual([[null, 'b', 'd', 'a'], ['group'], ['group_2', 'c']]);
		const down = stepItem(up, 'a', 1);
		expect(shown(down)).toEqual(shown(grouped()));
	});

	test('a step past the first or last place changes nothing', () => {
		const document = scheme({ a: 60, b: 40 });
		expect(stepItem(document, 'a', -1)).toBe(document);
		expect(stepItem(document, 'b', 1)).toBe(document);
	});

	test('a move to a place counts places from one', () => {
		const document = scheme({ a: 25, b: 25, c: 25, d: 25 });
		expect(idsOf(moveItemToRank(document, 'd', 2))).toEqual(['a', 'd', 'b', 'c']);
		expect(idsOf(moveItemToRank(document, 'a', 99))).toEqual(['b', 'c', 'd', 'a']);
	});

	test('a removed group leaves its items, and the last one leaves no trace', () => {
		const document = removeGroup(removeGroup(grouped(), 'group'), 'group_2');
		expect(shown(document)[0]).toHaveLength(5);
		expect(document['view']).toBeUndefined();
	});

	test('an item put before another stands there in the document too', () => {
		const item = { id: 'x', metric: 'x', class: 'result', score: 1 };
		const placed = putItem(grouped(), item, { group: 'group_2', before: 'c' });
		expect(readGroups(placed).at(-1)?.items).toEqual(['x', 'c']);
	});
});

describe('branches', () => {
	test('a first branch begins with the weights of everybody', () => {
		const branched = addBranch(scheme({ a: 60, b: 40 }), SENIOR);
		expect(weightsOf(branched)).toEqual([{ if: [SENIOR, 60, 60] }, { if: [SENIOR, 40, 40] }]);
		expect(totalsOf(branched)).toEqual([10_000, 10_000]);
	});

	test('a further branch stands before otherwise and begins with its weights', () => {
		const two = addBranch(
			scheme({ a: { if: [VETERAN, 70, 50] }, b: { if: [VETERAN, 30, 50] } }),
			SENIOR
		);
		expect(weightsOf(two)).toEqual([
			{ if: [VETERAN, 70, SENIOR, 50, 50] },
			{ if: [VETERAN, 30, SENIOR, 50, 50] }
		]);
	});

	test('removing the only branch leaves a number, and so does removing otherwise', () => {
		const branched = scheme({ a: { if: [SENIOR, 70, 50] }, b: { if: [SENIOR, 30, 50] } });
		expect(weightsOf(removeBranch(branched, 0))).toEqual([50, 50]);
		expect(weightsOf(removeBranch(branched, 1))).toEqual([70, 30]);
	});

	test('without otherwise the last condition falls away and its weights hold for the rest', () => {
		const branched = scheme({ a: { if: [VETERAN, 70, SENIOR, 60, 50] } });
		expect(weightsOf(removeBranch(branched, 2))).toEqual([{ if: [VETERAN, 70, 60] }]);
		expect(weightsOf(removeBranch(branched, 1))).toEqual([{ if: [VETERAN, 70, 50] }]);
	});

	test('another condition changes every item that has the branch, and keeps its name', () => {
		const named = nameBranch(addBranch(scheme({ a: 60, b: 40 }), SENIOR), SENIOR, {
			'zh-CN': '资深',
			en: 'Senior'
		});
		const changed = setBranchCondition(named, 0, VETERAN);
		expect(weightsOf(changed)).toEqual([{ if: [VETERAN, 60, 60] }, { if: [VETERAN, 40, 40] }]);
		expect(branchName(changed, VETERAN)).toEqual({ 'zh-CN': '资深', en: 'Senior' });
		expect(branchName(changed, SENIOR)).toBeNull();
	});

	test('a weight of another shape is left as it was written', () => {
		const document = scheme({ a: { var: 'param.weight' }, b: 40 });
		expect(weightsOf(addBranch(document, SENIOR))[0]).toEqual({ var: 'param.weight' });
	});
});

describe('shares', () => {
	test('any numbers become weights that total 100, and are remembered', () => {
		let document = scheme({ a: 50, b: 30, c: 20 });
		document = setShare(document, 'a', 0, 3);
		document = setShare(document, 'b', 0, 2);
		document = setShare(document, 'c', 0, 1);
		expect(weightsOf(document)).toEqual([50, 33.33, 16.67]);
		expect(Object.fromEntries(readShares(document, tableOf(document), 0))).toEqual({
			a: 3,
			b: 2,
			c: 1
		});
	});

	test('weights that were changed elsewhere stand for themselves', () => {
		const shared = setShare(scheme({ a: 60, b: 40 }), 'a', 0, 1);
		const items = itemsOf(shared).map((item, index) => ({
			...item,
			weight: index === 0 ? 90 : 10
		}));
		const changed = { ...shared, items: items as never };
		expect(readShares(changed, tableOf(changed), 0).get('a')).toBe(90);
	});
});
