import { getPerson, historyOfEmployee } from '#lib/server/people/get-person.ts';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const input = { employeeId: params.employee };
	const seesUnits =
		hasPermission(actor, 'people.list') || hasPermission(actor, 'people.read_own_unit');
	const [person, facts, units] = await Promise.all([
		getPerson(ctx, actor, input),
		historyOfEmployee(ctx, actor, input),
		seesUnits ? getUnits(ctx, actor) : []
	]);
	return { person, facts, units };
};
