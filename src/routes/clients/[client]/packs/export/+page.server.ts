import { listSchemes } from '#lib/server/schemes/find-schemes.ts';
import { requirePermission } from '#lib/server/auth/permissions.ts';
import { exportPack } from '#lib/server/packs/export-pack.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	requirePermission(actor, 'pack.install');
	const schemes = await listSchemes(ctx, actor);
	return {
		schemes: schemes.map(({ id, name, drafts, latest }) => ({
			id,
			name,
			versions: latest?.number ?? 0,
			drafts: drafts.map((draft) => ({ id: draft.id, updatedAt: draft.updatedAt }))
		}))
	};
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const data = await request.formData();
		const text = (name: string): string => textOf(data, name).trim();
		const entered = {
			id: text('id'),
			version: text('version'),
			name: text('name'),
			nameEn: text('name_en'),
			description: text('description'),
			descriptionEn: text('description_en'),
			industry: text('industry'),
			authors: text('authors'),
			licence: text('licence')
		};
		// Each scheme is taken from its newest version (`version`) or from a draft.
		const schemes = data.getAll('scheme').map((value) => {
			const schemeId = String(value);
			const source = text(`source.${schemeId}`);
			return source === '' || source === 'version' ? { schemeId } : { schemeId, draftId: source };
		});
		const both = (zh: string, en: string) => ({ 'zh-CN': zh || en, en: en || zh });
		return answer(async () => {
			const made = await exportPack(locals.ctx, locals.actor, {
				id: entered.id,
				version: entered.version,
				name: both(entered.name, entered.nameEn),
				description: both(entered.description, entered.descriptionEn),
				industry: entered.industry || entered.id,
				authors: entered.authors.split(/[,，、;；]/).flatMap((author) => author.trim() || []),
				...(entered.licence === '' ? {} : { licence: entered.licence }),
				schemes
			});
			return {
				made: {
					fileName: made.fileName,
					hash: made.hash,
					archive: Buffer.from(made.archive).toString('base64'),
					files: [...made.files.keys()].sort(),
					tests: made.tests.passed
				}
			};
		}, entered);
	}
};
