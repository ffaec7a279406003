import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { importMapping } from '#lib/contract/imports.ts';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { findImportFields, findRejectedRows, getImport } from '#lib/server/imports/get-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import {
	discardImport,
	previewRollBack,
	rollBackImport
} from '#lib/server/imports/roll-back-import.ts';
import { importProblems } from '#lib/server/imports/problems.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const batch = await getImport(ctx, actor, { batchId: params.batch });
	const [fields, rejected] = await Promise.all([
		findImportFields(ctx, actor, { kind: batch.kind, recordType: batch.recordType }),
		findRejectedRows(ctx, actor, { batchId: batch.id, limit: 200 })
	]);
	const mayRollBack = batch.status === 'committed' && hasPermission(actor, 'import.edit');
	return {
		batch,
		fields: fields.map(({ id, name, required }) => ({ id, name, required })),
		rejected,
		builtOn: mayRollBack ? await previewRollBack(ctx, actor, { batchId: batch.id }) : null
	};
};

export const actions: Actions = {
	plan: async ({ locals, params, request }) => {
		const data = await request.formData();
		const parsed = v.safeParse(
			v.pipe(v.string(), v.parseJson(), importMapping),
			data.get('mapping')
		);
		if (!parsed.success) {
			const { text, advice } = importProblems.import_not_planned;
			return fail(422, { problem: text, advice, code: 'import_not_planned', diagnostics: [] });
		}
		return answer(async () => {
			await planImport(locals.ctx, locals.actor, {
				batchId: params.batch,
				mapping: parsed.output
			});
			return { planned: true };
		});
	},
	commit: async ({ locals, params, request }) => {
		const data = await request.formData();
		return answer(async () => ({
			committed: await commitImport(locals.ctx, locals.actor, {
				batchId: params.batch,
				planHash: textOf(data, 'plan_hash'),
				withoutRejected: data.get('without_rejected') === 'on'
			})
		}));
	},
	rollBack: async ({ locals, params, request }) => {
		const data = await request.formData();
		return answer(async () => ({
			rolledBack: await rollBackImport(locals.ctx, locals.actor, {
				batchId: params.batch,
				reason: textOf(data, 'reason')
			})
		}));
	},
	discard: async ({ locals, params }) => {
		const result = await answer(async () => {
			await discardImport(locals.ctx, locals.actor, { batchId: params.batch });
			return { discarded: true };
		});
		if (!('discarded' in result)) return result;
		redirect(303, `/clients/${params.client}/imports`);
	}
};
