/** What imports of this process are doing right now: how far they are, and how to stop them. */
import { refuse } from '../http/problem.ts';
import { importProblems } from './problems.ts';

export type WorkPhase = 'reading' | 'staging' | 'checking' | 'committing';

export interface ImportWork {
	readonly phase: WorkPhase;
	/** From 0 to 1 within the phase. */
	readonly progress: number;
}

interface RunningWork {
	phase: WorkPhase;
	progress: number;
	readonly abort: AbortController;
}

/** Shared by the bundles of this process. */
const key = Symbol.for('quanheng.imports');
const registry = globalThis as { [key]?: Map<string, RunningWork> };
const running = (registry[key] ??= new Map<string, RunningWork>());

const nameOf = (clientId: string, batchId: string) => `${clientId}/${batchId}`;

/** What runs for a batch; null when nothing does. */
export function importWork(clientId: string, batchId: string): ImportWork | null {
	const work = running.get(nameOf(clientId, batchId));
	return work ? { phase: work.phase, progress: work.progress } : null;
}

/** Asks the work of a batch to stop; false when nothing runs. */
export function cancelImportWork(clientId: string, batchId: string): boolean {
	const work = running.get(nameOf(clientId, batchId));
	work?.abort.abort();
	return work !== undefined;
}

/** What work on a batch is given. */
export interface WorkTools {
	readonly signal: AbortSignal;
	/** Tells what is being done, and how far it is. */
	readonly tell: (phase: WorkPhase, progress: number) => void;
}

/**
 * Memory of a thread that reads or checks a file. The largest file that is allowed needs about half
 * of it; one that needs more is refused, and nobody else notices.
 */
export const THREAD_HEAP_MB = 768;

/** Refuses to go on once somebody stopped the work. */
export function assertWanted({ signal }: Pick<WorkTools, 'signal'>): void {
	if (signal.aborted) throw refuse(importProblems, 'import_cancelled');
}

/** Runs work on a batch where it can be looked at and stopped. */
export async function runImportWork<T>(
	clientId: string,
	batchId: string,
	phase: WorkPhase,
	work: (tools: WorkTools) => Promise<T>
): Promise<T> {
	const name = nameOf(clientId, batchId);
	const own: RunningWork = { phase, progress: 0, abort: new AbortController() };
	running.set(name, own);
	try {
		return await work({
			signal: own.abort.signal,
			tell(now, progress) {
				own.phase = now;
				own.progress = progress;
			}
		});
	} finally {
		if (running.get(name) === own) running.delete(name);
	}
}
