import { fail } from '@sveltejs/kit';
import { and, eq } from 'drizzle-orm';
import { diffSchemes } from '#lib/engine/revise/diff.ts';
import { findUserNames } from '#lib/server/auth/memberships.ts';
import { draftRevisions } from '#lib/server/db/client/schema.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { getReplay } from '#lib/server/replays/get-replay.ts';
import { checkSides } from '#lib/server/schemes/check-sides.ts';
import { decideSubmission } from '#lib/server/schemes/decide-submission.ts';
import { getSubmission } from '#lib/server/schemes/find-schemes.ts';
import { schemeProblems } from '#lib/server/schemes/problems.ts';
import { withdrawSubmission } from '#lib/server/schemes/withdraw-submission.ts';
import { readVersion } from '#lib/server/versions/read.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const view = await getSubmission(ctx, actor, params.submission);
	const { submission, decision, draft } = view;
	const [replay, names, metrics, dictionary, edited, base] = await Promise.all([
		getReplay(ctx, actor, { replayId: submission.replayId }),
		findUserNames(locals.control),
		loadMetrics(ctx.db.read),
		clientDictionary(ctx.db.read),
		ctx.db.read
			.select({ revision: draftRevisions.revision })
			.from(draftRevisions)
			.where(and(eq(draftRevisions.draftId, draft.id), eq(draftRevisions.savedBy, actor.userId)))
			.limit(1),
		submission.baseVersion === null
			? null
			: readVersion(ctx.db.read, draft.schemeId, submission.baseVersion)
	]);
	const checked = checkSides({
		document: draft.document,
		baseline: base?.document ?? null,
		metrics,
		dictionary
	});
	const { scheme } = checked;
	const nameOf = (id: string) => names.get(id) ?? id;
	return {
		submission: { ...submission, by: nameOf(submission.submittedBy) },
		decision: decision && { ...decision, by: nameOf(decision.decidedBy) },
		overrides: view.overrides,
		draft,
		stale: view.stale,
		scheme,
		edits:
			base && scheme
				? diffSchemes(base.document, scheme, { metrics, dictionary }).map(
						({ id, kind, sentence }) => ({
							id,
							kind,
							sentence
						})
					)
				: [],
		/** With the figures of the replay, where it looked at exactly this content. */
		findings:
			(replay.draftHash === draft.hash ? replay.report?.findings : undefined) ?? checked.findings,
		replay,
		metrics,
		dictionary,
		isOwn: submission.submittedBy === actor.userId,
		hasEdited: edited.length > 0
	};
};

export const actions: Actions = {
	decide: async ({ locals, params, request }) => {
		const data = await request.formData();
		const verdict = textOf(data, 'verdict') === 'approve' ? 'approve' : 'return';
		const reason = textOf(data, 'reason').trim();
		if (reason === '') {
			const { text, advice } = schemeProblems.reason_required;
			return fail(422, { problem: text, advice, code: 'reason_required', diagnostics: [], reason });
		}
		return answer(
			async () => {
				await decideSubmission(locals.ctx, locals.actor, {
					submissionId: params.submission,
					draftHash: textOf(data, 'draft_hash'),
					verdict,
					reason,
					grant: data.getAll('grant').map(String)
				});
				return { decided: verdict };
			},
			{ reason }
		);
	},
	withdraw: async ({ locals, params }) =>
		answer(async () => {
			await withdrawSubmission(locals.ctx, locals.actor, params.submission);
			return { withdrawn: true };
		})
};
