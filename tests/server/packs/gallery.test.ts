/** The gallery, the parts of a plan and two versions: what a person reads before deciding anything. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parsePack } from '#lib/packs/parse-pack.ts';
import { systemActor, type Actor } from '#lib/server/context.ts';
import { writeArchive } from '#lib/server/packs/archive/write-archive.ts';
import { comparePackVersions } from '#lib/server/packs/compare-pack-versions.ts';
import { describePart } from '#lib/server/packs/describe-part.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { findPackGallery } from '#lib/server/packs/pack-gallery.ts';
import { readPackFiles } from '#lib/server/packs/read-pack-files.ts';
import { receivePack } from '#lib/server/packs/receive-pack.ts';
import { openTestClient, type TestClient } from '../imports/test-client.ts';
import { packsWith } from './pack-client.ts';

let client: TestClient;
let actor: Actor;

beforeEach(async () => {
	client = await openTestClient('gallery');
	actor = systemActor('gallery');
});
afterEach(() => client.close());

const NEW_DECIMALS = ['metrics/revenue.yaml', 'unit: money', 'unit: money\ndecimals: 2'] as const;

test('a pack shows what it needs, and after a newer one came that it can be upgraded', async () => {
	const { ctx } = client;
	const folder = packsWith();
	const [offered] = await findPackGallery(ctx, actor, { folder });
	expect(offered).toMatchObject({ id: 'minimal', source: 'shipped', installed: null });
	expect(offered?.needs.find(({ path }) => path === 'metric.revenue')).toMatchObject({
		have: null
	});

	await installPack(ctx, actor, { pack: 'minimal', folder });
	const newer = packsWith([NEW_DECIMALS], '1.1.0');
	const [installed] = await findPackGallery(ctx, actor, { folder: newer });
	expect(installed).toMatchObject({
		version: '1.1.0',
		installed: { version: '1.0.0', same: false }
	});
});

test('a pack that nobody offers any more stays in the gallery while it is installed', async () => {
	const { ctx } = client;
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	const shelf = await findPackGallery(ctx, actor, { folder: '/nowhere' });
	expect(shelf).toMatchObject([{ id: 'minimal', source: 'installed', installed: { same: true } }]);
});

test('two versions differ in words, part by part', async () => {
	const { ctx } = client;
	await installPack(ctx, actor, { pack: 'minimal', folder: packsWith() });
	const folder = packsWith([NEW_DECIMALS], '1.1.0');
	expect(await comparePackVersions(ctx, actor, { pack: 'minimal', folder })).toMatchObject({
		from: '1.0.0',
		to: '1.1.0',
		changes: [
			{ kind: 'metric', id: 'revenue', change: 'changed', sentences: [{ en: 'decimals: adds 2' }] }
		]
	});
	const same = await comparePackVersions(ctx, actor, {
		pack: 'minimal',
		from: '1.0.0',
		to: '1.0.0',
		folder
	});
	expect(same.changes).toEqual([]);
});

test('the shipped version stays at hand beside a newer one that was received', async () => {
	const { ctx } = client;
	const folder = packsWith();
	const files = await readPackFiles(join(packsWith([NEW_DECIMALS], '1.1.0'), 'minimal'));
	const { pack } = parsePack(files);
	if (!pack) throw new Error('The newer pack is not valid.');
	await receivePack(ctx, actor, { bytes: writeArchive(pack, files) });
	expect(await comparePackVersions(ctx, actor, { pack: 'minimal', folder })).toMatchObject({
		versions: ['1.0.0', '1.1.0'],
		installed: null,
		to: '1.1.0'
	});
	const between = { pack: 'minimal', from: '1.0.0', to: '1.1.0', folder };
	expect((await comparePackVersions(ctx, actor, between)).changes).toHaveLength(1);
	expect((await findPackGallery(ctx, actor, { folder }))[0]).toMatchObject({
		version: '1.1.0',
		source: 'received',
		signer: null
	});
});

test('a part can be read before it is installed; one that is not in the pack is not found', async () => {
	const { ctx } = client;
	const wanted = { pack: 'manufacturing', kind: 'scheme', id: 'operator' } as const;
	const part = await describePart(ctx, actor, wanted);
	expect(part).toMatchObject({ name: { en: 'Operator scheme' }, differences: null });
	expect(part.metrics.length).toBeGreaterThan(30);
	await expect(describePart(ctx, actor, { ...wanted, id: 'nobody' })).rejects.toMatchObject({
		code: 'not_found'
	});
});

test('whoever may not read packs learns nothing of them', async () => {
	const { ctx } = client;
	const stranger: Actor = { ...actor, roles: ['employee'] };
	await expect(findPackGallery(ctx, stranger)).rejects.toMatchObject({ code: 'not_allowed' });
	await expect(comparePackVersions(ctx, stranger, { pack: 'manufacturing' })).rejects.toMatchObject(
		{ code: 'not_allowed' }
	);
});
