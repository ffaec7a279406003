import type { Actor, Context } from '../context.ts';
import { hasPermission, admitActor } from '../auth/permissions.ts';
import type { Unit } from './unit-tree.ts';
import { loadUnits } from './unit-tree.ts';

export interface UnitNode extends Unit {
	/** 0 for a root. */
	readonly depth: number;
}

/** The tree of units in the order in which a list shows it; a head sees their own and those below. */
export async function getUnits(ctx: Context, actor: Actor): Promise<readonly UnitNode[]> {
	admitActor(ctx, actor, 'people.list', 'people.read_own_unit');
	const tree = await loadUnits(ctx.db.read);
	const own = hasPermission(actor, 'people.list')
		? null
		: actor.unitId === null
			? new Set<string>()
			: tree.subtree(actor.unitId);
	const children = new Map<string | null, Unit[]>();
	for (const unit of tree.all.values()) {
		const parent = unit.parentId !== null && tree.all.has(unit.parentId) ? unit.parentId : null;
		children.set(parent, [...(children.get(parent) ?? []), unit]);
	}
	const nodes: UnitNode[] = [];
	const walk = (parent: string | null, depth: number): void => {
		for (const unit of (children.get(parent) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1))) {
			const isShown = own === null || own.has(unit.id);
			if (isShown) nodes.push({ ...unit, depth });
			walk(unit.id, isShown ? depth + 1 : depth);
		}
	};
	walk(null, 0);
	return nodes;
}
