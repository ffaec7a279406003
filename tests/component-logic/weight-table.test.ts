import { describe, expect, test } from 'vitest';
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeItem } from '#lib/engine/scheme/document.ts';
import {
	branchSlots,
	branchTotal,
	readWeights,
	splitWeight,
	writeWeight
} from '#lib/designer/weights/weight-table.ts';

const isNew: Rule = { '<': [{ var: 'employee.tenure_months' }, 12] };

function item(id: string, weight: Rule): SchemeItem {
	return { id, metric: id, class: 'result', weight, score: 100 };
}

describe('weights as a table', () => {
	test('items that share a condition give one column for each branch, with its own total', () => {
		const table = readWeights([
			item('sales', 40),
			item('repeat', { if: [isNew, 0, 60] }),
			item('new', { if: [isNew, 60, 0] })
		]);
		expect(table.branches.map((branch) => branch.key)).toEqual(['branch-0', 'otherwise']);
		expect([branchTotal(table, 0), branchTotal(table, 1)]).toEqual([10_000, 10_000]);
		expect(table.rows[0]?.cells[0]?.kind).toBe('shared');
	});

	test('a weight of another shape is an intact cell and gives no total', () => {
		const table = readWeights([item('a', { var: 'param.weight' }), item('b', 50)]);
		expect(table.rows[0]?.cells[0]?.kind).toBe('advanced');
		expect(branchTotal(table, 0)).toBeNull();
		expect(writeWeight({ var: 'param.weight' }, 0, 100)).toEqual({ var: 'param.weight' });
	});

	test('changing one branch leaves the condition and the other branch as written', () => {
		const rule: Rule = { if: [isNew, 10, 60] };
		expect(writeWeight(rule, 0, 1250)).toEqual({ if: [isNew, 12.5, 60] });
		expect(writeWeight(rule, 1, 5000)).toEqual({ if: [isNew, 10, 50] });
	});

	test('in a branch, a weight shared by all branches is not moved by the balance', () => {
		const table = readWeights([item('sales', 40), item('repeat', { if: [isNew, 0, 60] })]);
		expect(branchSlots(table, 0, new Set()).map((slot) => slot.locked)).toEqual([true, false]);
	});

	test('splitting a weight gives every branch the same number to begin with', () => {
		const { branches } = readWeights([item('repeat', { if: [isNew, 0, 60] })]);
		expect(splitWeight(40, branches)).toEqual({ if: [isNew, 40, 40] });
	});
});
