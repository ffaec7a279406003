/** Small generated exports in the shapes of the public data sets. Seeded, so that each run is the same. */

const SEED = 20_260_115;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomness(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

class Dice {
	readonly #next: () => number;

	constructor(salt: number) {
		this.#next = randomness(SEED + salt);
	}

	whole(from: number, to: number): number {
		return from + Math.floor(this.#next() * (to - from + 1));
	}

	amount(most: number): string {
		return (this.#next() * most).toFixed(4);
	}

	of<T>(values: readonly T[]): T {
		const value = values[this.whole(0, values.length - 1)];
		if (value === undefined) throw new Error('nothing to choose from');
		return value;
	}

	day(year: number, months: number): string {
		const month = String(this.whole(1, months)).padStart(2, '0');
		return `${year}-${month}-${String(this.whole(1, 28)).padStart(2, '0')}`;
	}
}

const table = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
	[header, ...rows.map((row) => row.join(','))].join('\n');

const times = <T>(count: number, make: (at: number) => T): T[] =>
	Array.from({ length: count }, (_, at) => make(at));

export function salespeople(): string {
	return table(
		'BusinessEntityID,HireDate',
		['274', '275', '276'].map((id) => [id, '2010-01-01'])
	);
}

/** A third of them online, without a salesperson. */
export function orders(): string {
	const dice = new Dice(1);
	return table(
		'SalesOrderID,OrderDate,CustomerID,SalesPersonID,SubTotal,ShippingCost',
		times(240, (at) => [
			43_000 + at,
			dice.day(2013, 6),
			dice.whole(1, 12),
			dice.of(['274', '275', '276', '', '']),
			dice.amount(20_000),
			dice.amount(600)
		])
	);
}

export function shipments(): string {
	const dice = new Dice(2);
	const plain = ['Freight Included in Commodity Cost', 'See ASN-93 (ID#:1281)'];
	return table(
		'ID,Country,Shipment Mode,Scheduled Delivery Date,Delivered to Client Date,Vendor,Line Item Value,Weight (Kilograms),Freight Cost (USD)',
		times(200, (at) => [
			at + 1,
			dice.of(['Nigeria', "Côte d'Ivoire", 'Vietnam']),
			dice.of(['Air', 'Ocean', 'N/A']),
			dice.day(2013, 12),
			dice.day(2013, 12),
			dice.of(['A', 'B', 'C']),
			dice.amount(90_000),
			dice.of(['Weight Captured Separately', String(dice.whole(1, 900))]),
			dice.of([...plain, dice.amount(4_000), dice.amount(4_000)])
		])
	);
}

export interface RowRange {
	readonly from: number;
	readonly to: number;
	/** Blank where the rows belong to no month. */
	readonly period: string;
}

/**
 * The export has months without years and no number of its own: both are put in front, as its
 * documentation says by ranges of rows.
 */
export function datedAbsences(file: string, ranges: readonly RowRange[]): string {
	const [header = '', ...lines] = file.trim().split(/\r?\n/);
	const periodOf = (row: number) =>
		ranges.find(({ from, to }) => row >= from && row <= to)?.period ?? '';
	return [
		`row_no,month,${header}`,
		...lines.map((line, at) => {
			const period = periodOf(at + 1);
			return `${at + 1},${period === '' ? '' : `${period}-01`},${line}`;
		})
	].join('\n');
}

export function absences(): string {
	const dice = new Dice(3);
	const file = table(
		'ID,Reason for absence,Disciplinary failure,Absenteeism time in hours',
		times(120, () => [
			dice.whole(1, 6),
			dice.of([0, 23, 26]),
			dice.of([0, 0, 1]),
			dice.whole(0, 16)
		])
	);
	return datedAbsences(file, [
		{ from: 1, to: 60, period: '2009-09' },
		{ from: 61, to: 117, period: '2009-10' },
		{ from: 118, to: 120, period: '' }
	]);
}

/** Departments with and without a blank behind them. */
export function teamDays(): string {
	const dice = new Dice(4);
	const days = times(20, (at) => `2015-01-${String(at + 1).padStart(2, '0')}`);
	return table(
		'date,department,team,targeted_productivity,wip,over_time,incentive,idle_time,no_of_workers,actual_productivity',
		days.flatMap((day) =>
			['1', '2'].flatMap((team) => [
				[
					day,
					'sewing',
					team,
					'0.8',
					1108,
					dice.whole(0, 900),
					98,
					dice.whole(0, 9),
					dice.whole(20, 60) / 2,
					dice.amount(1)
				],
				[
					day,
					dice.of(['finishing', 'finishing ']),
					team,
					'0.75',
					'',
					dice.whole(0, 900),
					0,
					0,
					8.5,
					dice.amount(1)
				]
			])
		)
	);
}

export function bank(): {
	readonly accounts: string;
	readonly loans: string;
	readonly transactions: string;
} {
	const dice = new Dice(5);
	const accounts = times(30, (at) => String(500 + at));
	return {
		accounts: table(
			'account_id,district_id,frequency,date',
			accounts.map((id) => [id, dice.whole(1, 4), 'POPLATEK MESICNE', dice.day(1996, 12)])
		),
		loans: table(
			'loan_id,account_id,date,amount,status',
			times(60, (at) => [
				at + 1,
				dice.of(accounts),
				dice.day(1997, 12),
				dice.whole(5_000, 90_000),
				dice.of(['A', 'B', 'C', 'D'])
			])
		),
		transactions: table(
			'trans_id,account_id,date,type,amount',
			times(90, (at) => [
				at + 1,
				dice.of(accounts),
				dice.day(1994, 2),
				dice.of(['PRIJEM', 'VYDAJ', 'VYBER']),
				dice.amount(900)
			])
		)
	};
}

export function airports(): string {
	const dice = new Dice(6);
	return table(
		'Airport.Code,Time.Label,Statistics.Flights.Cancelled,Statistics.Flights.On Time,Statistics.Flights.Total',
		['ATL', 'JFK', 'SLC'].flatMap((code) =>
			times(12, (at) => [
				code,
				`2015/${String(at + 1).padStart(2, '0')}`,
				dice.whole(0, 200),
				dice.whole(4_000, 8_000),
				dice.whole(8_000, 9_000)
			])
		)
	);
}
