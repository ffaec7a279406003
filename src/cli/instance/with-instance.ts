/** Commands on an instance open its data directory alone; while a server runs on it they are refused. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { eq } from 'drizzle-orm';
import { readConfig } from '#lib/server/config.ts';
import type { Context } from '#lib/server/context.ts';
import { clients } from '#lib/server/db/control/schema.ts';
import { DataDirInUse } from '#lib/server/db/lock.ts';
import { clientContext, startInstance, stopInstance, type Instance } from '#lib/server/instance.ts';
import { failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { InstanceOptions } from './options.ts';

/** The data directory of `--data-dir`, else the configured one. */
export function dataDirOf(io: Io, options: InstanceOptions): string {
	return options.dataDir === undefined
		? readConfig(io.env).dataDir
		: resolve(io.cwd, options.dataDir);
}

/** True when the data directory holds an instance; a dry run on none has nothing to check. */
export function hasInstance(io: Io, options: InstanceOptions): boolean {
	return existsSync(join(dataDirOf(io, options), 'control.db'));
}

/** Runs `work` on the instance of `--data-dir` (or the configured one) and closes it again. */
export async function withInstance<T>(
	io: Io,
	options: InstanceOptions,
	work: (instance: Instance) => Promise<T>,
	may: { readonly create?: boolean } = {}
): Promise<T> {
	const dataDir = dataDirOf(io, options);
	if (!may.create && !hasInstance(io, options)) {
		throw failure('instance_not_found', { path: dataDir });
	}
	try {
		const instance = await startInstance({ ...readConfig(io.env), dataDir });
		return await work(instance);
	} catch (error) {
		if (error instanceof DataDirInUse) throw failure('instance_in_use', { path: dataDir });
		throw error;
	} finally {
		await stopInstance();
	}
}

/** The context of a client that must exist. */
export async function contextOf(instance: Instance, clientId: string): Promise<Context> {
	const known = await instance.databases.control.read
		.select({ id: clients.id })
		.from(clients)
		.where(eq(clients.id, clientId));
	if (known.length === 0) {
		const all = await instance.databases.control.read.select({ id: clients.id }).from(clients);
		throw failure('client_not_found', {
			client: clientId.slice(0, 60),
			known: all.map(({ id }) => id).join(', ') || '-'
		});
	}
	return clientContext(instance, clientId);
}
