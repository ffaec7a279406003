import { findFacts } from '#lib/server/facts/find-facts.ts';
import { refuse } from '#lib/server/http/problem.ts';
import { commonProblems } from '#lib/server/http/problems.ts';
import { lengthOfPeriod } from '#lib/contract/periods.ts';
import { loadMembers } from '#lib/server/auth/memberships.ts';
import type { PageServerLoad } from './$types.js';

/** The moment that a day and the hours after it had passed at the client; null for no day. */
function endOf(day: string | null): string | null {
	return day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T23:59:59.999Z` : null;
}

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx, actor } = locals;
	const period = url.searchParams.get('period') ?? '';
	if (lengthOfPeriod(period) === null) throw refuse(commonProblems, 'not_found');
	const knownAt = endOf(url.searchParams.get('known'));
	const unit = url.searchParams.get('unit');
	const asked = {
		subjectKind: unit === null ? ('employee' as const) : ('unit' as const),
		subjectId: unit ?? url.searchParams.get('person') ?? '',
		metric: url.searchParams.get('metric') ?? '',
		period
	};
	const found = await findFacts(ctx, actor, { ...asked, ...(knownAt === null ? {} : { knownAt }) });
	const members = await loadMembers(ctx, ctx.clientId);
	return {
		...found,
		asked,
		known: url.searchParams.get('known') ?? '',
		names: Object.fromEntries(members.map(({ userId, name }) => [userId, name]))
	};
};
