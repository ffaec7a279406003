/** A trial shows what a pack's scheme would say of the client's history, and writes nothing. */
import { expect, test } from 'vitest';
import {
	auditEvents,
	installedPacks,
	metrics,
	parameterValues,
	replays,
	templates
} from '#lib/server/db/client/schema.ts';
import { trialReplay } from '#lib/server/packs/trial-replay.ts';
import { clientWithHistory, packsWith } from './pack-client.ts';

test('a scheme is replayed with the answers as they would be, and nothing is written', async () => {
	const { ctx, actor } = await clientWithHistory();
	const trial = (bonus_from: number) =>
		trialReplay(ctx, actor, {
			pack: 'minimal',
			scheme: 'simple',
			folder: packsWith(),
			answers: { params: { bonus_from } }
		});
	const { report, baseline, range, verdict } = await trial(1.2);
	expect(baseline).toBeNull();
	expect(range).toEqual({ from: '2025-01', to: '2025-12' });
	expect(report.coverage).toMatchObject({ rows: 36, scored: 36 });
	// 60, 90 and, with the bonus of 10, 110.
	expect(report.summary.mean_after).toBeCloseTo((60 + 90 + 110) / 3, 2);
	expect((await trial(2)).report.summary.mean_after).toBeCloseTo((60 + 90 + 100) / 3, 2);
	expect(verdict.en).toContain('3');
	expect(report.reference_check.mismatches).toBe(0);
	const tables = [metrics, templates, installedPacks, parameterValues, replays, auditEvents];
	for (const table of tables) expect(await ctx.db.read.select().from(table)).toEqual([]);
});

test('a scheme that the pack does not have, and a client without figures, are told plainly', async () => {
	const { ctx, actor } = await clientWithHistory();
	await expect(
		trialReplay(ctx, actor, { pack: 'minimal', scheme: 'other', folder: packsWith() })
	).rejects.toMatchObject({ code: 'scheme_not_in_pack', status: 404 });
	await expect(
		trialReplay(
			ctx,
			{ ...actor, roles: ['employee'] },
			{ pack: 'minimal', scheme: 'simple', folder: packsWith() }
		)
	).rejects.toMatchObject({ status: 403 });
});

test('a trial that nobody waits for stops', async () => {
	const { ctx, actor } = await clientWithHistory();
	await expect(
		trialReplay(ctx, actor, {
			pack: 'minimal',
			scheme: 'simple',
			folder: packsWith(),
			signal: AbortSignal.abort()
		})
	).rejects.toMatchObject({ code: 'trial_stopped' });
});

test('a trial tells how far it is, in months of people, and ends at all of them', async () => {
	const { ctx, actor } = await clientWithHistory();
	const told: { done: number; total: number }[] = [];
	await trialReplay(ctx, actor, {
		pack: 'minimal',
		scheme: 'simple',
		folder: packsWith(),
		onProgress: (progress) => told.push(progress)
	});
	expect(told.at(-1)).toEqual({ done: 36, total: 36 });
	const done = told.map((progress) => progress.done);
	expect(done).toEqual(done.toSorted((a, b) => a - b));
	expect(new Set(told.map(({ total }) => total))).toEqual(new Set([36]));
});
