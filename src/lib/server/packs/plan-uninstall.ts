import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PackPartKind } from '#lib/packs/plan-install.ts';
import type { Actor, Context } from '../context.ts';

export interface PlanUninstall {
	readonly pack: string;
}

/**
 * `retired`: nobody changed or uses it, so it goes. `restored`: what was here before the pack comes
 * back. `changed`: the client made it its own, so it stays. `used`: something else needs it.
 * `gone`: the client removed it already.
 */
export const UNINSTALL_OUTCOMES = ['retired', 'restored', 'changed', 'used', 'gone'] as const;
export type UninstallOutcome = (typeof UNINSTALL_OUTCOMES)[number];

export interface UninstalledPart {
	readonly kind: PackPartKind;
	readonly id: string;
	readonly name: LocalText;
	readonly outcome: UninstallOutcome;
	/** Why it stays, in words: who uses it. Null where it goes. */
	readonly because: LocalText | null;
}

export interface UninstallPlan {
	readonly pack: string;
	readonly name: LocalText;
	readonly version: string;
	readonly parts: readonly UninstalledPart[];
	readonly counts: Readonly<Record<UninstallOutcome, number>>;
	/** What the plan was made for; quoted when it is carried out. */
	readonly state: string;
}

/** What an uninstallation would take away, put back and leave. */
export async function planUninstall(
	ctx: Context,
	actor: Actor,
	input: PlanUninstall
): Promise<UninstallPlan> {
	throw new Error(`Not yet: ${ctx.clientId} ${actor.userId} ${input.pack}`);
}
