/** Who takes part in a round of targets, and whom of them an actor may see. */
import type { Actor, Context } from '../context.ts';
import { loadPeople, type PeopleHistory } from '../people/history.ts';
import { covers, scopeOf, todayOf, type ScopePermissions } from '../people/scope.ts';
import { loadUnits, type UnitTree } from '../people/unit-tree.ts';
import { readSettings, type ClientSettings } from '../settings/client-settings.ts';

/** The doors to targets. */
export const READ_TARGETS: ScopePermissions = {
	all: 'target.read',
	ownUnit: 'target.read_own_unit',
	self: 'target.read_self'
};

export interface CrewMember {
	readonly id: string;
	readonly name: string;
	readonly unitId: string | null;
	readonly position: string | null;
}

export interface TargetCrew {
	readonly members: readonly CrewMember[];
	readonly tree: UnitTree;
	readonly people: PeopleHistory;
	readonly settings: ClientSettings;
	readonly today: string;
}

/** People employed today whom the actor may see, of one unit and those below it if given. */
export async function targetCrew(ctx: Context, actor: Actor, unitId?: string): Promise<TargetCrew> {
	const settings = await readSettings(ctx.db.read);
	const today = todayOf(ctx, settings);
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	const scope = scopeOf(actor, people, tree, today, READ_TARGETS);
	const below = unitId === undefined ? null : tree.subtree(unitId, today);
	const members: CrewMember[] = [];
	for (const person of people.all.values()) {
		if (!covers(scope, person.id) || people.lastEmployedDay(person.id, today, today) === null)
			continue;
		const unit = people.valueOn(person.id, 'unit', today);
		const ownUnit = typeof unit === 'string' ? unit : null;
		if (below && !(ownUnit !== null && below.has(ownUnit))) continue;
		const position = people.valueOn(person.id, 'position', today);
		members.push({
			id: person.id,
			name: person.name,
			unitId: ownUnit,
			position: typeof position === 'string' ? position : null
		});
	}
	members.sort((a, b) => (a.id < b.id ? -1 : 1));
	return { members, tree, people, settings, today };
}
