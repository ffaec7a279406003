/** The scorecard of one subject in one period: the result of a scheme, and why. */
import type { Value } from '../logic/rule.ts';

export const SCORECARD_STATUSES = ['scored', 'incomplete', 'uncovered', 'error'] as const;
export type ScorecardStatus = (typeof SCORECARD_STATUSES)[number];

/** Why a scorecard has no score: a code and the item or node (JSON Pointer) it is about. */
export interface ScoreReason {
	readonly code: string;
	readonly item?: string;
	readonly at?: string;
}

export interface ScorecardItem {
	readonly id: string;
	readonly actual: number | null;
	readonly target: number | null;
	readonly attainment: number | null;
	/** As evaluated, before any scaling; null where it could not be. */
	readonly weight: number | null;
	readonly score: number | null;
	/** Share of the base; null unless scored, excluded or of weight 0. */
	readonly points: number | null;
	/** The score came from the item's `missing` policy. */
	readonly imputed?: boolean;
	/** The item was missing and its \`missing\` policy left it out. */
	readonly excluded?: boolean;
}

export interface Scorecard {
	readonly status: ScorecardStatus;
	readonly reasons: readonly ScoreReason[];
	readonly items: readonly ScorecardItem[];
	readonly base: number | null;
	/** Adjustments whose condition held, with their points (null counted as 0). */
	readonly adjustments: readonly { readonly id: string; readonly points: number | null }[];
	/** Gates whose condition held, in order. */
	readonly gates: readonly string[];
	/** Rounded to `total.decimals`. */
	readonly score: number | null;
	readonly grade: string | null;
	readonly payout: number | null;
	/** Ids of the insights whose condition held. */
	readonly insights: readonly string[];
	/** The weights were scaled to 100, which only a preview does. */
	readonly scaled?: boolean;
	readonly variables?: ReadonlyMap<string, Value>;
}
