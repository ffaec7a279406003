/** Judges an archive away from the main thread, with the keys that the instance trusts. */
import { serveThread } from '../jobs/thread.ts';
import { judgeArchive, type JudgedArchive } from './archive/judge-archive.ts';
import { trustedKeys } from './archive/keys.ts';

export interface JudgeWork {
	readonly bytes: Uint8Array;
	readonly dataDir: string;
	readonly today: string;
}

serveThread<JudgeWork, JudgedArchive>(async ({ bytes, dataDir, today }) =>
	judgeArchive(bytes, { keys: await trustedKeys(dataDir), today })
);
