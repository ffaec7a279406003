/** A scoring run, away from the main thread. */
import { serveThread } from '../jobs/thread.ts';
import { scorePeriod, type PeriodWork, type ScoredPerson } from './score-period.ts';

serveThread<PeriodWork, ScoredPerson[]>((work, tools) =>
	scorePeriod(work, (share) => {
		tools.assertWanted();
		tools.progress(share);
	})
);
