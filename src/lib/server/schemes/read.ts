/** Reading schemes, drafts and submissions: pieces that several use cases share. */
import { and, desc, eq, isNull, max } from 'drizzle-orm';
import {
	decisions,
	drafts,
	guardrailOverrides,
	submissions,
	versions
} from '../db/client/tables/schemes.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { schemeProblems } from './problems.ts';

export type DraftRow = typeof drafts.$inferSelect;
export type SubmissionRow = typeof submissions.$inferSelect;
export type DecisionRow = typeof decisions.$inferSelect;
export type OverrideRow = typeof guardrailOverrides.$inferSelect;

/** The number of the newest version of a scheme; null before the first. */
export async function latestVersionOf(queries: Queries, schemeId: string): Promise<number | null> {
	const [row] = await queries
		.select({ number: max(versions.number) })
		.from(versions)
		.where(eq(versions.schemeId, schemeId));
	return row?.number ?? null;
}

export async function readDraft(queries: Queries, draftId: string): Promise<DraftRow> {
	const [draft] = await queries.select().from(drafts).where(eq(drafts.id, draftId));
	if (!draft) throw refuse(commonProblems, 'not_found');
	return draft;
}

/** A draft that can still be worked on. */
export async function readOpenDraft(queries: Queries, draftId: string): Promise<DraftRow> {
	const draft = await readDraft(queries, draftId);
	if (draft.closedAt !== null) throw refuse(schemeProblems, 'draft_closed');
	return draft;
}

/** A submission with what was decided about it. */
export interface SubmissionState {
	readonly submission: SubmissionRow;
	readonly decision: DecisionRow | null;
}

export async function readSubmission(
	queries: Queries,
	submissionId: string
): Promise<SubmissionState> {
	const [row] = await queries
		.select({ submission: submissions, decision: decisions })
		.from(submissions)
		.leftJoin(decisions, eq(decisions.submissionId, submissions.id))
		.where(eq(submissions.id, submissionId));
	if (!row) throw refuse(commonProblems, 'not_found');
	return row;
}

/** The newest submission of a draft that was not withdrawn. */
export async function readNewestSubmission(
	queries: Queries,
	draftId: string
): Promise<SubmissionState | null> {
	const [row] = await queries
		.select({ submission: submissions, decision: decisions })
		.from(submissions)
		.leftJoin(decisions, eq(decisions.submissionId, submissions.id))
		.where(and(eq(submissions.draftId, draftId), isNull(submissions.withdrawnAt)))
		.orderBy(desc(submissions.submittedAt), desc(submissions.id))
		.limit(1);
	return row ?? null;
}

/** Where a draft stands; computed from rows, never stored. */
export type DraftStatus =
	| 'draft' // being worked on, nothing submitted
	| 'submitted' // this content waits for a decision
	| 'approved' // this content was approved and may be published
	| 'returned' // this content came back with a reason
	| 'changed' // edited since it was submitted, approved or returned
	| 'published'
	| 'discarded';

export function statusOf(draft: DraftRow, newest: SubmissionState | null): DraftStatus {
	if (draft.closedAs) return draft.closedAs;
	if (!newest) return 'draft';
	if (newest.submission.draftHash !== draft.hash) return 'changed';
	if (!newest.decision) return 'submitted';
	return newest.decision.verdict === 'approve' ? 'approved' : 'returned';
}

/** The exceptions a submission asks for. */
export function readOverrides(
	queries: Queries,
	submissionId: string
): Promise<readonly OverrideRow[]> {
	return queries
		.select()
		.from(guardrailOverrides)
		.where(eq(guardrailOverrides.submissionId, submissionId))
		.orderBy(guardrailOverrides.checkCode);
}
