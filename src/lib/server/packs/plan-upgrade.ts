import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PackAnswers, PackField } from '#lib/packs/answers.ts';
import { mergePacks, type PackMerge } from '#lib/packs/merge-packs.ts';
import { MERGE_OUTCOMES, type MergedPart, type MergeOutcome } from '#lib/packs/merge-types.ts';
import { packNeeds } from '#lib/packs/needs.ts';
import { packForm } from '#lib/packs/pack-form.ts';
import type { MissingData } from '#lib/packs/plan-install.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import type { Queries } from '../db/database.ts';
import { clientData } from './client-pack-state.ts';
import { conflictEffects } from './conflict-effects.ts';
import { offeredPack } from './offered-packs.ts';
import { prepareUpgrade, type PreparedUpgrade } from './prepare-upgrade.ts';

export interface PlanUpgrade {
	readonly pack: string;
	/** The version offered; the newest at hand unless given. */
	readonly version?: string;
	/** Answers for what is new; what was answered before stays. */
	readonly answers?: PackAnswers;
	/** Replays each conflict over the client's history; takes seconds. Yes unless given. */
	readonly effects?: boolean;
	readonly folder?: string;
}

/** How people are scored with one choice against today; all other conflicts stay the client's. */
export interface ChoiceEffect {
	/** People whose mean score rises, falls, stays. */
	readonly rising: number;
	readonly falling: number;
	readonly same: number;
	/** Scorecards with a better and with a worse grade. */
	readonly gradeUp: number;
	readonly gradeDown: number;
	/** Mean change of a scorecard in points; null where nothing was scored by both. */
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
	/** Of the conflicts that change scores; empty without history, or where they were not asked for. */
	readonly effects: readonly ConflictEffect[];
	/** Periods of history that the effects rest on; null without them. */
	readonly range: { readonly from: string; readonly to: string } | null;
	/** What the plan was made for; quoted when it is carried out. */
	readonly state: string;
}

/**
 * What an upgrade would do, before anything is written: every part with what becomes of it, every
 * conflict with both sentences, and what each choice would do to the scores of the client's history.
 */
export async function planUpgrade(
	ctx: Context,
	actor: Actor,
	input: PlanUpgrade
): Promise<UpgradePlan> {
	admitActor(ctx, actor, 'pack.read');
	const offered = await offeredPack(ctx.db.read, input);
	const prepared = await prepareUpgrade(ctx.db.read, offered, input.answers);
	const merge = mergePacks(prepared.merge);
	const plan = await describeUpgrade(ctx.db.read, prepared, merge);
	if (input.effects === false || plan.counts.conflict === 0) return plan;
	return { ...plan, ...(await conflictEffects(ctx, prepared, merge)) };
}

/** The plan without the replays. */
export async function describeUpgrade(
	queries: Queries,
	{ installed, pack, merge: { base }, state }: PreparedUpgrade,
	{ parts }: PackMerge
): Promise<UpgradePlan> {
	const asked = new Set(packForm(base).map(({ id }) => id));
	const needs = packNeeds(pack, await clientData(queries));
	return {
		pack: pack.manifest.id,
		name: pack.manifest.name,
		from: { version: installed.version, hash: installed.hash },
		to: { version: pack.manifest.version, hash: pack.hash },
		isInstalled: installed.hash === pack.hash,
		parts,
		counts: countOutcomes(parts),
		missing: needs
			.filter(({ have, schemes }) => have === null && schemes.length > 0)
			.map(({ path, name, schemes }) => ({ path, name, schemes })),
		form: packForm(pack).filter(({ id }) => !asked.has(id)),
		effects: [],
		range: null,
		state
	};
}

function countOutcomes(parts: readonly MergedPart[]): Record<MergeOutcome, number> {
	const counts = Object.fromEntries(MERGE_OUTCOMES.map((outcome) => [outcome, 0])) as Record<
		MergeOutcome,
		number
	>;
	for (const { outcome } of parts) counts[outcome] += 1;
	return counts;
}
