import { getPerson, historyOfEmployee } from '#lib/server/people/get-person.ts';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { listAttributes } from '#lib/server/people/attributes.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
import { todayOf } from '#lib/server/people/scope.ts';
import { readSettings } from '#lib/server/settings/client-settings.ts';
import { answer } from '../../../../form-answer.server.ts';
import { readPersonForm } from '../person-form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

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
	const mayEdit = hasPermission(actor, 'people.edit');
	return {
		person,
		facts,
		units,
		attributes: hasPermission(actor, 'people.list') ? await listAttributes(ctx, actor) : [],
		today: mayEdit ? todayOf(ctx, await readSettings(ctx.db.read)) : person.day
	};
};

export const actions: Actions = {
	save: async ({ locals, params, request }) => {
		const { ctx, actor } = locals;
		const data = await request.formData();
		data.set('id', params.employee);
		return answer(async () => {
			const types = new Map((await listAttributes(ctx, actor)).map(({ id, type }) => [id, type]));
			const { attributes } = await getPerson(ctx, actor, { employeeId: params.employee });
			const saved = await savePerson(ctx, actor, readPersonForm(data, types, attributes));
			return { saved: saved.changed.length };
		});
	}
};
