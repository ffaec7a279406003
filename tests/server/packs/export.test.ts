/** An exported pack tells nobody's name or pay, passes its own judge, and starts another client. */
import { expect, test } from 'vitest';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { parsePack } from '#lib/packs/parse-pack.ts';
import { generateSample } from '#lib/packs/sample/generate-sample.ts';
import { lintPack } from '#lib/packs/lint-pack.ts';
import { auditEvents, drafts, templates } from '#lib/server/db/client/schema.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { exportPack } from '#lib/server/packs/export-pack.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { receivePack } from '#lib/server/packs/receive-pack.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { saveDraft } from '#lib/server/schemes/save-draft.ts';
import { clientWithHistory, packsWith } from './pack-client.ts';

const HEAD = {
	id: 'acme-sales',
	version: '1.0.0',
	name: { 'zh-CN': '我们的规则包', en: 'Our pack' },
	description: { 'zh-CN': '从客户导出', en: 'Exported from a client' },
	industry: 'trading',
	authors: ['Acme HR']
};

/** A client whose scheme has a golden employee who is called like a real person. */
async function clientWithScheme() {
	const { ctx, actor } = await clientWithHistory();
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	const draft = await createDraft(ctx, actor, { kind: 'template', templateId: 'simple' });
	const [row] = await ctx.db.read.select().from(drafts);
	const document: JsonObject = {
		...(row?.document as JsonObject),
		examples: [
			{
				name: { 'zh-CN': 'Person e2 在目标的 90%', en: 'Person e2 at 90 % of the target' },
				period: '2025-03',
				given: {
					'employee.position': 'sales',
					'employee.name': 'Person e2',
					'employee.base_pay': 18_765,
					'metric.revenue': 90,
					'target.revenue': 100
				},
				expect: { score: 90, grade: 'good' }
			}
		]
	};
	await saveDraft(ctx, actor, { draftId: draft.id, revision: 1, document });
	return { ctx, actor, draftId: draft.id };
}

test('a scheme with its metrics goes out as a pack and starts another client', async () => {
	const { ctx, actor, draftId } = await clientWithScheme();
	const made = await exportPack(ctx, actor, {
		...HEAD,
		schemes: [{ schemeId: 'simple', draftId }]
	});
	expect([...made.files.keys()].sort()).toEqual([
		'CHANGELOG.md',
		'README.md',
		'metrics/revenue.yaml',
		'pack.yaml',
		'presets/monthly-export.yaml',
		'sample-data/README.md',
		'sample-data/generator.yaml',
		'schemes/simple.json',
		'tests/simple.yaml'
	]);
	expect(made.tests).toMatchObject({ failed: 0, errors: 0 });
	const { pack, findings } = lintPack(made.files);
	expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
	expect(pack?.manifest.params).toMatchObject([{ id: 'bonus_from', default: 1.2 }]);

	const whole = [...made.files.values()].join('\n');
	for (const secret of ['Person e', '18765', '18_765']) expect(whole).not.toContain(secret);
	expect(whole).toContain('Employee 2');

	const sample = pack?.generator && generateSample(pack.generator);
	expect(sample?.people.length).toBeGreaterThan(4);

	const other = await clientWithHistory();
	const received = await receivePack(other.ctx, other.actor, { bytes: made.archive });
	expect(received).toMatchObject({ pack: 'acme-sales', hash: made.hash });
	await installPack(other.ctx, other.actor, { pack: 'acme-sales' });
	expect((await loadMetrics(other.ctx.db.read)).has('revenue')).toBe(true);
	expect(await other.ctx.db.read.select().from(templates)).toHaveLength(1);
	const events = await ctx.db.read.select().from(auditEvents);
	expect(events.map(({ type }) => type)).toContain('pack_exported');
});

test('the same export twice gives the same bytes', async () => {
	const { ctx, actor, draftId } = await clientWithScheme();
	const schemes = [{ schemeId: 'simple', draftId }];
	const [first, second] = [
		await exportPack(ctx, actor, { ...HEAD, schemes }),
		await exportPack(ctx, actor, { ...HEAD, schemes })
	];
	expect(Buffer.compare(first.archive, second.archive)).toBe(0);
	expect(parsePack(first.files).pack?.hash).toBe(first.hash);
});

test('nothing chosen, a stranger’s scheme and a wrong id are refused with a place', async () => {
	const { ctx, actor, draftId } = await clientWithScheme();
	await expect(exportPack(ctx, actor, { ...HEAD, schemes: [] })).rejects.toMatchObject({
		code: 'export_nothing'
	});
	await expect(
		exportPack(ctx, actor, { ...HEAD, schemes: [{ schemeId: 'other', draftId }] })
	).rejects.toMatchObject({ status: 404 });
	await expect(
		exportPack(ctx, actor, {
			...HEAD,
			id: 'Acme Sales',
			schemes: [{ schemeId: 'simple', draftId }]
		})
	).rejects.toMatchObject({
		code: 'export_refused',
		diagnostics: expect.arrayContaining([
			expect.objectContaining({ file: 'pack.yaml', code: 'id_form' })
		]) as unknown
	});
});
