/**
 * Six industries as an implementer would bring their exports in: record types, metrics and mappings.
 * The same way serves the public data sets and the small files that are always there.
 */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { PeriodLength } from '#lib/engine/scheme/document.ts';
import { variablesOfRow } from '#lib/engine/table/row.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import { momentOf } from '#lib/server/clock.ts';
import type { Context } from '#lib/server/context.ts';
import { bulkInsert } from '#lib/server/db/bulk.ts';
import { employeeFacts, employees, units } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { saveRecordType } from '#lib/server/records/save-record-type.ts';
import { buildSnapshot } from '#lib/server/snapshots/build-snapshot.ts';
import { bytesOf, columns, metric, type MappingInput } from '../imports/import-files.ts';
import { actorWith } from '../support/studio.ts';

const implementer = actorWith('implementer');

export type File = Uint8Array | string;

/** A column of a record type: id and type; a name is not needed to count. */
type ColumnTypes = Readonly<Record<string, 'text' | 'number' | 'money' | 'date'>>;

/** Registers a record type of these columns. */
export async function recordType(
	ctx: Context,
	id: string,
	parts: { readonly key: readonly string[]; readonly date: string; readonly subject: string },
	types: ColumnTypes
): Promise<void> {
	const words = (text: string) => ({ 'zh-CN': text, en: text });
	await saveRecordType(ctx, implementer, {
		definition: {
			id,
			name: words(id),
			...parts,
			columns: Object.entries(types).map(([column, type]) => ({
				id: column,
				name: words(column),
				type
			}))
		},
		revision: 0
	});
}

/** A file of records through the wizard: staged, mapped, planned, committed without what is refused. */
export async function importRecords(
	ctx: Context,
	type: string,
	file: File,
	pairs: Readonly<Record<string, string>>,
	more: Partial<MappingInput> & { readonly extra?: MappingInput['columns'] } = {}
) {
	const { extra = [], ...rest } = more;
	const mapped = columns(
		Object.fromEntries(Object.entries(pairs).map(([header, id]) => [header, `record.${id}`]))
	);
	return bring(ctx, 'records', file, { columns: [...mapped, ...extra], ...rest }, type);
}

/** Any file through the wizard. */
export async function bring(
	ctx: Context,
	kind: 'people' | 'observations' | 'records',
	file: File,
	mapping: MappingInput,
	type?: string
) {
	const batch = await stageImport(ctx, implementer, {
		kind,
		fileName: `${type ?? kind}.csv`,
		bytes: typeof file === 'string' ? bytesOf(file) : file,
		...(type === undefined ? {} : { recordType: type })
	});
	const plan = await planImport(ctx, implementer, {
		batchId: batch.id,
		mapping: completeMapping(mapping)
	});
	const done = await commitImport(ctx, implementer, {
		batchId: batch.id,
		planHash: plan.planHash,
		withoutRejected: true
	});
	return { plan, done };
}

/** A metric that is taken from records. */
export function taken(
	id: string,
	record: string,
	from: JsonObject,
	extra: Readonly<Record<string, unknown>> = {}
) {
	return metric(id, { from_records: { record, ...from }, ...extra });
}

/** Units by id and name below one, each with a desk: a person of the unit's own id. */
export async function foundUnits(ctx: Context, names: ReadonlyMap<string, string>): Promise<void> {
	const now = momentOf(ctx.clock);
	const fact = { recordedAt: now, recordedBy: 'imp' };
	const all = [...names];
	await ctx.db.write(async (tx) => {
		await bulkInsert(tx, units, [
			{
				id: 'all',
				parentId: null,
				name: { 'zh-CN': '全部', en: 'All' },
				kind: 'group',
				createdAt: now
			},
			...all.map(([id, name]) => ({
				id,
				parentId: 'all',
				name: { 'zh-CN': name, en: name },
				kind: 'department',
				createdAt: now
			}))
		]);
		const desks = [['all', 'All'] as const, ...all];
		await bulkInsert(
			tx,
			employees,
			desks.map(([id, name]) => ({ id: `desk-${id}`, name, createdAt: now }))
		);
		await bulkInsert(
			tx,
			employeeFacts,
			desks.map(([id]) => ({
				employeeId: `desk-${id}`,
				attribute: 'unit',
				value: id,
				validFrom: '1990-01-01',
				...fact
			}))
		);
	});
}

