import { inArray } from 'drizzle-orm';
import { momentOf, type Clock } from '../clock.ts';
import { replays } from '../db/client/tables/schemes.ts';
import { scoringRuns } from '../db/client/tables/scoring.ts';
import { jobs } from '../db/client/tables/system.ts';
import type { Database } from '../db/database.ts';
import { jobProblems } from './problems.ts';

/**
 * Marks what a stopped server left running as failed, so that nobody waits for it. Called once for
 * each client file and process, before anything new can be started.
 */
export async function failInterrupted(database: Database, clock: Clock): Promise<void> {
	const end = {
		status: 'failed' as const,
		finishedAt: momentOf(clock),
		error: { code: 'job_interrupted', text: jobProblems.job_interrupted.text }
	};
	await database.write(async (tx) => {
		for (const table of [jobs, replays, scoringRuns]) {
			await tx
				.update(table)
				.set(end)
				.where(inArray(table.status, ['queued', 'running']));
		}
	});
}
