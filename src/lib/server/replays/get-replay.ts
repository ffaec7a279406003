import { desc, eq } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { verdictOf } from '#lib/engine/replay/verdict.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { draftRevisions, replays } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { cancelJob } from '../jobs/find-job.ts';
import { runThread } from '../jobs/run-thread.ts';
import { runningJob } from '../jobs/start-job.ts';
import { loadPeople } from '../people/history.ts';
import { employeesWithin, todayOf } from '../people/scope.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readDraft } from '../schemes/read.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { and } from 'drizzle-orm';
import { replayProblems } from './problems.ts';
import { withoutPay } from './project-report.ts';
import replayThread from './replay.thread.ts?thread';
import type { ReplayWork } from './score-sides.ts';
import { periodsOfRange, readSides } from './sides.ts';

export type ReplayRow = typeof replays.$inferSelect;

export interface ReplayView {
	readonly id: string;
	readonly draftId: string;
	readonly schemeId: string;
	readonly draftRevision: number;
	readonly draftHash: string;
	/** False once the draft was edited: a result of the past, not of what is on screen. */
	readonly isCurrent: boolean;
	readonly baselineVersion: number | null;
	readonly baselineHash: string | null;
	readonly periodFrom: string;
	readonly periodTo: string;
	readonly datasetHash: string | null;
	readonly engineVersion: string | null;
	readonly status: ReplayRow['status'];
	/** From 0 to 1 while it runs. */
	readonly progress: number;
	readonly report: ReplayReport | null;
	readonly verdict: LocalText | null;
	readonly error: ReplayRow['error'];
	/** `own_people`: the report covers the people one leads and nobody else. */
	readonly scope: 'all' | 'own_people';
	readonly createdAt: string;
	readonly createdBy: string;
	readonly finishedAt: string | null;
}

/** A replay as the actor may see it: heads see the effects on their own people only. */
export async function getReplay(
	ctx: Context,
	actor: Actor,
	input: { readonly replayId: string }
): Promise<ReplayView> {
	admitActor(ctx, actor, 'replay.read', 'replay.read_own_unit');
	const row = await readReplay(ctx, input.replayId);
	const draft = await readDraft(ctx.db.read, row.draftId);
	const seesAll = hasPermission(actor, 'replay.read');
	const report = seesAll ? row.report : await ownReport(ctx, actor, row);
	const { auditorsSeePay } = await readSettings(ctx.db.read);
	const seesPay =
		hasPermission(actor, 'pay.read') || (auditorsSeePay && actor.roles.includes('auditor'));
	return {
		...summaryOf(ctx, row),
		schemeId: draft.schemeId,
		isCurrent: draft.hash === row.draftHash && draft.closedAt === null,
		report: report && !seesPay ? withoutPay(report) : report,
		verdict: report ? verdictOf(seesPay ? report : withoutPay(report)) : null,
		scope: seesAll ? 'all' : 'own_people'
	};
}

export type ReplaySummaryView = Omit<ReplayView, 'report' | 'schemeId' | 'isCurrent' | 'scope'>;

/** The replays of a draft, newest first, without their reports. */
export async function findReplays(
	ctx: Context,
	actor: Actor,
	input: { readonly draftId: string }
): Promise<readonly ReplaySummaryView[]> {
	admitActor(ctx, actor, 'replay.read');
	const rows = await ctx.db.read
		.select()
		.from(replays)
		.where(eq(replays.draftId, input.draftId))
		.orderBy(desc(replays.createdAt), desc(replays.id));
	const seesPay = hasPermission(actor, 'pay.read');
	return rows.map((row) => ({
		...summaryOf(ctx, row),
		verdict: row.report && !seesPay ? verdictOf(withoutPay(row.report)) : row.verdict
	}));
}