/** Figures of metrics by person and period, as scoring reads them. */
export async function figures(
	ctx: Context,
	range: { readonly from: string; readonly to: string },
	length: PeriodLength,
	metrics: readonly string[]
): Promise<ReadonlyMap<string, Readonly<Record<string, number | null>>>> {
	const paths = metrics.map((id) => `metric.${id}`);
	const snapshot = await buildSnapshot(ctx.db.read, { range, length, paths });
	const table = tableOfSnapshot(snapshot);
	const found = new Map<string, Record<string, number | null>>();
	for (let row = 0; row < table.rows; row += 1) {
		const variables = variablesOfRow(table, row);
		const key = `${String(variables.get('employee.id'))} ${String(variables.get('period.id'))}`;
		found.set(
			key,
			Object.fromEntries(
				metrics.map((id) => {
					const value = variables.get(`metric.${id}`);
					return [id, typeof value === 'number' ? value : null];
				})
			)
		);
	}
	return found;
}

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

/** Days of teams: a team and its department together are the unit. */
export async function bringTeamDays(ctx: Context, file: File, rows: readonly Cells[]) {
	const teams = [
		...new Set(rows.map((row) => `${row['team'] ?? ''}-${(row['department'] ?? '').trim()}`))
	];
	await foundUnits(ctx, new Map(teams.map((team) => [team, team])));
	await recordType(
		ctx,
		'team_day',
		{ key: ['team', 'worked_on'], date: 'worked_on', subject: 'team' },
		{
			team: 'text',
			worked_on: 'date',
			department: 'text',
			target: 'number',
			actual: 'number',
			over_time: 'number',
			incentive: 'number',
			idle_time: 'number',
			wip: 'number',
			workers: 'number'
		}
	);
	return importRecords(
		ctx,
		'team_day',
		file,
		{
			date: 'worked_on',
			department: 'department',
			targeted_productivity: 'target',
			actual_productivity: 'actual',
			over_time: 'over_time',
			incentive: 'incentive',
			idle_time: 'idle_time',
			wip: 'wip',
			no_of_workers: 'workers'
		},
		{ extra: [{ field: 'record.team', columns: ['team', 'department'], join: '-' }] }
	);
}

const mean = (column: string) => ({ take: 'mean', column });
export const TEAM_METRICS = [
	['days', { take: 'count' }],
	['actual', mean('actual'), 'mean'],
	['target', mean('target'), 'mean'],
	[
		'days_on_target',
		{ take: 'count', where: { '>=': [{ var: 'record.actual' }, { var: 'record.target' }] } }
	],
	['incentive', { take: 'sum', column: 'incentive' }],
	['over_time', { take: 'sum', column: 'over_time' }],
	['idle_time', { take: 'sum', column: 'idle_time' }],
	['without_wip', { take: 'count', where: { '==': [{ var: 'record.wip' }, null] } }],
	...['sewing', 'finishing'].flatMap((department) => {
		const where = { '==': [{ var: 'record.department' }, department] };
		return [
			[`${department}_days`, { take: 'count', where }],
			[`${department}_actual`, { take: 'mean', column: 'actual', where }, 'mean']
		] as const;
	}),
	['worker_days', { take: 'sum', column: 'workers' }],
	[
		'worker_output',
		{ take: 'sum', value: { '*': [{ var: 'record.actual' }, { var: 'record.workers' }] } }
	]
].map(([id, from, aggregation = 'sum']) =>
	taken(
		id as string,
		'team_day',
		{ ...(from as JsonObject), date: 'worked_on' },
		{ grain: 'unit', aggregation }
	)
);

export const TEAM_DERIVED = [
	metric('weighted_actual', {
		grain: 'unit',
		aggregation: 'ratio',
		numerator: 'worker_output',
		denominator: 'worker_days'
	}),
	metric('attainment', {
		grain: 'unit',
		formula: { '/': [{ var: 'metric.actual' }, { var: 'metric.target' }] }
	}),
	metric('team_score', {
		grain: 'unit',
		formula: {
			round: [
				{
					'-': [
						{ '*': [100, { min: [{ var: 'metric.attainment' }, 1.2] }] },
						{ '*': [0.01, { var: 'metric.idle_time' }] }
					]
				},
				2
			]
		}
	})
];

