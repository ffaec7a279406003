import type { SuppliedNeed } from '../analyse/supply.ts';
import type { AnalysedDiagnostic } from '../analyse/waivers.ts';

/**
 * The report of a replay: one object, the same on the page, on the command line and in the API,
 * hence in `snake_case`. `summary` counts rows (subject and period) that both sides scored.
 */
export interface ReplayReport {
	readonly draft: { readonly id: string; readonly hash: string };
	readonly baseline: { readonly id: string; readonly hash: string } | null;
	readonly dataset: {
		readonly hash: string;
		readonly rows: number;
		readonly subjects: number;
		readonly periods: readonly string[];
	};
	readonly engine: { readonly version: string; readonly backend: string };
	readonly coverage: ReplayCoverage;
	readonly summary: ReplaySummary;
	readonly grades: {
		/** Grades of the draft, then those only the baseline has. */
		readonly order: readonly string[];
		/** Rows before, columns after, a last row and column for “no grade”. */
		readonly migration: readonly (readonly number[])[];
	};
	readonly distribution: {
		readonly edges: readonly number[];
		readonly before: readonly number[];
		readonly after: readonly number[];
	};
	readonly groups: readonly ReplayGroup[];
	/** The 50 largest changes, ties by employee, then period. */
	readonly movers: readonly ReplayMover[];
	readonly checks: readonly ReplayCheck[];
	readonly reference_check: {
		readonly engine: 'json-logic-js';
		readonly sampled: number;
		readonly mismatches: number;
	};
	/** The groups of edits that `because` names, in words. */
	readonly edits: readonly ReplayEdit[];
	/** Where rises and falls concentrate, largest lift first. */
	readonly segments: readonly ReplaySegment[];
	/** How `because` was found; the error is the largest standard error of a share, in points. */
	readonly attribution: {
		readonly method: 'exact' | 'sampled';
		readonly permutations: number;
		readonly error: number;
	} | null;
	/** Currency of the payouts; null where neither side pays. */
	readonly currency: string | null;
	/** What the checker says of the draft with this history; absent where it was not asked. */
	readonly findings?: readonly AnalysedDiagnostic[];
	/** What the draft needs of the data, and how far this history has it. */
	readonly data_needs?: readonly SuppliedNeed[];
}

export interface ReplayEdit {
	readonly edit: string;
	readonly sentence: { readonly 'zh-CN': string; readonly en: string };
}

export interface ReplaySegment {
	readonly by: string;
	readonly value: string;
	readonly direction: 'up' | 'down';
	readonly rows: number;
	readonly affected: number;
	/** Share of all that moved in the direction. */
	readonly share: number;
	/** How much larger that is than the segment's share of all rows. */
	readonly lift: number;
}

export interface ReplayCoverage {
	readonly rows: number;
	readonly scored: number;
	/** People with a score in at least one period. */
	readonly scored_subjects: number;
	readonly not_scored: {
		readonly incomplete: number;
		readonly uncovered: number;
		readonly error: number;
	};
	readonly reasons: readonly {
		readonly code: string;
		readonly item: string | null;
		readonly rows: number;
	}[];
}

export interface ReplaySummary {
	readonly up: number;
	readonly down: number;
	readonly same: number;
	readonly newly_scored: number;
	readonly no_longer_scored: number;
	readonly mean_before: number | null;
	readonly mean_after: number | null;
	readonly mean_delta: number | null;
	readonly largest_rise: number | null;
	readonly largest_fall: number | null;
	readonly grade_up: number;
	readonly grade_down: number;
	readonly payout_before: number | null;
	readonly payout_after: number | null;
	readonly payout_delta: number | null;
}

export interface ReplayGroup {
	readonly by: string;
	readonly value: string;
	readonly rows: number;
	readonly mean_delta: number | null;
	readonly up: number;
	readonly down: number;
}

export interface ReplayMover {
	readonly employee: string;
	readonly period: string;
	readonly before: number | null;
	readonly after: number | null;
	readonly delta: number | null;
	readonly grade_before: string | null;
	readonly grade_after: string | null;
	/** Adds up exactly to `delta`; absent where only one side scored. */
	readonly because?: readonly { readonly edit: string; readonly points: number }[];
}

export interface ReplayCheck {
	readonly code: string;
	readonly status: 'pass' | 'warn' | 'fail' | 'skip';
	readonly message: { readonly 'zh-CN': string; readonly en: string };
}
