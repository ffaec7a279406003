import { eq } from 'drizzle-orm';
import { lengthOfPeriod } from '#lib/contract/periods.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { ENGINE_VERSION } from '#lib/engine/version.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { scorecards, scoringRuns } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { startJob, type JobEnd } from '../jobs/start-job.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { getVersionsInForce, type VersionRow } from '../versions/read.ts';
import { toMinor } from './money.ts';
import { scoringProblems } from './problems.ts';
import type { PeriodWork, ScoredPerson, VersionSide } from './score-period.ts';
import scoringThread from './scoring.thread.ts?thread';

export interface StartedRun {
	readonly id: string;
	readonly jobId: string;
	/** Resolves when the scorecards were stored. */
	readonly ended: Promise<JobEnd<ScoredPerson[]>>;
}

/**
 * Scores a period with the versions in force in it, one a scheme. Scorecards are never changed:
 * scoring again makes another run beside the first, and the newest counts.
 */
export async function runScoring(
	ctx: Context,
	actor: Actor,
	input: { readonly period: string }
): Promise<StartedRun> {
	admitActor(ctx, actor, 'scoring.run');
	const length = lengthOfPeriod(input.period);
	if (length === null || length === 'day') {
		throw refuse(scoringProblems, 'period_unknown', { details: { period: input.period } });
	}
	const versions = await getVersionsInForce(ctx.db.read, input.period);
	if (versions.length === 0) {
		throw refuse(scoringProblems, 'no_version_in_force', { details: { period: input.period } });
	}
	const { fiscalMonth } = await readSettings(ctx.db.read);
	const id = ctx.ids.make();
	let datasetHash = '';

	const { id: jobId, ended } = await startJob<PeriodWork, ScoredPerson[]>(
		ctx,
		actor,
		{
			kind: 'scoring',
			subject: id,
			thread: scoringThread,
			input: async () => {
				const sides: VersionSide[] = [];
				const hashes: string[] = [];
				for (const version of versions) {
					const { side, hash } = await takeSide(ctx, version, input.period);
					sides.push(side);
					hashes.push(hash);
				}
				datasetHash = hashes.length === 1 ? (hashes[0] ?? '') : sha256Hex(hashes.join('\n'));
				return { period: input.period, fiscalMonth, versions: sides };
			},
			finish: (tx, end) => storeRun(tx, ctx, actor, { id, period: input.period, datasetHash }, end)
		},
		async (tx, job) => {
			await tx.insert(scoringRuns).values({
				id,
				period: input.period,
				versions: versions.map(({ schemeId, number, hash }) => ({
					scheme: schemeId,
					version: number,
					hash
				})),
				status: 'queued',
				jobId: job,
				createdAt: momentOf(ctx.clock),
				createdBy: actor.userId
			});
			await recordEvent(tx, ctx, actor, {
				type: 'scoring_run_started',
				run: id,
				period: input.period
			});
		}
	);
	return { id, jobId, ended };
}

/** The table of a version is built with the metric definitions that were frozen with it. */
async function takeSide(
	ctx: Context,
	version: VersionRow,
	period: string
): Promise<{ side: VersionSide; hash: string }> {
	const { paths } = prepareScheme(version.document);
	const { snapshot, hash } = await takeSnapshot(ctx, {
		range: { from: period, to: period },
		length: version.document.period,
		paths,
		metrics: version.metrics
	});
	const { schemeId, number, hash: versionHash, document } = version;
	return { side: { schemeId, number, hash: versionHash, document, snapshot }, hash };
}

async function storeRun(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	run: { readonly id: string; readonly period: string; readonly datasetHash: string },
	end: JobEnd<ScoredPerson[]>
): Promise<void> {
	const people = end.status === 'done' ? end.result : [];
	const createdAt = momentOf(ctx.clock);
	const rows = people.map((person) => toRow(person, run, ctx.ids.make(), createdAt));
	await bulkInsert(tx, scorecards, rows);
	const counts: Record<string, number> = { scored: 0, incomplete: 0, uncovered: 0, error: 0 };
	for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
	const nobody = end.status === 'done' && rows.length === 0;
	const status = nobody ? 'failed' : end.status;
	const text = refuse(scoringProblems, 'nobody_employed', { details: { period: run.period } }).text;
	await tx
		.update(scoringRuns)
		.set({
			status,
			datasetHash: run.datasetHash || null,
			engineVersion: ENGINE_VERSION,
			counts,
			error: nobody
				? { code: 'nobody_employed', text }
				: end.status === 'failed'
					? end.error
					: null,
			finishedAt: createdAt
		})
		.where(eq(scoringRuns.id, run.id));
	await recordEvent(tx, ctx, actor, {
		type: 'scoring_run_finished',
		run: run.id,
		status,
		scorecards: rows.length,
		dataset_hash: run.datasetHash || null
	});
}

function toRow(
	person: ScoredPerson,
	run: { readonly id: string; readonly period: string; readonly datasetHash: string },
	id: string,
	createdAt: string
): typeof scorecards.$inferInsert {
	const { scorecard } = person;
	const { status, score, grade } = scorecard;
	const decided = {
		employeeId: person.employeeId,
		unitId: person.unitId,
		period: run.period,
		schemeId: person.schemeId,
		version: person.version,
		versionHash: person.versionHash,
		status,
		score,
		grade,
		payoutMinor: toMinor(scorecard.payout, person.currency),
		currency: scorecard.payout === null ? null : person.currency,
		// The engine's scorecard is JSON; only its interface lacks the index signature.
		detail: JSON.parse(JSON.stringify({ ...scorecard, payout: undefined })) as JsonObject,
		inputs: person.inputs
	};
	const covered = { ...decided, datasetHash: run.datasetHash, engineVersion: ENGINE_VERSION };
	return {
		id,
		runId: run.id,
		...decided,
		hash: sha256Hex(canonicalJson(covered as unknown as Json)),
		createdAt
	};
}

/** Shows the scorecards of a run to the people they are about. Repeating it changes nothing. */
export async function releaseScorecards(
	ctx: Context,
	actor: Actor,
	input: { readonly runId: string }
): Promise<void> {
	admitActor(ctx, actor, 'scoring.run');
	await ctx.db.write(async (tx) => {
		const [run] = await tx.select().from(scoringRuns).where(eq(scoringRuns.id, input.runId));
		if (!run || run.status !== 'done') throw refuse(scoringProblems, 'run_not_done');
		if (run.releasedAt !== null) return;
		await tx
			.update(scoringRuns)
			.set({ releasedAt: momentOf(ctx.clock), releasedBy: actor.userId })
			.where(eq(scoringRuns.id, run.id));
		await recordEvent(tx, ctx, actor, {
			type: 'scorecards_released',
			run: run.id,
			period: run.period
		});
	});
}
