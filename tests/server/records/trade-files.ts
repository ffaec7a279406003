/**
 * Sales orders, shipments and absences as an implementer would bring these exports in: record types,
 * metrics and mappings. The same way serves the public data and the small files that are always there.
 */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { momentOf } from '#lib/server/clock.ts';
import type { Context } from '#lib/server/context.ts';
import { bulkInsert } from '#lib/server/db/bulk.ts';
import { employees } from '#lib/server/db/client/schema.ts';
import { columns, metric, type MappingInput } from '../imports/import-files.ts';
import {
	type Cells,
	type File,
	bring,
	foundUnits,
	importRecords,
	recordType,
	taken
} from './industry-support.ts';

/** Sales orders: online ones have no salesperson and belong to the unit of the web shop. */
export async function bringOrders(ctx: Context, people: File | null, orders: File) {
	await foundUnits(ctx, new Map([['online', 'Online']]));
	if (people !== null) {
		await bring(ctx, 'people', people, {
			columns: columns({ BusinessEntityID: 'employee', HireDate: 'attribute.hired_on' })
		});
	}
	await recordType(
		ctx,
		'sales_order',
		{ key: ['order_no'], date: 'ordered_on', subject: 'seller' },
		{
			order_no: 'text',
			ordered_on: 'date',
			seller: 'text',
			customer: 'text',
			subtotal: 'money',
			shipping: 'money'
		}
	);
	return importRecords(
		ctx,
		'sales_order',
		orders,
		{
			SalesOrderID: 'order_no',
			OrderDate: 'ordered_on',
			CustomerID: 'customer',
			SubTotal: 'subtotal',
			ShippingCost: 'shipping'
		},
		{
			extra: [
				{
					field: 'record.seller',
					columns: ['SalesPersonID'],
					transform: { values: { '': 'online' } }
				}
			]
		}
	);
}

export const ORDER_METRICS = [
	taken('sales', 'sales_order', { take: 'sum', column: 'subtotal', date: 'ordered_on' }),
	taken('orders', 'sales_order', { take: 'count', date: 'ordered_on' }),
	taken('shipping', 'sales_order', { take: 'sum', column: 'shipping', date: 'ordered_on' }),
	taken('customers', 'sales_order', { take: 'distinct', column: 'customer', date: 'ordered_on' }),
	metric('average_order', { aggregation: 'ratio', numerator: 'sales', denominator: 'orders' }),
	taken('online_orders', 'sales_order', { take: 'count', date: 'ordered_on' }, { grain: 'unit' }),
	taken(
		'online_sales',
		'sales_order',
		{ take: 'sum', column: 'subtotal', date: 'ordered_on' },
		{ grain: 'unit' }
	)
];

/** Shipments by country: freight and weight are numbers in some lines and texts in others. */
export async function bringShipments(ctx: Context, file: File, rows: readonly Cells[]) {
	const countries = [...new Set(rows.map((row) => row['Country'] ?? ''))];
	await foundUnits(ctx, new Map(countries.map((name, at) => [`c${at + 1}`, name])));
	await recordType(
		ctx,
		'shipment',
		{ key: ['line_no'], date: 'delivered_on', subject: 'country' },
		{
			line_no: 'text',
			delivered_on: 'date',
			scheduled_on: 'date',
			country: 'text',
			mode: 'text',
			vendor: 'text',
			value: 'number',
			weight: 'number',
			freight: 'number'
		}
	);
	const optional = (field: string, column: string): MappingInput['columns'][number] => ({
		field: `record.${field}`,
		columns: [column],
		// A text where a number belongs says that none was told.
		transform: {
			values: Object.fromEntries(
				rows
					.map((row) => row[column] ?? '')
					.filter((text) => !/^\d/.test(text))
					.map((text) => [text, ''])
			)
		}
	});
	const done = await importRecords(
		ctx,
		'shipment',
		file,
		{
			ID: 'line_no',
			'Delivered to Client Date': 'delivered_on',
			'Scheduled Delivery Date': 'scheduled_on',
			Country: 'country',
			'Shipment Mode': 'mode',
			Vendor: 'vendor',
			'Line Item Value': 'value'
		},
		{
			extra: [optional('freight', 'Freight Cost (USD)'), optional('weight', 'Weight (Kilograms)')]
		}
	);
	return { ...done, deskOf: (country: string) => `desk-c${countries.indexOf(country) + 1}` };
}

