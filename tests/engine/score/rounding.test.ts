/** Totals of ordinary weights and scores, ties included, rounded as exact decimals would be. */
import { Decimal } from 'decimal.js';
import { expect, it } from 'vitest';
import { roundHalfAway } from '#lib/engine/logic/number.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import type { NumberColumn, Table } from '#lib/engine/table/table.ts';
import { item, read, scheme } from '../generators/plain-scheme.ts';
import { Random, seedOf } from '../generators/random.ts';

const SEED = seedOf(5150);
const ITEMS = ['a', 'b', 'c', 'd'] as const;
const SCHEMES = 40;
const ROWS = 2600;

/** Four weights in hundredths of a percent that total 100. */
function weights(random: Random): number[] {
	const cuts = random.times(3, () => random.int(1, 9999)).sort((x, y) => x - y);
	return [0, ...cuts].map((cut, i) => ((cuts[i] ?? 10000) - cut) / 100);
}

it(`no total of 100,000 is a cent off (seed ${SEED})`, () => {
	const random = new Random(SEED);
	let ties = 0;
	let totals = 0;
	for (let i = 0; i < SCHEMES; i++) {
		const parts = i % 2 === 0 ? weights(random) : random.shuffle([12.5, 37.5, 25, 25]);
		const prepared = prepareScheme(
			scheme({ items: ITEMS.map((id, k) => item(id, parts[k] ?? 0, read('item.actual'))) })
		);
		const scores = ITEMS.map(() =>
			Float64Array.from({ length: ROWS }, () => random.int(0, 12000) / 100)
		);
		const table: Table = {
			rows: ROWS,
			columns: new Map(
				ITEMS.map((id, k): [string, NumberColumn] => [
					`metric.${id}`,
					{ kind: 'number', values: scores[k] ?? new Float64Array(ROWS) }
				])
			)
		};
		const columns = scoreTable(prepared, table);
		for (let row = 0; row < ROWS; row++) {
			const exact = parts
				.reduce(
					(sum, weight, k) => sum.plus(new Decimal(weight).times(scores[k]?.[row] ?? 0)),
					new Decimal(0)
				)
				.dividedBy(100);
			if (exact.times(1000).mod(10).equals(5) && exact.times(1000).isInteger()) ties++;
			const expected = exact.toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toNumber();
			if (columns.score[row] !== expected)
				expect.fail(`${parts.join('/')}: ${exact.toString()} gave ${columns.score[row]}`);
			totals++;
		}
	}
	expect(totals).toBeGreaterThanOrEqual(100_000);
	expect(ties).toBeGreaterThan(1000);
});

it('plain Math.round would get many of these wrong', () => {
	const random = new Random(SEED);
	let wrong = 0;
	for (let i = 0; i < 10_000; i++) {
		const tie = (random.int(0, 10_000_000) * 10 + 5) / 1000;
		if (Math.round(tie * 100) / 100 !== roundHalfAway(tie, 2)) wrong++;
	}
	expect(wrong).toBeGreaterThan(100);
});
