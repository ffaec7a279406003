import { planInstall, type InstallPlan } from '#lib/packs/plan-install.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { clientPackState } from './client-pack-state.ts';
import { loadPack } from './shipped-packs.ts';

export interface PlanPack {
	readonly pack: string;
	readonly folder?: string;
}

/** What installing a pack would add, find the same, find different, and which data is missing. */
export async function planPack(ctx: Context, actor: Actor, input: PlanPack): Promise<InstallPlan> {
	admitActor(ctx, actor, 'pack.read');
	const { pack } = await loadPack(input.pack, input.folder);
	return planInstall(pack, await clientPackState(ctx.db.read, pack));
}
