import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { importMapping } from '#lib/contract/import-mapping.ts';
import { readOptions, repairRequest } from '#lib/contract/imports.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { hasPermission } from '#lib/server/auth/permissions.ts';
import { applyRepair } from '#lib/server/imports/apply-repair.ts';
import { cancelImport } from '#lib/server/imports/cancel-import.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { findImportFields, findRejectedRows, getImport } from '#lib/server/imports/get-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import {
	discardImport,
	previewRollBack,
	rollBackImport
} from '#lib/server/imports/roll-back-import.ts';
import { importProblems } from '#lib/server/imports/problems.ts';
import { savePreset } from '#lib/server/imports/save-preset.ts';
import { loadRecordTypes } from '#lib/server/records/record-types.ts';
import { rereadImport } from '#lib/server/imports/stage-import.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const batch = await getImport(ctx, actor, { batchId: params.batch });
	const [fields, people, rejected] = await Promise.all([
		findImportFields(ctx, actor, { kind: batch.kind, recordType: batch.recordType }),
		findImportFields(ctx, actor, { kind: 'people' }),
		findRejectedRows(ctx, actor, { batchId: batch.id, limit: 200 })
	]);
	const types = batch.recordType === null ? null : await loadRecordTypes(ctx.db.read);
	const subject = types?.get(batch.recordType ?? '')?.definition.subject;
	const mayRollBack = batch.status === 'committed' && hasPermission(actor, 'import.edit');
	return {
		batch,
		fields: fields.map(({ id, name, required, type, unit }) => ({
			id,
			name,
			required,
			type,
			isMoney: unit === 'money'
		})),
		/** What people can be told apart by, beside id and name. */
		attributes: people
			.filter(({ id }) => id.startsWith('attribute.'))
			.map(({ id, name }) => ({ id: id.slice('attribute.'.length), name })),
		subjectField: subject === undefined ? null : `record.${subject}`,
		rejected,
		builtOn: mayRollBack ? await previewRollBack(ctx, actor, { batchId: batch.id }) : null
	};
};

function refused(code: keyof typeof importProblems) {
	const { text, advice } = importProblems[code];
	return fail(422, { problem: text, advice, code, diagnostics: [] });
}

function numberOf(text: string | undefined): number | undefined {
	return text === undefined ? undefined : Number(text);
}

/** One name, one preset: saving under a name again replaces what it said. */
function presetId(name: string): string {
	const word = name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	return /^[a-z]/.test(word) ? word.slice(0, 60) : `preset-${sha256Hex(name).slice(0, 12)}`;
}

export const actions: Actions = {
	plan: async ({ locals, params, request }) => {
		const data = await request.formData();
		const parsed = v.safeParse(
			v.pipe(v.string(), v.parseJson(), importMapping),
			data.get('mapping')
		);
		if (!parsed.success) return refused('import_not_planned');
		return answer(async () => {
			await planImport(locals.ctx, locals.actor, {
				batchId: params.batch,
				mapping: parsed.output
			});
			return { planned: true };
		});
	},
	reread: async ({ locals, params, request }) => {
		const data = await request.formData();
		const told = (name: string) => textOf(data, name).trim() || undefined;
		const sheets = data.getAll('sheet').map(String);
		const parsed = v.safeParse(readOptions, {
			encoding: told('encoding'),
			// A tab is blank: it must not be trimmed away.
			delimiter: textOf(data, 'delimiter') || undefined,
			header_line: numberOf(told('header_line')),
			shape: told('shape'),
			year: numberOf(told('year')),
			...(sheets.length > 0 ? { sheets } : {})
		});
		if (!parsed.success) return refused('import_unreadable');
		return answer(async () => {
			await rereadImport(locals.ctx, locals.actor, { batchId: params.batch, read: parsed.output });
			return { reread: true };
		});
	},
	repair: async ({ locals, params, request }) => {
		const data = await request.formData();
		const parsed = v.safeParse(
			v.pipe(v.string(), v.parseJson(), repairRequest),
			data.get('repair')
		);
		if (!parsed.success) return refused('import_plan_stale');
		return answer(async () => {
			await applyRepair(locals.ctx, locals.actor, { batchId: params.batch, ...parsed.output });
			return { planned: true };
		});
	},
	savePreset: async ({ locals, params, request }) => {
		const data = await request.formData();
		const name = textOf(data, 'name').trim();
		if (name === '') return refused('import_not_planned');
		return answer(async () => {
			await savePreset(locals.ctx, locals.actor, {
				batchId: params.batch,
				id: presetId(name),
				name: { 'zh-CN': name, en: name }
			});
			return { presetSaved: true };
		});
	},
	cancel: async ({ locals, params }) =>
		answer(async () => {
			await cancelImport(locals.ctx, locals.actor, { batchId: params.batch });
			return { cancelled: true };
		}),
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
