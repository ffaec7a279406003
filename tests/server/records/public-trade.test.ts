/**
 * Public sales orders, shipments and absences from their raw files, through the wizard into records or
 * observations, and the figures that scoring reads of them. Each figure is held against an independent
 * count over the same rows, and against the ground truth that was computed with another program. Small
 * generated files of the same shape run always.
 */
import { describe, expect, test } from 'vitest';
import { registerMetrics } from '../imports/import-files.ts';
import { type Cells, figures } from './industry-support.ts';
import {
	ABSENCE_METRICS,
	ORDER_METRICS,
	SHIPMENT_DERIVED,
	SHIPMENT_METRICS,
	SHIPMENT_MODES,
	bringAbsences,
	bringOrders,
	bringShipments
} from './trade-files.ts';
import {
	cell,
	company,
	groupBy,
	implementer,
	month,
	near,
	number,
	onRealData,
	raw,
	rowsOf,
	sum,
	truthOf
} from './public-data.ts';
import * as small from './small-industries.ts';

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
