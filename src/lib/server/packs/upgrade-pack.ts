import type { PackAnswers } from '#lib/packs/answers.ts';
import type { ConflictChoice } from '#lib/packs/merge-types.ts';
import type { Actor, Context } from '../context.ts';
import type { UpgradePlan } from './plan-upgrade.ts';

export interface UpgradePack {
	readonly pack: string;
	readonly version?: string;
	/** `state` of the plan that was shown; a plan that has become stale is refused. */
	readonly state?: string;
	/** A choice for every conflict, by its id. */
	readonly choices?: Readonly<Record<string, ConflictChoice>>;
	/** Answers for parameters that are new; what was answered before stays. */
	readonly answers?: PackAnswers;
	readonly folder?: string;
}

export interface PackUpgraded {
	readonly plan: Omit<UpgradePlan, 'effects' | 'range'>;
	/** False when exactly this version was installed already, and nothing changed. */
	readonly changed: boolean;
	/** Drafts that were made of schemes in use, waiting for somebody to replay and submit them. */
	readonly drafts: readonly { readonly id: string; readonly schemeId: string }[];
}

/** Carries an upgrade out, in one transaction. */
export async function upgradePack(
	ctx: Context,
	actor: Actor,
	input: UpgradePack
): Promise<PackUpgraded> {
	throw new Error(`Not yet: ${ctx.clientId} ${actor.userId} ${input.pack}`);
}
