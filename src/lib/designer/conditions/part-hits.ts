/** Counts of the parts of a condition, as views ask for them. */
import type { ConditionPart } from './condition-tree.ts';
import type { Hits } from './hits.svelte.ts';

export interface PartHits {
	readonly hits: Hits | null;
	readonly problem: string | null;
}

export type HitsOf = (part: ConditionPart) => PartHits;
