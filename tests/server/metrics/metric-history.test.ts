/** Nobody learns a single person's figure from a histogram who may not see that person. */
import { describe, expect, test } from 'vitest';
import { binsOf, evenly, quantile, type Standing } from '#lib/server/metrics/distribution.ts';
import { readMetricHistory } from '#lib/server/metrics/metric-history.ts';
import { actorWith } from '../support/studio.ts';
import { openReplayStudio } from '../replays/replay-studio.ts';

const standings = (values: readonly number[], people = values.length): Standing[] =>
	values.map((value, index) => ({ value, person: `P${index % people}` }));

describe('distributions', () => {
	test('quantiles lie between neighbours by share, and nothing has none', () => {
		expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
		expect(quantile([1, 2, 3, 4], 1)).toBe(4);
		expect(quantile([], 0.5)).toBeNull();
	});

	test('every figure is in one bin, the strange ones in the outermost', () => {
		const values = Array.from({ length: 400 }, (_, index) => index / 100);
		const bins = binsOf(standings([...values, 9000]), 1);
		expect(bins.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(401);
		expect(bins.length).toBeLessThan(60);
		expect(bins.at(-1)?.to).toBeLessThan(10);
	});

	test('bins in which fewer than five people stand are hidden, empty ones are not', () => {
		const values = [...Array.from({ length: 20 }, () => 1), 5, 5, 5];
		const bins = binsOf(standings(values), 5);
		expect(bins[0]?.count).toBe(20);
		expect(bins.at(-1)?.count).toBeNull();
		expect(bins[3]?.count).toBe(0);
	});

	test('the values that stand for very many keep both ends', () => {
		const values = Array.from({ length: 9999 }, (_, index) => index);
		const picked = evenly(values, 100);
		expect(picked).toHaveLength(100);
		expect([picked[0], picked.at(-1)]).toEqual([0, 9998]);
	});
});

describe('history of a metric', () => {
	test('a designer gets every figure without names, and marks one person', async () => {
		const { ctx, designer, draft } = await openReplayStudio();
		const ask = { draftId: draft.id, metric: 'sales', input: 'attainment' } as const;
		const history = await readMetricHistory(ctx, designer, ask);
		expect(history.figures).toBeGreaterThan(0);
		expect(history.values).toHaveLength(history.figures);
		expect(history.target).toBe(1);
		expect(JSON.stringify(history)).not.toMatch(/"name"|"id"/);
		const again = await readMetricHistory(ctx, designer, { ...ask, person: 'nobody' });
		expect(again.person).toBeNull();
	});

	test('a head gets no single figure, no ends, and no group under five', async () => {
		const { ctx, draft } = await openReplayStudio();
		const head = actorWith('department_head', { unitId: 'nowhere' });
		const history = await readMetricHistory(ctx, head, {
			draftId: draft.id,
			metric: 'sales',
			input: 'actual'
		});
		expect(history.values).toBeNull();
		expect([history.min, history.max]).toEqual([null, null]);
		if (history.people < 5) expect(history.bins).toEqual([]);
		await expect(
			readMetricHistory(ctx, head, {
				draftId: draft.id,
				metric: 'sales',
				input: 'actual',
				person: 'P1'
			})
		).rejects.toThrow();
	});

	test('an employee is refused', async () => {
		const { ctx, draft } = await openReplayStudio();
		await expect(
			readMetricHistory(ctx, actorWith('employee'), {
				draftId: draft.id,
				metric: 'sales',
				input: 'actual'
			})
		).rejects.toThrow();
	});
});
