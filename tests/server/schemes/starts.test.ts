/** A copy is a scheme of its own: it never becomes a draft of one that exists. */
import { describe, expect, test } from 'vitest';
import type { Json } from '#lib/engine/logic/rule.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { readDraft } from '#lib/server/schemes/read.ts';
import { listStartChoices } from '#lib/server/schemes/start-choices.ts';
import { startCopy } from '#lib/server/schemes/start-copy.ts';
import { openReplayStudio, quotaScheme } from '../replays/replay-studio.ts';
import { actorWith } from '../support/studio.ts';

const NAME = { 'zh-CN': '副本', en: 'Copy' };

describe('starting a scheme', () => {
	test('a copy takes rules and examples along, and what was accepted or waived stays behind', async () => {
		const { ctx, designer } = await openReplayStudio();
		const source = {
			...(quotaScheme(60, 40) as object),
			examples: [{ name: '甲', given: { 'metric.sales': 1 }, expect: {} }],
			waivers: [{ code: 'x', at: '/items/0', reason: '已接受' }],
			view: { groups: [], accepted_results: [{ example: '甲', reason: '', changes: [] }] }
		} as Json;
		const draft = await createDraft(ctx, designer, { kind: 'document', document: source });
		const copy = await startCopy(ctx, designer, {
			from: { kind: 'draft', draftId: draft.id },
			schemeId: 'quota-copy',
			name: NAME
		});
		expect(copy).toMatchObject({ schemeId: 'quota-copy', baseVersion: null });
		const { document } = await readDraft(ctx.db.read, copy.id);
		expect(document).toMatchObject({ id: 'quota-copy', name: NAME, view: { groups: [] } });
		expect(document['examples']).toHaveLength(1);
		expect(document['waivers']).toBeUndefined();
		expect(JSON.stringify(document)).not.toContain('accepted_results');
	});

	test('a published version is copied under an id of its own, and a taken id is refused', async () => {
		const { ctx, designer } = await openReplayStudio();
		const from = { kind: 'version', schemeId: 'quota', number: 1 } as const;
		const copy = await startCopy(ctx, designer, { from, schemeId: 'other', name: NAME });
		expect(copy.schemeId).toBe('other');
		await expect(
			startCopy(ctx, designer, { from, schemeId: 'quota', name: NAME })
		).rejects.toMatchObject({ code: 'scheme_exists' });
		await expect(
			createDraft(ctx, designer, { kind: 'document', document: quotaScheme(1, 99), asNew: true })
		).rejects.toMatchObject({ code: 'scheme_exists' });
	});

	test('only those who edit drafts see what there is to begin with', async () => {
		const { ctx, designer } = await openReplayStudio();
		const { copies } = await listStartChoices(ctx, designer);
		expect(copies.map(({ number }) => number)).toContain(1);
		expect(copies.filter(({ key }) => key.startsWith('draft:'))).toHaveLength(2);
		for (const role of ['hr_approver', 'department_head', 'employee', 'auditor'] as const) {
			await expect(listStartChoices(ctx, actorWith(role))).rejects.toThrow();
			await expect(
				startCopy(ctx, actorWith(role), {
					from: { kind: 'version', schemeId: 'quota', number: 1 },
					schemeId: 'mine',
					name: NAME
				})
			).rejects.toThrow();
		}
	});
});
