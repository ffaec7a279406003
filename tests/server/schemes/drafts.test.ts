import { asc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { verifyAudit } from '#lib/server/audit/verify-audit.ts';
import { auditEvents, draftRevisions, templates } from '#lib/server/db/client/schema.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { discardDraft } from '#lib/server/schemes/discard-draft.ts';
import { getDraft, listSchemes } from '#lib/server/schemes/find-schemes.ts';
import { saveDraft } from '#lib/server/schemes/save-draft.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { draftSales, designer, salesScheme } from '../support/life.ts';
import { actorWith, openStudio } from '../support/studio.ts';

test('a blank draft makes its scheme, and the same id twice is refused', async () => {
	const ctx = await (await openStudio()).context();
	const blank = {
		kind: 'blank',
		schemeId: 'support',
		name: { 'zh-CN': '客服', en: 'Support' },
		period: 'quarter'
	} as const;
	const draft = await createDraft(ctx, designer, blank);
	expect(draft).toMatchObject({ schemeId: 'support', revision: 1, baseVersion: null });
	expect(await listSchemes(ctx, designer)).toMatchObject([
		{ id: 'support', latest: null, drafts: [{ id: draft.id, status: 'draft' }] }
	]);
	await expect(createDraft(ctx, designer, blank)).rejects.toMatchObject({
		code: 'scheme_exists',
		status: 409
	});
});

test('a draft from a template may take another id', async () => {
	const ctx = await (await openStudio()).context();
	await ctx.db.write((tx) =>
		tx.insert(templates).values({
			id: 'sales',
			name: { 'zh-CN': '销售', en: 'Sales' },
			document: salesScheme() as unknown as SchemeDocument,
			hash: 'h',
			createdAt: 'now',
			createdBy: 'system'
		})
	);
	const draft = await createDraft(ctx, designer, {
		kind: 'template',
		templateId: 'sales',
		schemeId: 'sales-north'
	});
	expect((await getDraft(ctx, designer, draft.id)).document.id).toBe('sales-north');
	await expect(
		createDraft(ctx, designer, { kind: 'template', templateId: 'nothing' })
	).rejects.toMatchObject({ status: 404 });
});

describe('saving', () => {
	test('a save that quotes an older revision is refused with what is there now', async () => {
		const ctx = await (await openStudio()).context();
		const draft = await draftSales(ctx);
		const other = actorWith('implementer', { userId: 'other' });
		await saveDraft(ctx, other, { draftId: draft.id, revision: 1, document: salesScheme(60) });
		const stale = saveDraft(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			document: salesScheme(70)
		});
		await expect(stale).rejects.toMatchObject({
			code: 'draft_stale',
			status: 409,
			current: { revision: 2, savedBy: 'other', document: salesScheme(60) }
		});
		expect((await getDraft(ctx, designer, draft.id)).document).toEqual(salesScheme(60));
	});

	test('sending the same content again is answered like the first time', async () => {
		const ctx = await (await openStudio()).context();
		const draft = await draftSales(ctx);
		const save = { draftId: draft.id, revision: 1, document: salesScheme(60) };
		const first = await saveDraft(ctx, designer, save);
		expect(await saveDraft(ctx, designer, save)).toEqual(first);
		const journal = await ctx.db.read.select().from(draftRevisions);
		expect(journal.map(({ revision }) => revision)).toEqual([1, 2]);
	});

	test('of twenty saves of the same revision at once exactly one is kept', async () => {
		const ctx = await (await openStudio()).context();
		const draft = await draftSales(ctx);
		const saves = await Promise.allSettled(
			Array.from({ length: 20 }, (_, i) =>
				saveDraft(ctx, designer, {
					draftId: draft.id,
					revision: 1,
					document: salesScheme(i + 1)
				})
			)
		);
		expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect((await getDraft(ctx, designer, draft.id)).revision).toBe(2);
	});

	test('a changed view is saved but keeps the content hash', async () => {
		const ctx = await (await openStudio()).context();
		const draft = await draftSales(ctx);
		const saved = await saveDraft(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			document: { ...salesScheme(), view: { columns: 2 } }
		});
		expect(saved).toMatchObject({ revision: 2, hash: draft.hash });
	});

	test.each([
		['a list', [], 'document_not_object'],
		['a text', 'scheme', 'document_not_object'],
		['something huge', { note: 'x'.repeat(300_000) }, 'document_too_large']
	])('%s is refused and nothing is written', async (_name, document, code) => {
		const ctx = await (await openStudio()).context();
		const draft = await draftSales(ctx);
		await expect(
			saveDraft(ctx, designer, { draftId: draft.id, revision: 1, document })
		).rejects.toMatchObject({ code });
		expect((await getDraft(ctx, designer, draft.id)).revision).toBe(1);
	});

	test('a document with findings can be saved: a draft is where they are repaired', async () => {
		const ctx = await (await openStudio()).context();
		const draft = await draftSales(ctx);
		const broken = { id: 'sales', items: 'none' };
		await saveDraft(ctx, designer, { draftId: draft.id, revision: 1, document: broken });
		expect((await getDraft(ctx, designer, draft.id)).document).toEqual(broken);
	});
});

