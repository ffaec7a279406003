/** Whatever an edit touches, a rescorer gives exactly what a full run gives. */
import { describe, expect, test } from 'vitest';
import { compileScheme, type BackendName } from '#lib/engine/compile/compile.ts';
import { Rescorer } from '#lib/engine/rescore/rescorer.ts';
import type { RescoreResult } from '#lib/engine/rescore/result.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { ScoreColumns } from '#lib/engine/score/score-columns.ts';
import { STATUS } from '#lib/engine/score/score-columns.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { Random, seedOf } from '../generators/random.ts';
import { randomScheme, randomTable } from '../generators/scheme.ts';
import { item, read, scheme } from '../generators/plain-scheme.ts';
import { randomEdit } from './random-edits.ts';

const GROUPS = ['employee.unit', 'employee.position'];

/** What the result must say, counted row by row from the interpreter's scorecards. */
function counted(
	document: SchemeDocument,
	baseline: SchemeDocument,
	table: Table
): { after: ScoreColumns; before: ScoreColumns } {
	return {
		after: scoreTable(prepareScheme(document), table, { preview: true }),
		before: scoreTable(prepareScheme(baseline), table)
	};
}

function units(value: number | undefined, decimals: number): number {
	return value === undefined || Number.isNaN(value) ? 0 : Math.round(value * 10 ** decimals);
}

function expectSame(
	result: RescoreResult,
	document: SchemeDocument,
	baseline: SchemeDocument,
	table: Table,
	where: string
): void {
	const { after, before } = counted(document, baseline, table);
	const decimals = document.total?.decimals ?? 2;
	let scoreUnits = 0;
	const moves = { up: 0, down: 0, same: 0 };
	const statuses = { incomplete: 0, uncovered: 0, error: 0 };
	for (let row = 0; row < table.rows; row++) {
		expect(result.totals.score[row], `${where}, score of row ${row}`).toBe(after.score[row]);
		expect(result.totals.payout[row], `${where}, payout of row ${row}`).toBe(after.payout[row]);
		scoreUnits += units(after.score[row], decimals);
		const delta = (after.score[row] ?? NaN) - (before.score[row] ?? NaN);
		if (delta > 0) moves.up++;
		if (delta < 0) moves.down++;
		if (delta === 0) moves.same++;
		if (after.status[row] === STATUS.incomplete) statuses.incomplete++;
		if (after.status[row] === STATUS.uncovered) statuses.uncovered++;
		if (after.status[row] === STATUS.error) statuses.error++;
	}
	expect(result.scoreUnits, where).toBe(scoreUnits);
	expect(result.movement, where).toMatchObject(moves);
	expect(result.counts, where).toMatchObject(statuses);
	const scored = after.status.filter((status) => status === STATUS.scored).length;
	expect(
		result.histogram.after.reduce((a, b) => a + b, 0),
		where
	).toBe(scored);
	for (const by of GROUPS) {
		const groups = result.movement?.groups.filter((group) => group.by === by) ?? [];
		const sum = (of: (group: (typeof groups)[number]) => number): number =>
			groups.reduce((total, group) => total + of(group), 0);
		expect(
			sum((group) => group.up),
			`${where}, ${by}`
		).toBe(moves.up);
		expect(
			sum((group) => group.down),
			`${where}, ${by}`
		).toBe(moves.down);
		expect(
			sum((group) => group.rows),
			`${where}, ${by}`
		).toBe(moves.up + moves.down + moves.same);
	}
}

describe.each<BackendName>(['wasm', 'blocks'])('%s', (backend) => {
	const seed = seedOf(backend === 'wasm' ? 401 : 402);

	test(`equals a full run after every edit of a random sequence (seed ${seed})`, () => {
		const random = new Random(seed);
		for (let i = 0; i < 12; i++) {
			const table = randomTable(random, 41 + random.int(0, 1));
			const baseline = randomScheme(random, { items: random.int(2, 5) });
			const rescorer = new Rescorer(table, { backend, baseline, groups: GROUPS });
			let document = baseline;
			for (let step = 0; step < 8; step++) {
				const where = `sequence ${i}, step ${step} of seed ${seed}`;
				expectSame(rescorer.update(document), document, baseline, table, where);
				document = randomEdit(random, document);
			}
		}
	});
});

