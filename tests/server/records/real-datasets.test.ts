/**
 * Six public data sets from their raw files, through the wizard into records or observations, and
 * the figures that scoring reads of them. Each figure is held against an independent count over the
 * same rows, and against the ground truth that was computed with another program. Small generated
 * files of the same shape run always.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Context } from '#lib/server/context.ts';
import { registerMetrics } from '../imports/import-files.ts';
import { actorWith, openStudio } from '../support/studio.ts';
import {
	ABSENCE_METRICS,
	AIRPORT_METRICS,
	BANK_METRICS,
	bringAbsences,
	bringAirports,
	bringBank,
	bringOrders,
	bringShipments,
	bringTeamDays,
	figures,
	ORDER_METRICS,
	SHIPMENT_DERIVED,
	SHIPMENT_METRICS,
	SHIPMENT_MODES,
	TEAM_DERIVED,
	TEAM_METRICS,
	type Cells
} from './industry-files.ts';
import * as small from './small-industries.ts';

const folder = process.env['QUANHENG_DATASETS'];
const implementer = actorWith('implementer');
const LONG = 300_000;

function rowsOf(file: Uint8Array | string): Cells[] {
	return parse(Buffer.from(file), { columns: true, bom: true, relax_column_count: true });
}

interface Truth {
	readonly what: string;
	readonly rows: readonly (readonly (string | number)[])[];
}

/** A file of a data set; missing while the data sets are announced is a failure. */
function raw(...path: readonly string[]): Uint8Array {
	const place = join(folder ?? '', ...path);
	if (!existsSync(place)) throw new Error(`QUANHENG_DATASETS has no file ${place}`);
	return readFileSync(place);
}

function truthOf(set: string): (start: string) => Truth['rows'] {
	const all = JSON.parse(Buffer.from(raw(set, 'ground_truth.json')).toString('utf8')) as Truth[];
	return (start) => {
		const found = all.find(({ what }) => what.startsWith(start));
		if (!found) throw new Error(`${set} has no truth “${start}”`);
		return found.rows;
	};
}

/** Runs a test on the public data, or says why not. */
function onRealData(name: string, run: () => Promise<void>): void {
	if (folder === undefined) {
		test(name, ({ skip }) => {
			skip('QUANHENG_DATASETS is not set; the small equivalent ran.');
		});
	} else test(name, run, LONG);
}

async function company(): Promise<Context> {
	return (await openStudio()).context();
}

