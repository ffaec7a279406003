/**
 * From file to figure, on real input. Sales people book at month ends only, so the quota quarter
 * from 2013-05-30 to 2013-08-29 holds exactly the bookings of May, June and July 2013: with a
 * fiscal year that begins in February it is the client's second quarter, `2013-Q2`, and its figures
 * must equal those computed independently in `ground_truth.json`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { prepareScheme, scoreRow } from '#lib/engine/score/score-row.ts';
import { variablesOfRow } from '#lib/engine/table/row.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import type { Context } from '#lib/server/context.ts';
import { takeSnapshot } from '#lib/server/snapshots/take-snapshot.ts';
import { actorWith, openStudio } from '../support/studio.ts';
import { importSales } from './adventure-works.ts';
import { QUOTA_SCHEME, type SalesFiles } from './quota-scheme.ts';
import { smallCompany } from './small-company.ts';

const folder = process.env['QUANHENG_DATASETS'];

async function scores(ctx: Context, period: string): Promise<Record<string, number | null>> {
	const { scheme } = parseScheme(QUOTA_SCHEME);
	if (!scheme) throw new Error('the scheme of the example is valid');
	const prepared = prepareScheme(scheme);
	const { snapshot } = await takeSnapshot(ctx, {
		range: { from: period, to: period },
		length: 'quarter',
		paths: prepared.paths
	});
	const table = tableOfSnapshot(snapshot);
	const found: Record<string, number | null> = {};
	for (let row = 0; row < table.rows; row += 1) {
		const variables = variablesOfRow(table, row);
		const card = scoreRow(prepared, variables);
		if (card.status !== 'uncovered') found[String(variables.get('employee.id'))] = card.score;
	}
	return found;
}

async function cells(ctx: Context, length: 'month' | 'quarter', period: string, employee: string) {
	const { snapshot } = await takeSnapshot(ctx, {
		range: { from: period, to: period },
		length,
		paths: [
			'metric.sales',
			'metric.orders',
			'metric.shipping',
			'target.sales',
			'metric.average_order'
		]
	});
	const table = tableOfSnapshot(snapshot);
	for (let row = 0; row < table.rows; row += 1) {
		const variables = variablesOfRow(table, row);
		if (variables.get('employee.id') === employee) return Object.fromEntries(variables);
	}
	throw new Error(`${employee} is not in ${period}`);
}

describe('a company of five, always there', () => {
	it('gives the figures and scores that its files say', async () => {
		const studio = await openStudio();
		const ctx = await studio.context();
		const { names, quotas } = await importSales(ctx, actorWith('implementer'), smallCompany());
		expect(names.plan.rows).toMatchObject({ read: 6, filtered: 1, accepted: 5 });
		expect(quotas.plan.facts.new).toBe(12);
		expect(await cells(ctx, 'quarter', '2013-Q2', '276')).toMatchObject({
			'employee.name': 'Linda Mitchell',
			'metric.sales': 600,
			'metric.orders': 30,
			'metric.average_order': 20,
			'target.sales': 1000
		});
		// 70 × 0.6 + 30 × 30/40, and 70 × 1.2 + 30 × 1 for the one who doubled the quota.
		expect(await scores(ctx, '2013-Q2')).toEqual({ '276': 64.5, '277': 114, '278': null });
	});
});

describe('AdventureWorks', () => {
	if (folder === undefined) {
		it('is not run: QUANHENG_DATASETS is not set', ({ skip }) => {
			skip('QUANHENG_DATASETS is not set; the small equivalent above ran.');
		});
		return;
	}
	it('gives the figures of its ground truth, to the cent', async () => {
		const place = join(folder, 'adventureworks-sales');
		if (!existsSync(place)) throw new Error(`QUANHENG_DATASETS has no folder ${place}`);
		const file = (name: string): Uint8Array => readFileSync(join(place, name));
		const files: SalesFiles = {
			employees: file('Employee.csv'),
			names: file('DimEmployee.csv'),
			months: file('derived/sales_person_month.csv'),
			quotas: file('SalesPersonQuotaHistory.csv')
		};
		const studio = await openStudio();
		const ctx = await studio.context();
		const { people, names, months } = await importSales(ctx, actorWith('implementer'), files);
		expect(people.plan.people).toEqual({ new: 290, changed: 0, unchanged: 0 });
		expect(names.plan.rows).toMatchObject({ read: 296, accepted: 290 });
		expect(months.plan.rows.accepted).toBe(423);
		const total = months.plan.columns.find(({ field }) => field === 'metric.sales')?.sum;
		expect(total).toBeCloseTo(80487704.18, 1);

		const may = await cells(ctx, 'month', '2013-05', '276');
		expect(may).toMatchObject({ 'employee.name': 'Linda Mitchell', 'metric.orders': 7 });
		expect(may['metric.sales']).toBeCloseTo(308192.3055, 4);
		expect(may['metric.shipping']).toBeCloseTo(10025.6091, 4);
		expect(may['target.sales']).toBeCloseTo(1525000 / 3, 6);

		const truth = JSON.parse(readFileSync(join(place, 'ground_truth.json'), 'utf8')) as {
			what: string;
			rows: (string | number)[][];
		}[];
		const rowsOf = (start: string) => truth.find(({ what }) => what.startsWith(start))?.rows ?? [];
		for (const [employee, date, quota, sales, orders, attainment] of rowsOf('quota attainment')) {
			// QuotaDates of February, May and August begin fiscal quarters 1, 2 and 3.
			const period = { '02': '2013-Q1', '05': '2013-Q2', '08': '2013-Q3' }[
				String(date).slice(5, 7)
			];
			const found = await cells(ctx, 'quarter', period ?? '', String(employee));
			expect(found['metric.sales']).toBeCloseTo(Number(sales), 2);
			expect(found['metric.orders']).toBe(orders);
			expect(found['target.sales']).toBe(Number(quota));
			expect(Number(found['metric.sales']) / Number(found['target.sales'])).toBeCloseTo(
				Number(attainment),
				4
			);
		}
		const scored = await scores(ctx, '2013-Q2');
		const expected = rowsOf('example score');
		expect(expected).toHaveLength(5);
		for (const [employee, score] of expected) expect(scored[String(employee)]).toBe(score);
	}, 60_000);
});
