import { describe, expect, it } from 'vitest';
import { attribute, type AttributionInput } from '#lib/engine/compare/attribute.ts';
import { attributeRows, attributeTotals } from '#lib/engine/compare/attribute-schemes.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import { item, read, scheme, text } from '../generators/plain-scheme.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomScheme, randomTable } from '../generators/scheme.ts';

const SEED = seedOf(31);

/** A random game: any value for any coalition, some without a value. */
function game(random: Random, players: readonly string[], rows: number) {
	const values = new Map<string, Float64Array>();
	return (members: readonly string[]): Float64Array => {
		const key = [...members].sort().join(' ');
		let value = values.get(key);
		if (!value) {
			const partial = members.length > 0 && members.length < players.length;
			value = Float64Array.from({ length: rows }, () =>
				partial && random.chance(0.1) ? NaN : random.int(-5000, 12000)
			);
			values.set(key, value);
		}
		return value;
	};
}

const NAMES = ['weights', 'items.a', 'items.b', 'gates.g', 'payout', 'total', 'grades', 'x', 'y'];

describe(`the Shapley value (seed ${SEED})`, () => {
	it('adds up exactly in units of the last decimal', () => {
		const random = new Random(SEED);
		for (let i = 0; i < 60; i++) {
			const players = NAMES.slice(0, random.int(1, 7));
			const valueOf = game(random, players, 5);
			const { rows } = attribute({ players, valueOf, rows: 5 });
			rows.forEach((shares, row) => {
				const total = shares.reduce((sum, { units }) => sum + units, 0);
				expect(total).toBe((valueOf(players)[row] ?? 0) - (valueOf([])[row] ?? 0));
			});
		}
	});

	it('does not depend on the order in which edits are listed', () => {
		const random = new Random(SEED + 1);
		for (let i = 0; i < 30; i++) {
			const players = NAMES.slice(0, 6);
			const valueOf = game(random, players, 3);
			for (const exactUpTo of [10, 2]) {
				const input: AttributionInput = { players, valueOf, rows: 3, exactUpTo };
				const other = { ...input, players: random.shuffle(players) };
				expect(attribute(other)).toEqual(attribute(input));
			}
		}
	});

	it('gives every edit of a sum its own part, and an edit without effect nothing', () => {
		const worth: Record<string, number> = { a: 150, b: -250, c: 0 };
		const valueOf = (members: readonly string[]) =>
			Float64Array.of(members.reduce((sum, id) => sum + (worth[id] ?? 0), 8000));
		expect(attribute({ players: ['c', 'a', 'b'], valueOf, rows: 1 }).rows).toEqual([
			[
				{ edit: 'b', units: -250 },
				{ edit: 'a', units: 150 }
			]
		]);
	});

	it('equal contributions get equal shares; the odd unit goes to the first by id', () => {
		const valueOf = (members: readonly string[]) => Float64Array.of(members.length === 3 ? 100 : 0);
		expect(attribute({ players: ['c', 'b', 'a'], valueOf, rows: 1 }).rows[0]).toEqual([
			{ edit: 'a', units: 34 },
			{ edit: 'b', units: 33 },
			{ edit: 'c', units: 33 }
		]);
	});

	it('sampling says its error, adds up too, and comes near the exact value', () => {
		const random = new Random(SEED + 2);
		const players = NAMES.slice(0, 7);
		const valueOf = game(random, players, 4);
		const exact = attribute({ players, valueOf, rows: 4 });
		const near = attribute({ players, valueOf, rows: 4, exactUpTo: 3, samples: 400 });
		expect(near).toMatchObject({ method: 'sampled', permutations: 800 });
		expect(near.error).toBeGreaterThan(0);
		near.rows.forEach((shares, row) => {
			for (const { edit, units } of exact.rows[row] ?? []) {
				const sampled = shares.find((share) => share.edit === edit)?.units ?? 0;
				expect(Math.abs(sampled - units)).toBeLessThan(6 * near.error + 1);
			}
		});
		const total = near.rows[0]?.reduce((sum, { units }) => sum + units, 0);
		expect(total).toBe((valueOf(players)[0] ?? 0) - (valueOf([])[0] ?? 0));
	});
});

describe('between two schemes', () => {
	const attained = { '*': [{ min: [read('item.attainment'), 1.2] }, 100] };
	const before = scheme({ items: [item('sales', 60, attained), item('profit', 40, attained)] });
	const after: SchemeDocument = {
		...before,
		items: [item('sales', 40, attained), item('profit', 60, attained)],
		gates: [
			{
				id: 'faults',
				name: text('Faults'),
				when: { '>': [read('metric.faults'), 50] },
				effect: { cap: 50 }
			}
		]
	};

	it('all weight edits are one cause, every gate its own', () => {
		const { rows, groups, scale } = attributeRows({
			draft: after,
			baseline: before,
			table: randomTable(new Random(SEED + 3), 40, 0)
		});
		expect(groups.map(({ id }) => id).sort()).toEqual(['gates.faults', 'weights']);
		expect(scale).toBe(100);
		expect(rows.some((shares) => shares.length === 2)).toBe(true);
		expect(rows.flat().every(({ units }) => Number.isInteger(units))).toBe(true);
	});

	it('whatever is edited, the causes add up to the change of score', () => {
		const random = new Random(SEED + 4);
		let explained = 0;
		for (let i = 0; i < 25; i++) {
			const baseline = randomScheme(random, { items: 3 });
			const draft = { ...randomScheme(random, { items: 3 }), weighting: baseline.weighting };
			const weighted =
				draft.weighting === 'points'
					? draft.items.map(({ weight: _, ...rest }) => rest)
					: draft.items.map((one) => ({ weight: 10, ...one }));
			const hybrid: SchemeDocument = { ...baseline, items: weighted, total: draft.total ?? {} };
			const table = randomTable(random, 12, 0.05);
			const { rows, scale } = attributeRows({ draft: hybrid, baseline, table });
			const old = scoreTable(prepareScheme(baseline), table);
			const now = scoreTable(prepareScheme(hybrid), table, { preview: true });
			for (let row = 0; row < table.rows; row++) {
				if (old.status[row] !== 0 || now.status[row] !== 0) continue;
				explained++;
				const delta =
					Math.round((now.score[row] ?? 0) * scale) - Math.round((old.score[row] ?? 0) * scale);
				expect((rows[row] ?? []).reduce((sum, { units }) => sum + units, 0)).toBe(delta);
			}
		}
		expect(explained).toBeGreaterThan(30);
	});

	it('totals of score and pay are split the same way', () => {
		const table = randomTable(new Random(SEED + 5), 60, 0);
		const { rows } = attributeTotals({ draft: after, baseline: before, table });
		const perRow = attributeRows({ draft: after, baseline: before, table });
		const total = perRow.rows.flat().reduce((sum, { units }) => sum + units, 0);
		expect(rows[0]?.reduce((sum, { units }) => sum + units, 0)).toBe(total);
		expect(rows[1]).toEqual([]);
	});
});
