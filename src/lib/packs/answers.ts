/**
 * What is asked when a pack is installed, and what the answers change: the currency of payouts, the
 * scoring period, the lines between grades, and the values of the pack's parameters.
 */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PeriodLength } from '#lib/engine/scheme/document.ts';

/**
 * The value of a parameter: one figure for everybody, or beside it figures for units and those
 * below them, and a figure for each month of a year (January first) where the business has seasons.
 */
export interface ParamAnswer {
	readonly value?: number;
	readonly units?: Readonly<Record<string, number>>;
	readonly months?: readonly number[];
}

export interface PackAnswers {
	/** Currency of every payout, such as `CNY`. */
	readonly currency?: string;
	/** Scoring period of every scheme. */
	readonly period?: PeriodLength;
	/** Lowest score of each grade, by id of the grade, in every scheme that has it. */
	readonly grades?: Readonly<Record<string, number>>;
	readonly params?: Readonly<Record<string, number | ParamAnswer>>;
}

/** One question of the form. Its `id` is the name under which the answer is given. */
export interface PackField {
	/** `currency`, `period`, `grades.<id>` or `params.<id>`. */
	readonly id: string;
	readonly kind: 'currency' | 'period' | 'grade' | 'param';
	readonly name: LocalText;
	readonly note: LocalText | null;
	/** Unit of a figure; null for a choice. */
	readonly unit: string | null;
	/** What holds without an answer; twelve figures for a parameter with seasons. */
	readonly default: string | number | readonly number[] | null;
	readonly min: number | null;
	readonly max: number | null;
	/** The words to choose from; empty where anything that fits is taken. */
	readonly choices: readonly string[];
	/** A unit and those below it may have a figure of their own. */
	readonly perUnit: boolean;
	/** Schemes that the answer changes. */
	readonly schemes: readonly string[];
}
