import { desc, lt } from 'drizzle-orm';
import { requirePermission } from '#lib/server/auth/permissions.ts';
import { findUserNames } from '#lib/server/auth/memberships.ts';
import { verifyAudit } from '#lib/server/audit/verify-audit.ts';
import { auditEvents } from '#lib/server/db/client/schema.ts';
import { answer } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const PAGE = 500;

export const load: PageServerLoad = async ({ locals, url }) => {
	requirePermission(locals.actor, 'audit.read');
	const before = Number(url.searchParams.get('before'));
	const [events, names] = await Promise.all([
		locals.ctx.db.read
			.select()
			.from(auditEvents)
			.where(before > 0 ? lt(auditEvents.seq, before) : undefined)
			.orderBy(desc(auditEvents.seq))
			.limit(PAGE),
		findUserNames(locals.control)
	]);
	return {
		events: events.map((event) => ({
			seq: event.seq,
			at: event.at,
			type: event.type,
			by: names.get(event.actorId) ?? event.actorId,
			data: typeof event.data === 'string' ? event.data : JSON.stringify(event.data),
			hash: event.hash
		})),
		next: events.length === PAGE ? (events.at(-1)?.seq ?? null) : null
	};
};

export const actions: Actions = {
	verify: async ({ locals }) =>
		answer(async () => {
			requirePermission(locals.actor, 'audit.verify');
			return { verdict: await verifyAudit(locals.ctx.db.read) };
		})
};
