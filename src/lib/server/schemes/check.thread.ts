/** A check that was asked for, away from the main thread: histories are long, proofs may be. */
import { tableOfSnapshot, type Snapshot } from '../../engine/table/snapshot.ts';
import { serveThread } from '../jobs/thread.ts';
import { checkSides, type CheckedSides, type CheckSides } from './check-sides.ts';

export interface CheckWork extends Omit<CheckSides, 'history'> {
	readonly snapshot: Snapshot | null;
}

serveThread<CheckWork, CheckedSides>(({ snapshot, ...sides }) =>
	checkSides({ ...sides, ...(snapshot ? { history: tableOfSnapshot(snapshot) } : {}) })
);
