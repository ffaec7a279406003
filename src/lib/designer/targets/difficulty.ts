import { m } from '#lib/paraglide/messages.js';

export interface Difficulty {
	readonly word: string;
	/** Out of the usual: a reason is asked for, never demanded. */
	readonly wantsReason: boolean;
}

/** How hard a value is, by the share of past periods that reached it. */
export function difficultyOf(
	history: readonly number[],
	value: number,
	better: 'higher' | 'lower'
): (Difficulty & { share: number }) | null {
	if (history.length === 0) return null;
	const reached = history.filter((past) => (better === 'higher' ? past >= value : past <= value));
	const share = reached.length / history.length;
	if (share > 0.6) return { share, word: m.targets_difficulty_low(), wantsReason: true };
	if (share > 0.3) return { share, word: m.targets_difficulty_fair(), wantsReason: false };
	if (share >= 0.05) return { share, word: m.targets_difficulty_hard(), wantsReason: false };
	return { share, word: m.targets_difficulty_extreme(), wantsReason: true };
}
