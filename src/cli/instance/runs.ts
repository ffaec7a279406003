/** `quanheng replay run`, `score run`, `version show|publish`: the main job without a browser. */
import type { PeriodRange } from '#lib/contract/base.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { verdictOf } from '#lib/engine/replay/verdict.ts';
import { parsePeriodRange } from '#lib/engine/scheme/period.ts';
import { systemActor } from '#lib/server/context.ts';
import type { JobEnd } from '#lib/server/jobs/start-job.ts';
import { startReplay } from '#lib/server/replays/start-replay.ts';
import { readDraft, readSubmission } from '#lib/server/schemes/read.ts';
import { releaseScorecards, runScoring } from '#lib/server/scoring/run-scoring.ts';
import { publishVersion } from '#lib/server/versions/publish-version.ts';
import { readVersion } from '#lib/server/versions/read.ts';
import { failure } from '../failure.ts';
import { EXIT, localeOf, type ExitCode, type Io } from '../io.ts';
import { replaySummary } from '../replay-summary.ts';
import type {
	ClientCommand,
	PublishOptions,
	ReplayRunOptions,
	ScoreRunOptions
} from './options.ts';
import { contextOf, withInstance } from './with-instance.ts';

/** What a job gave; its failure in words where it gave nothing. */
function resultOf<T>(end: JobEnd<T>): T {
	if (end.status === 'done') return end.result;
	if (end.status === 'failed') throw failure('job_failed', { problem: end.error.text.en });
	throw failure('job_failed', { problem: end.status });
}

function rangeOf(text: string): PeriodRange {
	const periods = parsePeriodRange(text);
	const [first, last] = [periods?.at(0), periods?.at(-1)];
	if (!first || !last) throw failure('periods_wrong', { found: text });
	return { from: first.id, to: last.id };
}

/** Replays a draft over the client's own history and stores the result, as the page does. */
export async function runReplayOnInstance(
	io: Io,
	draftId: string,
	options: ReplayRunOptions
): Promise<ExitCode> {
	const range = options.periods === undefined ? null : rangeOf(options.periods);
	const report = await withInstance(io, options, async (instance): Promise<ReplayReport | null> => {
		const ctx = await contextOf(instance, options.client);
		const { revision } = await readDraft(ctx.db.read, draftId);
		if (options.dryRun) return null;
		const { ended } = await startReplay(ctx, systemActor(options.client), {
			draftId,
			revision,
			...(range ? { range } : {}),
			...(options.alone ? { baseline: 'none' as const } : {})
		});
		return resultOf(await ended);
	});
	if (!report) return EXIT.done;
	const locale = localeOf(io, options.locale);
	await io.write(
		options.json
			? `${JSON.stringify(report, null, '\t')}\n`
			: `${verdictOf(report)[locale]}\n${replaySummary(report, locale)}`
	);
	return EXIT.done;
}

/** Scores a period with the versions in force; `--release` shows the scorecards to their people. */
export async function runScoringOnInstance(
	io: Io,
	period: string,
	options: ScoreRunOptions
): Promise<ExitCode> {
	const done = await withInstance(io, options, async (instance) => {
		const ctx = await contextOf(instance, options.client);
		if (options.dryRun) return null;
		const actor = systemActor(options.client);
		const { id, ended } = await runScoring(ctx, actor, { period });
		const people = resultOf(await ended);
		if (options.release) await releaseScorecards(ctx, actor, { runId: id });
		const counts: Record<string, number> = {};
		for (const { scorecard } of people) {
			counts[scorecard.status] = (counts[scorecard.status] ?? 0) + 1;
		}
		return { run: id, period, counts, released: options.release ?? false };
	});
	if (!done) return EXIT.done;
	await io.write(
		options.json
			? `${JSON.stringify(done, null, '\t')}\n`
			: `${done.run}\t${Object.entries(done.counts)
					.map(([status, count]) => `${status} ${count}`)
					.join(', ')}\n`
	);
	return EXIT.done;
}

/** Prints a published version as it is kept: the document, the metrics, and who decided. */
export async function runShowVersion(
	io: Io,
	scheme: string,
	number: string,
	options: ClientCommand
): Promise<ExitCode> {
	if (!/^\d{1,9}$/.test(number)) {
		throw failure('option_wrong', {
			option: '<number>',
			found: number,
			expected: '1, 2, 3 …',
			command: 'version show'
		});
	}
	const version = await withInstance(io, options, async (instance) => {
		const { db } = await contextOf(instance, options.client);
		return readVersion(db.read, scheme, Number(number));
	});
	const { schemeId, effectiveFrom, documentHash, publishedAt, publishedBy, approvedBy } = version;
	await io.write(
		`${JSON.stringify(
			{
				scheme: schemeId,
				number: version.number,
				effective_from: effectiveFrom,
				hash: version.hash,
				document_hash: documentHash,
				published_at: publishedAt,
				published_by: publishedBy,
				approved_by: approvedBy,
				document: version.document,
				metrics: version.metrics
			},
			null,
			'\t'
		)}\n`
	);
	return EXIT.done;
}

/** Publishes what was approved. Who approved it stays who approved it. */
export async function runPublishVersion(
	io: Io,
	submissionId: string,
	options: PublishOptions
): Promise<ExitCode> {
	const version = await withInstance(io, options, async (instance) => {
		const ctx = await contextOf(instance, options.client);
		const { submission } = await readSubmission(ctx.db.read, submissionId);
		if (options.dryRun) return null;
		return publishVersion(ctx, systemActor(options.client), {
			submissionId,
			draftHash: submission.draftHash,
			baseVersion: submission.baseVersion,
			effectiveFrom: options.from,
			note: options.note ?? null
		});
	});
	if (!version) return EXIT.done;
	const { schemeId: scheme, number, hash, effectiveFrom } = version;
	await io.write(
		options.json
			? `${JSON.stringify({ scheme, number, effective_from: effectiveFrom, hash }, null, '\t')}\n`
			: `${[scheme, number, effectiveFrom, hash].join('\t')}\n`
	);
	return EXIT.done;
}
