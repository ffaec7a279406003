import { eq } from 'drizzle-orm';
import type { PeriodRange } from '#lib/contract/base.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { verdictOf } from '#lib/engine/replay/verdict.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { replays } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { startJob, type JobEnd } from '../jobs/start-job.ts';
import { schemeProblems } from '../schemes/problems.ts';
import { readOpenDraft } from '../schemes/read.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import replayThread from './replay.thread.ts?thread';
import type { ReplayWork } from './score-sides.ts';
import { defaultRange, guardrailsOf, periodsOfRange, readSides } from './sides.ts';

export interface StartReplay {
	readonly draftId: string;
	/** The revision on screen; a newer one is a conflict. */
	readonly revision: number;
	/** The last year of figures unless given. */
	readonly range?: PeriodRange;
	/** `none` scores the draft alone; else it is compared with the version it is based on. */
	readonly baseline?: 'base' | 'none';
}

export interface StartedReplay {
	readonly id: string;
	readonly jobId: string;
	/** Resolves when the result was stored; for tests, seeds and the command line. */
	readonly ended: Promise<JobEnd<ReplayReport>>;
}

/** Rows that json-logic-js scores again in every replay. */
const REFERENCE_ROWS = 200;

/**
 * Queues a replay of a draft over history and returns at once. What is replayed is fixed here: the
 * document of this revision, the version it is compared with, and everything known at this moment.
 */
export async function startReplay(
	ctx: Context,
	actor: Actor,
	input: StartReplay
): Promise<StartedReplay> {
	admitActor(ctx, actor, 'replay.run');
	const draft = await readOpenDraft(ctx.db.read, input.draftId);
	if (draft.revision !== input.revision) {
		throw refuse(schemeProblems, 'draft_stale', {
			details: { seen: input.revision, current: draft.revision }
		});
	}
	const settings = await readSettings(ctx.db.read);
	const base = input.baseline === 'none' ? null : draft.baseVersion;
	const sides = await readSides(ctx.db.read, draft.schemeId, draft.document, base);
	const { period } = sides.draft;
	const range = input.range ?? (await defaultRange(ctx.db.read, period, settings));
	const periods = periodsOfRange(range, period, settings);
	const first = periods[0] ?? range.from;
	const last = periods.at(-1) ?? range.to;
	const id = ctx.ids.make();
	const knownAt = momentOf(ctx.clock);
	let datasetHash: string | null = null;

	const { id: jobId, ended } = await startJob<ReplayWork, ReplayReport>(
		ctx,
		actor,
		{
			kind: 'replay',
			subject: id,
			thread: replayThread,
			input: async () => {
				const taken = await takeSnapshot(ctx, {
					range: { from: first, to: last },
					length: period,
					paths: sides.paths
				});
				datasetHash = taken.hash;
				return {
					snapshot: taken.snapshot,
					datasetHash: taken.hash,
					draft: sides.draft,
					baseline: sides.baseline?.document ?? null,
					periods,
					guardrails: guardrailsOf(settings),
					check: 'history',
					words: { metrics: sides.metrics, dictionary: sides.dictionary },
					referenceRows: REFERENCE_ROWS
				};
			},
			finish: (tx, end) => storeEnd(tx, ctx, actor, id, datasetHash, end)
		},
		async (tx, job) => {
			await tx.insert(replays).values({
				id,
				draftId: draft.id,
				draftRevision: draft.revision,
				draftHash: sides.draftHash,
				baselineVersion: sides.baseline?.number ?? null,
				baselineHash: sides.baseline?.hash ?? null,
				periodFrom: first,
				periodTo: last,
				knownAt,
				status: 'queued',
				jobId: job,
				createdAt: knownAt,
				createdBy: actor.userId
			});
			await recordEvent(tx, ctx, actor, {
				type: 'replay_started',
				replay: id,
				draft: draft.id,
				draft_hash: sides.draftHash
			});
		}
	);
	return { id, jobId, ended };
}

async function storeEnd(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	id: string,
	datasetHash: string | null,
	end: JobEnd<ReplayReport>
): Promise<void> {
	const report = end.status === 'done' ? end.result : null;
	await tx
		.update(replays)
		.set({
			status: end.status,
			datasetHash: report?.dataset.hash ?? datasetHash,
			engineVersion: report?.engine.version ?? null,
			report,
			verdict: report ? verdictOf(report) : null,
			error: end.status === 'failed' ? end.error : null,
			finishedAt: momentOf(ctx.clock)
		})
		.where(eq(replays.id, id));
	await recordEvent(tx, ctx, actor, {
		type: 'replay_finished',
		replay: id,
		status: end.status,
		dataset_hash: report?.dataset.hash ?? null
	});
}
