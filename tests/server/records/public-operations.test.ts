/**
 * Public days of teams, a bank and airports from their raw files, through the wizard into records or
 * observations, and the figures that scoring reads of them. Each figure is held against an independent
 * count over the same rows, and against the ground truth that was computed with another program. Small
 * generated files of the same shape run always.
 */
import { describe, expect, test } from 'vitest';
import { registerMetrics } from '../imports/import-files.ts';
import { figures } from './industry-support.ts';
import {
	AIRPORT_METRICS,
	BANK_METRICS,
	TEAM_DERIVED,
	TEAM_METRICS,
	bringAirports,
	bringBank,
	bringTeamDays
} from './operation-files.ts';
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
