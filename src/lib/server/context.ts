/** What every use case is given: `(ctx, actor, input)`. */
import type { Role } from './auth/roles.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db/database.ts';
import type { Ids } from './ids.ts';

export type { Role } from './auth/roles.ts';

/** Who acts, at which client, with what rights there. */
export interface Actor {
	readonly userId: string;
	readonly name: string;
	readonly clientId: string;
	readonly roles: readonly Role[];
	/** Who the user is among the client's people, if they are one of them. */
	readonly employeeId: string | null;
	/** The unit a department head leads. */
	readonly unitId: string | null;
}

/** What a use case of the control database needs: accounts, clients, assignments. */
export interface ControlContext {
	readonly clock: Clock;
	readonly ids: Ids;
	readonly control: Database;
	readonly dataDir: string;
}

/** What a use case of a client needs. `db` is that client's database and no other's. */
export interface Context extends ControlContext {
	readonly db: Database;
	readonly clientId: string;
}

/** The hand behind changes that no person asked for: seeds, clean-ups, scheduled work. */
export function systemActor(clientId: string): Actor {
	return {
		userId: 'system',
		name: 'system',
		clientId,
		roles: ['administrator', 'hr_designer', 'implementer'],
		employeeId: null,
		unitId: null
	};
}
