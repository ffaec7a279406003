/**
 * Who may do what: the table of the design as data. Everything not listed is refused.
 * `*.read_own_unit` is limited to the unit a head leads and those below it, `*.read_self` to the
 * person themselves; the use case applies that limit, this module only opens the door.
 */
import type { Actor } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import type { Role } from './roles.ts';

export const PERMISSIONS = {
	/** Accounts, roles and assignments at this client. */
	'account.manage': ['administrator'],
	'settings.edit': ['implementer', 'administrator'],
	'settings.read': ['implementer', 'administrator', 'hr_designer', 'hr_approver', 'auditor'],

	'pack.read': ['implementer', 'hr_designer', 'auditor'],
	'pack.install': ['implementer'],
	'import.read': ['implementer', 'hr_designer', 'auditor'],
	'import.edit': ['implementer', 'hr_designer'],

	/** Names, ids and units of the client's people. */
	'people.list': ['implementer', 'administrator', 'hr_designer', 'hr_approver', 'auditor'],
	/** Attributes and figures of everybody, without pay. */
	'people.read': ['implementer', 'hr_designer', 'hr_approver', 'auditor'],
	'people.edit': ['implementer', 'hr_designer'],
	'people.read_own_unit': ['department_head'],
	'people.read_self': ['employee'],

	'metric.read': ['implementer', 'hr_designer', 'hr_approver', 'department_head', 'auditor'],
	'metric.edit': ['implementer', 'hr_designer'],

	/** Every fact behind a figure, with its source and its corrections. */
	'fact.read': ['implementer', 'hr_designer', 'hr_approver', 'auditor'],
	'fact.read_own_unit': ['department_head'],
	'fact.read_self': ['employee'],
	/** Saying which of two sources holds. */
	'fact.reconcile': ['implementer', 'hr_designer'],
	/** Saying why a figure is far from its own history. */
	'anomaly.explain': ['hr_designer'],
	'anomaly.explain_own_unit': ['department_head'],
	/** Saying who enters which metric by hand; entering follows from that. */
	'entry.assign': ['implementer', 'hr_designer'],
	'entry.read': ['implementer', 'hr_designer', 'hr_approver', 'auditor'],

	'draft.read': ['implementer', 'hr_designer', 'hr_approver', 'auditor'],
	'draft.edit': ['implementer', 'hr_designer'],
	'draft.submit': ['hr_designer'],
	'draft.decide': ['hr_approver'],
	'override.ask': ['hr_designer'],
	'override.grant': ['hr_approver'],
	'version.read': ['implementer', 'hr_designer', 'hr_approver', 'department_head', 'auditor'],
	'version.publish': ['hr_designer'],
	'replay.run': ['implementer', 'hr_designer'],
	'replay.read': ['implementer', 'hr_designer', 'hr_approver', 'auditor'],
	/** The effects of a replay on the people one leads. */
	'replay.read_own_unit': ['department_head'],

	'target_cycle.manage': ['hr_designer'],
	'target.read': ['hr_designer', 'hr_approver', 'auditor'],
	'target.read_own_unit': ['department_head'],
	'target.read_self': ['employee'],
	'target.propose': ['department_head'],
	/** Agrees proposals inside the cycle's bands. */
	'target.agree_in_band': ['hr_designer', 'hr_approver'],
	/** Agrees or returns any proposal. */
	'target.review': ['hr_approver'],
	'target.confirm': ['employee'],

	'scoring.run': ['hr_designer'],
	'scorecard.read': ['implementer', 'administrator', 'hr_designer', 'hr_approver', 'auditor'],
	'scorecard.read_own_unit': ['department_head'],
	'scorecard.read_self': ['employee'],
	/** Base pay and payouts of everybody. */
	'pay.read': ['hr_designer', 'hr_approver'],
	/** The same, only where a setting of the client says so. */
	'pay.read_if_allowed': ['department_head', 'auditor'],
	'pay.read_self': ['employee'],

	'audit.read': ['auditor'],
	'audit.verify': ['auditor']
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof PERMISSIONS;

/** True when one of the actor's roles holds the permission. */
export function hasPermission(actor: Pick<Actor, 'roles'>, permission: Permission): boolean {
	const holders: readonly Role[] = PERMISSIONS[permission];
	return actor.roles.some((role) => holders.includes(role));
}

/** Refuses with 403 unless the actor holds at least one of the permissions. */
export function requirePermission(
	actor: Pick<Actor, 'roles'>,
	...permissions: readonly [Permission, ...Permission[]]
): void {
	if (permissions.some((permission) => hasPermission(actor, permission))) return;
	throw refuse(commonProblems, 'not_allowed', { details: { permission: permissions[0] } });
}

/**
 * The first line of a use case: the actor belongs to the client the context is of, and may do
 * this. Somebody of another client learns nothing, not even that there is something.
 */
export function admitActor(
	ctx: { readonly clientId: string },
	actor: Actor,
	...permissions: readonly [Permission, ...Permission[]]
): void {
	if (actor.clientId !== ctx.clientId) throw refuse(commonProblems, 'not_found');
	requirePermission(actor, ...permissions);
}