/** A bank: accounts belong to districts, and what happens on an account counts for its district. */
export async function bringBank(
	ctx: Context,
	files: { readonly accounts: File; readonly loans: File; readonly transactions: File }
) {
	const people = await bring(ctx, 'people', files.accounts, {
		columns: columns({ account_id: 'employee', district_id: 'attribute.unit' }),
		create_units: true,
		valid_from: '1990-01-01'
	});
	await recordType(
		ctx,
		'account',
		{ key: ['account'], date: 'opened_on', subject: 'account' },
		{ account: 'text', opened_on: 'date' }
	);
	await recordType(
		ctx,
		'loan',
		{ key: ['loan_no'], date: 'granted_on', subject: 'account' },
		{ loan_no: 'text', granted_on: 'date', account: 'text', amount: 'money', status: 'text' }
	);
	await recordType(
		ctx,
		'bank_transaction',
		{ key: ['number'], date: 'booked_on', subject: 'account' },
		{ number: 'text', booked_on: 'date', account: 'text', type: 'text', amount: 'money' }
	);
	const accounts = await importRecords(ctx, 'account', files.accounts, {
		account_id: 'account',
		date: 'opened_on'
	});
	const loans = await importRecords(ctx, 'loan', files.loans, {
		loan_id: 'loan_no',
		date: 'granted_on',
		account_id: 'account',
		amount: 'amount',
		status: 'status'
	});
	const transactions = await importRecords(ctx, 'bank_transaction', files.transactions, {
		trans_id: 'number',
		date: 'booked_on',
		account_id: 'account',
		type: 'type',
		amount: 'amount'
	});
	return { people, accounts, loans, transactions };
}

const booked = (type: string) => ({
	where: { '==': [{ var: 'record.type' }, type] },
	date: 'booked_on'
});
const BAD = { in: [{ var: 'record.status' }, ['B', 'D']] };
const OF_UNITS = { grain: 'unit' };

export const BANK_METRICS = [
	taken('new_accounts', 'account', { take: 'count', date: 'opened_on' }, OF_UNITS),
	taken('loans', 'loan', { take: 'count', date: 'granted_on' }, OF_UNITS),
	taken('loan_amount', 'loan', { take: 'sum', column: 'amount', date: 'granted_on' }, OF_UNITS),
	taken('bad_loans', 'loan', { take: 'count', where: BAD, date: 'granted_on' }, OF_UNITS),
	...['A', 'B', 'C', 'D'].flatMap((status) => {
		const where = { '==': [{ var: 'record.status' }, status] };
		const id = status.toLowerCase();
		return [
			taken(`loans_${id}`, 'loan', { take: 'count', where, date: 'granted_on' }, OF_UNITS),
			taken(
				`amount_${id}`,
				'loan',
				{ take: 'sum', column: 'amount', where, date: 'granted_on' },
				OF_UNITS
			)
		];
	}),
	...['PRIJEM', 'VYBER', 'VYDAJ'].flatMap((type) => [
		taken(
			`n_${type.toLowerCase()}`,
			'bank_transaction',
			{ take: 'count', ...booked(type) },
			OF_UNITS
		),
		taken(
			`sum_${type.toLowerCase()}`,
			'bank_transaction',
			{ take: 'sum', column: 'amount', ...booked(type) },
			OF_UNITS
		)
	])
];

/** Airport months: already figures, so they are observations of units. */
export async function bringAirports(ctx: Context, file: File, rows: readonly Cells[]) {
	const codes = [...new Set(rows.map((row) => row['Airport.Code'] ?? ''))];
	await foundUnits(ctx, new Map(codes.map((code) => [code, code])));
	return bring(ctx, 'observations', file, {
		columns: columns({
			'Airport.Code': 'unit',
			'Time.Label': 'period',
			'Statistics.Flights.Total': 'metric.flights',
			'Statistics.Flights.On Time': 'metric.flights_on_time',
			'Statistics.Flights.Cancelled': 'metric.flights_cancelled'
		})
	});
}

export const AIRPORT_METRICS = [
	metric('flights', OF_UNITS),
	metric('flights_on_time', OF_UNITS),
	metric('flights_cancelled', { ...OF_UNITS, direction: 'lower' }),
	metric('on_time_flights', {
		...OF_UNITS,
		unit: 'ratio',
		aggregation: 'ratio',
		numerator: 'flights_on_time',
		denominator: 'flights'
	})
];

export type Cells = Readonly<Record<string, string>>;
