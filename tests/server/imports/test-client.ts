/** A client database in a temporary file, with people of every role to act on it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '#lib/server/auth/roles.ts';
import { FixedClock } from '#lib/server/clock.ts';
import type { Actor, Context } from '#lib/server/context.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { countingIds } from '#lib/server/ids.ts';

export interface TestClient {
	readonly ctx: Context;
	readonly clock: FixedClock;
	readonly databases: Databases;
	/** An actor of this client with these roles. */
	readonly as: (role: Role, who?: Partial<Actor>) => Actor;
	/** The context of another client of the same instance. */
	readonly other: (clientId: string) => Promise<Context>;
	readonly close: () => Promise<void>;
}

/** Opens an instance with one client; close it at the end of the test. */
export async function openTestClient(clientId = 'acme'): Promise<TestClient> {
	const dataDir = await mkdtemp(join(tmpdir(), 'quanheng-'));
	const databases = await Databases.open(dataDir);
	const clock = new FixedClock('2026-01-15T02:00:00.000Z');
	const ids = countingIds();
	const contextOf = async (id: string): Promise<Context> => ({
		clock,
		ids,
		control: databases.control,
		dataDir,
		clientId: id,
		db: await databases.client(id)
	});
	return {
		ctx: await contextOf(clientId),
		clock,
		databases,
		as: (role, who = {}) => ({
			userId: `user-${role}`,
			name: role,
			clientId,
			roles: [role],
			employeeId: null,
			unitId: null,
			...who
		}),
		other: contextOf,
		close: async () => {
			await databases.close();
			await rm(dataDir, { recursive: true, force: true });
		}
	};
}
