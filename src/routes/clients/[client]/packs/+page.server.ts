import { redirect } from '@sveltejs/kit';
import { getHandOver } from '#lib/server/hand-over/get-hand-over.ts';
import { findPackGallery } from '#lib/server/packs/pack-gallery.ts';
import { receivePack } from '#lib/server/packs/receive-pack.ts';
import { answer } from '../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { ctx, actor } = locals;
	const [packs, setUp] = await Promise.all([
		findPackGallery(ctx, actor),
		url.searchParams.has('start') ? getHandOver(ctx, actor) : null
	]);
	return { packs, setUp };
};

export const actions: Actions = {
	receive: async ({ locals, params, request }) => {
		const file = (await request.formData()).get('file');
		const result = await answer(async () => ({
			received: await receivePack(locals.ctx, locals.actor, {
				bytes: new Uint8Array(file instanceof File ? await file.arrayBuffer() : [])
			})
		}));
		if (!('received' in result)) return result;
		const { pack, version } = result.received;
		redirect(
			303,
			`/clients/${params.client}/packs/${pack}?version=${encodeURIComponent(version)}&received`
		);
	}
};
