/** How the weights of a draft are balanced, remembered on this device: a way of working, not content. */
import type { BalanceMode } from '../weights/weight-edits.ts';

const MODES: readonly BalanceMode[] = ['automatic', 'manual', 'proportional'];

const keyOf = (draftId: string) => `balance:${draftId}`;

export function keepBalance(draftId: string, mode: BalanceMode): void {
	try {
		// What nothing is kept for is automatic, so that old drafts leave nothing behind.
		if (mode === 'automatic') localStorage.removeItem(keyOf(draftId));
		else localStorage.setItem(keyOf(draftId), mode);
	} catch {
		// Storage may be forbidden; then the choice lasts as long as the page.
	}
}

export function findBalance(draftId: string): BalanceMode {
	try {
		const kept = localStorage.getItem(keyOf(draftId));
		return MODES.find((mode) => mode === kept) ?? 'automatic';
	} catch {
		return 'automatic';
	}
}
