import { describe, expect, it } from 'vitest';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { STATUS } from '#lib/engine/score/score-columns.ts';
import { Cancelled, scoreTable } from '#lib/engine/score/score-table.ts';
import { selectRows } from '#lib/engine/table/select-rows.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { item, scheme } from '../generators/plain-scheme.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomScheme, randomTable } from '../generators/scheme.ts';
import { differenceOf } from './same-bits.ts';

const SEED = seedOf(20251122);
const SCHEMES = 150;

describe(`random schemes (seed ${SEED})`, () => {
	it('are accepted by the validator, weights aside', () => {
		const random = new Random(SEED);
		for (let i = 0; i < SCHEMES; i++) {
			const document = randomScheme(random);
			const { diagnostics } = parseScheme(document);
			expect(
				hasErrors(diagnostics),
				`${JSON.stringify(diagnostics, null, 1)}\n${JSON.stringify(document)}`
			).toBe(false);
		}
	});

	it('score the same bits in the interpreter and in json-logic-js', () => {
		const random = new Random(SEED + 1);
		const statuses = new Map<number, number>();
		for (let i = 0; i < SCHEMES; i++) {
			const document = randomScheme(random, { wrongWeights: true });
			const table = randomTable(random, 24, random.pick([0, 0.05, 0.3]));
			const prepared = prepareScheme(document);
			const preview = random.chance(0.5);
			const ours = scoreTable(prepared, table, { preview });
			const reference = scoreTable(prepared, table, { preview, evaluate: evaluateByReference });
			expect(differenceOf(ours, reference), `scheme ${i}: ${JSON.stringify(document)}`).toBeNull();
			for (const status of ours.status) statuses.set(status, (statuses.get(status) ?? 0) + 1);
		}
		for (const [word, code] of Object.entries(STATUS))
			expect(statuses.get(code) ?? 0, `rows that are ${word}`).toBeGreaterThan(20);
	});

	it('give finite scores or say why not, at the ends of what a double can hold', () => {
		const random = new Random(SEED + 4);
		for (let i = 0; i < 80; i++) {
			const prepared = prepareScheme(randomScheme(random));
			const table = randomTable(random, 12, 0.1, 0.7);
			const ours = scoreTable(prepared, table);
			const reference = scoreTable(prepared, table, { evaluate: evaluateByReference });
			expect(differenceOf(ours, reference), JSON.stringify(prepared.document)).toBeNull();
			ours.status.forEach((status, row) => {
				expect(Number.isFinite(ours.score[row])).toBe(status === STATUS.scored);
				expect(ours.reason[row] === 0).toBe(status === STATUS.scored);
			});
		}
	});

	it('score every row alike, wherever it stands in the table', () => {
		const random = new Random(SEED + 2);
		for (let i = 0; i < 30; i++) {
			const prepared = prepareScheme(randomScheme(random));
			const table = randomTable(random, 24);
			const order = Uint32Array.from(random.shuffle([...Array(table.rows).keys()]));
			const ours = scoreTable(prepared, table);
			const shuffled = scoreTable(prepared, selectRows(table, order));
			order.forEach((row, place) => {
				expect(shuffled.score[place]).toBe(ours.score[row]);
				expect(shuffled.status[place]).toBe(ours.status[row]);
			});
		}
	});
});

it('weights total exactly 100 in whatever order they stand', () => {
	const random = new Random(SEED + 3);
	const thirds = [33.33, 33.33, 33.34, 0];
	for (let i = 0; i < 200; i++) {
		const weights = random.shuffle(
			i === 0 ? thirds : random.pick([thirds, [12.5, 37.5, 49.99, 0.01], [0.07, 0.13, 99.7, 0.1]])
		);
		const document = scheme({
			items: weights.map((weight, index) => item(`i${index}`, weight, 70))
		});
		const columns = scoreTable(prepareScheme(document), randomTable(random, 1));
		expect(columns.score[0], weights.join(' + ')).toBe(70);
	}
});

it('a run that is cancelled stops, and says it was cancelled', () => {
	const table = randomTable(new Random(1), 3);
	const prepared = prepareScheme(scheme({ items: [item('a', 100, 1)] }));
	expect(() => scoreTable(prepared, table, { isCancelled: () => true })).toThrow(Cancelled);
});

it('a rule that reads an unknown variable is an error of its rows, once the variables are known', () => {
	const prepared = prepareScheme(
		scheme({ items: [item('a', 100, { var: 'metric.unheard_of' })] }),
		{
			dictionary: dictionaryOf({ table: randomTable(new Random(1), 3) })
		}
	);
	const columns = scoreTable(prepared, randomTable(new Random(1), 3));
	expect([...columns.status]).toEqual([STATUS.error, STATUS.error, STATUS.error]);
	expect(columns.reasonSets[1]).toMatchObject([{ item: 'a', at: '/items/0/score' }]);
});

it('an empty table gives empty columns', () => {
	const table = selectRows(randomTable(new Random(1), 3), new Uint32Array(0));
	const columns = scoreTable(prepareScheme(scheme({ items: [item('a', 100, 1)] })), table);
	expect(columns.rows).toBe(0);
});