type Group = Map<string, Cells[]>;
function groupBy(rows: readonly Cells[], keyOf: (row: Cells) => string | null): Group {
	const groups: Group = new Map();
	for (const row of rows) {
		const key = keyOf(row);
		if (key === null) continue;
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return groups;
}

const number = (row: Cells, column: string): number => Number(row[column] || 0);
const sum = (rows: readonly Cells[], column: string): number =>
	rows.reduce((total, row) => total + number(row, column), 0);
const cell = (row: Cells, column: string): string => row[column] ?? '';
const month = (row: Cells, column: string): string => cell(row, column).slice(0, 7);

function near(found: number | null | undefined, expected: number, what: string, digits = 4): void {
	expect(found, what).not.toBeNull();
	expect(Math.abs((found ?? NaN) - expected), `${what}: ${found} for ${expected}`).toBeLessThan(
		0.5 * 10 ** -digits
	);
}

describe('sales orders', () => {
	async function check(people: Uint8Array | string, file: Uint8Array | string) {
		const ctx = await company();
		const { plan, done } = await bringOrders(ctx, people, file);
		await registerMetrics(ctx, implementer, ORDER_METRICS);
		const rows = rowsOf(file);
		expect(plan.rows).toMatchObject({ read: rows.length, rejected: 0 });
		expect(done.facts).toBe(rows.length);
		const days = rows.map((row) => cell(row, 'OrderDate')).sort();
		const range = { from: (days[0] ?? '').slice(0, 7), to: (days.at(-1) ?? '').slice(0, 7) };
		const months = await figures(
			ctx,
			range,
			'month',
			ORDER_METRICS.map(({ id }) => id)
		);
		const expected = groupBy(rows, (row) =>
			cell(row, 'SalesPersonID') === ''
				? null
				: `${cell(row, 'SalesPersonID')} ${month(row, 'OrderDate')}`
		);
		for (const [key, group] of expected) {
			const found = months.get(key);
			near(found?.['sales'], sum(group, 'SubTotal'), `sales of ${key}`);
			near(found?.['shipping'], sum(group, 'ShippingCost'), `shipping of ${key}`);
			expect(found?.['orders'], key).toBe(group.length);
			expect(found?.['customers'], key).toBe(
				new Set(group.map((row) => cell(row, 'CustomerID'))).size
			);
			near(found?.['average_order'], sum(group, 'SubTotal') / group.length, key);
		}
		const told = [...months].filter(([, { orders }]) => orders !== null);
		expect(told).toHaveLength(expected.size);
		return { ctx, months, rows, expected };
	}

	test('a small file gives its own counts', async () => {
		const { months, rows } = await check(small.salespeople(), small.orders());
		const online = rows.filter((row) => cell(row, 'SalesPersonID') === '');
		const desks = [...months].filter(([key]) => key.startsWith('desk-online '));
		expect(desks.reduce((total, [, one]) => total + (one['online_orders'] ?? 0), 0)).toBe(
			online.length
		);
	});

	onRealData('AdventureWorks: 31,465 orders', async () => {
		const set = 'adventureworks-sales';
		const { ctx, months, expected } = await check(
			raw(set, 'Employee.csv'),
			raw(set, 'SalesOrderHeader.csv')
		);
		const truth = truthOf(set);
		const [all] = truth('all orders');
		const total = (id: string) =>
			[...months.values()].reduce((whole, one) => whole + (one[id] ?? 0), 0);
		// The online desk and the group above it both see the web shop's orders: one of them counts.
		const online = [...months].filter(([key]) => key.startsWith('desk-online '));
		const onlineTotal = (id: string) =>
			online.reduce((whole, [, one]) => whole + (one[id] ?? 0), 0);
		expect(total('orders') + onlineTotal('online_orders')).toBe(all?.[0]);
		near(total('sales') + onlineTotal('online_sales'), Number(all?.[1]), 'all sales', 2);
		expect(total('orders')).toBe(all?.[2]);
		near(total('sales'), Number(all?.[3]), 'sales of sales people', 2);
		const derived = rowsOf(raw(set, 'derived', 'sales_person_month.csv'));
		expect(derived).toHaveLength(expected.size);
		for (const row of derived) {
			const found = months.get(`${cell(row, 'employee')} ${cell(row, 'period')}`);
			near(found?.['sales'], number(row, 'sales'), JSON.stringify(row));
			near(found?.['shipping'], number(row, 'shipping'), JSON.stringify(row));
			expect(found?.['orders']).toBe(number(row, 'orders'));
			expect(found?.['customers']).toBe(number(row, 'customers'));
		}
		const [may] = truth('276 Linda Mitchell, month 2013-05');
		const linda = months.get('276 2013-05');
		near(linda?.['sales'], Number(may?.[0]), 'May of 276');
		expect(linda?.['orders']).toBe(may?.[1]);
		near(linda?.['shipping'], Number(may?.[2]), 'shipping in May of 276');
		const [jae] = truth('commission of 289 Jae Pak');
		const sold = months.get('289 2013-05')?.['sales'];
		near(sold, Number(jae?.[0]), 'May of 289');
		near((sold ?? 0) * Number(jae?.[1]), Number(jae?.[2]), 'commission of 289', 4);
		const quarter = await figures(ctx, { from: '2013-Q2', to: '2013-Q2' }, 'quarter', [
			'sales',
			'orders'
		]);
		const [second] = truth('276 Linda Mitchell, calendar 2013-Q2');
		near(quarter.get('276 2013-Q2')?.['sales'], Number(second?.[0]), 'second quarter of 276');
		expect(quarter.get('276 2013-Q2')?.['orders']).toBe(second?.[1]);
	});
});

describe('shipments', () => {
	async function check(file: Uint8Array | string) {
		const ctx = await company();
		const rows = rowsOf(file);
		const { plan, deskOf } = await bringShipments(ctx, file, rows);
		await registerMetrics(ctx, implementer, [...SHIPMENT_METRICS, ...SHIPMENT_DERIVED]);
		expect(plan.rows).toMatchObject({ read: rows.length, accepted: rows.length });
		const years = rows.map((row) => cell(row, 'Delivered to Client Date').slice(0, 4)).sort();
		const range = { from: years[0] ?? '', to: years.at(-1) ?? '' };
		const ids = [...SHIPMENT_METRICS, ...SHIPMENT_DERIVED].map(({ id }) => id);
		const yearly = await figures(ctx, range, 'year', ids);
		const isOnTime = (row: Cells) =>
			cell(row, 'Delivered to Client Date') <= cell(row, 'Scheduled Delivery Date');
		const groups = groupBy(
			rows,
			(row) =>
				`${deskOf(cell(row, 'Country'))} ${cell(row, 'Delivered to Client Date').slice(0, 4)}`
		);
		for (const [key, group] of groups) {
			const found = yearly.get(key);
			expect(found?.['shipments'], key).toBe(group.length);
			const onTime = group.filter(isOnTime).length;
			expect(found?.['on_time'], key).toBe(onTime);
			near(found?.['on_time_rate'], onTime / group.length, key, 12);
			near(found?.['cargo_value'], sum(group, 'Line Item Value'), key, 2);
			const day = (row: Cells, column: string) => Date.parse(cell(row, column)) / 86_400_000;
			const delay =
				group.reduce(
					(total, row) =>
						total + day(row, 'Delivered to Client Date') - day(row, 'Scheduled Delivery Date'),
					0
				) / group.length;
			near(found?.['mean_delay'], delay, key);
		}
		return { yearly, deskOf, ctx };
	}

	test('a small file gives its own counts', async () => {
		await check(small.shipments());
	});

	onRealData('USAID SCMS: 10,324 shipments', async () => {
		const set = 'usaid-scms';
		const { yearly, deskOf, ctx } = await check(raw(set, 'SCMS_Delivery_History_Dataset.csv'));
		const truth = truthOf(set);
		const [all] = truth('all lines');
		const group = [...yearly].filter(([key]) => key.startsWith('desk-all '));
		const total = (id: string) => group.reduce((whole, [, one]) => whole + (one[id] ?? 0), 0);
		expect(total('shipments')).toBe(all?.[0]);
		near(total('cargo_value'), Number(all?.[5]), 'value of all lines', 2);
		for (const [mode, n, onTime] of truth('by mode')) {
			const id = `mode_${SHIPMENT_MODES.findIndex((known) => known === mode)}`;
			expect([total(id), total(`${id}_on_time`)], String(mode)).toEqual([n, onTime]);
		}
		const [freight] = truth('lines with numeric freight');
		expect(total('freight_lines')).toBe(freight?.[0]);
		near(total('freight'), Number(freight?.[1]), 'freight', 2);
		for (const [country, n, onTime, delay, value] of truth('year 2013, five largest')) {
			const found = yearly.get(`${deskOf(String(country))} 2013`);
			expect(found?.['shipments'], String(country)).toBe(n);
			expect(found?.['on_time'], String(country)).toBe(onTime);
			near(found?.['mean_delay'], Number(delay), `delay of ${country}`, 3);
			near(found?.['cargo_value'], Number(value), `value of ${country}`, 2);
		}
		for (const [country, , perKg] of truth('freight per kg')) {
			const found = yearly.get(`${deskOf(String(country))} 2013`);
			near(found?.['freight_per_kg'], Number(perKg), `freight per kg of ${country}`, 6);
		}
		for (const [country, score] of truth('example score for 2013')) {
			expect(yearly.get(`${deskOf(String(country))} 2013`)?.['delivery_score']).toBe(score);
		}
		const may = await figures(ctx, { from: '2013-05', to: '2013-05' }, 'month', [
			'shipments',
			'on_time',
			'on_time_rate',
			'cargo_value',
			'mean_delay'
		]);
		const [nigeria] = truth('Nigeria 2013-05');
		const found = may.get(`${deskOf('Nigeria')} 2013-05`);
		expect(found?.['shipments']).toBe(nigeria?.[0]);
		expect(found?.['on_time']).toBe(nigeria?.[1]);
		near((found?.['on_time_rate'] ?? 0) * 100, Number(nigeria?.[2]), 'on time in Nigeria');
		near(found?.['cargo_value'], Number(nigeria?.[3]), 'value in Nigeria', 2);
		near(found?.['mean_delay'], Number(nigeria?.[4]), 'delay in Nigeria');
	});
});

describe('absences', () => {
	async function check(file: string) {
		const ctx = await company();
		const rows = rowsOf(file);
		const people = [...new Set(rows.map((row) => cell(row, 'ID')))];
		const { plan } = await bringAbsences(ctx, file, people);
		await registerMetrics(ctx, implementer, ABSENCE_METRICS);
		const months = rows.map((row) => month(row, 'month')).filter(Boolean);
		months.sort();
		const found = await figures(
			ctx,
			{ from: months[0] ?? '', to: months.at(-1) ?? '' },
			'month',
			ABSENCE_METRICS.map(({ id }) => id)
		);
		const groups = groupBy(rows, (row) =>
			cell(row, 'month') === '' ? null : `${cell(row, 'ID')} ${month(row, 'month')}`
		);
		for (const [key, group] of groups) {
			expect(found.get(key), key).toEqual({
				absences: group.length,
				absence_hours: sum(group, 'Absenteeism time in hours'),
				disciplinary: sum(group, 'Disciplinary failure'),
				unjustified: group.filter((row) => cell(row, 'Reason for absence') === '26').length
			});
		}
		const undated = rows.filter((row) => cell(row, 'month') === '').length;
		expect(plan.rows).toMatchObject({ read: rows.length, rejected: undated });
		return { found, rows, people };
	}

	test('a small file gives its own counts, and rows without a month are refused', async () => {
		await check(small.absences());
	});

	onRealData('a courier company: 740 absences of 36 people', async () => {
		const set = 'courier-absenteeism';
		const map = rowsOf(raw(set, 'period_map.csv'));
		const { found, rows, people } = await check(
			small.datedAbsences(
				Buffer.from(raw(set, 'Absenteeism_at_work.csv')).toString('utf8'),
				map.map((row) => ({
					from: number(row, 'row_from'),
					to: number(row, 'row_to'),
					period: cell(row, 'period')
				}))
			)
		);
		const truth = truthOf(set);
		const [all] = truth('all');
		expect([rows.length, people.length]).toEqual([all?.[0], all?.[2]]);
		const total = (id: string, matches: (key: string) => boolean) =>
			[...found].reduce((whole, [key, one]) => whole + (matches(key) ? (one[id] ?? 0) : 0), 0);
		expect(total('absence_hours', () => true)).toBe(all?.[1]);
		for (const [id, n, hours] of truth('most absent')) {
			const isTheirs = (key: string) => key.startsWith(`${id} `);
			const undated = rows.filter((row) => cell(row, 'ID') === id && cell(row, 'month') === '');
			expect(total('absences', isTheirs) + undated.length, String(id)).toBe(n);
			expect(total('absence_hours', isTheirs), String(id)).toBe(hours);
		}
		const [july] = truth('2007-07');
		const inJuly = (key: string) => key.endsWith(' 2007-07');
		expect(total('absences', inJuly)).toBe(july?.[0]);
		expect(total('absence_hours', inJuly)).toBe(july?.[1]);
		for (const [monthOfYear, hours] of truth('hours by month of year')) {
			const end = `-${String(monthOfYear).padStart(2, '0')}`;
			expect(
				total('absence_hours', (key) => key.endsWith(end)),
				end
			).toBe(hours);
		}
		for (const [period, n, hours] of truth('employee 3 by calendar months')) {
			expect(found.get(`3 ${period}`)).toMatchObject({ absences: n, absence_hours: hours });
		}
	});
});

describe('team-days', () => {
	async function check(file: Uint8Array | string) {
		const ctx = await company();
		const rows = rowsOf(file);
		const { plan } = await bringTeamDays(ctx, file, rows);
		await registerMetrics(ctx, implementer, [...TEAM_METRICS, ...TEAM_DERIVED]);
		expect(plan.rows).toMatchObject({ read: rows.length, accepted: rows.length });
		const months = rows.map((row) => month(row, 'date')).sort();
		const range = { from: months[0] ?? '', to: months.at(-1) ?? '' };
		const ids = [...TEAM_METRICS, ...TEAM_DERIVED].map(({ id }) => id);
		const found = await figures(ctx, range, 'month', ids);
		const groups = groupBy(
			rows,
			(row) => `desk-${cell(row, 'team')}-${cell(row, 'department').trim()} ${month(row, 'date')}`
		);
		for (const [key, group] of groups) {
			const one = found.get(key);
			expect(one?.['days'], key).toBe(group.length);
			near(one?.['actual'], sum(group, 'actual_productivity') / group.length, key, 10);
			near(one?.['target'], sum(group, 'targeted_productivity') / group.length, key, 10);
			const worked = group.reduce(
				(total, row) => total + number(row, 'actual_productivity') * number(row, 'no_of_workers'),
				0
			);
			near(one?.['weighted_actual'], worked / sum(group, 'no_of_workers'), key, 10);
			expect(one?.['incentive'], key).toBe(sum(group, 'incentive'));
			expect(one?.['over_time'], key).toBe(sum(group, 'over_time'));
			expect(one?.['days_on_target'], key).toBe(
				group.filter(
					(row) => number(row, 'actual_productivity') >= number(row, 'targeted_productivity')
				).length
			);
		}
		return { ctx, found, ids };
	}

	test('a small file gives its own counts, and a blank behind a department changes nothing', async () => {
		await check(small.teamDays());
	});

	onRealData('a garment factory: 1,197 team-days', async () => {
		const set = 'garment-productivity';
		const { ctx, found, ids } = await check(raw(set, 'garments_worker_productivity.csv'));
		const truth = truthOf(set);
		const [all] = truth('all');
		const year = (await figures(ctx, { from: '2015', to: '2015' }, 'year', ids)).get(
			'desk-all 2015'
		);
		expect(year?.['days']).toBe(all?.[0]);
		near(year?.['actual'], Number(all?.[3]), 'actual', 7);
		near(year?.['target'], Number(all?.[4]), 'target', 8);
		expect(year?.['incentive']).toBe(all?.[5]);
		expect(year?.['over_time']).toBe(all?.[6]);
		for (const [department, days, actual] of truth('by department')) {
			expect(year?.[`${department}_days`]).toBe(days);
			near(year?.[`${department}_actual`], Number(actual), `actual of ${department}`, 6);
		}
		const [weighted] = truth('worker-weighted');
		near(year?.['weighted_actual'], Number(weighted?.[0]), 'weighted by workers', 6);
		expect([year?.['idle_time'], year?.['without_wip']]).toEqual([weighted?.[1], weighted?.[2]]);
		for (const row of truth('sewing teams 1 and 7')) {
			const [team, period, days, actual, target, attainment, onTarget, incentive, overTime] = row;
			const one = found.get(`desk-${team}-sewing ${period}`);
			expect(one).toMatchObject({
				days,
				days_on_target: onTarget,
				incentive,
				over_time: overTime
			});
			near(one?.['actual'], Number(actual), `actual of ${team} in ${period}`, 5);
			near(one?.['target'], Number(target), `target of ${team} in ${period}`, 5);
			near(one?.['attainment'], Number(attainment), `attainment of ${team} in ${period}`, 5);
		}
		for (const [team, score] of truth('example score')) {
			expect(found.get(`desk-${team}-sewing 2015-02`)?.['team_score'], String(team)).toBe(score);
		}
	});
});

/** Metrics of loans. */
const LOANS = /loan|amount_/;

describe('loans, accounts and transactions of a bank', () => {
	async function check(files: Parameters<typeof bringBank>[1]) {
		const ctx = await company();
		const done = await bringBank(ctx, files);
		await registerMetrics(ctx, implementer, BANK_METRICS);
		const accounts = rowsOf(files.accounts);
		const loans = rowsOf(files.loans);
		expect(done.accounts.done.facts).toBe(accounts.length);
		expect(done.loans.done.facts).toBe(loans.length);
		expect(done.transactions.done.facts).toBe(rowsOf(files.transactions).length);
		const district = new Map(
			accounts.map((row) => [cell(row, 'account_id'), cell(row, 'district_id')])
		);
		// Any account of a district sees its district's figures.
		const someone = new Map(
			accounts.map((row) => [cell(row, 'district_id'), cell(row, 'account_id')])
		);
		const years = loans.map((row) => cell(row, 'date').slice(0, 4)).sort();
		const range = { from: years[0] ?? '', to: years.at(-1) ?? '' };
		const yearly = await figures(
			ctx,
			range,
			'year',
			BANK_METRICS.flatMap(({ id }) => (LOANS.test(id) ? id : []))
		);
		const groups = groupBy(
			loans,
			(row) => `${district.get(cell(row, 'account_id'))} ${cell(row, 'date').slice(0, 4)}`
		);
		for (const [key, group] of groups) {
			const [place = '', year = ''] = key.split(' ');
			expect(yearly.get(`${someone.get(place)} ${year}`), key).toMatchObject({
				loans: group.length,
				loan_amount: sum(group, 'amount'),
				bad_loans: group.filter((row) => ['B', 'D'].includes(cell(row, 'status'))).length
			});
		}
		return { ctx, yearly, someone };
	}

	test('a small bank gives its own counts', async () => {
		await check(small.bank());
	});

	onRealData('Berka: 682 loans, 4,500 accounts, 42,945 transactions', async () => {
		const set = 'berka-bank';
		const { ctx, yearly, someone } = await check({
			accounts: raw(set, 'account.csv'),
			loans: raw(set, 'loan.csv'),
			transactions: raw(set, 'trans.csv')
		});
		const truth = truthOf(set);
		const total = (place: string, id: string) =>
			[...yearly].reduce(
				(whole, [key, one]) =>
					key.startsWith(`${someone.get(place)} `) ? whole + (one[id] ?? 0) : whole,
				0
			);
		const everywhere = (id: string) =>
			[...someone.keys()].reduce((whole, place) => whole + total(place, id), 0);
		const [all] = truth('loans');
		expect([everywhere('loans'), everywhere('loan_amount')]).toEqual([all?.[0], all?.[1]]);
		for (const [status, n, amount] of truth('by status')) {
			const id = String(status).toLowerCase();
			expect([everywhere(`loans_${id}`), everywhere(`amount_${id}`)], id).toEqual([n, amount]);
		}
		for (const [place, , n, amount, bad] of truth('largest districts')) {
			const one = String(place);
			expect([total(one, 'loans'), total(one, 'loan_amount'), total(one, 'bad_loans')]).toEqual([
				n,
				amount,
				bad
			]);
		}
		const praha = someone.get('1') ?? '';
		const at = async (period: string, ids: readonly string[]) =>
			(await figures(ctx, { from: period, to: period }, 'month', ids)).get(`${praha} ${period}`);
		for (const [period, n, amount, bad] of truth('district 1 (Praha) 1997-05')) {
			expect(await at(String(period), ['loans', 'loan_amount', 'bad_loans'])).toEqual({
				loans: n,
				loan_amount: amount,
				bad_loans: bad
			});
		}
		for (const [period, n] of truth('district 1 new accounts')) {
			expect(await at(String(period), ['new_accounts'])).toEqual({ new_accounts: n });
		}
		for (const [type, n, amount] of truth('district 1 transactions')) {
			const word = String(type).toLowerCase();
			const found = await at('1994-02', [`n_${word}`, `sum_${word}`]);
			expect(found?.[`n_${word}`]).toBe(n);
			near(found?.[`sum_${word}`], Number(amount), String(type), 2);
		}
	});
});

describe('airport months', () => {
	async function check(file: Uint8Array | string) {
		const ctx = await company();
		await registerMetrics(ctx, implementer, AIRPORT_METRICS);
		const rows = rowsOf(file);
		const { plan } = await bringAirports(ctx, file, rows);
		expect(plan.rows).toMatchObject({ read: rows.length, accepted: rows.length });
		expect(plan.facts.new).toBe(3 * rows.length);
		const labels = rows.map((row) => cell(row, 'Time.Label').replace('/', '-')).sort();
		const months = await figures(
			ctx,
			{ from: labels[0] ?? '', to: labels.at(-1) ?? '' },
			'month',
			AIRPORT_METRICS.map(({ id }) => id)
		);
		for (const row of rows) {
			const key = `desk-${cell(row, 'Airport.Code')} ${cell(row, 'Time.Label').replace('/', '-')}`;
			const flights = number(row, 'Statistics.Flights.Total');
			const onTime = number(row, 'Statistics.Flights.On Time');
			expect(months.get(key), key).toEqual({
				flights,
				flights_on_time: onTime,
				flights_cancelled: number(row, 'Statistics.Flights.Cancelled'),
				on_time_flights: onTime / flights
			});
		}
		return { ctx, months };
	}

	test('a small file gives its own counts', async () => {
		await check(small.airports());
	});

	onRealData('29 US airports in 152 months', async () => {
		const set = 'us-airports-ontime';
		const { ctx, months } = await check(raw(set, 'airlines.csv'));
		const truth = truthOf(set);
		const [panel] = truth('panel');
		const total = (id: string) =>
			[...months.values()].reduce((whole, one) => whole + (one[id] ?? 0), 0);
		const airports = new Set([...months.keys()].map((key) => key.split(' ')[0]));
		airports.delete('desk-all');
		expect(airports.size).toBe(panel?.[1]);
		expect(total('flights')).toBe(panel?.[3]);
		expect(total('flights_on_time')).toBe(panel?.[4]);
		for (const [code, label, flights, onTime, cancelled, percent] of truth('single cells')) {
			const found = months.get(`desk-${code} ${String(label).replace('/', '-')}`);
			expect(found).toMatchObject({
				flights: Number(flights),
				flights_on_time: Number(onTime),
				flights_cancelled: Number(cancelled)
			});
			near((found?.['on_time_flights'] ?? 0) * 100, Number(percent), String(code));
		}
		for (const [label, percent] of truth('all airports 2015')) {
			const end = ` ${String(label).replace('/', '-')}`;
			const ofMonth = [...months].filter(([key]) => key.endsWith(end));
			const sumOf = (id: string) => ofMonth.reduce((whole, [, one]) => whole + (one[id] ?? 0), 0);
			near((sumOf('flights_on_time') / sumOf('flights')) * 100, Number(percent), end);
		}
		const year = await figures(ctx, { from: '2015', to: '2015' }, 'year', ['on_time_flights']);
		const ranked = [...year]
			.flatMap(([key, one]) => {
				const rate = one['on_time_flights'] ?? null;
				return rate === null
					? []
					: [[key.split(' ')[0]?.replace('desk-', ''), rate * 100] as const];
			})
			.sort((a, b) => b[1] - a[1]);
		const [best, worst] = truth('best and worst airport of 2015');
		expect(ranked[0]?.[0]).toBe(best?.[0]);
		near(ranked[0]?.[1], Number(best?.[1]), 'best of 2015');
		expect(ranked.at(-1)?.[0]).toBe(worst?.[0]);
		near(ranked.at(-1)?.[1], Number(worst?.[1]), 'worst of 2015');
	});
});
