import type { InferOutput } from 'valibot';
import type { createDraftRequest } from '#lib/contract/drafts.ts';
import type { DraftSource } from '#lib/server/schemes/create-draft.ts';

/** Where a new draft comes from, as the use case names it. */
export function toSource(input: InferOutput<typeof createDraftRequest>): DraftSource {
	switch (input.from) {
		case 'blank': {
			const { schemeId, name, period } = input;
			return { kind: 'blank', schemeId, name, period };
		}
		case 'template':
			return {
				kind: 'template',
				templateId: input.templateId,
				...(input.schemeId === undefined ? {} : { schemeId: input.schemeId })
			};
		case 'version':
			return { kind: 'version', schemeId: input.schemeId, number: input.number };
		case 'document':
			return { kind: 'document', document: input.document };
	}
}
