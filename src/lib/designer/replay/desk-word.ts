/** Who enters a figure, as people say it: packs name desks by short codes. */
import { m } from '#lib/paraglide/messages.js';

const DESKS: Readonly<Record<string, () => string>> = {
	system: m.packs_desk_system,
	operations: m.packs_desk_operations,
	hr: m.packs_desk_hr,
	finance: m.packs_desk_finance,
	compliance: m.packs_desk_compliance,
	sales_support: m.packs_desk_sales_support,
	quality: m.packs_desk_quality,
	safety: m.packs_desk_safety,
	customs: m.packs_desk_customs,
	planning: m.packs_desk_planning,
	security: m.packs_desk_security,
	payroll: m.packs_desk_payroll
};

/** The word of a desk; what a client wrote itself stands as it is. */
export function deskWord(desk: string | null | undefined): string {
	return desk ? (DESKS[desk]?.() ?? desk) : '';
}
