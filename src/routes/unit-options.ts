/** The tree of units as a list to choose from. */
import { say, type BothTexts } from '#lib/ui/local-text.ts';

interface UnitNode {
	readonly id: string;
	readonly name: BothTexts;
	readonly depth: number;
}

/** One choice for each unit, in their order; a wide blank for each level shows what lies below what. */
export function unitOptions(units: readonly UnitNode[]): { value: string; label: string }[] {
	return units.map(({ id, name, depth }) => ({
		value: id,
		label: `${'　'.repeat(depth)}${say(name)}`
	}));
}
