import { getCalendar, type CalendarDay } from '#lib/server/calendar/calendar.ts';
import { saveCalendar } from '#lib/server/calendar/save-calendar.ts';
import { todayOf } from '#lib/server/people/scope.ts';
import { readSettings } from '#lib/server/settings/client-settings.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx, actor } = locals;
	const today = todayOf(ctx, await readSettings(ctx.db.read));
	const asked = Number(url.searchParams.get('year'));
	const year = Number.isInteger(asked) && asked >= 1990 && asked <= 2100 ? asked : null;
	return getCalendar(ctx, actor, { year: year ?? Number(today.slice(0, 4)) });
};

/** A line is a day, `班` or `work` where it is worked, and what it is called. */
function daysOf(text: string): CalendarDay[] {
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.map((line) => {
			const [day = '', ...words] = line.split(/[\s,，]+/);
			const isWorked = words[0] === '班' || words[0]?.toLowerCase() === 'work';
			return {
				day,
				kind: isWorked ? 'work' : 'rest',
				name: words.slice(isWorked ? 1 : 0).join(' ')
			};
		});
}

export const actions: Actions = {
	save: async ({ locals, request }) => {
		const data = await request.formData();
		const days = textOf(data, 'days');
		return answer(
			async () => {
				const year = Number(textOf(data, 'year'));
				const { months } = await saveCalendar(locals.ctx, locals.actor, {
					year,
					days: daysOf(days)
				});
				return { months };
			},
			{ days }
		);
	}
};
