/** `quanheng db backup|restore|verify` and `client export|delete`: whole databases. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ENGINE_VERSION } from '#lib/engine/version.ts';
import { deleteClient } from '#lib/server/auth/delete-client.ts';
import { SYSTEM_MANAGER } from '#lib/server/auth/managers.ts';
import { readConfig } from '#lib/server/config.ts';
import {
	backUp,
	clientFiles,
	copyDatabase,
	integrityFaults,
	restoreBackup,
	verifyBackup,
	type BackupManifest
} from '#lib/server/db/backup.ts';
import { clientPath } from '#lib/server/db/client-path.ts';
import { controlContext } from '#lib/server/instance.ts';
import { failure } from '../failure.ts';
import { EXIT, type ExitCode, type Io } from '../io.ts';
import type { DeleteOptions, ExportOptions, InstanceOptions } from './options.ts';
import { contextOf, dataDirOf, hasInstance, withInstance } from './with-instance.ts';

/** Copies every database, whether a server runs or not. */
export async function runBackup(
	io: Io,
	target: string,
	options: InstanceOptions
): Promise<ExitCode> {
	const dataDir = existingDataDir(io, options);
	const { encryptionKey } = readConfig(io.env);
	const folder = resolve(io.cwd, target);
	if (options.dryRun) {
		await io.write(`${['control.db', ...(await clientFiles(dataDir))].join('\n')}\n`);
		return EXIT.done;
	}
	const manifest = await backUp(
		dataDir,
		folder,
		{ at: new Date().toISOString(), version: ENGINE_VERSION },
		{ encryptionKey, onFile: (path) => io.log(`${path}\n`) }
	);
	await printManifest(io, manifest, options);
	return EXIT.done;
}

/** Puts a backup into a data directory that holds nothing yet. */
export async function runRestore(
	io: Io,
	folder: string,
	options: InstanceOptions
): Promise<ExitCode> {
	const source = resolve(io.cwd, folder);
	const manifest = options.dryRun
		? await verifyBackup(source)
		: await restoreBackup(source, dataDirOf(io, options));
	await printManifest(io, manifest, options);
	return EXIT.done;
}

async function printManifest(
	io: Io,
	manifest: BackupManifest,
	options: InstanceOptions
): Promise<void> {
	await io.write(
		options.json
			? `${JSON.stringify(manifest, null, '\t')}\n`
			: manifest.files.map(({ path, bytes, sha256 }) => `${sha256}\t${bytes}\t${path}\n`).join('')
	);
}

/** Checks a backup against its manifest, or the databases of an instance with SQLite's own means. */
export async function runVerifyDatabases(
	io: Io,
	backup: string | undefined,
	options: InstanceOptions
): Promise<ExitCode> {
	const { encryptionKey } = readConfig(io.env);
	const root = backup === undefined ? existingDataDir(io, options) : resolve(io.cwd, backup);
	const files =
		backup === undefined
			? ['control.db', ...(await clientFiles(root))]
			: (await verifyBackup(root)).files.map(({ path }) => path);
	const checked: { file: string; faults: readonly string[] }[] = [];
	for (const file of files) {
		checked.push({ file, faults: await integrityFaults(join(root, file), { encryptionKey }) });
	}
	await io.write(
		options.json
			? `${JSON.stringify({ databases: checked }, null, '\t')}\n`
			: checked.map(({ file, faults }) => `${file}\t${faults[0] ?? 'ok'}\n`).join('')
	);
	const broken = checked.filter(({ faults }) => faults.length > 0);
	if (broken.length > 0) {
		throw failure('database_broken', { files: broken.map(({ file }) => file).join(', ') });
	}
	return EXIT.done;
}

/** Writes one client's whole database to a file of its own. */
export async function runExport(io: Io, options: ExportOptions): Promise<ExitCode> {
	const target = resolve(io.cwd, options.out);
	if (existsSync(target)) throw failure('file_exists', { path: options.out });
	await withInstance(io, options, async (instance) => {
		const { clientId } = await contextOf(instance, options.client);
		if (options.dryRun) return;
		const partial = `${target}.partial`;
		await rm(partial, { force: true });
		await copyDatabase(clientPath(instance.config.dataDir, clientId), partial, {
			encryptionKey: instance.config.encryptionKey
		});
		await rename(partial, target);
	});
	if (!options.dryRun) await io.write(`${target}\n`);
	return EXIT.done;
}

/** Removes a client for good; needs `--yes`. */
export async function runDelete(io: Io, id: string, options: DeleteOptions): Promise<ExitCode> {
	if (!options.yes && !options.dryRun) throw failure('needs_yes', { client: id });
	await withInstance(io, options, async (instance) => {
		await contextOf(instance, id);
		if (options.dryRun) return;
		await instance.databases.forget(id);
		await deleteClient(controlContext(instance), SYSTEM_MANAGER, id);
	});
	await io.write(`${id}\n`);
	return EXIT.done;
}

function existingDataDir(io: Io, options: InstanceOptions): string {
	const dataDir = dataDirOf(io, options);
	if (!hasInstance(io, options)) throw failure('instance_not_found', { path: dataDir });
	return dataDir;
}
