/** Proposals with their reviews; the state of one is computed, never stored. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { targetProposals, targetReviews } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

export type ProposalRow = typeof targetProposals.$inferSelect;
export type ReviewRow = typeof targetReviews.$inferSelect;

export type ProposalStatus =
	| 'open' // nothing was entered
	| 'draft' // entered, not submitted, or changed since
	| 'submitted' // waits for HR
	| 'agreed'
	| 'returned'; // came back with a comment

export interface Proposal {
	readonly row: ProposalRow;
	readonly reviews: readonly ReviewRow[];
	readonly status: ProposalStatus;
}

/** Where a proposal stands: its newest verdict on the revision that was submitted. */
export function statusOf(row: ProposalRow, reviews: readonly ReviewRow[]): ProposalStatus {
	if (row.value === null) return 'open';
	const verdict = reviews.filter((review) => review.verdict !== 'comment').at(-1);
	if (verdict && verdict.proposalRevision === row.revision) {
		return verdict.verdict === 'agree' ? 'agreed' : 'returned';
	}
	return row.submittedRevision === row.revision ? 'submitted' : 'draft';
}

/** The proposals of a cycle, by `proposalKey`. */
export async function loadProposals(
	queries: Queries,
	cycleId: string,
	employees?: ReadonlySet<string>
): Promise<Map<string, Proposal>> {
	const rows = await queries
		.select()
		.from(targetProposals)
		.where(and(eq(targetProposals.cycleId, cycleId)))
		.orderBy(asc(targetProposals.employeeId), asc(targetProposals.period));
	const wanted = rows.filter(({ employeeId }) => !employees || employees.has(employeeId ?? ''));
	const reviews = new Map<string, ReviewRow[]>();
	for (let at = 0; at < wanted.length; at += 500) {
		const ids = wanted.slice(at, at + 500).map(({ id }) => id);
		const found = await queries
			.select()
			.from(targetReviews)
			.where(inArray(targetReviews.proposalId, ids))
			.orderBy(asc(targetReviews.reviewedAt), asc(targetReviews.id));
		for (const review of found) {
			reviews.set(review.proposalId, [...(reviews.get(review.proposalId) ?? []), review]);
		}
	}
	return new Map(
		wanted.map((row) => {
			const own = reviews.get(row.id) ?? [];
			return [
				proposalKey(row.employeeId ?? '', row.metric, row.period),
				{ row, reviews: own, status: statusOf(row, own) }
			];
		})
	);
}

/** What identifies a field of a cycle. */
export function proposalKey(employeeId: string, metric: string, period: string): string {
	return `${employeeId}\u0001${metric}\u0001${period}`;
}
