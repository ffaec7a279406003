import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { jobs } from '#lib/server/db/client/schema.ts';
import { cancelJob, getJob } from '#lib/server/jobs/find-job.ts';
import { failInterrupted } from '#lib/server/jobs/fail-interrupted.ts';
import { Cancelled, runThread, ThreadFailure } from '#lib/server/jobs/run-thread.ts';
import { startJob, type JobEnd } from '#lib/server/jobs/start-job.ts';
import { actorWith, openStudio } from '../support/studio.ts';
import echo from './echo.thread.ts?thread';

interface Result {
	readonly steps: number;
}

test('a thread gives its result and tells its progress', async () => {
	const told: number[] = [];
	const result = await runThread<object, Result>(
		echo,
		{ steps: 5 },
		{ onProgress: (fraction) => told.push(fraction) }
	);
	expect(result).toEqual({ steps: 5 });
	expect(told.at(-1)).toBe(1);
});

test('a failure in a thread is a failure outside, with its code', async () => {
	const failure = runThread(echo, { steps: 1, fail: true });
	await expect(failure).rejects.toBeInstanceOf(ThreadFailure);
	await expect(failure).rejects.toMatchObject({
		code: 'unexpected',
		message: 'broken on purpose'
	});
});

test.each([
	['one that looks at the flag', false],
	['one that never looks', true]
])('a cancelled thread ends: %s', async (_name, stubborn) => {
	const abort = new AbortController();
	const work = runThread(
		echo,
		{ steps: 1e9, loop: true, stubborn },
		{ signal: abort.signal, onProgress: () => abort.abort() }
	);
	await expect(work).rejects.toBeInstanceOf(Cancelled);
});

test('a thread that takes too long is ended', async () => {
	const work = runThread(echo, { steps: 1e9, loop: true }, { timeoutMs: 200 });
	await expect(work).rejects.toMatchObject({ code: 'timeout' });
});

test('a job stores its end and what came out in one transaction', async () => {
	const ctx = await (await openStudio()).context();
	const ends: JobEnd<Result>[] = [];
	const job = await startJob<object, Result>(ctx, actorWith('hr_designer'), {
		kind: 'echo',
		subject: 'x',
		thread: echo,
		input: () => ({ steps: 3 }),
		finish: async (_tx, end) => {
			ends.push(end);
		}
	});
	await job.ended;
	expect(ends).toEqual([{ status: 'done', result: { steps: 3 } }]);
	expect(await getJob(ctx, job.id)).toMatchObject({ status: 'done', progress: 1, error: null });
});

test('a failed job says so in both languages, without the inside of the error', async () => {
	const ctx = await (await openStudio()).context();
	const job = await startJob<object, Result>(ctx, actorWith('hr_designer'), {
		kind: 'echo',
		subject: 'x',
		thread: echo,
		input: () => ({ steps: 1, fail: true }),
		finish: async () => undefined
	});
	await job.ended;
	const row = await getJob(ctx, job.id);
	expect(row.status).toBe('failed');
	expect(row.error?.text.en).toBe('The job failed unexpectedly.');
	expect(JSON.stringify(row)).not.toContain('on purpose');
});

test('a cancelled job is over and cannot be cancelled again', async () => {
	const ctx = await (await openStudio()).context();
	const actor = actorWith('hr_designer');
	const job = await startJob<object, Result>(ctx, actor, {
		kind: 'echo',
		subject: 'x',
		thread: echo,
		input: () => ({ steps: 1e9, loop: true }),
		finish: async () => undefined
	});
	await cancelJob(ctx, actor, job.id);
	expect(await job.ended).toEqual({ status: 'cancelled' });
	expect(await getJob(ctx, job.id)).toMatchObject({ status: 'cancelled', cancelRequested: true });
	await expect(cancelJob(ctx, actor, job.id)).rejects.toMatchObject({ code: 'job_over' });
});

test('what a stopped server left running is marked as interrupted', async () => {
	const ctx = await (await openStudio()).context();
	await ctx.db.write((tx) =>
		tx.insert(jobs).values({
			id: 'left',
			kind: 'echo',
			status: 'running',
			progress: 0.4,
			createdAt: 'then',
			createdBy: 'x'
		})
	);
	await failInterrupted(ctx.db, ctx.clock);
	const [row] = await ctx.db.read.select().from(jobs).where(eq(jobs.id, 'left'));
	expect(row).toMatchObject({ status: 'failed', error: { code: 'job_interrupted' } });
});
