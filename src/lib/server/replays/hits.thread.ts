/** Counts conditions over a long history, away from the main thread. */
import { tableOfSnapshot, type Snapshot } from '#lib/engine/table/snapshot.ts';
import { serveThread } from '../jobs/thread.ts';
import { countHits, type HitCounts, type HitWork } from './count-hits.ts';

export interface HitThreadInput {
	readonly snapshot: Snapshot;
	readonly work: HitWork;
}

serveThread<HitThreadInput, HitCounts>(({ snapshot, work }) =>
	countHits(tableOfSnapshot(snapshot), work)
);
