/** Names beside the ids that reports carry, for readers of whole reports. */
import { employees } from '#lib/server/db/client/schema.ts';
import type { Queries } from '#lib/server/db/database.ts';

export async function personNames(queries: Queries): Promise<ReadonlyMap<string, string>> {
	const rows = await queries.select({ id: employees.id, name: employees.name }).from(employees);
	return new Map(rows.map(({ id, name }) => [id, name]));
}
