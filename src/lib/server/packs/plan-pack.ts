import type { PackAnswers } from '#lib/packs/answers.ts';
import { planInstall, type InstallPlan } from '#lib/packs/plan-install.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { clientPackState } from './client-pack-state.ts';
import { answeredPack } from './install-pack.ts';
import { offeredPack } from './offered-packs.ts';

export interface PlanPack {
	readonly pack: string;
	/** The newest at hand unless given. */
	readonly version?: string;
	/** Answers to the questions of the pack; they change what its schemes are compared with. */
	readonly answers?: PackAnswers;
	readonly folder?: string;
}

/** What installing a pack would add, find the same, find different, ask, and which data is missing. */
export async function planPack(ctx: Context, actor: Actor, input: PlanPack): Promise<InstallPlan> {
	admitActor(ctx, actor, 'pack.read');
	const { pack } = await offeredPack(ctx.db.read, input);
	const answered = await answeredPack(ctx.db.read, pack, input.answers ?? {});
	return planInstall(answered, await clientPackState(ctx.db.read, answered));
}
