import { m } from '#lib/paraglide/messages.js';
import type { Counting, CurveEnd, ScoreKind } from './score-form.ts';

const KIND_WORDS: Record<ScoreKind, () => string> = {
	proportional: m.schemes_kind_proportional,
	piecewise: m.schemes_kind_piecewise,
	lower: m.curves_kind_lower,
	range: m.curves_kind_range,
	steps: m.schemes_kind_steps,
	base_step: m.schemes_kind_base_step,
	deduction: m.curves_kind_deduction,
	pass_fail: m.schemes_kind_pass_fail,
	fixed: m.schemes_kind_fixed,
	advanced: m.schemes_kind_advanced
};

/** How people call a kind of scoring. */
export function kindWord(kind: ScoreKind): string {
	return KIND_WORDS[kind]();
}

const END_WORDS: Record<CurveEnd, () => string> = {
	flat: m.schemes_end_flat,
	extend: m.schemes_end_extend,
	zero: m.curves_end_zero,
	undefined: m.curves_end_undefined
};

export function endWord(end: CurveEnd): string {
	return END_WORDS[end]();
}

const COUNTING_WORDS: Record<Counting, () => string> = {
	whole: m.curves_counting_whole,
	started: m.curves_counting_started,
	pro_rata: m.curves_counting_pro_rata
};

export function countingWord(counting: Counting): string {
	return COUNTING_WORDS[counting]();
}
