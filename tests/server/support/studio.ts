/** A whole instance on temporary files, with people of every role, for tests of use cases. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Role } from '#lib/server/auth/roles.ts';
import { FixedClock } from '#lib/server/clock.ts';
import type { Actor, Context } from '#lib/server/context.ts';
import { Databases, type DatabasesOptions } from '#lib/server/db/databases.ts';
import { countingIds } from '#lib/server/ids.ts';
import { clientContext } from '#lib/server/instance.ts';

export interface Studio {
	readonly databases: Databases;
	readonly clock: FixedClock;
	readonly dataDir: string;
	/** The context of a client; the client's file is made if it is missing. */
	context(clientId?: string): Promise<Context>;
}

/** A fresh folder that is removed when the test has finished. */
export function temporaryDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), 'quanheng-'));
	onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
	return directory;
}

/** Opens an instance that is closed and removed when the test has finished. */
export async function openStudio(options: DatabasesOptions = {}): Promise<Studio> {
	const dataDir = temporaryDirectory();
	const databases = await Databases.open(dataDir, options);
	onTestFinished(() => databases.close());
	const clock = new FixedClock();
	const ids = countingIds();
	return {
		databases,
		clock,
		dataDir,
		context: (clientId = 'acme') => clientContext({ databases, clock, ids }, clientId)
	};
}

/** Somebody with one role (or several); named after it. */
export function actorWith(roles: Role | readonly Role[], more: Partial<Actor> = {}): Actor {
	const list: readonly Role[] = typeof roles === 'string' ? [roles] : roles;
	return {
		userId: `user-${list.join('-')}`,
		name: list.join(' '),
		clientId: 'acme',
		roles: list,
		employeeId: null,
		unitId: null,
		...more
	};
}
