import { getScorecard } from '#lib/server/scoring/get-scorecard.ts';
import { readVersion } from '#lib/server/versions/read.ts';
import { loadUnits } from '#lib/server/people/unit-tree.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { ctx, actor } = locals;
	const card = await getScorecard(ctx, actor, { scorecardId: params.scorecard });
	const [version, tree] = await Promise.all([
		card.schemeId !== null && card.version !== null
			? readVersion(ctx.db.read, card.schemeId, card.version)
			: null,
		loadUnits(ctx.db.read)
	]);
	return {
		card,
		unitName: card.unitId === null ? null : (tree.all.get(card.unitId)?.name ?? null),
		grades: version?.document.grades ?? [],
		decimals: version?.document.total?.decimals ?? 2,
		effectiveFrom: version?.effectiveFrom ?? null
	};
};
