import { migrationsOf } from '../migrate.ts';
import journal from './migrations/meta/_journal.json' with { type: 'json' };

/** The generated migrations of the client database, taken into the program when it is built. */
export const clientMigrations = migrationsOf(
	journal,
	import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })
);
