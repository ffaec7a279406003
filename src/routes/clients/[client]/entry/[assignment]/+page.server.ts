import * as v from 'valibot';
import { addMonths } from '#lib/contract/periods.ts';
import { enterFigures } from '#lib/server/entry/enter-figures.ts';
import { getEntrySheet } from '#lib/server/entry/sheet.ts';
import { refuse } from '#lib/server/http/problem.ts';
import { commonProblems } from '#lib/server/http/problems.ts';
import { todayOf } from '#lib/server/people/scope.ts';
import { readSettings } from '#lib/server/settings/client-settings.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const today = todayOf(ctx, await readSettings(ctx.db.read));
	const given = url.searchParams.get('month') ?? '';
	const month = MONTH.test(given) ? given : addMonths(today.slice(0, 7), -1);
	return {
		sheet: await getEntrySheet(ctx, actor, { assignmentId: params.assignment, month }),
		before: addMonths(month, -1),
		after: addMonths(month, 1)
	};
};

const cells = v.array(
	v.strictObject({
		employeeId: v.string(),
		value: v.nullable(v.pipe(v.number(), v.finite())),
		raw: v.string(),
		evidence: v.nullable(v.pipe(v.string(), v.maxLength(400))),
		seenFactId: v.nullable(v.number())
	})
);

function readCells(text: string): v.InferOutput<typeof cells> {
	try {
		return v.parse(cells, JSON.parse(text));
	} catch (error) {
		throw refuse(commonProblems, 'body_not_json', { cause: error });
	}
}

export const actions: Actions = {
	save: async ({ locals, params, request }) => {
		const data = await request.formData();
		return answer(async () => {
			const { recorded } = await enterFigures(locals.ctx, locals.actor, {
				assignmentId: params.assignment,
				month: textOf(data, 'month'),
				figures: readCells(textOf(data, 'cells')),
				checked: data.has('checked')
			});
			return { recorded };
		});
	}
};