test('a discarded draft is closed, keeps its journal and cannot be saved', async () => {
	const ctx = await (await openStudio()).context();
	const draft = await draftSales(ctx);
	await discardDraft(ctx, designer, draft.id);
	await discardDraft(ctx, designer, draft.id);
	expect((await getDraft(ctx, designer, draft.id)).status).toBe('discarded');
	await expect(
		saveDraft(ctx, designer, { draftId: draft.id, revision: 1, document: salesScheme(50) })
	).rejects.toMatchObject({ code: 'draft_closed' });
	expect(await ctx.db.read.select().from(draftRevisions)).toHaveLength(1);
});

test('every change leaves one audit entry of the person who made it', async () => {
	const ctx = await (await openStudio()).context();
	const draft = await draftSales(ctx);
	await saveDraft(ctx, designer, { draftId: draft.id, revision: 1, document: salesScheme(40) });
	await discardDraft(ctx, designer, draft.id);
	const entries = await ctx.db.read.select().from(auditEvents).orderBy(asc(auditEvents.seq));
	expect(entries.map(({ type, actorId }) => [type, actorId])).toEqual([
		['scheme_created', 'designer'],
		['draft_created', 'designer'],
		['draft_saved', 'designer'],
		['draft_discarded', 'designer']
	]);
	expect((await verifyAudit(ctx.db.read)).intact).toBe(true);
});

describe('strangers', () => {
	test.each(['employee', 'department_head', 'hr_approver', 'auditor', 'administrator'] as const)(
		'%s may not write drafts',
		async (role) => {
			const ctx = await (await openStudio()).context();
			const draft = await draftSales(ctx);
			const actor = actorWith(role);
			const save = { draftId: draft.id, revision: 1, document: salesScheme(10) };
			await expect(saveDraft(ctx, actor, save)).rejects.toMatchObject({ status: 403 });
			await expect(discardDraft(ctx, actor, draft.id)).rejects.toMatchObject({ status: 403 });
			await expect(draftSales(ctx, 20, actor)).rejects.toMatchObject({ status: 403 });
			const rows = await ctx.db.read
				.select()
				.from(draftRevisions)
				.where(eq(draftRevisions.draftId, draft.id));
			expect(rows).toHaveLength(1);
		}
	);

	test("another client's draft is as unknown as one that never was", async () => {
		const studio = await openStudio();
		const ours = await studio.context('acme');
		const theirs = await studio.context('rival');
		const rival = { ...designer, clientId: 'rival' };
		const draft = await createDraft(theirs, rival, {
			kind: 'document',
			document: salesScheme()
		});
		const answers = await Promise.all(
			[draft.id, 'never-was'].map((id) => getDraft(ours, designer, id).catch((e: unknown) => e))
		);
		expect(answers[0]).toMatchObject({ status: 404, code: 'not_found' });
		expect(JSON.stringify(answers[0])).toBe(JSON.stringify(answers[1]));
		await expect(getDraft(theirs, designer, draft.id)).rejects.toMatchObject({ status: 404 });
	});
});
