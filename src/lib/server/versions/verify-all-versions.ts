import { isNull } from 'drizzle-orm';
import { clients } from '../db/control/schema.ts';
import { clientContext, type Instance } from '../instance.ts';
import { logger } from '../logging/logger.ts';
import { verifyVersions } from './verify-versions.ts';

/**
 * Recomputes the hashes of every client's published versions, one client after the other, and
 * writes to the log what does not fit. Runs beside the starting server: nobody waits for it.
 */
export async function verifyAllVersions(instance: Instance): Promise<void> {
	const rows = await instance.databases.control.read
		.select({ id: clients.id })
		.from(clients)
		.where(isNull(clients.archivedAt));
	for (const { id } of rows) {
		const { db } = await clientContext(instance, id);
		for (const { schemeId, number } of await verifyVersions(db.read)) {
			logger.error(
				{ client: id, scheme: schemeId, version: number },
				'a published version was altered: its content does not give its hash'
			);
		}
	}
}
