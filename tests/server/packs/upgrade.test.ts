/** An upgrade loses nobody's work: published versions stay, both sides' changes meet, twice is once. */
import { and, eq, isNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
	auditEvents,
	drafts,
	importPresets,
	installedPacks,
	parameters,
	recordTypes,
	templates,
	versions
} from '#lib/server/db/client/schema.ts';
import { loadMetricRevisions, loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { saveMetric } from '#lib/server/metrics/save-metric.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { planUninstall } from '#lib/server/packs/plan-uninstall.ts';
import { planUpgrade } from '#lib/server/packs/plan-upgrade.ts';
import { uninstallPack } from '#lib/server/packs/uninstall-pack.ts';
import { upgradePack } from '#lib/server/packs/upgrade-pack.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { saveDraft } from '#lib/server/schemes/save-draft.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { publishDirectly } from '../replays/replay-studio.ts';
import { clientWithHistory, packsWith, type Edit, type PackClient } from './pack-client.ts';

const NEW_CURVE: Edit = ['schemes/simple.json', '[1, 100]', '[1, 90]'];
/** Sentences that fit the new curve: 90 at the target, plus 10 for the bonus. */
const NEW_SENTENCES: readonly Edit[] = [
	['tests/simple.yaml', 'score: 100', 'score: 90'],
	['tests/simple.yaml', 'score: 110', 'score: 100']
];
const NEW_DECIMALS: Edit = ['metrics/revenue.yaml', 'unit: money', 'unit: money\ndecimals: 2'];

async function metricIs(
	{ ctx, actor }: PackClient,
	change: Partial<MetricDefinition>
): Promise<void> {
	const known = (await loadMetricRevisions(ctx.db.read)).get('revenue');
	if (!known) throw new Error('no metric');
	await saveMetric(ctx, actor, {
		definition: { ...known.definition, ...change },
		revision: known.revision
	});
}

test('what only one side changed is taken without a question', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	await metricIs(client, { name: { 'zh-CN': '我们的收入', en: 'Our revenue' } });
	const folder = packsWith([NEW_CURVE, ...NEW_SENTENCES, NEW_DECIMALS], '1.1.0');

	const plan = await planUpgrade(ctx, actor, { pack: 'minimal', folder });
	expect(plan.counts).toMatchObject({ conflict: 0, merged: 2 });
	expect(plan.parts.find(({ kind }) => kind === 'metric')).toMatchObject({
		outcome: 'merged',
		changedBy: 'both',
		sentences: [expect.objectContaining({ en: 'decimals: adds 2' })]
	});
	const { changed, drafts: made } = await upgradePack(ctx, actor, {
		pack: 'minimal',
		folder,
		state: plan.state
	});
	expect({ changed, made }).toEqual({ changed: true, made: [] });
	expect((await loadMetrics(ctx.db.read)).get('revenue')).toMatchObject({
		name: { en: 'Our revenue' },
		decimals: 2
	});
	const [template] = await ctx.db.read.select().from(templates);
	expect(JSON.stringify(template?.document)).toContain('[1,90]');

	const again = await upgradePack(ctx, actor, { pack: 'minimal', folder });
	expect(again.changed).toBe(false);
	const rows = await ctx.db.read.select().from(installedPacks);
	expect(rows.map(({ version, removedAt }) => [version, removedAt === null])).toEqual([
		['1.0.0', false],
		['1.1.0', true]
	]);
	const events = await ctx.db.read.select().from(auditEvents);
	expect(events.filter(({ type }) => type === 'pack_upgraded')).toHaveLength(1);
});

