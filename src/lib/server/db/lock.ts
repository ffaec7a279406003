/**
 * One server process for one data directory. The lock is an open transaction on a small database
 * file: the operating system gives it back when the process dies, however it dies, so there is no
 * stale lock to clean up and none to believe by mistake.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection, isBusy, type OpenTransaction } from './driver.ts';

const LOCK_FILE = 'quanheng.lock';
const NOTE_FILE = 'quanheng.lock.json';

/** Held until `release`. */
export interface DataDirLock {
	release(): Promise<void>;
}

/** Another process uses the data directory. */
export class DataDirInUse extends Error {
	override readonly name = 'DataDirInUse';
}

/** Takes the lock of a data directory (made if missing) or throws `DataDirInUse` at once. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
	mkdirSync(dataDir, { recursive: true });
	const connection = new Connection(join(dataDir, LOCK_FILE), { mode: 'writer', busyTimeoutMs: 0 });
	let transaction: OpenTransaction;
	try {
		transaction = await connection.begin();
	} catch (error) {
		connection.close();
		if (isBusy(error)) throw new DataDirInUse(inUse(dataDir), { cause: error });
		throw error;
	}
	const note = { pid: process.pid, since: new Date().toISOString() };
	writeFileSync(join(dataDir, NOTE_FILE), `${JSON.stringify(note)}\n`);
	return {
		async release() {
			await transaction.rollback('The data directory was given back.');
			connection.close();
		}
	};
}

function inUse(dataDir: string): string {
	let holder = 'another process';
	try {
		const note: unknown = JSON.parse(readFileSync(join(dataDir, NOTE_FILE), 'utf8'));
		if (typeof note === 'object' && note !== null && 'pid' in note) {
			holder = `process ${String(note.pid)}`;
		}
	} catch {
		// The note is only a courtesy: without it the sentence names no process.
	}
	return `数据目录 ${dataDir} 正被另一个进程使用(${holder})。请先停止它,或用 DATA_DIR 指定另一个目录。\nThe data directory ${dataDir} is used by ${holder}. Stop it first, or name another directory with DATA_DIR.`;
}
