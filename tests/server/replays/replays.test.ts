import { afterAll, expect, test } from 'vitest';
import { auditEvents } from '#lib/server/db/client/schema.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { cancelReplay, findReplays, getReplay } from '#lib/server/replays/get-replay.ts';
import { livePreview } from '#lib/server/replays/live-preview.ts';
import { personReplay } from '#lib/server/replays/person-replay.ts';
import { previewHost } from '#lib/server/replays/preview-host.ts';
import { startReplay } from '#lib/server/replays/start-replay.ts';
import { saveDraft } from '#lib/server/schemes/save-draft.ts';
import { importFile, columns } from '../imports/import-files.ts';
import { actorWith } from '../support/studio.ts';
import { openReplayStudio, quotaScheme } from './replay-studio.ts';

const RANGE = { from: '2013-Q2', to: '2013-Q2' };
const approver = actorWith('hr_approver');

afterAll(async () => {
	await previewHost.close();
});

test('a replay compares a draft with the version it is based on and stores what it rests on', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const started = await startReplay(ctx, designer, {
		draftId: draft.id,
		revision: 1,
		range: RANGE
	});
	expect((await started.ended).status).toBe('done');
	const replay = await getReplay(ctx, approver, { replayId: started.id });
	expect(replay).toMatchObject({
		status: 'done',
		progress: 1,
		isCurrent: true,
		draftHash: draft.hash,
		baselineVersion: 1,
		scope: 'all'
	});
	expect(replay.datasetHash).toMatch(/^[0-9a-f]{64}$/);
	expect(replay.report?.dataset.hash).toBe(replay.datasetHash);
	expect(replay.report?.reference_check.mismatches).toBe(0);
	expect(replay.report?.reference_check.sampled).toBeGreaterThan(0);
	// 276: 70×0.6+30×0.75 = 64.5 → 50×0.6+50×0.75 = 67.5; 277: 114 → 110.
	const movers = Object.fromEntries(
		(replay.report?.movers ?? []).map((mover) => [mover.employee, mover])
	);
	expect(movers['276']).toMatchObject({ before: 64.5, after: 67.5, delta: 3 });
	expect(movers['277']).toMatchObject({ before: 114, after: 110, delta: -4 });
	expect(replay.verdict?.['zh-CN']).toContain('1');
	const types = (
		await ctx.db.read.select({ type: auditEvents.type }).from(auditEvents).orderBy(auditEvents.seq)
	).map(({ type }) => type);
	expect(types.slice(-2)).toEqual(['replay_started', 'replay_finished']);
});

test('the same draft on the same data gives the same report', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const run = async () => {
		const { id, ended } = await startReplay(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			range: RANGE
		});
		await ended;
		return (await getReplay(ctx, approver, { replayId: id })).report;
	};
	expect(await run()).toEqual(await run());
});

test('a draft can be replayed against nothing', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const { id, ended } = await startReplay(ctx, designer, {
		draftId: draft.id,
		revision: 1,
		range: RANGE,
		baseline: 'none'
	});
	await ended;
	const { report, baselineVersion } = await getReplay(ctx, approver, { replayId: id });
	expect(baselineVersion).toBeNull();
	expect(report?.baseline).toBeNull();
	// 278 was hired in June and has figures for none of the months: not scored, with the reason.
	expect(report?.coverage).toMatchObject({ rows: 4, scored: 2 });
	expect(report?.coverage.not_scored).toEqual({ incomplete: 1, uncovered: 1, error: 0 });
});

test('a stale revision is refused, and an edit makes the replay one of the past', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const { id, ended } = await startReplay(ctx, designer, {
		draftId: draft.id,
		revision: 1,
		range: RANGE
	});
	await ended;
	await saveDraft(ctx, designer, { draftId: draft.id, revision: 1, document: quotaScheme(60, 40) });
	await expect(
		startReplay(ctx, designer, { draftId: draft.id, revision: 1 })
	).rejects.toMatchObject({
		code: 'draft_stale',
		status: 409
	});
	expect((await getReplay(ctx, approver, { replayId: id })).isCurrent).toBe(false);
});

test('a range without data fails with a sentence', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const { id, ended } = await startReplay(ctx, designer, {
		draftId: draft.id,
		revision: 1,
		range: { from: '1990-Q1', to: '1990-Q2' }
	});
	expect((await ended).status).toBe('failed');
	const replay = await getReplay(ctx, approver, { replayId: id });
	expect(replay.error?.code).toBe('range_empty');
	expect(replay.error?.text.en).toContain('1990-Q1');
});

test('a replay that is over cannot be cancelled, one that waits can', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const first = await startReplay(ctx, designer, { draftId: draft.id, revision: 1, range: RANGE });
	const second = await startReplay(ctx, designer, { draftId: draft.id, revision: 1, range: RANGE });
	await cancelReplay(ctx, designer, { replayId: second.id });
	expect((await second.ended).status).toBe('cancelled');
	await first.ended;
	await expect(cancelReplay(ctx, designer, { replayId: first.id })).rejects.toMatchObject({
		code: 'job_over'
	});
	const found = await findReplays(ctx, approver, { draftId: draft.id });
	expect(found.map(({ status }) => status).sort()).toEqual(['cancelled', 'done']);
});

