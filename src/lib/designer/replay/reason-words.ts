import { m } from '#lib/paraglide/messages.js';

const WORDS: Readonly<Record<string, () => string>> = {
	missing_metric: m.replays_reason_missing_metric,
	missing_target: m.replays_reason_missing_target,
	missing_score: m.replays_reason_missing_score,
	item_missing: m.replays_reason_missing_score,
	divided_by_zero: m.replays_reason_divided_by_zero,
	weights_not_100: m.replays_reason_weights_not_100,
	bad_weight: m.replays_reason_bad_weight,
	not_employed: m.replays_reason_not_employed,
	uncovered: m.replays_reason_uncovered,
	no_item_left: m.replays_reason_no_item_left
};

/** Why something has no score, in words; the code itself where there is no word for it. */
export function reasonWord(code: string): string {
	return WORDS[code]?.() ?? code.replaceAll('_', ' ');
}
