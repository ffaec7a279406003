import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '#lib/server/auth/roles.ts';
import { ROLES } from '#lib/server/auth/roles.ts';
import type { Actor } from '#lib/server/context.ts';
import { decisions, submissions } from '#lib/server/db/client/schema.ts';
import { decideSubmission } from '#lib/server/schemes/decide-submission.ts';
import { getDraft, listWaitingSubmissions } from '#lib/server/schemes/find-schemes.ts';
import { readDraft } from '#lib/server/schemes/read.ts';
import { saveDraft } from '#lib/server/schemes/save-draft.ts';
import { submitDraft } from '#lib/server/schemes/submit-draft.ts';
import { withdrawSubmission } from '#lib/server/schemes/withdraw-submission.ts';
import {
	approver,
	defineRevenue,
	designer,
	draftSales,
	publish,
	replayDraft,
	salesScheme,
	submit
} from '../support/life.ts';
import { actorWith, openStudio } from '../support/studio.ts';

async function client() {
	const ctx = await (await openStudio()).context();
	await defineRevenue(ctx);
	return ctx;
}

describe('a submission', () => {
	test('needs a finished replay of exactly this content', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const replayId = await replayDraft(ctx, draft.id);
		await saveDraft(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			document: salesScheme(60)
		});
		const { hash } = await readDraft(ctx.db.read, draft.id);
		const input = { draftId: draft.id, draftHash: hash, replayId, baseVersion: null };
		await expect(submitDraft(ctx, designer, input)).rejects.toMatchObject({
			code: 'replay_missing'
		});
		await expect(submitDraft(ctx, designer, { ...input, replayId: 'none' })).rejects.toMatchObject({
			code: 'replay_missing'
		});
	});

	test('of content that changed is refused', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const replayId = await replayDraft(ctx, draft.id);
		await saveDraft(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			document: salesScheme(60)
		});
		await expect(
			submitDraft(ctx, designer, {
				draftId: draft.id,
				draftHash: draft.hash,
				replayId,
				baseVersion: null
			})
		).rejects.toMatchObject({ code: 'draft_changed', status: 409 });
	});

	test('with weights at 110 is refused with the place', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const broken = salesScheme(60);
		const items = broken.items as readonly { readonly id: string }[];
		await saveDraft(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			document: { ...broken, items: items.map((item) => ({ ...item, weight: 55 })) }
		});
		const { hash } = await readDraft(ctx.db.read, draft.id);
		const replayId = await replayDraft(ctx, draft.id);
		const refused = submitDraft(ctx, designer, {
			draftId: draft.id,
			draftHash: hash,
			replayId,
			baseVersion: null
		});
		await expect(refused).rejects.toMatchObject({ code: 'draft_has_errors', status: 422 });
		const error: unknown = await refused.catch((e: unknown) => e);
		expect(JSON.stringify(error)).toContain('110');
		expect(await ctx.db.read.select().from(submissions)).toHaveLength(0);
	});

	test('under another id than its scheme is refused', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		await saveDraft(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			document: salesScheme(100, 'marketing')
		});
		await expect(submit(ctx, draft.id)).rejects.toMatchObject({ code: 'draft_other_scheme' });
	});

	test('that fails a guardrail needs a reason, and the approver grants it by name', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const message = { 'zh-CN': '太多人下降', en: 'Too many fall' };
		const replayId = await replayDraft(ctx, draft.id, {
			checks: [{ code: 'grade_fall_share', status: 'fail', message }]
		});
		const input = { draftId: draft.id, draftHash: draft.hash, replayId, baseVersion: null };
		await expect(submitDraft(ctx, designer, input)).rejects.toMatchObject({
			code: 'guardrail_failed'
		});
		const overrides = [{ check: 'grade_fall_share', reason: 'Agreed with the works council' }];
		const { id } = await submitDraft(ctx, designer, { ...input, overrides });
		const decision = {
			submissionId: id,
			draftHash: draft.hash,
			verdict: 'approve' as const
		};
		await expect(decideSubmission(ctx, approver, decision)).rejects.toMatchObject({
			code: 'overrides_not_granted'
		});
		await decideSubmission(ctx, approver, { ...decision, grant: ['grade_fall_share'] });
		expect((await getDraft(ctx, designer, draft.id)).status).toBe('approved');
	});

	test('whose replay disagreed with the reference is refused', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const replayId = await replayDraft(ctx, draft.id, {
			reference_check: { engine: 'json-logic-js', sampled: 10, mismatches: 1 }
		});
		await expect(
			submitDraft(ctx, designer, {
				draftId: draft.id,
				draftHash: draft.hash,
				replayId,
				baseVersion: null
			})
		).rejects.toMatchObject({ code: 'replay_mismatch' });
	});

	test('after a metric was redefined needs a new replay', async () => {
		const studio = await openStudio();
		const ctx = await studio.context();
		await defineRevenue(ctx);
		const draft = await draftSales(ctx);
		const replayId = await replayDraft(ctx, draft.id);
		studio.clock.advance(1_000);
		await defineRevenue(ctx, 2);
		await expect(
			submitDraft(ctx, designer, {
				draftId: draft.id,
				draftHash: draft.hash,
				replayId,
				baseVersion: null
			})
		).rejects.toMatchObject({ code: 'metrics_changed' });
	});

	test('sent twice is one submission', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const replayId = await replayDraft(ctx, draft.id);
		const input = { draftId: draft.id, draftHash: draft.hash, replayId, baseVersion: null };
		const first = await submitDraft(ctx, designer, input);
		expect(await submitDraft(ctx, designer, input)).toEqual(first);
		expect(await listWaitingSubmissions(ctx, approver)).toHaveLength(1);
	});

	test('can be withdrawn by its author only, and not after the decision', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const id = await submit(ctx, draft.id);
		const other = actorWith('hr_designer', { userId: 'other' });
		await expect(withdrawSubmission(ctx, other, id)).rejects.toMatchObject({ status: 403 });
		await withdrawSubmission(ctx, designer, id);
		await withdrawSubmission(ctx, designer, id);
		await expect(
			decideSubmission(ctx, approver, {
				submissionId: id,
				draftHash: draft.hash,
				verdict: 'approve'
			})
		).rejects.toMatchObject({ code: 'submission_over' });
	});
});

