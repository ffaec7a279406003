import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { installedPacks } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { attributeNameOf } from './install-pack.ts';
import { PACK_DEADLINE_MS, PartWriter } from './part-writer.ts';
import { prepareUninstall, type UninstallPlan } from './plan-uninstall.ts';
import { getInstalled, installedPack } from './present-parts.ts';
import { packProblems } from './problems.ts';

export interface UninstallPack {
	readonly pack: string;
	/** `state` of the plan that was shown; a plan that has become stale is refused. */
	readonly state?: string;
}

/**
 * Takes a pack back in one transaction: what nobody changed or uses is retired, what it replaced
 * comes back, and the rest stays and is named in the plan that is returned. Schemes, drafts,
 * versions and figures are never touched.
 */
export async function uninstallPack(
	ctx: Context,
	actor: Actor,
	input: UninstallPack
): Promise<UninstallPlan> {
	admitActor(ctx, actor, 'pack.install');
	// Read before the transaction, which waits for nothing but the database.
	const pack = await installedPack(await getInstalled(ctx.db.read, input.pack));
	return ctx.db.write(
		async (tx) => {
			const { installed, plan, present, before } = await prepareUninstall(tx, input.pack);
			if (input.state !== undefined && input.state !== plan.state) {
				throw refuse(packProblems, 'plan_stale', { current: plan });
			}
			const now = momentOf(ctx.clock);
			const writer = new PartWriter(tx, now, actor.userId);
			for (const { kind, id, outcome } of plan.parts) {
				const key = `${kind}:${id}`;
				const here = present.get(key);
				const earlier = before[key];
				if (outcome === 'restored' && earlier) await writer.write(earlier, earlier.content);
				if (outcome === 'retired' && here) {
					await writer.retire({ ...here, ...attributeNameOf(pack, kind, id) }, here.content);
				}
			}
			await tx
				.update(installedPacks)
				.set({ removedAt: now, removedBy: actor.userId })
				.where(eq(installedPacks.id, installed.id));
			await recordEvent(tx, ctx, actor, {
				type: 'pack_uninstalled',
				pack: plan.pack,
				version: plan.version,
				retired: plan.counts.retired + plan.counts.restored,
				kept: plan.counts.changed + plan.counts.used
			});
			return plan;
		},
		{ deadlineMs: PACK_DEADLINE_MS }
	);
}