test('a scheme in use becomes a draft on its newest version, and that version stays as it was', async () => {
	const { ctx, actor } = await clientWithHistory();
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	const draft = await createDraft(ctx, actor, { kind: 'template', templateId: 'simple' });
	const [row] = await ctx.db.read.select().from(drafts).where(eq(drafts.id, draft.id));
	const document = row?.document as JsonObject;
	const mine = { ...document, name: { 'zh-CN': '我们的方案', en: 'Our scheme' } };
	await publishDirectly(ctx, mine, 1, '2025-01');
	await ctx.db.write(async (tx) => {
		await tx.update(drafts).set({ closedAt: '2026-01-01', closedAs: 'published' });
	});
	const before = await ctx.db.read.select().from(versions);
	const folder = packsWith([NEW_CURVE, ...NEW_SENTENCES], '1.1.0');
	const { drafts: made } = await upgradePack(ctx, actor, { pack: 'minimal', folder });
	expect(made).toEqual([{ id: expect.any(String) as unknown, schemeId: 'simple' }]);
	const [open] = await ctx.db.read.select().from(drafts).where(isNull(drafts.closedAt));
	expect(open).toMatchObject({
		baseVersion: 1,
		document: {
			name: { en: 'Our scheme' },
			origin: { pack: 'minimal', version: '1.1.0', scheme: 'simple' }
		}
	});
	expect(JSON.stringify(open?.document)).toContain('[1,90]');
	expect(await ctx.db.read.select().from(versions)).toEqual(before);
	expect((await upgradePack(ctx, actor, { pack: 'minimal', folder })).changed).toBe(false);
	expect(await ctx.db.read.select().from(drafts)).toHaveLength(2);
});

test('what both changed is shown with both sentences and what each choice does to scores', async () => {
	const { ctx, actor } = await clientWithHistory();
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	const draft = await createDraft(ctx, actor, { kind: 'template', templateId: 'simple' });
	const [row] = await ctx.db.read.select().from(drafts).where(eq(drafts.id, draft.id));
	const document = JSON.parse(
		JSON.stringify(row?.document).replace('[1,100]', '[1,110]')
	) as JsonObject;
	await saveDraft(ctx, actor, { draftId: draft.id, revision: 1, document });
	const folder = packsWith([NEW_CURVE, ...NEW_SENTENCES], '1.1.0');
	const plan = await planUpgrade(ctx, actor, { pack: 'minimal', folder });
	const part = plan.parts.find(({ kind }) => kind === 'use');
	expect(part).toMatchObject({ outcome: 'conflict', id: 'simple', changedBy: 'both' });
	const [conflict] = part?.conflicts ?? [];
	expect(conflict?.id).toBe('use:simple#items.revenue.score');
	expect(conflict?.sentences.ours.en).toContain('110');
	expect(conflict?.sentences.theirs.en).toContain('90');
	expect(plan.effects).toEqual([
		{
			conflict: 'use:simple#items.revenue.score',
			schemes: ['simple'],
			ours: { rising: 0, falling: 0, same: 3, gradeUp: 0, gradeDown: 0, meanDelta: 0 },
			theirs: {
				rising: 0,
				falling: 3,
				same: 0,
				gradeUp: 0,
				gradeDown: 0,
				meanDelta: expect.any(Number) as unknown
			}
		}
	]);
	expect(plan.range).toEqual({ from: '2025-01', to: '2025-12' });

	const before = await ctx.db.read.select().from(installedPacks);
	await expect(upgradePack(ctx, actor, { pack: 'minimal', folder })).rejects.toMatchObject({
		code: 'upgrade_undecided',
		status: 409
	});
	expect(await ctx.db.read.select().from(installedPacks)).toEqual(before);
	await expect(
		upgradePack(ctx, actor, { pack: 'minimal', folder, choices: { nothing: 'ours' } })
	).rejects.toMatchObject({ code: 'choice_unknown' });
	const { drafts: made } = await upgradePack(ctx, actor, {
		pack: 'minimal',
		folder,
		state: plan.state,
		choices: { 'use:simple#items.revenue.score': 'theirs' }
	});
	const [taken] = await ctx.db.read
		.select()
		.from(drafts)
		.where(eq(drafts.id, made[0]?.id ?? ''));
	expect(JSON.stringify(taken?.document)).toContain('[1,90]');
	const [own] = await ctx.db.read.select().from(drafts).where(eq(drafts.id, draft.id));
	expect(JSON.stringify(own?.document)).toContain('[1,110]');
});

