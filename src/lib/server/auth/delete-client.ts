import { eq } from 'drizzle-orm';
import { rm } from 'node:fs/promises';
import { recordEvent } from '../audit/record-event.ts';
import type { ControlContext } from '../context.ts';
import { clientPath } from '../db/client-path.ts';
import { apiTokens, clients, memberships } from '../db/control/schema.ts';
import { commonProblems } from '../http/problems.ts';
import { refuse } from '../http/problem.ts';
import type { Manager } from './managers.ts';

/** A database file and what SQLite keeps beside it. */
const PARTS = ['', '-wal', '-shm'];

/**
 * Removes a customer company: memberships and tokens in one transaction, then its file. Operators
 * only, and only while nothing has the file open. A crash in between leaves a file that belongs to
 * nobody, which `doctor` names.
 */
export async function deleteClient(
	ctx: ControlContext,
	manager: Manager,
	clientId: string
): Promise<void> {
	if (!manager.operator) {
		throw refuse(commonProblems, 'not_allowed', { details: { permission: 'operator' } });
	}
	await ctx.control.write(async (tx) => {
		await tx.delete(apiTokens).where(eq(apiTokens.clientId, clientId));
		await tx.delete(memberships).where(eq(memberships.clientId, clientId));
		const removed = await tx
			.delete(clients)
			.where(eq(clients.id, clientId))
			.returning({ id: clients.id });
		if (removed.length === 0) throw refuse(commonProblems, 'not_found');
		await recordEvent(tx, ctx, manager, { type: 'client_deleted', client: clientId });
	});
	const path = clientPath(ctx.dataDir, clientId);
	for (const part of PARTS) await rm(`${path}${part}`, { force: true });
}
