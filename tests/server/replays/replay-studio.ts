/** The small company with a draft of the quota scheme, and a published version to compare with. */
import type { Json } from '#lib/engine/logic/rule.ts';
import { schemeHash, versionHash } from '#lib/engine/scheme/hash.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { Context } from '#lib/server/context.ts';
import { versions } from '#lib/server/db/client/schema.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { actorWith, openStudio } from '../support/studio.ts';
import { importSales } from '../snapshots/adventure-works.ts';
import { QUOTA_SCHEME } from '../snapshots/quota-scheme.ts';
import { smallCompany } from '../snapshots/small-company.ts';

/** The quota scheme with other weights. */
export function quotaScheme(salesWeight: number, ordersWeight: number): Json {
	const [sales, orders] = QUOTA_SCHEME.items;
	return JSON.parse(
		JSON.stringify({
			...QUOTA_SCHEME,
			items: [
				{ ...sales, weight: salesWeight },
				{ ...orders, weight: ordersWeight }
			]
		})
	) as Json;
}

/** Puts a version in force, past the approval that other tests are about. */
export async function publishDirectly(
	ctx: Context,
	document: Json,
	number = 1,
	effectiveFrom = '2011-Q1'
): Promise<void> {
	const scheme = document as unknown as SchemeDocument;
	await ctx.db.write(async (tx) => {
		await tx.insert(versions).values({
			schemeId: scheme.id,
			number,
			document: scheme,
			metrics: [],
			hash: versionHash(scheme, []),
			documentHash: schemeHash(scheme),
			effectiveFrom,
			draftId: 'draft',
			submissionId: `submission-${number}`,
			replayId: 'replay',
			submittedBy: 'a',
			approvedBy: 'b',
			approvedAt: '2026-01-01T00:00:00.000Z',
			publishedBy: 'a',
			publishedAt: '2026-01-01T00:00:00.000Z'
		});
	});
}

/** An instance with the company, version 1 (70/30) and a draft (50/50) on top of it. */
export async function openReplayStudio() {
	const studio = await openStudio();
	const ctx = await studio.context();
	const designer = actorWith(['implementer', 'hr_designer']);
	await importSales(ctx, designer, smallCompany());
	await createDraft(ctx, designer, { kind: 'document', document: quotaScheme(70, 30) });
	await publishDirectly(ctx, quotaScheme(70, 30));
	const draft = await createDraft(ctx, designer, {
		kind: 'document',
		document: quotaScheme(50, 50)
	});
	return { studio, ctx, designer, draft };
}
