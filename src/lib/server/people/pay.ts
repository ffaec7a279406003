/** Who sees base pay and payouts: the one place that decides it. */
import type { Actor } from '../context.ts';
import { hasPermission } from '../auth/permissions.ts';
import type { ClientSettings } from '../settings/client-settings.ts';

/** Attributes of people that are pay. */
export const PAY_ATTRIBUTES: ReadonlySet<string> = new Set(['base_pay']);

/** True when the actor may see the pay of this person (whom they may see at all). */
export function maySeePay(
	actor: Actor,
	settings: Pick<ClientSettings, 'headsSeePay' | 'auditorsSeePay'>,
	employeeId: string
): boolean {
	if (hasPermission(actor, 'pay.read')) return true;
	if (employeeId === actor.employeeId && hasPermission(actor, 'pay.read_self')) return true;
	if (actor.roles.includes('department_head') && settings.headsSeePay) return true;
	return actor.roles.includes('auditor') && settings.auditorsSeePay;
}
