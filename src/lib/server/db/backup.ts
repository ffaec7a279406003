/**
 * Backups: a folder with a whole copy of every database and a manifest of their hashes.
 *
 * A copy is made by `VACUUM INTO`, which reads one moment of the file while a server goes on
 * writing to it; copying a file that has a write-ahead log gives broken copies. The folder appears
 * under its name only when it is complete, and is restored only when every hash is right.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { refuse } from '../http/problem.ts';
import { backupProblems } from './backup-problems.ts';
import { Connection } from './driver.ts';

const MANIFEST = 'manifest.json';
const CONTROL = 'control.db';
const CLIENTS = 'clients';
const BUSY_TIMEOUT_MS = 200;

const manifestSchema = v.object({
	format: v.literal(1),
	/** When the first copy began, ISO 8601 in UTC. */
	made_at: v.string(),
	/** Version of the program that made it. */
	version: v.string(),
	files: v.array(
		v.object({
			path: v.pipe(v.string(), v.regex(/^(control|clients\/[a-z][a-z0-9-]{0,62})\.db$/)),
			bytes: v.number(),
			sha256: v.string()
		})
	)
});

/** What a backup holds. */
export type BackupManifest = v.InferOutput<typeof manifestSchema>;

export interface BackupOptions {
	/** Copies of encrypted databases are encrypted with the same key. */
	readonly encryptionKey?: string | undefined;
	readonly onFile?: (path: string) => void;
}

/** Copies one database as it is at this moment to a file that must not exist. */
export async function copyDatabase(
	source: string,
	target: string,
	options: Pick<BackupOptions, 'encryptionKey'> = {}
): Promise<void> {
	// It only reads the source, but a connection that may write nothing may not write the copy either.
	const connection = new Connection(source, {
		mode: 'writer',
		busyTimeoutMs: BUSY_TIMEOUT_MS,
		encryptionKey: options.encryptionKey
	});
	try {
		await connection.execute({ sql: 'VACUUM INTO ?', args: [target] });
	} finally {
		connection.close();
	}
}

/** Backs a data directory up to a new folder, whether a server runs on it or not. */
export async function backUp(
	dataDir: string,
	target: string,
	made: { readonly at: string; readonly version: string },
	options: BackupOptions = {}
): Promise<BackupManifest> {
	if (existsSync(target)) throw refuse(backupProblems, 'backup_exists', { details: { target } });
	const partial = `${target}.partial`;
	await rm(partial, { recursive: true, force: true });
	try {
		await mkdir(join(partial, CLIENTS), { recursive: true });
		const files: BackupManifest['files'] = [];
		for (const path of [CONTROL, ...(await clientFiles(dataDir))]) {
			options.onFile?.(path);
			const copy = join(partial, path);
			await copyDatabase(join(dataDir, path), copy, options);
			// Opening the copy also gives it the journal mode of all our files, before it is hashed:
			// looking at it later then changes no byte.
			const [fault] = await integrityFaults(copy, options);
			if (fault !== undefined) {
				throw refuse(backupProblems, 'source_damaged', { details: { file: path, fault } });
			}
			files.push({ path, ...(await fingerprint(copy)) });
		}
		const manifest: BackupManifest = { format: 1, made_at: made.at, version: made.version, files };
		await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, '\t')}\n`);
		await rename(partial, target);
		return manifest;
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		throw error;
	}
}

/** Reads a backup and compares every file with its hash; throws at the first that differs. */
export async function verifyBackup(folder: string): Promise<BackupManifest> {
	const manifest = await readManifest(folder);
	for (const file of manifest.files) {
		const path = join(folder, file.path);
		const found = existsSync(path) ? await fingerprint(path) : null;
		if (found?.sha256 !== file.sha256) {
			throw refuse(backupProblems, 'backup_altered', { details: { file: file.path } });
		}
	}
	return manifest;
}

/** Puts a backup into a data directory that holds nothing yet. */
export async function restoreBackup(folder: string, dataDir: string): Promise<BackupManifest> {
	if (existsSync(join(dataDir, CONTROL))) {
		throw refuse(backupProblems, 'data_dir_not_empty', { details: { folder: dataDir } });
	}
	const manifest = await verifyBackup(folder);
	// The control database last: without it a directory that was half restored is no instance.
	const ordered = [...manifest.files].sort(
		(a, b) => Number(a.path === CONTROL) - Number(b.path === CONTROL)
	);
	for (const { path } of ordered) {
		const target = join(dataDir, path);
		await mkdir(dirname(target), { recursive: true });
		await copyFile(join(folder, path), `${target}.partial`);
		await rename(`${target}.partial`, target);
	}
	return manifest;
}

/** What SQLite itself finds wrong with a database file; nothing is good. */
export async function integrityFaults(
	path: string,
	options: Pick<BackupOptions, 'encryptionKey'> = {}
): Promise<readonly string[]> {
	const connection = new Connection(path, {
		mode: 'reader',
		busyTimeoutMs: BUSY_TIMEOUT_MS,
		encryptionKey: options.encryptionKey
	});
	try {
		const integrity = await connection.execute('PRAGMA integrity_check');
		const orphans = await connection.execute('PRAGMA foreign_key_check');
		return [
			...integrity.rows.map((row) => String(row[0])).filter((line) => line !== 'ok'),
			...orphans.rows.map((row) => `${String(row[0])} ${String(row[1])} → ${String(row[2])}`)
		];
	} catch (error) {
		// What is no database, or cannot be decrypted, is a finding here and not an accident.
		return [error instanceof Error ? error.message : String(error)];
	} finally {
		connection.close();
	}
}

/** The client databases of a data directory, by their path in it. */
export async function clientFiles(dataDir: string): Promise<string[]> {
	const folder = join(dataDir, CLIENTS);
	if (!existsSync(folder)) return [];
	const names = await readdir(folder);
	return names
		.filter((name) => name.endsWith('.db'))
		.sort()
		.map((name) => `${CLIENTS}/${name}`);
}

async function readManifest(folder: string): Promise<BackupManifest> {
	let text: string;
	try {
		text = await readFile(join(folder, MANIFEST), 'utf8');
	} catch (error) {
		throw refuse(backupProblems, 'backup_missing', { details: { folder }, cause: error });
	}
	try {
		return v.parse(manifestSchema, JSON.parse(text));
	} catch (error) {
		throw refuse(backupProblems, 'backup_altered', { details: { file: MANIFEST }, cause: error });
	}
}

async function fingerprint(path: string): Promise<{ bytes: number; sha256: string }> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
	return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}
