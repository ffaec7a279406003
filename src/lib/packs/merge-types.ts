/** What a three-way merge of a pack says: part by part, and every conflict with its three sides. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { PackPartKind } from './plan-install.ts';

/** `use` is a scheme that the client works with: a draft or published versions of it. */
export type MergedKind = PackPartKind | 'use';

/**
 * `added`: the pack brings it. `merged`: it becomes something else here, without a question.
 * `kept`: only the client changed it, and it stays. `same`: nothing happens. `conflict`: somebody
 * has to choose. `removed`: the pack no longer has it; it goes where nobody changed or uses it.
 */
export const MERGE_OUTCOMES = ['added', 'merged', 'kept', 'same', 'conflict', 'removed'] as const;
export type MergeOutcome = (typeof MERGE_OUTCOMES)[number];

export const PACK_CONFLICT_REASONS = [
	'both_changed',
	'both_added',
	'does_not_fit',
	'removed_here',
	'removed_upstream'
] as const;
export type PackConflictReason = (typeof PACK_CONFLICT_REASONS)[number];

export interface PackConflict {
	/** The key under which a choice is given: `scheme:sales#items.conversion.weight`. */
	readonly id: string;
	readonly reason: PackConflictReason;
	readonly place: LocalText;
	/** The three sides of the place; absent where it does not exist there. */
	readonly base?: Json;
	readonly ours?: Json;
	readonly theirs?: Json;
	/** What the client did, and what the pack did. */
	readonly sentences: { readonly ours: LocalText; readonly theirs: LocalText };
}

/** Which side a conflict goes to: what the client has, or what the pack offers. */
export type ConflictChoice = 'ours' | 'theirs';

export interface MergedPart {
	readonly kind: MergedKind;
	readonly id: string;
	readonly name: LocalText;
	readonly outcome: MergeOutcome;
	readonly changedBy: 'pack' | 'client' | 'both' | null;
	/** What changes here, in words; empty where nothing does. */
	readonly sentences: readonly LocalText[];
	readonly conflicts: readonly PackConflict[];
}
