import { asc, desc, isNull } from 'drizzle-orm';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { drafts, schemes, versions } from '../db/client/tables/schemes.ts';
import {
	readDraft,
	readNewestSubmission,
	readOverrides,
	readSubmission,
	statusOf,
	type DecisionRow,
	type DraftRow,
	type DraftStatus,
	type OverrideRow,
	type SubmissionRow
} from './read.ts';

export interface DraftSummary {
	readonly id: string;
	readonly schemeId: string;
	readonly baseVersion: number | null;
	readonly revision: number;
	readonly hash: string;
	readonly status: DraftStatus;
	readonly updatedAt: string;
	readonly updatedBy: string;
	/** The submission that `status` speaks of. */
	readonly submissionId: string | null;
}

export interface SchemeSummary {
	readonly id: string;
	readonly name: LocalText;
	/** The newest version and from when it counts; null before the first. */
	readonly latest: { readonly number: number; readonly effectiveFrom: string } | null;
	/** Drafts that are being worked on, the last changed first. */
	readonly drafts: readonly DraftSummary[];
}

/** The client's schemes with their newest version and open drafts. */
export async function listSchemes(ctx: Context, actor: Actor): Promise<readonly SchemeSummary[]> {
	admitActor(ctx, actor, 'draft.read');
	const queries = ctx.db.read;
	const all = await queries
		.select()
		.from(schemes)
		.where(isNull(schemes.archivedAt))
		.orderBy(asc(schemes.id));
	const numbers = await queries
		.select({
			schemeId: versions.schemeId,
			number: versions.number,
			effectiveFrom: versions.effectiveFrom
		})
		.from(versions)
		.orderBy(asc(versions.number));
	const latest = new Map(numbers.map((version) => [version.schemeId, version]));
	const open = await queries
		.select()
		.from(drafts)
		.where(isNull(drafts.closedAt))
		.orderBy(desc(drafts.updatedAt));
	const summaries = await Promise.all(open.map((draft) => summaryOf(ctx, draft)));
	return all.map(({ id, name }) => {
		const version = latest.get(id);
		return {
			id,
			name,
			latest: version ? { number: version.number, effectiveFrom: version.effectiveFrom } : null,
			drafts: summaries.filter((draft) => draft.schemeId === id)
		};
	});
}

export interface DraftView extends DraftSummary {
	readonly document: DraftRow['document'];
	readonly createdAt: string;
	readonly createdBy: string;
	readonly publishedVersion: number | null;
	/** The newest submission with what was decided, whether or not of this content. */
	readonly submission: SubmissionRow | null;
	readonly decision: DecisionRow | null;
}

/** A draft with its document and where it stands. */
export async function getDraft(ctx: Context, actor: Actor, draftId: string): Promise<DraftView> {
	admitActor(ctx, actor, 'draft.read');
	const draft = await readDraft(ctx.db.read, draftId);
	const newest = await readNewestSubmission(ctx.db.read, draftId);
	const { document, createdAt, createdBy, publishedVersion } = draft;
	return {
		...(await summaryOf(ctx, draft)),
		document,
		createdAt,
		createdBy,
		publishedVersion,
		submission: newest?.submission ?? null,
		decision: newest?.decision ?? null
	};
}

async function summaryOf(ctx: Context, draft: DraftRow): Promise<DraftSummary> {
	const newest = await readNewestSubmission(ctx.db.read, draft.id);
	const { id, schemeId, baseVersion, revision, hash, updatedAt, updatedBy } = draft;
	return {
		id,
		schemeId,
		baseVersion,
		revision,
		hash,
		status: statusOf(draft, newest),
		updatedAt,
		updatedBy,
		submissionId: newest?.submission.id ?? null
	};
}

export interface SubmissionView {
	readonly submission: SubmissionRow;
	readonly decision: DecisionRow | null;
	readonly overrides: readonly OverrideRow[];
	readonly draft: DraftView;
	/** The draft was edited since: this submission cannot be approved any more. */
	readonly stale: boolean;
}

/** A submission with its draft, what was decided and the exceptions it asks for. */
export async function getSubmission(
	ctx: Context,
	actor: Actor,
	submissionId: string
): Promise<SubmissionView> {
	admitActor(ctx, actor, 'draft.read');
	const { submission, decision } = await readSubmission(ctx.db.read, submissionId);
	const draft = await getDraft(ctx, actor, submission.draftId);
	return {
		submission,
		decision,
		overrides: await readOverrides(ctx.db.read, submissionId),
		draft,
		stale: draft.hash !== submission.draftHash
	};
}

/** Submissions that wait for a decision on exactly their content, the oldest first. */
export async function listWaitingSubmissions(
	ctx: Context,
	actor: Actor
): Promise<readonly SubmissionRow[]> {
	admitActor(ctx, actor, 'draft.read');
	const open = await ctx.db.read.select().from(drafts).where(isNull(drafts.closedAt));
	const states = await Promise.all(
		open.map(async (draft) => ({
			draft,
			newest: await readNewestSubmission(ctx.db.read, draft.id)
		}))
	);
	return states
		.filter(({ draft, newest }) => statusOf(draft, newest) === 'submitted')
		.flatMap(({ newest }) => newest?.submission ?? [])
		.sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1));
}
