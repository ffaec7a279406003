import type { PeriodRange } from '#lib/contract/base.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PackAnswers } from '#lib/packs/answers.ts';
import type { Actor, Context } from '../context.ts';

export interface TrialReplay {
	readonly pack: string;
	readonly version?: string;
	/** The scheme of the pack. */
	readonly scheme: string;
	readonly answers?: PackAnswers;
	/** The last year of figures unless given. */
	readonly range?: PeriodRange;
	readonly folder?: string;
}

export interface TrialReplayed {
	readonly scheme: { readonly id: string; readonly name: LocalText };
	/** The version in force that it was compared with; null where the client has none of this scheme. */
	readonly baseline: { readonly number: number } | null;
	readonly range: PeriodRange;
	/** One sentence that says what the replay found. */
	readonly verdict: LocalText;
	/** As of any replay; without pay for those who may not see it. */
	readonly report: ReplayReport;
}

/** Replays a scheme of a pack over the client's history before anything is installed. */
export async function trialReplay(
	ctx: Context,
	actor: Actor,
	input: TrialReplay
): Promise<TrialReplayed> {
	throw new Error(`Not yet: ${ctx.clientId} ${actor.userId} ${input.pack}`);
}
