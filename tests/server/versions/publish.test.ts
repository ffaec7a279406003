import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyAudit } from '#lib/server/audit/verify-audit.ts';
import type { Context } from '#lib/server/context.ts';
import { auditEvents, scoringRuns, versions } from '#lib/server/db/client/schema.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { getDraft } from '#lib/server/schemes/find-schemes.ts';
import { readDraft } from '#lib/server/schemes/read.ts';
import { saveDraft } from '#lib/server/schemes/save-draft.ts';
import { getVersion, listVersions } from '#lib/server/versions/find-versions.ts';
import { publishVersion } from '#lib/server/versions/publish-version.ts';
import { getVersionInForce, getVersionsInForce } from '#lib/server/versions/read.ts';
import { verifyVersions } from '#lib/server/versions/verify-versions.ts';
import {
	approve,
	approver,
	defineRevenue,
	designer,
	draftSales,
	publish,
	salesScheme,
	submit
} from '../support/life.ts';
import { actorWith, openStudio } from '../support/studio.ts';

async function client(): Promise<Context> {
	const ctx = await (await openStudio()).context();
	await defineRevenue(ctx);
	return ctx;
}

/** A draft of the newest version with another weight. */
async function nextDraft(ctx: Context, number: number, weight: number) {
	const draft = await createDraft(ctx, designer, { kind: 'version', schemeId: 'sales', number });
	await saveDraft(ctx, designer, {
		draftId: draft.id,
		revision: 1,
		document: salesScheme(weight)
	});
	return draft;
}

test('publishing makes version 1, then 2, each in force from its period', async () => {
	const ctx = await client();
	const first = await publish(ctx, (await draftSales(ctx)).id, '2026-01');
	const second = await publish(ctx, (await nextDraft(ctx, 1, 60)).id, '2026-04');
	expect([first.number, second.number]).toEqual([1, 2]);
	expect(second).toMatchObject({ baseVersion: 1, submittedBy: 'designer', approvedBy: 'approver' });
	const inForce = async (period: string) =>
		(await getVersionInForce(ctx.db.read, 'sales', period))?.number ?? null;
	expect(await inForce('2025-12')).toBeNull();
	expect(await inForce('2026-01')).toBe(1);
	expect(await inForce('2026-03')).toBe(1);
	expect(await inForce('2026-04')).toBe(2);
	expect(await inForce('2031-12')).toBe(2);
	expect(await inForce('not a period')).toBeNull();
	expect((await getVersionsInForce(ctx.db.read, '2026-04')).map(({ number }) => number)).toEqual([
		2
	]);
	expect(await getVersionsInForce(ctx.db.read, '2026-Q2')).toEqual([]);
});

test('a version carries the definitions it rests on and hashes that can be recomputed', async () => {
	const ctx = await client();
	const version = await publish(ctx, (await draftSales(ctx)).id);
	expect(version.metrics.map(({ id }) => id)).toEqual(['collected_revenue']);
	expect(await verifyVersions(ctx.db.read)).toEqual([]);
	expect((await listVersions(ctx, designer, 'sales'))[0]).not.toHaveProperty('document');
	expect((await getVersion(ctx, designer, { schemeId: 'sales', number: 1 })).hash).toBe(
		version.hash
	);
	await expect(getVersion(ctx, designer, { schemeId: 'sales', number: 2 })).rejects.toMatchObject({
		status: 404
	});
});

