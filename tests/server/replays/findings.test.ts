/** What figures tell about a draft reaches the report of its replay, and what it needs of the data. */
import { afterAll, expect, test } from 'vitest';
import { findPeople } from '#lib/server/people/find-people.ts';
import { getReplay } from '#lib/server/replays/get-replay.ts';
import { livePreview } from '#lib/server/replays/live-preview.ts';
import { previewHost } from '#lib/server/replays/preview-host.ts';
import { startReplay } from '#lib/server/replays/start-replay.ts';
import { saveDraft } from '#lib/server/schemes/save-draft.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { actorWith } from '../support/studio.ts';
import { openReplayStudio, quotaScheme } from './replay-studio.ts';

const RANGE = { from: '2013-Q2', to: '2013-Q3' };
const approver = actorWith('hr_approver');

afterAll(async () => {
	await previewHost.close();
});

/** The draft with its second item moved to a metric that version 1 does not read. */
function withShipping(): Json {
	const scheme = quotaScheme(50, 50) as { items: readonly object[] };
	const [sales, orders] = scheme.items;
	return { ...scheme, items: [sales, { ...orders, id: 'shipping', metric: 'shipping' }] } as Json;
}

test('a replay of new weights needs nothing new, and says how far the figures are there', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const { id, ended } = await startReplay(ctx, designer, {
		draftId: draft.id,
		revision: 1,
		range: RANGE
	});
	await ended;
	const { report } = await getReplay(ctx, approver, { replayId: id });
	const codes = report?.findings?.map(({ code }) => code);
	expect(codes).toContain('needs_nothing_new');
	// Most people of the small company have no orders in most quarters.
	expect(codes).toContain('data_partly_missing');
	const sales = report?.data_needs?.find(({ path }) => path === 'metric.sales');
	// Nine rows, two of them of the accountant, to whom the scheme does not apply.
	expect(report?.dataset.rows).toBe(9);
	expect(sales).toMatchObject({ kind: 'metric', is_new: false, rows: 7 });
	expect(sales?.missing).toBeGreaterThan(0);
});

test('a metric that the version in force does not read is named as newly needed', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	await saveDraft(ctx, designer, { draftId: draft.id, revision: 1, document: withShipping() });
	const { id, ended } = await startReplay(ctx, designer, {
		draftId: draft.id,
		revision: 2,
		range: RANGE
	});
	await ended;
	const { report } = await getReplay(ctx, approver, { replayId: id });
	const found = report?.findings?.find(({ code }) => code === 'needs_new_data');
	expect(found?.details['needs']).toBe('metric.shipping');
	expect(report?.data_needs?.find(({ is_new }) => is_new)?.path).toBe('metric.shipping');
});

test('a head sees the effects on their people, not what the checker says of the scheme', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const { id, ended } = await startReplay(ctx, designer, {
		draftId: draft.id,
		revision: 1,
		range: RANGE
	});
	await ended;
	const { people } = await findPeople(ctx, designer, {});
	const unitId = people.find((one) => one.id === '276')?.unitId ?? null;
	const head = actorWith('department_head', { unitId, userId: 'head' });
	const { report } = await getReplay(ctx, head, { replayId: id });
	expect(report?.movers).not.toEqual([]);
	expect(report?.findings).toBeUndefined();
	expect(report?.data_needs).toBeUndefined();
});

test('a preview is checked against the version it is based on: AT-03 on the scheme at hand', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const { findings, report } = await livePreview(ctx, designer, {
		draftId: draft.id,
		document: quotaScheme(80, 30),
		range: RANGE
	});
	const wrong = findings.find(({ code }) => code.endsWith('weights_not_100'));
	expect(wrong?.severity).toBe('error');
	// Sales went from 70 to 80, so the ten points come from orders.
	expect(wrong?.repairs?.[0]?.patch).toEqual([
		{ op: 'replace', path: '/items/1/weight', value: 20 }
	]);
	expect(report.checks.find(({ code }) => code === 'findings')?.status).toBe('fail');
});
