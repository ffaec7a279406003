/**
 * Whose data an actor may see. HR and implementers see everybody, heads their unit and those below
 * it, employees themselves. Somebody else's id is answered exactly like an id that does not exist.
 */
import { todayAt, type ClientSettings } from '../settings/client-settings.ts';
import type { Actor, Context } from '../context.ts';
import { hasPermission, type Permission } from '../auth/permissions.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import type { PeopleHistory } from './history.ts';
import type { UnitTree } from './unit-tree.ts';

/** `all`, or the ids of those who may be seen. */
export type PeopleScope = 'all' | ReadonlySet<string>;

export interface ScopePermissions {
	readonly all: Permission;
	readonly ownUnit: Permission;
	readonly self: Permission;
}

/** The three doors to people's data; other rooms name their own. */
export const READ_PEOPLE: ScopePermissions = {
	all: 'people.list',
	ownUnit: 'people.read_own_unit',
	self: 'people.read_self'
};

/** Whose data the actor may see through these permissions; refused when nobody's. */
export function scopeOf(
	actor: Actor,
	people: PeopleHistory,
	tree: UnitTree,
	day: string,
	permissions: ScopePermissions = READ_PEOPLE
): PeopleScope {
	if (hasPermission(actor, permissions.all)) return 'all';
	const ids = new Set<string>();
	if (hasPermission(actor, permissions.ownUnit) && actor.unitId !== null) {
		for (const id of employeesWithin(people, tree, actor.unitId, day)) ids.add(id);
	}
	if (hasPermission(actor, permissions.self) && actor.employeeId !== null)
		ids.add(actor.employeeId);
	if (
		ids.size === 0 &&
		!hasPermission(actor, permissions.ownUnit) &&
		!hasPermission(actor, permissions.self)
	) {
		throw refuse(commonProblems, 'not_allowed', { details: { permission: permissions.all } });
	}
	return ids;
}

/** People whose unit on a day is the given one or below it. */
export function employeesWithin(
	people: PeopleHistory,
	tree: UnitTree,
	unitId: string,
	day: string
): string[] {
	const below = tree.subtree(unitId, day);
	const found: string[] = [];
	for (const person of people.all.values()) {
		const unit = people.valueOn(person.id, 'unit', day);
		if (typeof unit === 'string' && below.has(unit)) found.push(person.id);
	}
	return found;
}

/** True when the scope covers the person. */
export function covers(scope: PeopleScope, employeeId: string): boolean {
	return scope === 'all' || scope.has(employeeId);
}

/** Refuses with 404: “not yours” and “not there” must look the same. */
export function assertCovers(scope: PeopleScope, employeeId: string): void {
	if (!covers(scope, employeeId)) throw refuse(commonProblems, 'not_found');
}

/** Today at the client. */
export function todayOf(
	ctx: Pick<Context, 'clock'>,
	settings: Pick<ClientSettings, 'timeZone'>
): string {
	return todayAt(ctx.clock.now(), settings.timeZone);
}
