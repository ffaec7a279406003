/**
 * The scorecards of a whole table as columns: what every engine that scores a table gives, the
 * interpreter and the compiled kernels alike, so that one can be compared with the other bit by bit.
 *
 * Missing numbers are NaN. `reason` is an index into `reasonSets`, whose entry 0 is empty: a row
 * that is scored has no reason, a row that is not may have several, and equal sets are shared.
 */
import { SCORECARD_STATUSES, type ScoreReason, type ScorecardStatus } from './scorecard.ts';

/** One item over all rows. */
export interface ItemColumns {
	readonly id: string;
	/** As evaluated, before any scaling. */
	readonly weight: Float64Array;
	/** Filled wherever it is known, also in rows that are not scored. */
	readonly score: Float64Array;
	/** Share of the base; only in scored rows. */
	readonly points: Float64Array;
}

export interface ScoreColumns {
	readonly rows: number;
	/** Index into `SCORECARD_STATUSES`. */
	readonly status: Uint8Array;
	/** Index into `reasonSets`; 0 is “no reason”. */
	readonly reason: Int32Array;
	readonly reasonSets: readonly (readonly ScoreReason[])[];
	readonly base: Float64Array;
	/** Rounded to the scheme's decimals. */
	readonly score: Float64Array;
	/** Index into the scheme's grades; -1 is no grade. */
	readonly grade: Int16Array;
	readonly payout: Float64Array;
	/** 1 where a preview scaled the weights to 100. */
	readonly scaled: Uint8Array;
	readonly items: readonly ItemColumns[];
}

/** Codes of `ScoreColumns.status`, in the order of `SCORECARD_STATUSES`. */
export const STATUS = {
	scored: 0,
	incomplete: 1,
	uncovered: 2,
	error: 3
} as const satisfies Record<ScorecardStatus, number>;

/** The word for a status code. */
export function statusOf(code: number): ScorecardStatus {
	return SCORECARD_STATUSES[code] ?? 'error';
}

/** Allocates columns for `rows` rows of a scheme with these items: nothing scored yet. */
export function createScoreColumns(rows: number, itemIds: readonly string[]): ScoreColumns {
	const missing = (): Float64Array => new Float64Array(rows).fill(NaN);
	return {
		rows,
		status: new Uint8Array(rows),
		reason: new Int32Array(rows),
		reasonSets: [[]],
		base: missing(),
		score: missing(),
		grade: new Int16Array(rows).fill(-1),
		payout: missing(),
		scaled: new Uint8Array(rows),
		items: itemIds.map((id) => ({ id, weight: missing(), score: missing(), points: missing() }))
	};
}

/** Shares equal sets of reasons, so that a million incomplete rows hold a handful of lists. */
export class ReasonSets {
	readonly sets: (readonly ScoreReason[])[] = [[]];
	readonly #codes = new Map<string, number>([['', 0]]);

	/** The index of a set; the empty set is 0. */
	codeOf(reasons: readonly ScoreReason[]): number {
		if (reasons.length === 0) return 0;
		const key = reasons
			.map((reason) => `${reason.code}\t${reason.item ?? ''}\t${reason.at ?? ''}`)
			.join('\n');
		const known = this.#codes.get(key);
		if (known !== undefined) return known;
		const code = this.sets.length;
		this.sets.push(reasons);
		this.#codes.set(key, code);
		return code;
	}
}
