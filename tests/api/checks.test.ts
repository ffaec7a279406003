/** Check, difference, merge and the split of totals, as another program asks for them. */
import { describe, expect, test } from 'vitest';
import { applyPatch } from '#lib/engine/analyse/apply-patch.ts';
import type { PatchStep } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { startReplay } from '#lib/server/replays/start-replay.ts';
import { openReplayStudio, quotaScheme } from '../server/replays/replay-studio.ts';
import { actorWith } from '../server/support/studio.ts';
import { call } from './api-client.ts';
import { expectAsDescribed } from './described.ts';

interface Finding {
	readonly code: string;
	readonly severity: string;
	readonly at: string;
	readonly message: { readonly en: string };
	readonly waived?: string;
	readonly repairs?: readonly { readonly patch: readonly PatchStep[] }[];
}

/** The quota scheme with three items. */
function threeItems(...weights: readonly [number, number, number]): Json {
	const scheme = quotaScheme(50, 50) as unknown as SchemeDocument;
	const [sales, orders] = scheme.items;
	if (!sales || !orders) throw new Error('The scheme of the tests lost its items.');
	const items = [sales, orders, { ...orders, id: 'shipping', metric: 'shipping' }];
	return JSON.parse(
		JSON.stringify({
			...scheme,
			items: items.map((item, index) => ({ ...item, weight: weights[index] }))
		})
	) as Json;
}

const findingsOf = (body: Record<string, unknown>) => body['findings'] as readonly Finding[];

describe('checks', () => {
	test('AT-03: 60/40/10 against 60/30/10 is refused with 50/40/10, 51.43/40/8.57 or by hand', async () => {
		const { ctx, designer } = await openReplayStudio();
		const raised = threeItems(60, 40, 10);
		const answer = await call(
			ctx,
			designer,
			'POST',
			'/checks',
			{},
			{ body: { document: raised, baseline: { document: threeItems(60, 30, 10) } } }
		);
		expectAsDescribed('POST', '/checks', answer);
		const wrong = findingsOf(answer.body).find(({ code }) => code.endsWith('weights_not_100'));
		expect(wrong?.severity, JSON.stringify(answer.body['findings'])).toBe('error');
		expect(wrong?.message.en).toContain('110');
		const weights = wrong?.repairs?.map(({ patch }) =>
			applyPatch(raised as unknown as SchemeDocument, patch)?.items.map(({ weight }) => weight)
		);
		expect(weights).toEqual(
			expect.arrayContaining([
				[50, 40, 10],
				[51.43, 40, 8.57]
			])
		);
		expect(wrong?.repairs?.at(-1)?.patch).toEqual([]);
		expect(answer.body).toMatchObject({ weights: [{ total: 110 }], history: null });
	});

	test('say what only figures tell, over the last year, against the version in force', async () => {
		const { ctx, designer } = await openReplayStudio();
		const answer = await call(
			ctx,
			designer,
			'POST',
			'/checks',
			{},
			{
				body: {
					document: threeItems(60, 30, 10),
					baseline: { scheme_id: 'quota', number: 1 },
					history: true
				}
			}
		);
		expectAsDescribed('POST', '/checks', answer);
		const codes = findingsOf(answer.body).map(({ code }) => code);
		expect(codes).toContain('needs_new_data');
		expect(answer.body).toMatchObject({ history: { to: '2013-Q3' } });
		const needs = answer.body['needs'] as { path: string; is_new: boolean; missing: number }[];
		expect(needs.find(({ path }) => path === 'metric.shipping')).toMatchObject({ is_new: true });
		expect(needs.find(({ path }) => path === 'metric.sales')).toMatchObject({ is_new: false });
		expect(needs.every(({ missing }) => missing > 0 || missing === 0)).toBe(true);
	});

	test('a change of weights needs nothing new, and a waived warning carries its reason', async () => {
		const { ctx, designer } = await openReplayStudio();
		const scheme = quotaScheme(60, 40) as Record<string, Json>;
		const document = {
			...scheme,
			grades: [{ id: 'good', name: { 'zh-CN': '良好', en: 'Good' }, from: 80 }],
			waivers: [{ code: 'grade_gap', at: '/grades', reason: 'no grade below on purpose' }]
		};
		const answer = await call(
			ctx,
			designer,
			'POST',
			'/checks',
			{},
			{ body: { document, baseline: { scheme_id: 'quota', number: 1 } } }
		);
		expectAsDescribed('POST', '/checks', answer);
		const found = findingsOf(answer.body);
		expect(found.map(({ code }) => code)).toContain('needs_nothing_new');
		expect(found.find(({ code }) => code === 'grade_gap')).toMatchObject({
			severity: 'hint',
			waived: 'no grade below on purpose'
		});
	});

	test('a document that is no scheme is answered with findings, a baseline that is none refused', async () => {
		const { ctx, designer } = await openReplayStudio();
		const post = (body: unknown) => call(ctx, designer, 'POST', '/checks', {}, { body });
		const answer = await post({ document: { format: 'quanheng.scheme/1' }, history: true });
		expectAsDescribed('POST', '/checks', answer);
		expect(findingsOf(answer.body).some(({ severity }) => severity === 'error')).toBe(true);
		const refused = await post({ document: {}, baseline: { document: [] } });
		expect(refused).toMatchObject({ status: 422, body: { code: 'document_not_scheme' } });
		const absent = await post({ document: {}, baseline: { scheme_id: 'quota', number: 9 } });
		expect(absent.status).toBe(404);
	});
});

