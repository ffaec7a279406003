/**
 * Days of teams, a bank and airports as an implementer would bring these exports in: record types,
 * metrics and mappings. The same way serves the public data and the small files that are always there.
 */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { Context } from '#lib/server/context.ts';
import { columns, metric } from '../imports/import-files.ts';
import {
	type Cells,
	type File,
	bring,
	foundUnits,
	importRecords,
	recordType,
	taken
} from './industry-support.ts';

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
