import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PackField } from '#lib/packs/answers.ts';
import type { MergedPart, MergeOutcome } from '#lib/packs/merge-types.ts';
import type { MissingData } from '#lib/packs/plan-install.ts';
import type { Actor, Context } from '../context.ts';

export interface PlanUpgrade {
	readonly pack: string;
	/** The version offered; the newest at hand unless given. */
	readonly version?: string;
	/** Replays each conflict over the client's history; takes seconds. Yes unless given. */
	readonly effects?: boolean;
	readonly folder?: string;
}

/** How many are scored differently from today with one choice, all other conflicts left as they are. */
export interface ChoiceEffect {
	/** People whose mean score rises, falls, stays. */
	readonly rising: number;
	readonly falling: number;
	readonly same: number;
	readonly gradeUp: number;
	readonly gradeDown: number;
	/** Mean change of a scorecard in points; null where nothing was scored. */
	readonly meanDelta: number | null;
}

export interface ConflictEffect {
	/** Id of the conflict. */
	readonly conflict: string;
	/** Schemes that were replayed. */
	readonly schemes: readonly string[];
	readonly ours: ChoiceEffect;
	readonly theirs: ChoiceEffect;
}

export interface UpgradePlan {
	readonly pack: string;
	readonly name: LocalText;
	readonly from: { readonly version: string; readonly hash: string };
	readonly to: { readonly version: string; readonly hash: string };
	/** The offered files are installed: upgrading changes nothing. */
	readonly isInstalled: boolean;
	readonly parts: readonly MergedPart[];
	readonly counts: Readonly<Record<MergeOutcome, number>>;
	readonly missing: readonly MissingData[];
	/** Questions about what is new in the offered version. */
	readonly form: readonly PackField[];
	/** Of the conflicts, by the time they were replayed; empty without history. */
	readonly effects: readonly ConflictEffect[];
	/** Periods of history that the effects rest on; null without history. */
	readonly range: { readonly from: string; readonly to: string } | null;
	/** What the plan was made for; quoted when it is carried out. */
	readonly state: string;
}

/** What an upgrade would do, before anything is written. */
export async function planUpgrade(
	ctx: Context,
	actor: Actor,
	input: PlanUpgrade
): Promise<UpgradePlan> {
	throw new Error(`Not yet: ${ctx.clientId} ${actor.userId} ${input.pack}`);
}
