/** Long work as a job: a row to look at, progress, cancel, and an end in one transaction. */
import { eq } from 'drizzle-orm';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { jobs } from '../db/client/tables/system.ts';
import type { Tx } from '../db/database.ts';
import { Problem } from '../http/problem.ts';
import { logger } from '../logging/logger.ts';
import { jobProblems } from './problems.ts';
import { Cancelled, runThread, ThreadFailure } from './run-thread.ts';

/** Why a job failed, as it is stored and shown. */
export interface JobError {
	readonly code: string;
	readonly text: LocalText;
}

/** How a job ended. */
export type JobEnd<O> =
	| { readonly status: 'done'; readonly result: O }
	| { readonly status: 'failed'; readonly error: JobError }
	| { readonly status: 'cancelled' };

export interface JobSpec<I, O> {
	/** What it does, e.g. `replay`. */
	readonly kind: string;
	/** What it is about, e.g. the id of the replay. */
	readonly subject: string;
	/** Path from a `?thread` import. */
	readonly thread: string;
	/** Made when the job's turn comes; may read from the database. */
	readonly input: () => I | Promise<I>;
	readonly transfer?: (input: I) => readonly ArrayBuffer[];
	readonly timeoutMs?: number;
	/** Stores what came out, in the same transaction as the job's own end. May run twice. */
	readonly finish: (tx: Tx, end: JobEnd<O>) => Promise<void>;
}

export interface StartedJob<O> {
	readonly id: string;
	/** Resolves when the end was stored; for tests and for the command line. */
	readonly ended: Promise<JobEnd<O>>;
}

interface RunningJob {
	readonly abort: AbortController;
	progress: number;
}

/** Running jobs by client and id, shared by the bundles of this process. */
const key = Symbol.for('quanheng.jobs');
const registry = globalThis as { [key]?: Map<string, RunningJob> };
const running = (registry[key] ??= new Map<string, RunningJob>());

const nameOf = (clientId: string, jobId: string) => `${clientId}/${jobId}`;

/** What is known of a job while it runs in this process; null once it ended. */
export function runningJob(clientId: string, jobId: string): RunningJob | null {
	return running.get(nameOf(clientId, jobId)) ?? null;
}

/**
 * Queues a job and returns at once. `before` runs in the transaction that makes the job's row:
 * the row it is about (a replay, a scoring run) and the audit event belong there.
 */
export async function startJob<I, O>(
	ctx: Context,
	actor: Actor,
	spec: JobSpec<I, O>,
	before: (tx: Tx, jobId: string) => Promise<void> = async () => undefined
): Promise<StartedJob<O>> {
	const id = ctx.ids.make();
	await ctx.db.write(async (tx) => {
		await tx.insert(jobs).values({
			id,
			kind: spec.kind,
			subject: spec.subject,
			status: 'queued',
			progress: 0,
			createdAt: momentOf(ctx.clock),
			createdBy: actor.userId
		});
		await before(tx, id);
	});
	const job: RunningJob = { abort: new AbortController(), progress: 0 };
	running.set(nameOf(ctx.clientId, id), job);
	const ended = work(ctx, id, job, spec).finally(() => running.delete(nameOf(ctx.clientId, id)));
	// Whoever awaits `ended` hears of a failure to store the end; the log hears of it in any case.
	ended.catch((error: unknown) =>
		logger.error({ err: error, job: id }, 'a job could not be ended')
	);
	return { id, ended };
}

async function work<I, O>(
	ctx: Context,
	id: string,
	job: RunningJob,
	spec: JobSpec<I, O>
): Promise<JobEnd<O>> {
	const end = await outcome<I, O>(ctx, id, job, spec);
	await ctx.db.write(async (tx) => {
		await tx
			.update(jobs)
			.set({
				status: end.status,
				progress: end.status === 'done' ? 1 : job.progress,
				finishedAt: momentOf(ctx.clock),
				error: end.status === 'failed' ? end.error : null
			})
			.where(eq(jobs.id, id));
		await spec.finish(tx, end);
	});
	return end;
}

async function outcome<I, O>(
	ctx: Context,
	id: string,
	job: RunningJob,
	spec: JobSpec<I, O>
): Promise<JobEnd<O>> {
	try {
		const input = await spec.input();
		if (job.abort.signal.aborted) return { status: 'cancelled' };
		await ctx.db.write(async (tx) => {
			await tx
				.update(jobs)
				.set({ status: 'running', startedAt: momentOf(ctx.clock) })
				.where(eq(jobs.id, id));
		});
		const result = await runThread<I, O>(spec.thread, input, {
			signal: job.abort.signal,
			onProgress: (fraction) => (job.progress = fraction),
			...(spec.timeoutMs === undefined ? {} : { timeoutMs: spec.timeoutMs }),
			...(spec.transfer ? { transfer: spec.transfer(input) } : {})
		});
		return { status: 'done', result };
	} catch (error) {
		if (error instanceof Cancelled) return { status: 'cancelled' };
		logger.warn({ err: error, job: id, kind: spec.kind }, 'a job failed');
		return { status: 'failed', error: jobError(error) };
	}
}

function jobError(error: unknown): JobError {
	if (error instanceof ThreadFailure) {
		if (error.code === 'timeout')
			return { code: 'job_timeout', text: jobProblems.job_timeout.text };
		if (error.text) return { code: error.code, text: error.text };
	}
	if (error instanceof Problem) return { code: error.code, text: error.text };
	return { code: 'job_failed', text: jobProblems.job_failed.text };
}