function summaryOf(
	ctx: Context,
	row: ReplayRow
): Omit<ReplayView, 'report' | 'schemeId' | 'isCurrent' | 'scope'> {
	const running = row.jobId === null ? null : runningJob(ctx.clientId, row.jobId);
	return {
		id: row.id,
		draftId: row.draftId,
		draftRevision: row.draftRevision,
		draftHash: row.draftHash,
		baselineVersion: row.baselineVersion,
		baselineHash: row.baselineHash,
		periodFrom: row.periodFrom,
		periodTo: row.periodTo,
		datasetHash: row.datasetHash,
		engineVersion: row.engineVersion,
		status: row.status === 'queued' && running ? 'running' : row.status,
		progress: row.status === 'done' ? 1 : (running?.progress ?? 0),
		verdict: row.verdict,
		error: row.error,
		createdAt: row.createdAt,
		createdBy: row.createdBy,
		finishedAt: row.finishedAt
	};
}

/** The replay of an id; 404 where there is none. */
export async function readReplay(ctx: Pick<Context, 'db'>, replayId: string): Promise<ReplayRow> {
	const [row] = await ctx.db.read.select().from(replays).where(eq(replays.id, replayId));
	if (!row) throw refuse(commonProblems, 'not_found');
	return row;
}

/** The document that was replayed: drafts move on, revisions stay. */
export async function replayedDocument(ctx: Pick<Context, 'db'>, row: ReplayRow): Promise<unknown> {
	const [revision] = await ctx.db.read
		.select({ document: draftRevisions.document })
		.from(draftRevisions)
		.where(
			and(eq(draftRevisions.draftId, row.draftId), eq(draftRevisions.revision, row.draftRevision))
		);
	if (!revision) throw refuse(commonProblems, 'not_found');
	return revision.document;
}

/** The same replay over the head's own people, on the data as it was known when it ran. */
async function ownReport(ctx: Context, actor: Actor, row: ReplayRow): Promise<ReplayReport | null> {
	if (row.status !== 'done') return null;
	const settings = await readSettings(ctx.db.read);
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	const employees =
		actor.unitId === null
			? []
			: employeesWithin(people, tree, actor.unitId, todayOf(ctx, settings));
	if (employees.length === 0) return null;
	const draft = await readDraft(ctx.db.read, row.draftId);
	const document = await replayedDocument(ctx, row);
	const sides = await readSides(ctx.db.read, draft.schemeId, document, row.baselineVersion);
	const range = { from: row.periodFrom, to: row.periodTo };
	const taken = await takeSnapshot(ctx, {
		range,
		length: sides.draft.period,
		paths: sides.paths,
		knownAt: row.knownAt
	});
	const key = `${ctx.dataDir} ${row.id} ${taken.hash} ${employees.join(' ')}`;
	return keepOwn(key, () =>
		runThread<ReplayWork, ReplayReport>(replayThread, {
			snapshot: taken.snapshot,
			datasetHash: taken.hash,
			draft: sides.draft,
			baseline: sides.baseline?.document ?? null,
			periods: periodsOfRange(range, sides.draft.period, settings),
			guardrails: {},
			words: { metrics: sides.metrics, dictionary: sides.dictionary },
			employees,
			referenceRows: 0
		})
	);
}

/** Reports of heads, the last used ones: a page that is looked at again costs nothing. */
const ownReports = new Map<string, Promise<ReplayReport>>();
const MOST_OWN_REPORTS = 32;

function keepOwn(key: string, make: () => Promise<ReplayReport>): Promise<ReplayReport> {
	const known = ownReports.get(key) ?? make();
	ownReports.delete(key);
	ownReports.set(key, known);
	known.catch(() => ownReports.delete(key));
	for (const [oldest] of ownReports) {
		if (ownReports.size <= MOST_OWN_REPORTS) break;
		ownReports.delete(oldest);
	}
	return known;
}

/** Stops a replay that runs. Its end is stored a moment later. */
export async function cancelReplay(
	ctx: Context,
	actor: Actor,
	input: { readonly replayId: string }
): Promise<void> {
	admitActor(ctx, actor, 'replay.run');
	const row = await readReplay(ctx, input.replayId);
	if (row.jobId === null) throw refuse(replayProblems, 'replay_not_done');
	await cancelJob(ctx, actor, row.jobId);
}
