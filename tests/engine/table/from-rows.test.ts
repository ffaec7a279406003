import { describe, expect, it } from 'vitest';
import { tableFromRows } from '#lib/engine/table/from-rows.ts';
import { dictionaryOfTable } from '#lib/engine/scheme/variables.ts';
import { plainRows } from './table-equal.ts';

const KEYS = ['employee.id', 'period.id'];

function read(header: string[], ...rows: string[][]) {
	return tableFromRows(header, rows);
}

function kinds(header: string[], ...rows: string[][]) {
	const { table } = read(header, ...rows);
	return Object.fromEntries([...(table?.columns ?? [])].map(([path, { kind }]) => [path, kind]));
}

function refusals(header: string[], ...rows: string[][]) {
	const { diagnostics } = read(header, ...rows);
	for (const { message, advice } of diagnostics)
		expect(JSON.stringify([message, advice])).not.toMatch(/\{\w+\}/);
	return diagnostics.map(({ code, line }) => `${code} ${line ?? ''}`.trim());
}

describe('types of columns', () => {
	it('boolean where all are true or false, number where all are numbers, else text', () => {
		const columns = kinds(
			[...KEYS, 'employee.remote', 'employee.level', 'employee.site', 'employee.mixed'],
			['7', '2025-01', 'true', '3', 'east', '1'],
			['8', '2025-01', 'false', '.5e1', '', 'true']
		);
		expect(columns).toMatchObject({
			'employee.remote': 'boolean',
			'employee.level': 'number',
			'employee.site': 'text',
			'employee.mixed': 'text'
		});
	});

	it('empty cells decide nothing and are missing, never zero', () => {
		const { table } = read(
			[...KEYS, 'employee.level', 'metric.sales'],
			['a', '2025-01', '', '5'],
			['b', '2025-01', '2', '']
		);
		expect(table && plainRows(table, ['employee.level', 'metric.sales'])).toEqual([
			{ 'employee.level': null, 'metric.sales': 5 },
			{ 'employee.level': 2, 'metric.sales': null }
		]);
	});

	it('ids, names and units stay text though they look like numbers', () => {
		const columns = kinds(
			[...KEYS, 'employee.name', 'employee.unit'],
			['007', '2025', 'true', '12']
		);
		expect(columns).toMatchObject({
			'employee.id': 'text',
			'employee.name': 'text',
			'employee.unit': 'text',
			'period.id': 'text'
		});
	});

	it.each(['1', '+1', '-1', '1.5', '.5', '1e3', '1.5E-3'])('“%s” is a number', (cell) => {
		expect(kinds([...KEYS, 'employee.x'], ['a', '2025-01', cell])['employee.x']).toBe('number');
	});

	it.each(['1,000', '1.', '0x10', 'NaN', 'Infinity', '1e999', ' 1', '12%', '１２'])(
		'“%s” is not, and is refused in a metric',
		(cell) => {
			expect(kinds([...KEYS, 'employee.x'], ['a', '2025-01', cell])['employee.x']).toBe('text');
			expect(refusals([...KEYS, 'metric.x'], ['a', '2025-01', cell])).toEqual([
				'cell_not_numeric 2'
			]);
		}
	);

	it('a column of only empty cells has any type', () => {
		const { table } = read([...KEYS, 'employee.shift'], ['a', '2025-01', '']);
		expect(table && dictionaryOfTable(table).get('employee.shift')).toMatchObject({ type: 'any' });
	});
});

describe('derived columns', () => {
	it('attainment of people and teams, and the parts of the period', () => {
		const { table } = read(
			[...KEYS, 'metric.m', 'target.m', 'team.m.actual', 'team.m.target'],
			['a', '2025-02', '5', '10', '600', '500'],
			['b', '2025-02', '5', '0', '', '500']
		);
		const paths = ['attainment.m', 'team.m.attainment', 'period.quarter', 'period.days'];
		expect(table && plainRows(table, paths)).toEqual([
			{ 'attainment.m': 0.5, 'team.m.attainment': 1.2, 'period.quarter': 1, 'period.days': 28 },
			{ 'attainment.m': null, 'team.m.attainment': null, 'period.quarter': 1, 'period.days': 28 }
		]);
	});

	it('a derived column that the table brings is not used, and that is said', () => {
		const { table, diagnostics } = read(
			[...KEYS, 'metric.m', 'target.m', 'attainment.m'],
			['a', '2025-02', '5', '10', '99']
		);
		expect(diagnostics[0]).toMatchObject({ code: 'column_derived', severity: 'warning' });
		expect(table && plainRows(table, ['attainment.m'])).toEqual([{ 'attainment.m': 0.5 }]);
	});
});

describe('refused tables', () => {
	it('each problem is named with its line', () => {
		expect(refusals([])).toEqual(['table_empty']);
		expect(refusals(['employee.id', 'metric.a'], ['a', '1'])).toEqual(['column_missing 1']);
		expect(refusals([...KEYS, 'metrics.a'], ['a', '2025-01', '1'])).toEqual(['column_unknown 1']);
		expect(refusals([...KEYS, 'metric.a', 'metric.a'], ['a', '2025-01', '1', '1'])).toEqual([
			'column_duplicate 1'
		]);
		expect(refusals(KEYS, ['a', '2025-01'], ['a', '2025-02', 'x'])).toEqual(['row_length 3']);
		expect(refusals(KEYS, ['', '2025-01'])).toEqual(['cell_required 2']);
		expect(refusals(KEYS, ['a', '2025-13'])).toEqual(['period_unknown 2']);
		expect(refusals(KEYS, ['a', '2025-01'], ['b', '2025-01'], ['a', '2025-01'])).toEqual([
			'row_duplicate 4'
		]);
		expect(refusals([...KEYS, 'employee.__proto__'], ['a', '2025-01', 'x'])).toEqual([
			'column_unknown 1'
		]);
	});

	it('a misspelt namespace is answered with the right one', () => {
		const { diagnostics } = read([...KEYS, 'metrics.sales'], ['a', '2025-01', '1']);
		expect(diagnostics[0]?.advice.en).toContain('Did you mean “metric.sales”');
	});

	it('a thousand equal problems are listed twenty times and counted', () => {
		const rows = Array.from({ length: 1000 }, (_, i) => [`e${i}`, '2025-01', 'x']);
		const { diagnostics } = read([...KEYS, 'metric.a'], ...rows);
		expect(diagnostics).toHaveLength(20);
		expect(diagnostics.at(-1)?.advice.en).toContain('980 more rows');
	});

	it('a table without rows is a table', () => {
		expect(read(KEYS).table?.rows).toBe(0);
	});
});