test('one person is explained before and after, on the data as it was known then', async () => {
	const { ctx, designer, draft, studio } = await openReplayStudio();
	const { id, ended } = await startReplay(ctx, designer, {
		draftId: draft.id,
		revision: 1,
		range: RANGE
	});
	await ended;
	studio.clock.advance(60_000);
	await importFile(
		ctx,
		designer,
		'observations',
		'employee,period,sales,orders,shipping\n276,2013-06,999999,10,2\n',
		{
			columns: columns({
				employee: 'employee',
				period: 'period',
				sales: 'metric.sales',
				orders: 'metric.orders',
				shipping: 'metric.shipping'
			})
		}
	);
	const person = await personReplay(ctx, approver, { replayId: id, employeeId: '276' });
	expect(person).toMatchObject({
		period: '2013-Q2',
		isSameData: true,
		employee: { name: 'Linda Mitchell' }
	});
	expect(person.before?.scorecard.score).toBe(64.5);
	expect(person.after.scorecard.score).toBe(67.5);
	expect(person.after.explanation.items[0]?.scoreRule?.sentence.en).toBeTruthy();
});

test('a head sees the effects on their own people only; strangers and other clients see nothing', async () => {
	const { ctx, designer, draft, studio } = await openReplayStudio();
	const { id, ended } = await startReplay(ctx, designer, {
		draftId: draft.id,
		revision: 1,
		range: RANGE
	});
	await ended;
	const { people } = await findPeople(ctx, designer, {});
	const sales = people.find((one) => one.id === '276')?.unitId ?? null;
	const finance = people.find((one) => one.id === '279')?.unitId ?? null;
	const head = actorWith('department_head', { unitId: sales });
	const seen = await getReplay(ctx, head, { replayId: id });
	expect(seen.scope).toBe('own_people');
	expect(seen.report?.dataset.subjects).toBe(3);
	expect(seen.report?.movers.map(({ employee }) => employee).sort()).toEqual(['276', '277']);

	const sibling = actorWith('department_head', { unitId: finance });
	const others = await getReplay(ctx, sibling, { replayId: id });
	expect(others.report?.movers).toEqual([]);
	await expect(
		personReplay(ctx, sibling, { replayId: id, employeeId: '276' })
	).rejects.toMatchObject({ status: 404 });
	await expect(personReplay(ctx, head, { replayId: id, employeeId: '999' })).rejects.toMatchObject({
		status: 404
	});
	await expect(
		getReplay(ctx, actorWith('employee', { employeeId: '276' }), { replayId: id })
	).rejects.toMatchObject({ status: 403 });
	await expect(
		startReplay(ctx, approver, { draftId: draft.id, revision: 1 })
	).rejects.toMatchObject({ status: 403 });
	const other = await studio.context('globex');
	await expect(
		getReplay(other, actorWith('hr_approver', { clientId: 'globex' }), { replayId: id })
	).rejects.toMatchObject({ status: 404 });
	await expect(getReplay(other, approver, { replayId: id })).rejects.toMatchObject({ status: 404 });
});

test('the live preview scores a document that was never saved', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const preview = await livePreview(ctx, designer, {
		draftId: draft.id,
		document: quotaScheme(60, 60),
		range: RANGE
	});
	expect(preview.documentHash).not.toBe(draft.hash);
	expect(preview.report.draft.hash).toBe(preview.documentHash);
	expect(preview.report.checks.find(({ code }) => code === 'weights')?.status).toBe('fail');
	const again = await livePreview(ctx, designer, {
		draftId: draft.id,
		document: quotaScheme(50, 50),
		range: RANGE
	});
	expect(again.report.summary.up).toBe(1);
	await expect(
		livePreview(ctx, designer, { draftId: draft.id, document: { format: 'other' } })
	).rejects.toMatchObject({ code: 'draft_unsound', status: 422 });
});

test('an edit on top of an edit replaces what still waits', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	await livePreview(ctx, designer, {
		draftId: draft.id,
		document: quotaScheme(50, 50),
		range: RANGE
	});
	const results = await Promise.allSettled(
		[51, 52, 53, 54].map((weight) =>
			livePreview(ctx, designer, {
				draftId: draft.id,
				document: quotaScheme(weight, 100 - weight),
				range: RANGE
			})
		)
	);
	const last = results.at(-1);
	expect(last?.status).toBe('fulfilled');
	const codes = results.flatMap((result) =>
		result.status === 'rejected' ? [result.reason.code] : []
	);
	expect(new Set(codes)).toEqual(codes.length > 0 ? new Set(['preview_superseded']) : new Set());
});
