import { listAttributes } from '#lib/server/people/attributes.ts';
import { saveAttribute } from '#lib/server/people/save-attribute.ts';
import { ATTRIBUTE_TYPES, type AttributeChoice } from '#lib/server/db/client/tables/registers.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => ({
	attributes: await listAttributes(locals.ctx, locals.actor)
});

/** One value a line: `value = Chinese name = English name`; the names may be left out. */
function choicesOf(text: string): AttributeChoice[] {
	return text
		.split('\n')
		.map((line) => line.split(/[=＝]/).map((part) => part.trim()))
		.filter(([value]) => value !== undefined && value !== '')
		.map(([value = '', zh = '', en = '']) => ({
			value,
			name: { 'zh-CN': zh || value, en: en || zh || value }
		}));
}

export const actions: Actions = {
	save: async ({ locals, request }) => {
		const data = await request.formData();
		const type = ATTRIBUTE_TYPES.find((known) => known === textOf(data, 'type')) ?? 'text';
		const id = textOf(data, 'id').trim();
		return answer(async () => {
			await saveAttribute(locals.ctx, locals.actor, {
				id,
				name: { 'zh-CN': textOf(data, 'name_zh'), en: textOf(data, 'name_en') },
				type,
				choices: choicesOf(textOf(data, 'choices')),
				retired: data.has('retired')
			});
			return { saved: id };
		});
	}
};