describe('differences and merges', () => {
	test('an edit is told in words, between a version and a document', async () => {
		const { ctx, designer } = await openReplayStudio();
		const answer = await call(
			ctx,
			designer,
			'POST',
			'/differences',
			{},
			{ body: { from: { scheme_id: 'quota', number: 1 }, to: { document: quotaScheme(60, 40) } } }
		);
		expectAsDescribed('POST', '/differences', answer);
		const edits = answer.body['edits'] as { id: string; sentence: { en: string } }[];
		expect(edits.map(({ id }) => id)).toEqual(['items.sales.weight', 'items.orders.weight']);
		expect(edits[0]?.sentence.en).toMatch(/70.*60/);
	});

	test('a merge takes what does not conflict and shows base, ours and theirs of what does', async () => {
		const { ctx, designer, draft } = await openReplayStudio();
		const [ours, theirs] = [
			{ ...(quotaScheme(60, 40) as object), note: 'ours' },
			{ ...(quotaScheme(80, 40) as object), period: 'quarter', total: { decimals: 1 } }
		];
		const answer = await call(
			ctx,
			designer,
			'POST',
			'/merges',
			{},
			{
				body: {
					base: { scheme_id: 'quota', number: 1 },
					ours: { document: ours },
					theirs: { document: theirs }
				}
			}
		);
		expectAsDescribed('POST', '/merges', answer);
		expect(answer.body).toMatchObject({
			merged: { note: 'ours', total: { decimals: 1 } },
			conflicts: [
				{ id: 'items.sales.weight', reason: 'both_changed', base: 70, ours: 60, theirs: 80 }
			]
		});
		const own = await call(
			ctx,
			designer,
			'POST',
			'/merges',
			{},
			{
				body: {
					base: { scheme_id: 'quota', number: 1 },
					ours: { draft: draft.id },
					theirs: { scheme_id: 'quota', number: 1 }
				}
			}
		);
		expect(own.body).toMatchObject({ conflicts: [], merged: { items: [{ weight: 50 }, {}] } });
	});
});

describe('the split of totals', () => {
	test('adds up to the change of all scores, and says that it is exact', async () => {
		const { ctx, designer, draft } = await openReplayStudio();
		const started = await startReplay(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			range: { from: '2013-Q2', to: '2013-Q2' }
		});
		await started.ended;
		const answer = await call(ctx, designer, 'GET', '/replays/[replay]/totals', {
			replay: started.id
		});
		expectAsDescribed('GET', '/replays/{replay}/totals', answer);
		// 276 rises by 3, 277 falls by 4; the only edit is of the weights.
		expect(answer.body).toMatchObject({
			method: 'exact',
			compared: 2,
			score: { change: -1, error: 0 },
			payout: null,
			shares: [{ edit: 'weights', points: -1, payout: null }]
		});
	});

	test('of a replay against nothing is refused', async () => {
		const { ctx, designer, draft } = await openReplayStudio();
		const started = await startReplay(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			baseline: 'none',
			range: { from: '2013-Q2', to: '2013-Q2' }
		});
		await started.ended;
		const answer = await call(ctx, designer, 'GET', '/replays/[replay]/totals', {
			replay: started.id
		});
		expect(answer).toMatchObject({ status: 409, body: { code: 'replay_alone' } });
	});
});

test('a stranger to drafts learns nothing from the checker', async () => {
	const { ctx, draft } = await openReplayStudio();
	const head = actorWith('department_head');
	const sides = {
		base: { draft: draft.id },
		ours: { draft: draft.id },
		theirs: { draft: draft.id }
	};
	const asked = [
		call(ctx, head, 'POST', '/checks', {}, { body: { document: {} } }),
		call(ctx, head, 'POST', '/differences', {}, { body: { from: sides.base, to: sides.ours } }),
		call(ctx, head, 'POST', '/merges', {}, { body: sides })
	];
	for (const answer of await Promise.all(asked)) expect(answer.status).toBe(403);
});
