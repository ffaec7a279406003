import { hasPermission } from '#lib/server/auth/permissions.ts';
import { listAttributes } from '#lib/server/people/attributes.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
import { todayOf } from '#lib/server/people/scope.ts';
import { readSettings } from '#lib/server/settings/client-settings.ts';
import { answer } from '../../../form-answer.server.ts';
import { readPersonForm } from './person-form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx, actor } = locals;
	const search = url.searchParams.get('q') ?? '';
	const unitId = url.searchParams.get('unit') ?? '';
	const after = url.searchParams.get('after');
	const includeLeft = url.searchParams.has('left');
	const [found, units] = await Promise.all([
		findPeople(ctx, actor, {
			search,
			includeLeft,
			limit: 500,
			...(unitId ? { unitId } : {}),
			...(after ? { after } : {})
		}),
		getUnits(ctx, actor)
	]);
	const seesRegisters = hasPermission(actor, 'people.list');
	return {
		found,
		units,
		search,
		unitId,
		includeLeft,
		seesRegisters,
		attributes: seesRegisters ? await listAttributes(ctx, actor) : [],
		today: todayOf(ctx, await readSettings(ctx.db.read))
	};
};

export const actions: Actions = {
	add: async ({ locals, request }) => {
		const { ctx, actor } = locals;
		const data = await request.formData();
		return answer(async () => {
			const types = new Map((await listAttributes(ctx, actor)).map(({ id, type }) => [id, type]));
			const person = readPersonForm(data, types, {});
			await savePerson(ctx, actor, person);
			return { added: person.id };
		});
	}
};
