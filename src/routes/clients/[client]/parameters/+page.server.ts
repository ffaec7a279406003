import { refuse } from '#lib/server/http/problem.ts';
import { findParameters } from '#lib/server/parameters/find-parameters.ts';
import { parameterProblems } from '#lib/server/parameters/problems.ts';
import {
	saveParameter,
	setParameterValue,
	withdrawParameterValue
} from '#lib/server/parameters/save-parameter.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { parseQuantity } from '#lib/ui/parse-number.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx, actor } = locals;
	const [parameters, units] = await Promise.all([findParameters(ctx, actor), getUnits(ctx, actor)]);
	const open = url.searchParams.get('parameter');
	return { parameters, units, chosen: parameters.find(({ id }) => id === open) ?? null };
};

/** A number as people write one; anything else is refused, never taken for “missing”. */
function numberOf(text: string): number {
	const value = parseQuantity(text);
	if (value === null) {
		throw refuse(parameterProblems, 'parameter_value_refused', { details: { found: text } });
	}
	return value;
}

export const actions: Actions = {
	save: async ({ locals, request }) => {
		const data = await request.formData();
		const id = textOf(data, 'id').trim();
		return answer(async () => {
			await saveParameter(locals.ctx, locals.actor, {
				id,
				name: { 'zh-CN': textOf(data, 'name_zh'), en: textOf(data, 'name_en') },
				unit: textOf(data, 'unit')
			});
			return { saved: id };
		});
	},
	value: async ({ locals, request }) => {
		const data = await request.formData();
		const text = textOf(data, 'value').trim();
		return answer(async () => {
			await setParameterValue(locals.ctx, locals.actor, {
				parameterId: textOf(data, 'parameter'),
				unitId: textOf(data, 'unit') || null,
				validFrom: textOf(data, 'valid_from').trim(),
				value: text === '' ? null : numberOf(text),
				evidence: textOf(data, 'evidence').trim() || null
			});
			return { recorded: true };
		});
	},
	withdraw: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await withdrawParameterValue(locals.ctx, locals.actor, { id: Number(textOf(data, 'value')) });
			return { withdrawn: true };
		});
	}
};
