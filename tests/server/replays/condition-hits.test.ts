/** Counts of a condition are those of the history, and nobody learns of people they may not see. */
import { expect, test } from 'vitest';
import type { Rule } from '#lib/engine/logic/rule.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { conditionHits } from '#lib/server/replays/condition-hits.ts';
import { countHits, type HitCondition } from '#lib/server/replays/count-hits.ts';
import { Random, seedOf } from '../../engine/generators/random.ts';
import { actorWith } from '../support/studio.ts';
import { openReplayStudio, quotaScheme } from './replay-studio.ts';

const RANGE = { from: '2013-Q2', to: '2013-Q2' };

function ask(when: Rule, more: object = {}) {
	return {
		document: quotaScheme(70, 30),
		conditions: [{ id: 'a', when, ...more }],
		first: false,
		everybody: false,
		range: RANGE
	};
}

test('a condition is counted over the people whom the scheme scores, and its neighbours are named', async () => {
	const { ctx, designer } = await openReplayStudio();
	const above: Rule = { '>=': [{ var: 'score' }, 100] };
	const hits = await conditionHits(ctx, designer, ask(above));
	const [found] = hits.conditions;
	// 276 scores 64.5, 277 scores 114.
	expect(found).toMatchObject({ hidden: null, people: 1, rows: 1 });
	expect(found?.meets.map(({ employee, value }) => [employee, value])).toEqual([['277', 114]]);
	expect(found?.misses.map(({ employee, value }) => [employee, value])).toContainEqual([
		'276',
		64.5
	]);
	expect(hits.range).toEqual(RANGE);
});

test('an item’s own actual, and conditions that nobody can count', async () => {
	const { ctx, designer } = await openReplayStudio();
	const item = quotaScheme(70, 30) as unknown as SchemeDocument;
	const id = item.items[0]?.id;
	const own = await conditionHits(
		ctx,
		designer,
		ask({ '>=': [{ var: 'item.attainment' }, 0] }, { item: id })
	);
	expect(own.conditions[0]?.people).toBeGreaterThan(0);
	const unsound = await conditionHits(ctx, designer, ask({ '>=': [{ var: 'metric.nothing' }, 0] }));
	expect(unsound.conditions[0]).toMatchObject({ hidden: 'unsound', people: null, meets: [] });
});

test('a condition on pay says nothing to those who may not see pay', async () => {
	const { ctx, designer } = await openReplayStudio();
	const pay: Rule = { '>=': [{ var: 'employee.base_pay' }, 1] };
	const implementer = actorWith('implementer');
	const hits = await conditionHits(ctx, implementer, ask(pay));
	expect(hits.conditions[0]).toMatchObject({ hidden: 'pay', people: null });
	expect((await conditionHits(ctx, designer, ask(pay))).conditions[0]?.hidden).toBeNull();
});

test('an employee and another client’s designer get nothing', async () => {
	const { ctx } = await openReplayStudio();
	const always = ask(true);
	await expect(conditionHits(ctx, actorWith('employee'), always)).rejects.toMatchObject({
		code: 'not_allowed'
	});
	const stranger = actorWith('hr_designer', { clientId: 'other' });
	await expect(conditionHits(ctx, stranger, always)).rejects.toMatchObject({ code: 'not_found' });
});

/** People in periods with one figure, of which some are missing. */
function randomTable(random: Random, rows: number): Table {
	const people = Array.from({ length: Math.ceil(rows / 4) }, (_, index) => `e${index}`);
	return {
		rows,
		columns: new Map([
			[
				'employee.id',
				{
					kind: 'text' as const,
					codes: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 4)),
					dictionary: people
				}
			],
			[
				'period.id',
				{
					kind: 'text' as const,
					codes: Int32Array.from({ length: rows }, (_, row) => row % 4),
					dictionary: ['2025-01', '2025-02', '2025-03', '2025-04']
				}
			],
			[
				'metric.a',
				{
					kind: 'number' as const,
					values: Float64Array.from({ length: rows }, () =>
						random.chance(0.1) ? NaN : random.int(0, 50)
					)
				}
			]
		])
	};
}

const scheme: SchemeDocument = {
	format: 'quanheng.scheme/1',
	id: 'plain',
	name: { 'zh-CN': '一', en: 'Plain' },
	period: 'month',
	applies_to: true,
	weighting: 'percent',
	items: [{ id: 'a', metric: 'a', class: 'result', weight: 100, score: 100 }],
	grades: []
};

test.each([40, 6_000])('counts of %i rows are those of the interpreter, row by row', (rows) => {
	const random = new Random(seedOf(77));
	const table = randomTable(random, rows);
	const a: Rule = { var: 'metric.a' };
	const conditions: readonly HitCondition[] = [
		{ id: '0', when: { '>=': [a, 40] } },
		{ id: '1', when: { and: [{ '>': [a, 10] }, { '<': [a, 20] }] } },
		{ id: '2', when: { '!': [{ '>=': [a, 25] }] } }
	];
	const periods = ['2025-02', '2025-03'];
	const counts = countHits(table, { scheme, periods, conditions, first: false, everybody: true });
	const column = table.columns.get('metric.a');
	for (const [index, { when }] of conditions.entries()) {
		const { node } = parseRule(when);
		let held = 0;
		const people = new Set<number>();
		for (let row = 0; row < rows; row++) {
			if (row % 4 !== 1 && row % 4 !== 2) continue;
			const value = column?.kind === 'number' ? (column.values[row] ?? NaN) : NaN;
			const variables = new Map([['metric.a', Number.isNaN(value) ? null : value]]);
			if (evaluateRule(node, variables).value !== true) continue;
			held += 1;
			people.add(Math.floor(row / 4));
		}
		expect(counts.counts[index]).toMatchObject({ rows: held, people: people.size });
	}
	const [first] = counts.counts;
	expect(first?.meets.map(({ value }) => value)).toEqual(
		[...(first?.meets ?? [])].map(({ value }) => value).sort()
	);
	expect(first?.misses.every(({ value }) => typeof value === 'number' && value < 40)).toBe(true);
	const chain = countHits(table, { scheme, periods, conditions, first: true, everybody: true });
	const each = counts.counts.map(({ rows: count }) => count);
	expect(chain.counts[0]?.rows).toBe(each[0]);
	expect(chain.counts[2]?.rows).toBeLessThanOrEqual(each[2] ?? 0);
});
