/** Brings a database to the schema of this program: one transaction a migration, in order. */
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** One generated migration, as drizzle-kit wrote it. */
export interface Migration {
	/** File name without its ending, e.g. `0000_start`. */
	readonly tag: string;
	/** When it was generated; migrations are applied in this order. */
	readonly when: number;
	readonly text: string;
}

interface Journal {
	readonly entries: readonly { readonly tag: string; readonly when: number }[];
}

const BREAK = '--> statement-breakpoint';
const MIGRATION_DEADLINE_MS = 120_000;

/** Puts drizzle-kit's journal and the files' texts together. */
export function migrationsOf(
	journal: Journal,
	texts: Readonly<Record<string, string>>
): readonly Migration[] {
	return journal.entries.map(({ tag, when }) => {
		const text = Object.entries(texts).find(([path]) => path.endsWith(`/${tag}.sql`))?.[1];
		if (text === undefined) throw new Error(`The migration ${tag} is in the journal only.`);
		return { tag, when, text };
	});
}

/**
 * Applies what is missing and returns the tags that were applied.
 * A kill at any point leaves the old schema or the new one, never something between; a database
 * made by a newer program is refused, because this one does not know its tables.
 */
export async function migrate(
	database: Database,
	migrations: readonly Migration[]
): Promise<readonly string[]> {
	await database.write(async (tx) => {
		await tx.run(sql`CREATE TABLE IF NOT EXISTS __drizzle_migrations (
			id INTEGER PRIMARY KEY AUTOINCREMENT, hash text NOT NULL, created_at numeric)`);
	});
	const applied: string[] = [];
	for (const migration of migrations) {
		const done = await database.write(
			async (tx) => {
				const rows = await tx.values<[number]>(
					sql`SELECT max(created_at) FROM __drizzle_migrations`
				);
				const last = rows[0]?.[0] ?? null;
				if (last !== null && last >= migration.when) return false;
				for (const statement of migration.text.split(BREAK)) {
					if (statement.trim() !== '') await tx.run(sql.raw(statement));
				}
				const hash = createHash('sha256').update(migration.text).digest('hex');
				await tx.run(
					sql`INSERT INTO __drizzle_migrations (hash, created_at) VALUES (${hash}, ${migration.when})`
				);
				return true;
			},
			{ deadlineMs: MIGRATION_DEADLINE_MS }
		);
		if (done) applied.push(migration.tag);
	}
	await assertNotNewer(database, migrations);
	return applied;
}

async function assertNotNewer(database: Database, migrations: readonly Migration[]): Promise<void> {
	const [row] = await database.select('SELECT max(created_at) FROM __drizzle_migrations');
	const newest = Math.max(...migrations.map(({ when }) => when));
	if (Number(row?.[0]) > newest) {
		throw new Error(
			`${database.path} was made by a newer version of Quanheng. Start that version, or restore a backup from before the upgrade.`
		);
	}
}