describe('weights alone', () => {
	const seed = seedOf(411);
	/** Moved weights with everything else shared, or, as a request brings it, nothing shared. */
	function reweighed(random: Random, document: SchemeDocument): SchemeDocument {
		const moved: SchemeDocument = {
			...document,
			items: document.items.map((entry) => ({ ...entry, weight: anyWeight(random) }))
		};
		return random.chance(0.5) ? moved : (JSON.parse(JSON.stringify(moved)) as SchemeDocument);
	}
	/** Mostly between the bounds, sometimes at them, 0, beyond or a rule. */
	function anyWeight(random: Random): Rule {
		const one = random.pick<Rule>([0.01, 100, 33.33, 12.345, 1e-3, 100.5, 250, 0, -5]);
		const rule: Rule = { if: [{ '>': [read('employee.tenure_months'), 6] }, 40, 20] };
		return random.pick<Rule>([random.int(1, 99), random.int(1, 9999) / 100, one, one, rule]);
	}

	test.each<BackendName>(['wasm', 'blocks'])(
		`moved again and again give what a full run gives, %s (seed ${seed})`,
		(backend) => {
			const random = new Random(seed);
			for (let i = 0; i < 12; i++) {
				const table = randomTable(random, 41 + random.int(0, 1));
				const baseline = randomScheme(random, { items: random.int(2, 6) });
				const rescorer = new Rescorer(table, { backend, baseline, groups: GROUPS });
				let document = baseline;
				for (let step = 0; step < 12; step++) {
					const where = `sequence ${i}, step ${step} of seed ${seed}`;
					expectSame(rescorer.update(document), document, baseline, table, where);
					if (document.weighting === 'percent') document = reweighed(random, document);
					if (random.chance(0.1)) document = randomEdit(random, document);
				}
			}
		}
	);
});

describe('what an edit evaluates', () => {
	const table = randomTable(new Random(7), 50);
	const attained = { '*': [100, { min: [read('item.attainment'), 1.2] }] };
	const document = scheme({
		items: [item('visits', 60, attained), item('profit', 40, attained, { missing: 'zero' })]
	});

	test('a new weight, cap or grade evaluates no rule of an item and compiles nothing', () => {
		const rescorer = new Rescorer(table, { backend: 'wasm' });
		expect(rescorer.update(document).evaluated).toEqual(['visits', 'profit']);
		const weighted = (weight: number): SchemeDocument => ({
			...document,
			items: document.items.map((entry, index) => ({
				...entry,
				weight: index === 0 ? weight : 100 - weight
			}))
		});
		expect(rescorer.update(weighted(50)).evaluated).toEqual([]);
		const second = rescorer.update(weighted(30));
		expect(second).toMatchObject({ evaluated: [], isNewKernel: false });
		const moved = rescorer.update({
			...weighted(30),
			grades: document.grades.map((grade, index) => (index === 0 ? { ...grade, from: 85 } : grade))
		});
		expect(moved).toMatchObject({ evaluated: [], isNewKernel: false });
	});

	test('an edited rule evaluates its own item alone', () => {
		const rescorer = new Rescorer(table, { backend: 'wasm' });
		rescorer.update(document);
		const edited = rescorer.update({
			...document,
			items: document.items.map((entry, index) =>
				index === 1 ? { ...entry, score: { '*': [90, read('item.attainment')] } } : entry
			)
		});
		expect(edited.evaluated).toEqual(['profit']);
	});

	test('other bars count the same rows, of the baseline too, and the next edit keeps to them', () => {
		const edges = [0, 30, 60, 75, 90, 120];
		const rescorer = new Rescorer(table, { backend: 'wasm', baseline: document });
		rescorer.update(document);
		rescorer.update(document);
		rescorer.useEdges(edges);
		const fresh = new Rescorer(table, { backend: 'wasm', baseline: document, edges });
		const moved: SchemeDocument = {
			...document,
			items: document.items.map((entry, index) => ({ ...entry, weight: index === 0 ? 45 : 55 }))
		};
		for (const next of [document, moved])
			expect(rescorer.update(next).histogram).toEqual(fresh.update(next).histogram);
	});

	test('scorecards of the last update are those of a full run', () => {
		const rescorer = new Rescorer(table, { backend: 'wasm' });
		rescorer.update(document);
		const full = compileScheme(prepareScheme(document), table, { backend: 'wasm', preview: true });
		expect(rescorer.scorecards()).toEqual(full.score());
	});
});

test('a rule that the kernel cannot run is still counted exactly', () => {
	const random = new Random(99);
	const table = randomTable(random, 30);
	const listed: Rule = {
		reduce: [
			{ map: [[1, 2, 3], { '*': [{ var: '' }, 10] }] },
			{ '+': [{ var: 'accumulator' }, { var: 'current' }] },
			0
		]
	};
	const baseline = scheme({ items: [item('visits', 100, 50)] });
	const document = scheme({
		items: [item('visits', 100, { '+': [listed, { coalesce: [read('item.actual'), 0] }] })],
		adjustments: [
			{
				id: 'late',
				name: { 'zh-CN': 'late', en: 'late' },
				when: { in: [read('employee.position'), { cat: [read('employee.unit'), 'operations'] }] },
				points: { '-': [read('base_score'), { reduce: [[1], { var: 'current' }, 0] }] }
			}
		]
	});
	for (const backend of ['wasm', 'blocks'] as const) {
		const rescorer = new Rescorer(table, { backend, baseline, groups: GROUPS });
		for (const where of ['first', 'again'])
			expectSame(rescorer.update(document), document, baseline, table, `${backend}, ${where}`);
	}
});
