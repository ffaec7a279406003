// The table of the design, once more and by hand: a change of rights must be made in both places.
import { expect, test } from 'vitest';
import {
	admitActor,
	hasPermission,
	PERMISSIONS,
	requirePermission,
	type Permission
} from '#lib/server/auth/permissions.ts';
import { ROLES, type Role } from '#lib/server/auth/roles.ts';
import { actorWith } from '../support/studio.ts';

/** I implementer, A administrator, D designer, P approver, H head, E employee, U auditor. */
const LETTERS: Readonly<Record<Role, string>> = {
	implementer: 'I',
	administrator: 'A',
	hr_designer: 'D',
	hr_approver: 'P',
	department_head: 'H',
	employee: 'E',
	auditor: 'U'
};

const TABLE: Readonly<Record<Permission, string>> = {
	'account.manage': 'A',
	'settings.edit': 'IA',
	'settings.read': 'IADPU',
	'pack.read': 'IDU',
	'pack.install': 'I',
	'import.read': 'IDU',
	'import.edit': 'ID',
	'people.list': 'IADPU',
	'people.read': 'IDPU',
	'people.edit': 'ID',
	'people.read_own_unit': 'H',
	'people.read_self': 'E',
	'metric.read': 'IDPHU',
	'metric.edit': 'ID',
	'fact.read': 'IDPU',
	'fact.read_own_unit': 'H',
	'fact.read_self': 'E',
	'fact.reconcile': 'ID',
	'anomaly.explain': 'D',
	'anomaly.explain_own_unit': 'H',
	'entry.assign': 'ID',
	'entry.read': 'IDPU',
	'draft.read': 'IDPU',
	'draft.edit': 'ID',
	'draft.submit': 'D',
	'draft.decide': 'P',
	'override.ask': 'D',
	'override.grant': 'P',
	'version.read': 'IDPHU',
	'version.publish': 'D',
	'replay.run': 'ID',
	'replay.read': 'IDPU',
	'replay.read_own_unit': 'H',
	'target_cycle.manage': 'D',
	'target.read': 'DPU',
	'target.read_own_unit': 'H',
	'target.read_self': 'E',
	'target.propose': 'H',
	'target.agree_in_band': 'DP',
	'target.review': 'P',
	'target.confirm': 'E',
	'scoring.run': 'D',
	'scorecard.read': 'IADPU',
	'scorecard.read_own_unit': 'H',
	'scorecard.read_self': 'E',
	'pay.read': 'DP',
	'pay.read_if_allowed': 'HU',
	'pay.read_self': 'E',
	'audit.read': 'U',
	'audit.verify': 'U'
};

const permissions = Object.keys(PERMISSIONS) as Permission[];
const matrix = permissions.flatMap((permission) =>
	ROLES.map((role) => ({ permission, role, may: TABLE[permission].includes(LETTERS[role]) }))
);

test('the table names every permission', () => {
	expect(Object.keys(TABLE).sort()).toEqual([...permissions].sort());
});

test.each(matrix)('$role · $permission: $may', ({ permission, role, may }) => {
	const actor = actorWith(role);
	expect(hasPermission(actor, permission)).toBe(may);
	if (may) requirePermission(actor, permission);
	else expect(() => requirePermission(actor, permission)).toThrow('does not allow');
});

test('nobody without a role may do anything', () => {
	const nobody = actorWith([]);
	expect(permissions.filter((permission) => hasPermission(nobody, permission))).toEqual([]);
});

test('auditors change nothing', () => {
	const changing =
		/\.(edit|manage|install|submit|decide|ask|grant|publish|run|propose|review|reconcile|explain|assign)/;
	const held = permissions.filter((permission) => hasPermission(actorWith('auditor'), permission));
	expect(held.filter((permission) => changing.test(permission))).toEqual([]);
});

test('no single role both submits and decides', () => {
	for (const role of ROLES) {
		const actor = actorWith(role);
		const both = hasPermission(actor, 'draft.submit') && hasPermission(actor, 'draft.decide');
		expect(both, role).toBe(false);
	}
});

test('an actor of another client is told “not found”, whatever their roles', () => {
	const stranger = actorWith([...ROLES], { clientId: 'rival' });
	expect(() => admitActor({ clientId: 'acme' }, stranger, 'draft.read')).toThrow('not found');
});
