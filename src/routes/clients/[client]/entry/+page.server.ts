import { addMonths } from '#lib/contract/periods.ts';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { assignEntry, endAssignment, entryChoices } from '#lib/server/entry/assignments.ts';
import { findEntries } from '#lib/server/entry/find-entries.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { todayOf } from '#lib/server/people/scope.ts';
import { readSettings } from '#lib/server/settings/client-settings.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx, actor } = locals;
	const today = todayOf(ctx, await readSettings(ctx.db.read));
	const given = url.searchParams.get('month') ?? '';
	const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(given) ? given : addMonths(today.slice(0, 7), -1);
	const mayAssign = hasPermission(actor, 'entry.assign');
	return {
		month,
		entries: await findEntries(ctx, actor, { month }),
		seesAll: hasPermission(actor, 'entry.read'),
		choices: mayAssign ? await entryChoices(ctx, actor) : null,
		units: mayAssign ? await getUnits(ctx, actor) : []
	};
};

export const actions: Actions = {
	assign: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await assignEntry(locals.ctx, locals.actor, {
				metric: textOf(data, 'metric'),
				unitId: textOf(data, 'unit') || null,
				userId: textOf(data, 'user'),
				dueWorkingDay: Number(textOf(data, 'due'))
			});
			return { assigned: true };
		});
	},
	end: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await endAssignment(locals.ctx, locals.actor, { id: textOf(data, 'assignment') });
			return { ended: true };
		});
	}
};