describe('a decision', () => {
	test('counts for exactly the content that was on screen', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const submissionId = await submit(ctx, draft.id);
		await saveDraft(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			document: salesScheme(60)
		});
		const now = await readDraft(ctx.db.read, draft.id);
		for (const draftHash of [draft.hash, now.hash]) {
			await expect(
				decideSubmission(ctx, approver, { submissionId, draftHash, verdict: 'approve' })
			).rejects.toMatchObject({ code: 'draft_changed', status: 409 });
		}
		expect((await getDraft(ctx, designer, draft.id)).status).toBe('changed');
	});

	test('to return needs a reason, and the author sees it', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const submissionId = await submit(ctx, draft.id);
		const input = { submissionId, draftHash: draft.hash, verdict: 'return' as const };
		await expect(decideSubmission(ctx, approver, input)).rejects.toMatchObject({
			code: 'reason_required'
		});
		await decideSubmission(ctx, approver, { ...input, reason: 'Weights first' });
		expect(await getDraft(ctx, designer, draft.id)).toMatchObject({
			status: 'returned',
			decision: { reason: 'Weights first', decidedBy: 'approver' }
		});
	});

	test('is made once; the same again by the same person is no error', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const submissionId = await submit(ctx, draft.id);
		const input = { submissionId, draftHash: draft.hash, verdict: 'approve' as const };
		await decideSubmission(ctx, approver, input);
		await decideSubmission(ctx, approver, input);
		const second = actorWith('hr_approver', { userId: 'second' });
		await expect(decideSubmission(ctx, second, input)).rejects.toMatchObject({
			code: 'submission_over'
		});
	});

	test('is refused when another version was published meanwhile', async () => {
		const ctx = await client();
		const first = await draftSales(ctx);
		const second = await draftSales(ctx, 60);
		const submissionId = await submit(ctx, second.id);
		await publish(ctx, first.id);
		await expect(
			decideSubmission(ctx, approver, {
				submissionId,
				draftHash: second.hash,
				verdict: 'approve'
			})
		).rejects.toMatchObject({ code: 'base_changed', details: { current: 1 } });
	});
});

test('nobody ever approves their own: 500 attempts with any roles, at once or in turn', async () => {
	const ctx = await client();
	const draft = await draftSales(ctx);
	const editor = actorWith('implementer', { userId: 'editor' });
	await saveDraft(ctx, editor, { draftId: draft.id, revision: 1, document: salesScheme(60) });
	const submissionId = await submit(ctx, draft.id);
	const { hash } = await readDraft(ctx.db.read, draft.id);
	const attempt = fc.record({
		userId: fc.constantFrom('designer', 'editor'),
		roles: fc.subarray<Role>([...ROLES], { minLength: 1 }),
		verdict: fc.constantFrom('approve' as const, 'return' as const),
		parallel: fc.integer({ min: 1, max: 4 })
	});
	const seed = 20_261_122;
	let attempts = 0;
	await fc.assert(
		fc.asyncProperty(attempt, async ({ userId, roles, verdict, parallel }) => {
			const actor: Actor = actorWith([...roles, 'hr_approver'], { userId });
			const tries = await Promise.allSettled(
				Array.from({ length: parallel }, () =>
					decideSubmission(ctx, actor, {
						submissionId,
						draftHash: hash,
						verdict,
						reason: 'mine'
					})
				)
			);
			attempts += tries.length;
			for (const result of tries) {
				expect(result).toMatchObject({
					status: 'rejected',
					reason: { code: 'own_submission', status: 403 }
				});
			}
		}),
		{ numRuns: 220, seed }
	);
	expect(attempts).toBeGreaterThanOrEqual(500);
	expect(await ctx.db.read.select().from(decisions)).toHaveLength(0);
});