test('a plan that went stale, an older version and a rewritten one are refused', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	const second = packsWith([NEW_DECIMALS], '1.1.0');
	await expect(planUpgrade(ctx, actor, { pack: 'minimal', folder: second })).rejects.toMatchObject({
		code: 'pack_not_installed',
		status: 404
	});
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	const plan = await planUpgrade(ctx, actor, { pack: 'minimal', folder: second });
	await metricIs(client, { unit: 'count' });
	await expect(
		upgradePack(ctx, actor, { pack: 'minimal', folder: second, state: plan.state })
	).rejects.toMatchObject({ code: 'plan_stale', status: 409 });
	await upgradePack(ctx, actor, { pack: 'minimal', folder: second });
	await expect(
		upgradePack(ctx, actor, { pack: 'minimal', folder: packsWith() })
	).rejects.toMatchObject({ code: 'version_older' });
	await expect(
		upgradePack(ctx, actor, { pack: 'minimal', folder: packsWith([], '1.1.0') })
	).rejects.toMatchObject({ code: 'version_rewritten' });
	const designer = { ...actor, roles: ['hr_designer' as const] };
	await expect(
		upgradePack(ctx, designer, { pack: 'minimal', folder: second })
	).rejects.toMatchObject({ status: 403 });
});

test('uninstalling restores: what nobody changed or uses goes, the rest stays and is named', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	const plan = await planUninstall(ctx, actor, { pack: 'minimal' });
	expect(plan.counts).toEqual({ retired: 4, restored: 0, changed: 0, used: 1, gone: 0 });
	expect(plan.parts.find(({ kind }) => kind === 'metric')).toMatchObject({
		outcome: 'used',
		because: { en: 'there are 36 figures of it' }
	});
	await uninstallPack(ctx, actor, { pack: 'minimal', state: plan.state });
	const { read } = ctx.db;
	expect((await read.select().from(templates)).map(({ retiredAt }) => retiredAt)).not.toContain(
		null
	);
	expect(await read.select().from(importPresets)).toEqual([]);
	expect((await read.select().from(recordTypes)).at(-1)?.retired).toBe(true);
	expect((await read.select().from(parameters))[0]?.retiredAt).not.toBeNull();
	expect((await loadMetrics(read)).has('revenue')).toBe(true);
	await expect(uninstallPack(ctx, actor, { pack: 'minimal' })).rejects.toMatchObject({
		code: 'pack_not_installed'
	});
	const { plan: again } = await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	expect(again.counts).toEqual({ added: 4, same: 1, conflict: 0 });
});

test('what the pack replaced comes back when it goes', async () => {
	const { ctx, actor } = await clientWithHistory();
	const mine = {
		id: 'revenue',
		name: { 'zh-CN': '收入', en: 'Income' },
		unit: 'count',
		direction: 'higher',
		class: 'result',
		grain: 'employee',
		period: 'month',
		aggregation: 'sum'
	};
	await saveMetric(ctx, actor, { definition: mine, revision: 0 });
	await installPack(ctx, actor, {
		pack: 'minimal',
		folder: packsWith(),
		conflicts: { 'metric:revenue': 'replace' }
	});
	expect((await loadMetrics(ctx.db.read)).get('revenue')?.unit).toBe('money');
	await upgradePack(ctx, actor, { pack: 'minimal', folder: packsWith([NEW_DECIMALS], '1.1.0') });
	const plan = await uninstallPack(ctx, actor, { pack: 'minimal' });
	expect(plan.counts).toMatchObject({ restored: 1, retired: 4 });
	expect((await loadMetrics(ctx.db.read)).get('revenue')).toEqual(mine);
	const open = await ctx.db.read
		.select()
		.from(installedPacks)
		.where(and(isNull(installedPacks.removedAt)));
	expect(open).toEqual([]);
});
