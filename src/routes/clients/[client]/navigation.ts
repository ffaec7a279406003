/** Which pages a person is led to, by role. Rights are checked by the use cases, not here. */
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import Database from '@lucide/svelte/icons/database';
import House from '@lucide/svelte/icons/house';
import IdCard from '@lucide/svelte/icons/id-card';
import KeyRound from '@lucide/svelte/icons/key-round';
import ListTree from '@lucide/svelte/icons/list-tree';
import Package from '@lucide/svelte/icons/package';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import Plug from '@lucide/svelte/icons/plug';
import Ruler from '@lucide/svelte/icons/ruler';
import Scale from '@lucide/svelte/icons/scale';
import Settings from '@lucide/svelte/icons/settings';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Stethoscope from '@lucide/svelte/icons/stethoscope';
import Target from '@lucide/svelte/icons/target';
import Users from '@lucide/svelte/icons/users';
import { m } from '#lib/paraglide/messages.js';

/** Roles as they come from the server; kept apart, because pages may not import it. */
export type RoleName =
	| 'administrator'
	| 'hr_designer'
	| 'hr_approver'
	| 'department_head'
	| 'employee'
	| 'implementer'
	| 'auditor';

interface Destination {
	readonly path: string;
	readonly label: () => string;
	readonly mark: typeof House;
	readonly roles: readonly RoleName[];
	/** Among the few at the bottom of a phone. */
	readonly onPhone?: boolean;
	/** Pages of the same section that live elsewhere. */
	readonly also?: readonly string[];
}

const STAFF: readonly RoleName[] = ['hr_designer', 'hr_approver', 'implementer', 'auditor'];

const DESTINATIONS: readonly Destination[] = [
	{
		path: '',
		label: m.nav_home,
		mark: House,
		roles: [...STAFF, 'administrator', 'department_head', 'employee'],
		onPhone: true
	},
	{
		path: '/hand-over',
		label: m.handover_nav,
		mark: ClipboardCheck,
		roles: ['implementer', 'administrator']
	},
	{ path: '/packs', label: m.nav_packs, mark: Package, roles: STAFF },
	{ path: '/imports', label: m.nav_imports, mark: Database, roles: STAFF },
	{
		path: '/people',
		label: m.nav_people,
		also: ['/units', '/attributes'],
		mark: Users,
		roles: [...STAFF, 'administrator', 'department_head']
	},
	{ path: '/metrics', label: m.nav_metrics, mark: Ruler, roles: STAFF },
	{ path: '/records', label: m.records_title, mark: ListTree, roles: STAFF },
	{
		path: '/quality',
		label: m.quality_nav,
		also: ['/facts'],
		mark: Stethoscope,
		roles: [...STAFF, 'department_head']
	},
	{
		path: '/entry',
		label: m.entry_nav,
		mark: PencilLine,
		roles: [...STAFF, 'department_head', 'employee']
	},
	{ path: '/schemes', label: m.nav_schemes, mark: Scale, roles: STAFF, onPhone: true },
	{
		path: '/targets',
		label: m.nav_targets,
		mark: Target,
		roles: ['employee', 'hr_designer', 'hr_approver', 'auditor', 'department_head'],
		onPhone: true
	},
	{
		path: '/scorecards',
		label: m.nav_scorecards,
		mark: IdCard,
		roles: ['hr_designer', 'hr_approver', 'auditor', 'department_head', 'employee', 'implementer'],
		onPhone: true
	},
	{
		path: '/settings',
		label: m.registers_nav_settings,
		also: ['/parameters', '/calendar', '/rates'],
		mark: Settings,
		roles: ['administrator', 'hr_designer', 'hr_approver', 'implementer', 'auditor']
	},
	{ path: '/tokens', label: m.tokens_nav, mark: Plug, roles: ['hr_designer', 'implementer'] },
	{ path: '/accounts', label: m.access_nav, mark: KeyRound, roles: ['administrator'] },
	{ path: '/audit', label: m.nav_audit, mark: ShieldCheck, roles: ['auditor'] }
];

export interface NavigationLink {
	readonly href: string;
	readonly label: string;
	readonly mark: typeof House;
	readonly onPhone: boolean;
	readonly isHome: boolean;
	/** Addresses at which the link is marked as open. */
	readonly places: readonly string[];
}

export function linksFor(clientId: string, roles: readonly string[]): readonly NavigationLink[] {
	return DESTINATIONS.filter((destination) =>
		destination.roles.some((role) => roles.includes(role))
	).map((destination) => ({
		href: `/clients/${clientId}${destination.path}`,
		label: destination.label(),
		mark: destination.mark,
		onPhone: destination.onPhone === true,
		isHome: destination.path === '',
		places: [destination.path, ...(destination.also ?? [])].map(
			(path) => `/clients/${clientId}${path}`
		)
	}));
}

const ROLE_WORDS: Readonly<Record<RoleName, () => string>> = {
	administrator: m.role_administrator,
	hr_designer: m.role_hr_designer,
	hr_approver: m.role_hr_approver,
	department_head: m.role_department_head,
	employee: m.role_employee,
	implementer: m.role_implementer,
	auditor: m.role_auditor
};

export function roleWords(roles: readonly string[]): string {
	return roles
		.map((role) => (role in ROLE_WORDS ? ROLE_WORDS[role as RoleName]() : role))
		.join(' · ');
}
