/** A stored replay, away from the main thread. */
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { Cancelled, serveThread } from '../jobs/thread.ts';
import { EngineCancelled, scoreSides, type ReplayWork } from './score-sides.ts';

serveThread<ReplayWork, ReplayReport>((work, tools) => {
	try {
		return scoreSides(work, {
			onProgress: (share) => tools.progress(share),
			isCancelled: () => tools.isCancelled()
		});
	} catch (error) {
		if (error instanceof EngineCancelled) throw new Cancelled(error.message);
		throw error;
	}
});
