import type { Actor, Context } from '../context.ts';
import type { UninstallPlan } from './plan-uninstall.ts';

export interface UninstallPack {
	readonly pack: string;
	/** `state` of the plan that was shown; a plan that has become stale is refused. */
	readonly state?: string;
}

/** Carries an uninstallation out, in one transaction. */
export async function uninstallPack(
	ctx: Context,
	actor: Actor,
	input: UninstallPack
): Promise<UninstallPlan> {
	throw new Error(`Not yet: ${ctx.clientId} ${actor.userId} ${input.pack}`);
}
