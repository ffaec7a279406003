import { desc, eq } from 'drizzle-orm';
import { redirect } from '@sveltejs/kit';
import { findUserNames } from '#lib/server/auth/memberships.ts';
import { replays } from '#lib/server/db/client/schema.ts';
import { metricOrigins } from '#lib/server/metrics/metric-origins.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { loadCoverage } from '#lib/server/metrics/metric-coverage.ts';
import { loadMetricRevisions } from '#lib/server/metrics/load-metrics.ts';
import { startReplay } from '#lib/server/replays/start-replay.ts';
import { discardDraft } from '#lib/server/schemes/discard-draft.ts';
import { isHeldByOther } from '#lib/server/schemes/attend-draft.ts';
import { getDraft } from '#lib/server/schemes/find-schemes.ts';
import { latestVersionOf } from '#lib/server/schemes/read.ts';
import { withdrawSubmission } from '#lib/server/schemes/withdraw-submission.ts';
import { readVersion } from '#lib/server/versions/read.ts';
import { publishVersion } from '#lib/server/versions/publish-version.ts';
import { personNames } from '../../../../person-names.server.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const draft = await getDraft(ctx, actor, params.draft);
	const [revisions, dictionary, coverage, names, ofDraft] = await Promise.all([
		loadMetricRevisions(ctx.db.read),
		clientDictionary(ctx.db.read),
		loadCoverage(ctx.db.read),
		findUserNames(locals.control),
		ctx.db.read
			.select({
				id: replays.id,
				draftHash: replays.draftHash,
				status: replays.status,
				periodFrom: replays.periodFrom,
				periodTo: replays.periodTo,
				verdict: replays.verdict,
				createdAt: replays.createdAt
			})
			.from(replays)
			.where(eq(replays.draftId, draft.id))
			.orderBy(desc(replays.createdAt))
			.limit(20)
	]);
	const latest = await latestVersionOf(ctx.db.read, draft.schemeId);
	const documentOf = async (number: number) =>
		(await readVersion(ctx.db.read, draft.schemeId, number)).document;
	const months = [...coverage.values()].flatMap(({ from, to }) => [from, to]).sort();
	return {
		draft: {
			...draft,
			by: names.get(draft.updatedBy) ?? draft.updatedBy
		},
		baseline: draft.baseVersion === null ? null : await documentOf(draft.baseVersion),
		/** Published since the draft was compared: has to be merged in before it can be submitted. */
		newest:
			latest === null || latest === draft.baseVersion
				? null
				: { number: latest, document: await documentOf(latest) },
		metrics: new Map([...revisions].map(([id, { definition }]) => [id, definition])),
		/** Somebody else holds the pen already. */
		isHeld: isHeldByOther(ctx, actor, draft.id),
		origins: await metricOrigins(ctx.db.read, revisions),
		coverage,
		dictionary,
		people: await personNames(ctx.db.read),
		replays: ofDraft,
		history: { from: months[0]?.slice(0, 7) ?? null, to: months.at(-1)?.slice(0, 7) ?? null }
	};
};

export const actions: Actions = {
	replay: async ({ locals, params, request }) => {
		const data = await request.formData();
		const result = await answer(async () => ({
			replay: await startReplay(locals.ctx, locals.actor, {
				draftId: params.draft,
				revision: Number(textOf(data, 'revision')),
				range: { from: textOf(data, 'from'), to: textOf(data, 'to') }
			})
		}));
		if (!('replay' in result)) return result;
		redirect(303, `/clients/${params.client}/replays/${result.replay.id}`);
	},
	discard: async ({ locals, params }) => {
		const result = await answer(async () => {
			await discardDraft(locals.ctx, locals.actor, params.draft);
			return { discarded: true };
		});
		if (!('discarded' in result)) return result;
		redirect(303, `/clients/${params.client}/schemes`);
	},
	withdraw: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await withdrawSubmission(locals.ctx, locals.actor, textOf(data, 'submission'));
			return { withdrawn: true };
		});
	},
	publish: async ({ locals, params, request }) => {
		const data = await request.formData();
		const base = textOf(data, 'base_version');
		const result = await answer(async () => ({
			version: await publishVersion(locals.ctx, locals.actor, {
				submissionId: textOf(data, 'submission'),
				draftHash: textOf(data, 'draft_hash'),
				baseVersion: base === '' ? null : Number(base),
				effectiveFrom: textOf(data, 'effective_from')
			})
		}));
		if (!('version' in result)) return result;
		const { schemeId, number } = result.version;
		redirect(303, `/clients/${params.client}/schemes/${schemeId}/versions/${number}`);
	}
};
