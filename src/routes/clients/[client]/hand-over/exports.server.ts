/** What the two pages that take a client's exports have in common. */
import type { RequestEvent } from '@sveltejs/kit';
import { IMPORT_KINDS } from '#lib/contract/imports.ts';
import { commitExports } from '#lib/server/hand-over/open-exports.ts';
import { receiveExports } from '#lib/server/hand-over/receive-exports.ts';
import { discardImport } from '#lib/server/imports/roll-back-import.ts';
import { answer, textOf } from '../../../form-answer.server.ts';

/** Reads in the files of a form; inputs are named after the kind of export they take. */
export async function readExports({ locals, request }: RequestEvent) {
	const data = await request.formData();
	const files = await Promise.all(
		IMPORT_KINDS.flatMap((kind) =>
			data
				.getAll(kind)
				.flatMap((file) => (file instanceof File && file.size > 0 ? [{ kind, file }] : []))
		).map(async ({ kind, file }) => ({
			kind,
			fileName: file.name,
			bytes: new Uint8Array(await file.arrayBuffer())
		}))
	);
	return answer(async () => ({
		read: (await receiveExports(locals.ctx, locals.actor, { files })).length
	}));
}

/** Commits the plans that were on screen. */
export async function commitRead({ locals, request }: RequestEvent) {
	const data = await request.formData();
	const plans = data.getAll('plan').flatMap((entry) => {
		const [batchId, planHash] = String(entry).split(' ');
		return batchId && planHash ? [{ batchId, planHash }] : [];
	});
	return answer(async () => ({
		committed: await commitExports(locals.ctx, locals.actor, {
			plans,
			withoutRejected: data.get('without_rejected') === 'on'
		})
	}));
}

export async function setAside({ locals, request }: RequestEvent) {
	const data = await request.formData();
	return answer(async () => {
		await discardImport(locals.ctx, locals.actor, { batchId: textOf(data, 'batch') });
		return { setAside: true };
	});
}
