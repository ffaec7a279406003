/**
 * The one running instance of this process.
 *
 * SvelteKit's handler and the entry that starts the HTTP server are two bundles in one process,
 * each with a copy of this module. They meet in `globalThis`, so that a database file never gets a
 * second writing connection. The entry calls `startInstance`; in `vite dev` the hook does.
 */
import { systemClock, type Clock } from './clock.ts';
import { readConfig, type Config } from './config.ts';
import type { Context, ControlContext } from './context.ts';
import { Databases } from './db/databases.ts';
import { randomIds, type Ids } from './ids.ts';

export interface Instance {
	readonly config: Config;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly databases: Databases;
}

const key = Symbol.for('quanheng.instance');
const shared = globalThis as { [key]?: Promise<Instance> };

/** Opens the databases of the configured data directory; a second call gives the same instance. */
export function startInstance(config: Config = readConfig(process.env)): Promise<Instance> {
	return (shared[key] ??= openInstance(config).catch((error: unknown) => {
		delete shared[key];
		throw error;
	}));
}

/** Ends the instance: waits for writes, moves the logs into the files, gives the lock back. */
export async function stopInstance(): Promise<void> {
	const instance = shared[key];
	delete shared[key];
	await (await instance)?.databases.close();
}

async function openInstance(config: Config): Promise<Instance> {
	const databases = await Databases.open(config.dataDir, { encryptionKey: config.encryptionKey });
	return { config, clock: systemClock, ids: randomIds(systemClock), databases };
}

/** What use cases of the control database are given. */
export function controlContext(
	instance: Pick<Instance, 'clock' | 'ids' | 'databases'>
): ControlContext {
	const { clock, ids, databases } = instance;
	return { clock, ids, control: databases.control, dataDir: databases.dataDir };
}

/** What use cases of a client are given; opens (and migrates) the client's file if need be. */
export async function clientContext(
	instance: Pick<Instance, 'clock' | 'ids' | 'databases'>,
	clientId: string
): Promise<Context> {
	return {
		...controlContext(instance),
		clientId,
		db: await instance.databases.client(clientId)
	};
}