describe('refused', () => {
	test('what was not approved', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const submissionId = await submit(ctx, draft.id);
		await expect(
			publishVersion(ctx, designer, {
				submissionId,
				draftHash: draft.hash,
				baseVersion: null,
				effectiveFrom: '2026-01'
			})
		).rejects.toMatchObject({ code: 'not_approved' });
	});

	test('what was edited after the approval, whichever hash is quoted', async () => {
		const ctx = await client();
		const draft = await draftSales(ctx);
		const submissionId = await approve(ctx, draft.id);
		await saveDraft(ctx, designer, {
			draftId: draft.id,
			revision: 1,
			document: salesScheme(60)
		});
		const { hash } = await readDraft(ctx.db.read, draft.id);
		for (const draftHash of [draft.hash, hash]) {
			await expect(
				publishVersion(ctx, designer, {
					submissionId,
					draftHash,
					baseVersion: null,
					effectiveFrom: '2026-01'
				})
			).rejects.toMatchObject({ code: 'publish_draft_changed', status: 409 });
		}
	});

	test.each([
		['a quarter for a monthly scheme', '2026-Q1', 'period_not_allowed'],
		['no period', 'soon', 'period_not_allowed'],
		['a period before the previous version', '2025-12', 'effective_before_previous']
	])('%s', async (_name, effectiveFrom, code) => {
		const ctx = await client();
		await publish(ctx, (await draftSales(ctx)).id, '2026-01');
		const draft = await nextDraft(ctx, 1, 60);
		await expect(publish(ctx, draft.id, effectiveFrom)).rejects.toMatchObject({ code });
	});

	test('a period whose scorecards people were told', async () => {
		const ctx = await client();
		const version = await publish(ctx, (await draftSales(ctx)).id, '2026-01');
		await ctx.db.write((tx) =>
			tx.insert(scoringRuns).values({
				id: 'run',
				period: '2026-03',
				versions: [{ scheme: 'sales', version: 1, hash: version.hash }],
				status: 'done',
				createdAt: 'now',
				createdBy: 'designer',
				releasedAt: 'now',
				releasedBy: 'designer'
			})
		);
		const draft = await nextDraft(ctx, 1, 60);
		await expect(publish(ctx, draft.id, '2026-03')).rejects.toMatchObject({
			code: 'period_already_released'
		});
		const submissionId = (await getDraft(ctx, designer, draft.id)).submissionId ?? '';
		const { hash } = await readDraft(ctx.db.read, draft.id);
		const published = await publishVersion(ctx, designer, {
			submissionId,
			draftHash: hash,
			baseVersion: 1,
			effectiveFrom: '2026-04'
		});
		expect(published.number).toBe(2);
	});

	test.each(['hr_approver', 'implementer', 'administrator', 'employee', 'auditor'] as const)(
		'%s publishing',
		async (role) => {
			const ctx = await client();
			const draft = await draftSales(ctx);
			const submissionId = await approve(ctx, draft.id);
			await expect(
				publishVersion(ctx, actorWith(role), {
					submissionId,
					draftHash: draft.hash,
					baseVersion: null,
					effectiveFrom: '2026-01'
				})
			).rejects.toMatchObject({ status: 403 });
		}
	);
});

test('pressing Publish many times in the same second makes exactly one version', async () => {
	const ctx = await client();
	const draft = await draftSales(ctx);
	const submissionId = await approve(ctx, draft.id);
	const results = await Promise.all(
		Array.from({ length: 10 }, () =>
			publishVersion(ctx, designer, {
				submissionId,
				draftHash: draft.hash,
				baseVersion: null,
				effectiveFrom: '2026-01'
			})
		)
	);
	expect(new Set(results.map(({ hash }) => hash)).size).toBe(1);
	expect(await ctx.db.read.select().from(versions)).toHaveLength(1);
	await expect(
		publishVersion(ctx, designer, {
			submissionId,
			draftHash: draft.hash,
			baseVersion: null,
			effectiveFrom: '2026-02'
		})
	).rejects.toMatchObject({ code: 'already_published', details: { number: 1 } });
});

