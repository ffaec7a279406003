import type { TotalsAttribution } from '#lib/engine/compare/attribute-schemes.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { runThread } from '../jobs/run-thread.ts';
import { readDraft } from '../schemes/read.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import attributionThread from './attribution.thread.ts?thread';
import type { AttributionWork } from './attribution.thread.ts';
import { readReplay, replayedDocument } from './get-replay.ts';
import { replayProblems } from './problems.ts';
import { readSides } from './sides.ts';

/** How much of the change of a total is one edit's doing. */
export interface TotalShare {
	readonly edit: string;
	readonly sentence: LocalText;
	/** Points over all people and periods. */
	readonly points: number;
	/** In the currency; null where nothing is paid or the reader may not see pay. */
	readonly payout: number | null;
}

/** A change, and the standard error of its shares; 0 where every coalition was looked at. */
export interface TotalChange {
	readonly change: number;
	readonly error: number;
}

export interface ReplayTotals {
	readonly method: 'exact' | 'sampled';
	readonly permutations: number;
	/** Rows that both sides scored. */
	readonly compared: number;
	readonly currency: string | null;
	readonly score: TotalChange;
	readonly payout: TotalChange | null;
	readonly shares: readonly TotalShare[];
}

/**
 * Splits the change of all scores, and of all payouts, over the edits of a replay. Made on demand:
 * it scores the history once for every coalition of edits, on the data as it was known then.
 */
export async function attributeReplay(
	ctx: Context,
	actor: Actor,
	input: { readonly replayId: string }
): Promise<ReplayTotals> {
	admitActor(ctx, actor, 'replay.read');
	const row = await readReplay(ctx, input.replayId);
	if (row.status !== 'done') throw refuse(replayProblems, 'replay_not_done');
	const draft = await readDraft(ctx.db.read, row.draftId);
	const document = await replayedDocument(ctx, row);
	const sides = await readSides(ctx.db.read, draft.schemeId, document, row.baselineVersion);
	const { baseline } = sides;
	if (!baseline) throw refuse(replayProblems, 'replay_alone');
	const taken = await takeSnapshot(ctx, {
		range: { from: row.periodFrom, to: row.periodTo },
		length: sides.draft.period,
		paths: sides.paths,
		knownAt: row.knownAt
	});
	const totals = await kept(`${ctx.dataDir} ${row.id} ${taken.hash}`, () =>
		runThread<AttributionWork, TotalsAttribution>(attributionThread, {
			snapshot: taken.snapshot,
			paths: sides.paths,
			draft: sides.draft,
			baseline: baseline.document,
			words: { metrics: sides.metrics, dictionary: sides.dictionary }
		})
	);
	const { auditorsSeePay } = await readSettings(ctx.db.read);
	const seesPay =
		hasPermission(actor, 'pay.read') || (auditorsSeePay && actor.roles.includes('auditor'));
	const currency = sides.draft.payout?.currency ?? baseline.document.payout?.currency ?? null;
	return inPoints(totals, seesPay ? currency : null);
}

/** Whole units as points and amounts, the edits that did most first. */
function inPoints(totals: TotalsAttribution, currency: string | null): ReplayTotals {
	const { method, permutations, compared, groups, scale, moneyScale, errors } = totals;
	const [scores = [], payouts = []] = totals.rows;
	const units = (shares: typeof scores, edit: string): number =>
		shares.find((share) => share.edit === edit)?.units ?? 0;
	const sum = (shares: typeof scores): number =>
		shares.reduce((total, share) => total + share.units, 0);
	const shares = groups.map(({ id, sentence }) => ({
		edit: id,
		sentence,
		points: units(scores, id) / scale,
		payout: currency === null ? null : units(payouts, id) / moneyScale
	}));
	return {
		method,
		permutations,
		compared,
		currency,
		score: { change: sum(scores) / scale, error: (errors[0] ?? 0) / scale },
		payout:
			currency === null
				? null
				: { change: sum(payouts) / moneyScale, error: (errors[1] ?? 0) / moneyScale },
		shares: shares.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
	};
}

/** Answers by replay, the last used ones: looking at a page again costs nothing. */
const answers = new Map<string, Promise<TotalsAttribution>>();
const MOST_ANSWERS = 32;

function kept(key: string, make: () => Promise<TotalsAttribution>): Promise<TotalsAttribution> {
	const known = answers.get(key) ?? make();
	answers.delete(key);
	answers.set(key, known);
	known.catch(() => answers.delete(key));
	for (const [oldest] of answers) {
		if (answers.size <= MOST_ANSWERS) break;
		answers.delete(oldest);
	}
	return known;
}
