/** The rows of a condition over a file, as people edit them, and the JSON Logic that is kept. */
import { describe, expect, it } from 'vitest';
import { completeMapping } from '#lib/server/imports/batches.ts';
import {
	FILTER_COMPARISONS,
	filterForm,
	filterRule,
	type FilterRow
} from '../../src/routes/clients/[client]/imports/[batch]/filter-rows.ts';

const mapping = (extra: object) => completeMapping({ columns: [], ...extra });

describe('a condition in rows', () => {
	it('comes back as the rows it was written from, whatever the comparison', () => {
		for (const comparison of FILTER_COMPARISONS) {
			const isUnary = comparison === 'filled' || comparison === 'blank';
			const row: FilterRow = { column: 'No. of x', comparison, values: isUnary ? '' : '12' };
			const rule = filterRule({ join: 'all', rows: [row], opaque: null });
			expect(filterForm(mapping({ filter: rule })).rows).toEqual([row]);
		}
	});

	it('of several rows says whether all or any must hold', () => {
		const rows: FilterRow[] = [
			{ column: 'a', comparison: 'is', values: 'x, y' },
			{ column: 'b', comparison: 'above', values: '2025-01-01' }
		];
		for (const join of ['all', 'any'] as const) {
			const rule = filterRule({ join, rows, opaque: null });
			expect(filterForm(mapping({ filter: rule }))).toEqual({ join, rows, opaque: null });
		}
	});

	it('without a value is no condition', () => {
		const row: FilterRow = { column: 'a', comparison: 'is', values: ' ' };
		expect(filterRule({ join: 'all', rows: [row], opaque: null })).toBeUndefined();
	});

	it('of a program that rows cannot show is kept as it is', () => {
		const filter = { '==': [{ '%': [{ var: 'a' }, 2] }, 0] };
		const form = filterForm(mapping({ filter }));
		expect(form).toMatchObject({ rows: [], opaque: filter });
		expect(filterRule(form)).toEqual(filter);
	});

	it('of a mapping that lists values is shown as rows', () => {
		const form = filterForm(mapping({ where: [{ column: 'a', values: ['x', 'y'] }] }));
		expect(filterRule(form)).toEqual({ in: [{ var: 'a' }, ['x', 'y']] });
	});
});
