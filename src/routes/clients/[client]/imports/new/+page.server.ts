import { redirect } from '@sveltejs/kit';
import { IMPORT_KINDS } from '#lib/contract/imports.ts';
import { requirePermission } from '#lib/server/auth/permissions.ts';
import { MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS } from '#lib/server/imports/read/reading.ts';
import { beginImport } from '#lib/server/imports/stage-import.ts';
import { loadRecordTypes } from '#lib/server/records/record-types.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	requirePermission(locals.actor, 'import.edit');
	const { uploadLimit } = locals.instance.config;
	const types = await loadRecordTypes(locals.ctx.db.read);
	return {
		uploadLimit,
		limits: { bytes: Math.min(uploadLimit, MAX_FILE_BYTES), rows: MAX_ROWS, columns: MAX_COLUMNS },
		recordTypes: [...types.values()].map(({ definition }) => ({
			id: definition.id,
			name: definition.name
		}))
	};
};

const DELIMITERS = [',', ';', '\t', '|'] as const;
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'] as const;

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const data = await request.formData();
		const file = data.get('file');
		const kind = IMPORT_KINDS.find((known) => known === textOf(data, 'kind')) ?? 'people';
		const encoding = ENCODINGS.find((known) => known === textOf(data, 'encoding'));
		const delimiter = DELIMITERS.find((known) => known === textOf(data, 'delimiter'));
		const recordType = textOf(data, 'record_type');
		const headerLine = Number(textOf(data, 'header_line'));
		const result = await answer(
			async () =>
				beginImport(locals.ctx, locals.actor, {
					kind,
					fileName: file instanceof File ? file.name : '',
					bytes: new Uint8Array(file instanceof File ? await file.arrayBuffer() : []),
					...(recordType === '' ? {} : { recordType }),
					read: {
						...(encoding ? { encoding } : {}),
						...(delimiter ? { delimiter } : {}),
						...(Number.isInteger(headerLine) && headerLine > 0 ? { headerLine } : {})
					}
				}),
			{ kind }
		);
		if (!('fileHash' in result)) return result;
		redirect(303, `/clients/${params.client}/imports/${result.id}`);
	}
};
