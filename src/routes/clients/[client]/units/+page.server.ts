import { closeUnit } from '#lib/server/people/close-unit.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { saveUnit } from '#lib/server/people/save-unit.ts';
import { historyOfUnit } from '#lib/server/people/unit-history.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx, actor } = locals;
	const units = await getUnits(ctx, actor);
	const open = url.searchParams.get('unit');
	const chosen = units.find(({ id }) => id === open) ?? null;
	const people = chosen ? await findPeople(ctx, actor, { unitId: chosen.id, limit: 1 }) : null;
	return {
		units,
		chosen,
		people: people?.total ?? 0,
		moves: chosen ? await historyOfUnit(ctx, actor, { unitId: chosen.id }) : []
	};
};

export const actions: Actions = {
	save: async ({ locals, request }) => {
		const data = await request.formData();
		const id = textOf(data, 'id').trim();
		const validFrom = textOf(data, 'valid_from');
		return answer(async () => {
			await saveUnit(locals.ctx, locals.actor, {
				id,
				parentId: textOf(data, 'parent') || null,
				name: { 'zh-CN': textOf(data, 'name_zh').trim(), en: textOf(data, 'name_en').trim() },
				kind: textOf(data, 'kind'),
				...(validFrom ? { validFrom } : {})
			});
			return { saved: id };
		});
	},
	close: async ({ locals, request }) => {
		const id = textOf(await request.formData(), 'id');
		return answer(async () => {
			await closeUnit(locals.ctx, locals.actor, { id });
			return { closed: id };
		});
	}
};
