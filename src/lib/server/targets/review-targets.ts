import { and, eq, isNull } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { targetProposals, targetReviews, targets } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { readSettings } from '../settings/client-settings.ts';
import { isInBand, readCycle, type Band } from './cycle.ts';
import { targetProblems } from './problems.ts';
import { loadProposals, type Proposal } from './proposals.ts';
import { targetCrew } from './target-crew.ts';

export interface ReviewTarget {
	readonly proposalId: string;
	/** The revision on screen. */
	readonly revision: number;
	readonly verdict: 'agree' | 'return' | 'comment';
	/** A return needs one. */
	readonly comment?: string | null;
}

/**
 * HR agrees to proposals, returns them with a comment, or comments; all or none. An agreed target
 * becomes a fact that scoring and replays read. Nobody decides what they submitted themselves; who
 * may only agree inside the band is refused for the rest.
 */
export async function reviewTargets(
	ctx: Context,
	actor: Actor,
	input: { readonly cycleId: string; readonly reviews: readonly ReviewTarget[] }
): Promise<{ readonly agreed: number; readonly returned: number }> {
	admitActor(ctx, actor, 'target.review', 'target.agree_in_band');
	const decidesAll = hasPermission(actor, 'target.review');
	return ctx.db.write(async (tx) => {
		const cycle = await readCycle(tx, input.cycleId);
		if (cycle.closedAt !== null) throw refuse(targetProblems, 'cycle_closed');
		const byId = new Map(
			[...(await loadProposals(tx, cycle.id)).values()].map((proposal) => [
				proposal.row.id,
				proposal
			])
		);
		const chosen = input.reviews.map((review) => {
			const proposal = byId.get(review.proposalId);
			if (!proposal) throw refuse(commonProblems, 'not_found');
			return { review, proposal };
		});
		const outside = chosen.filter(
			({ review, proposal }) =>
				!decidesAll && (review.verdict === 'return' || !isWithinBand(proposal))
		);
		if (outside.length > 0) {
			throw refuse(targetProblems, 'outside_band', { details: { count: outside.length } });
		}
		const done = { agreed: 0, returned: 0 };
		for (const { review, proposal } of chosen) {
			assertReviewable(actor, review, proposal);
			await storeReview(tx, ctx, actor, review, proposal);
			if (review.verdict === 'agree') done.agreed += 1;
			if (review.verdict === 'return') done.returned += 1;
		}
		return done;
	});
}

/** Agrees to everything that waits and lies within the band of its history; the rest stays. */
export async function agreeInBand(
	ctx: Context,
	actor: Actor,
	input: { readonly cycleId: string; readonly unitId?: string }
): Promise<{ readonly agreed: number; readonly left: number }> {
	admitActor(ctx, actor, 'target.agree_in_band');
	const { members } = await targetCrew(ctx, actor, input.unitId);
	const employees = new Set(members.map(({ id }) => id));
	return ctx.db.write(async (tx) => {
		const cycle = await readCycle(tx, input.cycleId);
		if (cycle.closedAt !== null) throw refuse(targetProblems, 'cycle_closed');
		const waiting = [...(await loadProposals(tx, cycle.id, employees)).values()].filter(
			({ status, row }) => status === 'submitted' && row.submittedBy !== actor.userId
		);
		const plain = waiting.filter(isWithinBand);
		for (const proposal of plain) {
			const { id, revision } = proposal.row;
			await storeReview(tx, ctx, actor, { proposalId: id, revision, verdict: 'agree' }, proposal);
		}
		return { agreed: plain.length, left: waiting.length - plain.length };
	});
}

/** The band that stood beside the field when it was proposed. */
function isWithinBand({ row }: Proposal): boolean {
	const band = row.references?.['band'] as unknown as Band | null | undefined;
	return isInBand(row.value, band ?? null);
}

function assertReviewable(actor: Actor, review: ReviewTarget, { row, status }: Proposal): void {
	if (row.submittedBy === actor.userId || row.updatedBy === actor.userId) {
		throw refuse(targetProblems, 'own_proposal');
	}
	if (review.revision !== row.revision) throw refuse(targetProblems, 'proposal_not_submitted');
	if (review.verdict === 'comment') return;
	// An agreed target may be returned later: then it is proposed again.
	const isOpen = status === 'submitted' || (status === 'agreed' && review.verdict === 'return');
	if (!isOpen) throw refuse(targetProblems, 'proposal_not_submitted');
	if (review.verdict === 'return' && !review.comment?.trim()) {
		throw refuse(targetProblems, 'return_needs_comment');
	}
}

async function storeReview(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	review: ReviewTarget,
	{ row, status }: Proposal
): Promise<void> {
	const now = momentOf(ctx.clock);
	await tx.insert(targetReviews).values({
		id: ctx.ids.make(),
		proposalId: row.id,
		proposalRevision: row.revision,
		verdict: review.verdict,
		comment: review.comment?.trim() || null,
		reviewedAt: now,
		reviewedBy: actor.userId
	});
	await recordEvent(tx, ctx, actor, {
		type: 'target_reviewed',
		proposal: row.id,
		revision: row.revision,
		verdict: review.verdict
	});
	if (review.verdict === 'return' && status === 'agreed')
		await withdrawTarget(tx, ctx, actor, row.id);
	if (review.verdict !== 'agree') return;
	const metrics = await loadMetrics(tx);
	const { currency } = await readSettings(tx);
	await tx.insert(targets).values({
		subjectKind: row.employeeId === null ? 'unit' : 'employee',
		subjectId: row.employeeId ?? row.unitId,
		metric: row.metric,
		period: row.period,
		value: row.value,
		currency: metrics.get(row.metric)?.unit === 'money' ? currency : null,
		proposalId: row.id,
		source: 'agreed',
		recordedAt: now,
		recordedBy: actor.userId
	});
}

/** The fact of a target that was agreed and is returned after all. */
async function withdrawTarget(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	proposalId: string
): Promise<void> {
	const rows = await tx
		.select({ id: targets.id })
		.from(targets)
		.where(and(eq(targets.proposalId, proposalId), isNull(targets.withdrawnAt)));
	for (const { id } of rows) {
		await tx
			.update(targets)
			.set({ withdrawnAt: momentOf(ctx.clock), withdrawnBy: actor.userId })
			.where(eq(targets.id, id));
		await recordEvent(tx, ctx, actor, { type: 'target_withdrawn', target: id });
	}
	await tx
		.update(targetProposals)
		.set({ submittedRevision: null })
		.where(eq(targetProposals.id, proposalId));
}
