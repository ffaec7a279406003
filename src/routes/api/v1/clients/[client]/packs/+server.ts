import { packList, packReceived, receivePackForm } from '#lib/contract/packs.ts';
import { readForm, respond } from '#lib/server/http/api-route.ts';
import { findPackGallery } from '#lib/server/packs/pack-gallery.ts';
import { receivePack } from '#lib/server/packs/receive-pack.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, packList, { packs: await findPackGallery(ctx, actor) });
};

export const POST: RequestHandler = async ({ locals, request }) => {
	const { file } = await readForm(request, receivePackForm);
	const { ctx, actor } = locals;
	const bytes = new Uint8Array(await file.arrayBuffer());
	return respond(201, packReceived, await receivePack(ctx, actor, { bytes }));
};