test('several people saving and publishing in any order: no lost save, gapless versions', async () => {
	const seed = 20_261_122;
	await fc.assert(
		fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (s, writers) => {
			const ctx = await client();
			const drafts = await Promise.all(
				Array.from({ length: writers }, (_, i) => draftSales(ctx, 10 + i))
			);
			const submitted: string[] = [];
			for (const draft of drafts) submitted.push(await approve(ctx, draft.id));
			const publishing = drafts.map((draft, i) =>
				s.schedule(Promise.resolve(), `publish ${i}`).then(() =>
					publishVersion(ctx, designer, {
						submissionId: submitted[i] ?? '',
						draftHash: draft.hash,
						baseVersion: null,
						effectiveFrom: '2026-01'
					})
				)
			);
			const saving = drafts.map((draft, i) =>
				s.schedule(Promise.resolve(), `save ${i}`).then(() =>
					saveDraft(ctx, designer, {
						draftId: draft.id,
						revision: 1,
						document: salesScheme(50 + i)
					})
				)
			);
			const all = Promise.allSettled([...publishing, ...saving]);
			await s.waitFor(all);
			const published = await ctx.db.read.select().from(versions);
			expect(published.map(({ number }) => number)).toEqual(published.length === 0 ? [] : [1]);
			for (const [i, draft] of drafts.entries()) {
				const now = await readDraft(ctx.db.read, draft.id);
				const saved = (await saving[i]?.then(
					() => true,
					() => false
				)) as boolean;
				// A draft was saved or published, never both from the same content.
				expect(saved ? now.revision : now.closedAs).toBe(saved ? 2 : 'published');
			}
			expect((await verifyAudit(ctx.db.read)).intact).toBe(true);
		}),
		{ numRuns: 12, seed }
	);
});

describe('immutable', () => {
	const attempts: readonly [string, string][] = [
		['an update', "UPDATE versions SET effective_from = '2020-01'"],
		['an update of the document', "UPDATE versions SET document = '{}'"],
		['a delete', 'DELETE FROM versions'],
		[
			'a replacement',
			`INSERT OR REPLACE INTO versions SELECT scheme_id, number, '{}', metrics, hash, document_hash,
			effective_from, base_version, draft_id, submission_id || 'x', replay_id, submitted_by,
			approved_by, approved_at, published_by, published_at, note FROM versions`
		],
		[
			'an upsert',
			`INSERT INTO versions SELECT * FROM versions WHERE true
			ON CONFLICT DO UPDATE SET document = '{}'`
		],
		['a change of the journal', "UPDATE draft_revisions SET document = '{}'"],
		['a change of the decision', "UPDATE decisions SET verdict = 'return'"],
		['an edit of the audit', "UPDATE audit_events SET actor_id = 'nobody'"],
		['a deletion from the audit', 'DELETE FROM audit_events WHERE seq = 1'],
		['a change of the replay', "UPDATE replays SET report = '{}'"]
	];
	test.each(attempts)('%s by SQL is refused by the database itself', async (_name, statement) => {
		const ctx = await client();
		const before = await publish(ctx, (await draftSales(ctx)).id);
		await expect(ctx.db.write((tx) => tx.run(sql.raw(statement)))).rejects.toThrow();
		const [after] = await ctx.db.read.select().from(versions);
		expect(after).toEqual(before);
		expect(await verifyVersions(ctx.db.read)).toEqual([]);
	});

	test('whoever drops the trigger first is found by the hash', async () => {
		const ctx = await client();
		await publish(ctx, (await draftSales(ctx)).id);
		await ctx.db.write(async (tx) => {
			await tx.run(sql`DROP TRIGGER versions_no_update`);
			await tx.run(
				sql`UPDATE versions SET document = json_set(document, '$.total', json('{"max":200}'))`
			);
		});
		expect(await verifyVersions(ctx.db.read)).toEqual([{ schemeId: 'sales', number: 1 }]);
	});
});

test('the audit trail of a version names two different people', async () => {
	const ctx = await client();
	await publish(ctx, (await draftSales(ctx)).id);
	const entries = await ctx.db.read.select().from(auditEvents);
	expect(entries.map(({ type, actorId }) => `${type} ${actorId}`)).toEqual([
		'scheme_created designer',
		'draft_created designer',
		'draft_submitted designer',
		`submission_decided ${approver.userId}`,
		'version_published designer'
	]);
	const data = JSON.parse(entries.at(-1)?.data ?? '{}') as Record<string, string>;
	expect(data.submitted_by).not.toBe(data.approved_by);
});
