import { getSettings, saveSettings } from '#lib/server/settings/save-settings.ts';
import type { ClientSettings } from '#lib/server/settings/client-settings.ts';
import { refuse } from '#lib/server/http/problem.ts';
import { metricProblems } from '#lib/server/metrics/problems.ts';
import { parseQuantity } from '#lib/ui/parse-number.ts';
import { answer, textOf } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => ({
	settings: await getSettings(locals.ctx, locals.actor),
	zones: Intl.supportedValuesOf('timeZone')
});

const GUARDRAILS = [
	'largestFall',
	'gradeDownShare',
	'payoutGrowth',
	'coverage',
	'unitMeanDelta'
] as const;

/** An empty limit is not checked; one that cannot be read is refused. */
function guardrailsOf(data: FormData): ClientSettings['guardrails'] {
	const limits: Partial<Record<(typeof GUARDRAILS)[number], number>> = {};
	for (const key of GUARDRAILS) {
		const text = textOf(data, key).trim();
		if (text === '') continue;
		const value = parseQuantity(text);
		if (value === null) throw refuse(metricProblems, 'setting_refused', { details: { key } });
		limits[key] = value;
	}
	return limits;
}

export const actions: Actions = {
	save: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await saveSettings(locals.ctx, locals.actor, {
				currency: textOf(data, 'currency').trim().toUpperCase(),
				fiscalMonth: Number(textOf(data, 'fiscal_month')),
				timeZone: textOf(data, 'time_zone'),
				headsSeePay: data.has('heads_see_pay'),
				auditorsSeePay: data.has('auditors_see_pay'),
				guardrails: guardrailsOf(data)
			});
			return { saved: true };
		});
	}
};
