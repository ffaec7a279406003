import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { expectation } from '#lib/contract/records.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { refuse } from '#lib/server/http/problem.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { acceptCorrection } from '#lib/server/records/accept-correction.ts';
import {
	recordDictionary,
	retireExpectation,
	saveExpectation
} from '#lib/server/records/expectations.ts';
import { findCorrections } from '#lib/server/records/find-corrections.ts';
import { findMissingRecords } from '#lib/server/records/find-missing-records.ts';
import { findRecords } from '#lib/server/records/find-records.ts';
import { recordProblems } from '#lib/server/records/problems.ts';
import { metricsFrom, retireRecordType } from '#lib/server/records/save-record-type.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import { filterOf } from './filter.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const TABS = ['records', 'corrections', 'reminders', 'definition'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { ctx, actor } = locals;
	const filter = filterOf(url, params.type);
	const found = await findRecords(ctx, actor, filter);
	const asked = url.searchParams.get('tab');
	const tab = TABS.find((one) => one === asked) ?? 'records';
	const seesAll = hasPermission(actor, 'people.read');
	const dictionary = await clientDictionary(ctx.db.read);
	return {
		tab,
		filter,
		found,
		typeId: params.type,
		corrections: seesAll ? await findCorrections(ctx, actor, { type: params.type }) : null,
		missing: await findMissingRecords(ctx, actor, { record: params.type }),
		usedBy: await metricsFrom(ctx.db.read, params.type),
		employeeDictionary: new Map([...dictionary].filter(([path]) => path.startsWith('employee.'))),
		recordDictionary: recordDictionary(found.type.definition)
	};
};

export const actions: Actions = {
	correct: async ({ locals, params, request }) => {
		const data = await request.formData();
		return answer(async () => {
			const done = await acceptCorrection(locals.ctx, locals.actor, {
				type: params.type,
				month: textOf(data, 'month'),
				asOf: textOf(data, 'as_of'),
				reason: textOf(data, 'reason')
			});
			return { corrected: done };
		});
	},
	remind: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			const read = v.safeParse(expectation, parsed(textOf(data, 'definition')));
			if (!read.success) {
				throw refuse(recordProblems, 'expectation_refused', {
					details: { count: read.issues.length }
				});
			}
			const saved = await saveExpectation(locals.ctx, locals.actor, {
				definition: read.output,
				revision: Number(textOf(data, 'revision'))
			});
			return { saved };
		});
	},
	forget: async ({ locals, request }) => {
		const data = await request.formData();
		return answer(async () => {
			await retireExpectation(locals.ctx, locals.actor, {
				id: textOf(data, 'id'),
				revision: Number(textOf(data, 'revision'))
			});
			return { forgotten: true };
		});
	},
	retire: async ({ locals, params, request }) => {
		const { ctx, actor } = locals;
		const data = await request.formData();
		const done = await answer(() =>
			retireRecordType(ctx, actor, {
				id: params.type ?? error(404),
				revision: Number(textOf(data, 'revision'))
			})
		);
		if ('id' in done) redirect(303, `/clients/${ctx.clientId}/records`);
		return done;
	}
};

function parsed(text: string): Json {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return null;
	}
}