const ON_TIME = { '<=': [{ var: 'record.delivered_on' }, { var: 'record.scheduled_on' }] };
const WEIGHED = {
	and: [{ '!=': [{ var: 'record.freight' }, null] }, { '!=': [{ var: 'record.weight' }, null] }]
};

/** How goods travel; the export says `N/A` where it was not told. */
export const SHIPMENT_MODES = ['Air', 'Air Charter', 'N/A', 'Ocean', 'Truck'] as const;

/** Metrics of country desks. */
export const SHIPMENT_METRICS = [
	['shipments', { take: 'count' }],
	['on_time', { take: 'count', where: ON_TIME }],
	['cargo_value', { take: 'sum', column: 'value' }],
	['vendors', { take: 'distinct', column: 'vendor' }],
	['freight', { take: 'sum', column: 'freight' }],
	['freight_lines', { take: 'count', where: { '!=': [{ var: 'record.freight' }, null] } }],
	['weighed_freight', { take: 'sum', column: 'freight', where: WEIGHED }],
	['weight', { take: 'sum', column: 'weight', where: WEIGHED }],
	['delivered_day', { take: 'mean', column: 'delivered_on' }, 'mean'],
	['scheduled_day', { take: 'mean', column: 'scheduled_on' }, 'mean'],
	['on_time_rate', { take: 'share', where: ON_TIME }, 'mean'],
	...SHIPMENT_MODES.flatMap((mode, at) => {
		const where = { '==': [{ var: 'record.mode' }, mode] };
		return [
			[`mode_${at}`, { take: 'count', where }],
			[`mode_${at}_on_time`, { take: 'count', where: { and: [where, ON_TIME] } }]
		] as const;
	})
].map(([id, from, aggregation = 'sum']) =>
	taken(
		id as string,
		'shipment',
		{ ...(from as JsonObject), date: 'delivered_on' },
		{ grain: 'unit', aggregation }
	)
);

export const SHIPMENT_DERIVED = [
	metric('freight_per_kg', {
		grain: 'unit',
		aggregation: 'ratio',
		numerator: 'weighed_freight',
		denominator: 'weight'
	}),
	metric('mean_delay', {
		grain: 'unit',
		formula: { '-': [{ var: 'metric.delivered_day' }, { var: 'metric.scheduled_day' }] }
	}),
	metric('delivery_score', {
		grain: 'unit',
		formula: {
			round: [
				{
					'+': [
						{ '*': [80, { var: 'metric.on_time_rate' }] },
						{
							'*': [
								20,
								{
									max: [0, { '-': [1, { '/': [{ max: [0, { var: 'metric.mean_delay' }] }, 30] }] }]
								}
							]
						}
					]
				},
				2
			]
		}
	})
];

/** Absences; the export has neither a number of its own nor a year, so both stand in front. */
export async function bringAbsences(ctx: Context, file: File, people: readonly string[]) {
	const now = momentOf(ctx.clock);
	await ctx.db.write(async (tx) => {
		await bulkInsert(
			tx,
			employees,
			people.map((id) => ({ id, name: id, createdAt: now }))
		);
	});
	await recordType(
		ctx,
		'absence',
		{ key: ['row_no'], date: 'month', subject: 'employee' },
		{
			row_no: 'text',
			month: 'date',
			employee: 'text',
			reason: 'text',
			hours: 'number',
			disciplinary: 'number'
		}
	);
	return importRecords(ctx, 'absence', file, {
		row_no: 'row_no',
		month: 'month',
		ID: 'employee',
		'Reason for absence': 'reason',
		'Absenteeism time in hours': 'hours',
		'Disciplinary failure': 'disciplinary'
	});
}

export const ABSENCE_METRICS = [
	taken('absences', 'absence', { take: 'count', date: 'month' }),
	taken('absence_hours', 'absence', { take: 'sum', column: 'hours', date: 'month' }),
	taken('disciplinary', 'absence', { take: 'sum', column: 'disciplinary', date: 'month' }),
	taken('unjustified', 'absence', {
		take: 'count',
		where: { '==': [{ var: 'record.reason' }, '26'] },
		date: 'month'
	})
];
