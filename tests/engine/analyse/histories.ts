/** Small histories, each with one story that a fixture names. */
import { tableFromRows } from '#lib/engine/table/from-rows.ts';
import type { Table } from '#lib/engine/table/table.ts';

interface Person {
	readonly sales: number;
	readonly salesTarget: number;
	readonly conversion: number | null;
}

/** Twelve people; `i` runs from 0. */
const STORIES: Readonly<Record<string, (i: number) => Person>> = {
	/** Nothing remarkable. */
	steady: (i) => ({
		sales: 700 + 40 * ((i * 5) % 12),
		salesTarget: 1000,
		conversion: 0.6 + 0.04 * ((i * 7) % 12)
	}),
	gaps: (i) => ({
		sales: 700 + 40 * ((i * 5) % 12),
		salesTarget: 1000,
		conversion: i < 3 ? null : 0.9
	}),
	/** Conversion differs so much more that it decides the ranking. */
	loud: (i) => ({ sales: 990 + (i % 3), salesTarget: 1000, conversion: 0.1 * ((i * 7) % 12) }),
	same: (i) => ({ sales: 1000 * (0.5 + i / 20), salesTarget: 1000, conversion: 0.5 + i / 20 }),
	/** Everybody is 0.05 short of good. */
	hair: (i) => ({ sales: 799.5 + i / 1000, salesTarget: 1000, conversion: 0.7995 }),
	/** Targets in ten thousands, actuals in units. */
	scale: (i) => ({
		sales: 1_000_000 + i,
		salesTarget: 100,
		conversion: 0.6 + 0.04 * ((i * 7) % 12)
	}),
	capacity: (i) => ({ sales: 900 + i, salesTarget: 950, conversion: 0.6 + 0.04 * ((i * 7) % 12) })
};

export function history(story: string): Table {
	const person = STORIES[story];
	if (!person) throw new Error(`There is no story “${story}”.`);
	const header = [
		...['employee.id', 'period.id', 'employee.position', 'employee.region'],
		...['metric.sales', 'target.sales', 'metric.conversion', 'target.conversion']
	];
	const rows = Array.from({ length: 12 }, (_, i) => {
		const { sales, salesTarget, conversion } = person(i);
		const cells = [
			`E${i + 1}`,
			'2025-01',
			'sales',
			'Europe',
			sales,
			salesTarget,
			conversion ?? '',
			1
		];
		return cells.map(String);
	});
	const { table } = tableFromRows(header, rows);
	if (!table) throw new Error('The history of the test is no table.');
	return table;
}
