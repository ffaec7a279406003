/** Names of values, presets and dated parameters: installed, merged by place, taken back, exported. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { lintPack } from '#lib/packs/lint-pack.ts';
import {
	attributes,
	importPresets,
	parameterValues,
	parameters,
	units
} from '#lib/server/db/client/schema.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { exportPack } from '#lib/server/packs/export-pack.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { planPack } from '#lib/server/packs/plan-pack.ts';
import { planUpgrade } from '#lib/server/packs/plan-upgrade.ts';
import { receivePack } from '#lib/server/packs/receive-pack.ts';
import { uninstallPack } from '#lib/server/packs/uninstall-pack.ts';
import { upgradePack } from '#lib/server/packs/upgrade-pack.ts';
import { saveAttribute } from '#lib/server/people/save-attribute.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { clientWithHistory, packsWith, type Edit, type PackClient } from './pack-client.ts';

const VALUES = 'values: [sales, operations]';
const named = (sales: string, more = ''): Edit => [
	'pack.yaml',
	VALUES,
	`values: [{ value: sales, name: { zh-CN: ${sales}, en: Sales } }, operations${more}]`
];
const NAMED = named('销售');

async function choices({ ctx }: PackClient) {
	const [row] = await ctx.db.read.select().from(attributes).where(eq(attributes.id, 'position'));
	return row?.choices.map(({ value, name }) => [value, name['zh-CN']]) ?? null;
}

async function call(client: PackClient, ...given: readonly (readonly [string, string])[]) {
	await saveAttribute(client.ctx, client.actor, {
		id: 'position',
		name: { 'zh-CN': '岗位', en: 'Position' },
		type: 'text',
		choices: given.map(([value, name]) => ({ value, name: { 'zh-CN': name, en: name } }))
	});
}

test('an installation names the values that have no name, and an uninstallation takes the names back', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith([NAMED]) });
	expect(await choices(client)).toEqual([['sales', '销售']]);
	expect((await clientDictionary(ctx.db.read)).get('employee.position')?.valueNames).toMatchObject({
		sales: { en: 'Sales' }
	});
	await uninstallPack(ctx, actor, { pack: 'minimal' });
	expect(await choices(client)).toBeNull();
});

test('a name of the client’s own is asked about, stays where that is chosen, and survives the pack', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	await call(client, ['sales', '业务员'], ['driver', '司机']);
	const folder = packsWith([NAMED]);
	const plan = await planPack(ctx, actor, { pack: 'minimal', folder });
	expect(plan.parts.find(({ kind }) => kind === 'value')).toMatchObject({
		id: 'position/sales',
		outcome: 'conflict'
	});
	await installPack(ctx, actor, {
		pack: 'minimal',
		folder,
		conflicts: { 'value:position/sales': 'replace' }
	});
	expect(await choices(client)).toEqual([
		['sales', '销售'],
		['driver', '司机']
	]);
	await uninstallPack(ctx, actor, { pack: 'minimal' });
	expect(await choices(client)).toEqual([
		['sales', '业务员'],
		['driver', '司机']
	]);
});

test('an upgrade names new values, asks where both renamed one, and leaves the client’s own', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith([NAMED]) });
	await call(client, ['sales', '业务员'], ['driver', '司机']);
	const folder = packsWith(
		[named('营销', ', { value: clerk, name: { zh-CN: 文员, en: Clerk } }')],
		'1.1.0'
	);
	const plan = await planUpgrade(ctx, actor, { pack: 'minimal', folder });
	const conflict = 'value:position/sales#name';
	expect(plan.parts.flatMap(({ conflicts }) => conflicts.map(({ id }) => id))).toEqual([conflict]);
	await upgradePack(ctx, actor, { pack: 'minimal', folder, choices: { [conflict]: 'ours' } });
	expect(await choices(client)).toEqual([
		['sales', '业务员'],
		['driver', '司机'],
		['clerk', '文员']
	]);
});

test('saving an attribute anew leaves the names of the pack the pack’s', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith([NAMED]) });
	await saveAttribute(ctx, actor, {
		id: 'position',
		name: { 'zh-CN': '岗位', en: 'Position' },
		type: 'text',
		choices: [
			{ value: 'sales', name: { 'zh-CN': '销售', en: 'Sales' } },
			{ value: 'driver', name: { 'zh-CN': '司机', en: 'Driver' } }
		]
	});
	await uninstallPack(ctx, actor, { pack: 'minimal' });
	expect(await choices(client)).toEqual([['driver', '司机']]);
});

test('name and use of a preset are merged like its columns: field by field', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	const where = eq(importPresets.id, 'monthly-export');
	await ctx.db.write((tx) =>
		tx
			.update(importPresets)
			.set({ name: { 'zh-CN': '我们的月报', en: 'Our months' } })
			.where(where)
	);
	const folder = packsWith(
		[['presets/monthly-export.yaml', 'for: observations', 'for: targets']],
		'1.1.0'
	);
	await upgradePack(ctx, actor, { pack: 'minimal', folder });
	const [merged] = await ctx.db.read.select().from(importPresets).where(where);
	expect(merged).toMatchObject({ name: { en: 'Our months' }, kind: 'targets' });
	expect(merged?.definition).not.toHaveProperty('for');

	const renamed = packsWith(
		[
			['presets/monthly-export.yaml', 'for: observations', 'for: targets'],
			['presets/monthly-export.yaml', 'en: ', 'en: New ']
		],
		'1.2.0'
	);
	const plan = await planUpgrade(ctx, actor, { pack: 'minimal', folder: renamed });
	expect(plan.parts.flatMap(({ conflicts }) => conflicts.map(({ id }) => id))).toEqual([
		'preset:monthly-export#name'
	]);
});

const MONTHS = [0.9, 0.6, 1, 1, 1, 1, 1, 1, 1, 1, 1.2, 1.3];

test('an export takes names of values, dated values and those of single units along', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith([NAMED]) });
	const by = { recordedAt: '2025-01-01T00:00:00.000Z', recordedBy: 'test' };
	await ctx.db.write(async (tx) => {
		await tx.insert(parameterValues).values([
			{ parameterId: 'bonus_from', unitId: null, validFrom: '2025-06', value: 1.3, ...by },
			{ parameterId: 'bonus_from', unitId: 'north', validFrom: '2025-07', value: 1.1, ...by },
			{ parameterId: 'bonus_from', unitId: 'south', validFrom: '2025-07', value: 1.15, ...by }
		]);
	});
	const draft = await createDraft(ctx, actor, { kind: 'template', templateId: 'simple' });
	const made = await exportPack(ctx, actor, {
		id: 'acme-sales',
		version: '1.0.0',
		name: { 'zh-CN': '我们的规则包', en: 'Our pack' },
		description: { 'zh-CN': '从客户导出', en: 'Exported from a client' },
		industry: 'trading',
		authors: ['Acme HR'],
		schemes: [{ schemeId: 'simple', draftId: draft.id }]
	});
	const { pack } = lintPack(made.files);
	expect(pack?.manifest.params).toMatchObject([
		{
			default: 1.3,
			values: [
				{ from: '2000-01', value: 1.2 },
				{ from: '2025-06', value: 1.3 },
				{ from: '2025-07', value: 1.1, unit: 'north' },
				{ from: '2025-07', value: 1.15, unit: 'south' }
			]
		}
	]);
	expect(pack?.manifest.requires.attributes).toMatchObject([
		{ id: 'position', values: [{ value: 'sales', name: { en: 'Sales' } }] }
	]);

	const other = await clientWithHistory();
	await other.ctx.db.write((tx) =>
		tx.insert(units).values({
			id: 'north',
			parentId: null,
			name: { 'zh-CN': '北方', en: 'North' },
			kind: 'team',
			createdAt: by.recordedAt
		})
	);
	await receivePack(other.ctx, other.actor, { bytes: made.archive });
	await installPack(other.ctx, other.actor, { pack: 'acme-sales' });
	const values = await other.ctx.db.read
		.select({
			unit: parameterValues.unitId,
			from: parameterValues.validFrom,
			value: parameterValues.value
		})
		.from(parameterValues)
		.orderBy(parameterValues.id);
	// There is no unit in the south here, so its value has nobody to hold for.
	expect(values).toEqual([
		{ unit: null, from: '2000-01', value: 1.3 },
		{ unit: null, from: '2000-01', value: 1.2 },
		{ unit: null, from: '2025-06', value: 1.3 },
		{ unit: 'north', from: '2025-07', value: 1.1 }
	]);
	expect(await choices(other)).toEqual([['sales', '销售']]);
});

test('figures that repeat month for month go out as a season and come in as one', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	const season: Edit = [
		'pack.yaml',
		'default: 1.2',
		`default: 1.2\n    months: [${MONTHS.join(', ')}]`
	];
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith([season]) });
	const draft = await createDraft(ctx, actor, { kind: 'template', templateId: 'simple' });
	const made = await exportPack(ctx, actor, {
		id: 'acme-sales',
		version: '1.0.0',
		name: { 'zh-CN': '我们的规则包', en: 'Our pack' },
		description: { 'zh-CN': '从客户导出', en: 'Exported from a client' },
		industry: 'trading',
		authors: ['Acme HR'],
		schemes: [{ schemeId: 'simple', draftId: draft.id }]
	});
	const [param] = lintPack(made.files).pack?.manifest.params ?? [];
	expect(param).toMatchObject({ default: 1.2, months: MONTHS });
	expect(param).not.toHaveProperty('values');
	expect(await ctx.db.read.select().from(parameters)).toHaveLength(1);
});
