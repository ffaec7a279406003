/** Reads a pack and runs its sentences, away from the main thread: a large one takes seconds. */
import { parsePack, type PackFiles, type ParsedPack } from '#lib/packs/parse-pack.ts';
import { runPackTests } from '#lib/packs/run-pack-tests.ts';
import { serveThread } from '../jobs/thread.ts';

export interface ParseWork {
	readonly files: PackFiles;
	/** Any engine's pack is read: what was installed once stays readable. */
	readonly anyEngine: boolean;
}

export interface ParsedAndTested extends ParsedPack {
	/** Sentences that fail or cannot be run. */
	readonly failing: number;
}

serveThread<ParseWork, ParsedAndTested>(({ files, anyEngine }) => {
	const parsed = parsePack(files, anyEngine ? { engineVersion: null } : {});
	if (!parsed.pack || anyEngine) return { ...parsed, failing: 0 };
	const { failed, errors } = runPackTests(parsed.pack);
	return { ...parsed, failing: failed + errors };
});
