import { presetList } from '#lib/contract/imports.ts';
import { respond } from '#lib/server/http/api-route.ts';
import { findPresets } from '#lib/server/imports/save-preset.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const { ctx, actor } = locals;
	return respond(200, presetList, { presets: await findPresets(ctx, actor) });
};
