import { findRates, saveRates } from '#lib/server/imports/save-rates.ts';
import { readSettings } from '#lib/server/settings/client-settings.ts';
import { parseQuantity } from '#lib/ui/parse-number.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	const { currency } = await readSettings(ctx.db.read);
	return { rates: await findRates(ctx, actor), currency };
};

export const actions: Actions = {
	save: async ({ locals, request }) => {
		const data = await request.formData();
		const source = textOf(data, 'source').trim();
		return answer(async () => {
			const saved = await saveRates(locals.ctx, locals.actor, {
				rates: [
					{
						currency: textOf(data, 'currency').trim().toUpperCase(),
						validFrom: textOf(data, 'valid_from'),
						// What cannot be read is no rate, and is refused as such.
						rate: parseQuantity(textOf(data, 'rate')) ?? Number.NaN
					}
				],
				...(source ? { source } : {})
			});
			return { saved };
		});
	}
};
