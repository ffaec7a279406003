import { eq } from 'drizzle-orm';
import type { Actor, Context } from '../context.ts';
import { jobs } from '../db/client/tables/system.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { jobProblems } from './problems.ts';
import { runningJob } from './start-job.ts';

export type Job = typeof jobs.$inferSelect;

/** A job with the progress it has now. The caller checks that the actor may know of it. */
export async function getJob(ctx: Context, jobId: string): Promise<Job> {
	const [job] = await ctx.db.read.select().from(jobs).where(eq(jobs.id, jobId));
	if (!job) throw refuse(commonProblems, 'not_found');
	const now = runningJob(ctx.clientId, jobId);
	return now ? { ...job, progress: now.progress } : job;
}

/**
 * Asks a job to stop; its end is stored a moment later by the job itself. The caller checks that
 * the actor may run what the job runs.
 */
export async function cancelJob(ctx: Context, _actor: Actor, jobId: string): Promise<void> {
	await getJob(ctx, jobId);
	const now = runningJob(ctx.clientId, jobId);
	if (!now) throw refuse(jobProblems, 'job_over');
	await ctx.db.write(async (tx) => {
		await tx.update(jobs).set({ cancelRequested: true }).where(eq(jobs.id, jobId));
	});
	now.abort.abort();
}
