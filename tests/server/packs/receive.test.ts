/** A pack that came as a file is judged whole, kept for one client, and installed like a shipped one. */
import { expect, test } from 'vitest';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePack, type PackFiles } from '#lib/packs/parse-pack.ts';
import { auditEvents, installedPacks, receivedPacks } from '#lib/server/db/client/schema.ts';
import { makeKeys, readSigningKey } from '#lib/server/packs/archive/keys.ts';
import { writeArchive } from '#lib/server/packs/archive/write-archive.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { planUpgrade } from '#lib/server/packs/plan-upgrade.ts';
import { receivePack } from '#lib/server/packs/receive-pack.ts';
import { upgradePack } from '#lib/server/packs/upgrade-pack.ts';
import { changed, minimalPack } from '../../packs/pack-files.ts';
import { clientWithHistory, type PackClient } from './pack-client.ts';

const keys = makeKeys('Quanheng tests');

function archive(files: PackFiles, signed = false): Uint8Array {
	const { pack } = parsePack(files);
	if (!pack) throw new Error('unsound');
	return writeArchive(pack, files, signed ? readSigningKey(keys.privatePem) : null);
}

async function version(number: string): Promise<PackFiles> {
	return changed(await minimalPack(), {
		replace: {
			'pack.yaml': ['version: 1.0.0', `version: ${number}`],
			'CHANGELOG.md': ['## 1.0.0', `## ${number}\n\n## 1.0.0`]
		}
	});
}

function trust({ ctx }: PackClient): void {
	const folder = join(ctx.dataDir, 'pack-keys');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'tests.json'), JSON.stringify(keys.publicFile));
}

test('a received pack is kept once, and installed and upgraded like a shipped one', async () => {
	const { ctx, actor } = await clientWithHistory();
	const bytes = archive(await minimalPack());
	expect(await receivePack(ctx, actor, { bytes })).toMatchObject({
		pack: 'minimal',
		version: '1.0.0',
		signer: null,
		changed: true
	});
	expect((await receivePack(ctx, actor, { bytes })).changed).toBe(false);
	expect(await ctx.db.read.select().from(receivedPacks)).toHaveLength(1);
	await installPack(ctx, actor, { pack: 'minimal' });
	await receivePack(ctx, actor, { bytes: archive(await version('1.1.0')) });
	const plan = await planUpgrade(ctx, actor, { pack: 'minimal' });
	expect(plan.to.version).toBe('1.1.0');
	expect((await upgradePack(ctx, actor, { pack: 'minimal' })).changed).toBe(true);
	const other = changed(await minimalPack(), { replace: { 'README.md': ['inimal', 'aximal'] } });
	await expect(receivePack(ctx, actor, { bytes: archive(other) })).rejects.toMatchObject({
		code: 'version_rewritten'
	});
});

test('a refused archive leaves an audit entry and nothing else; what is installed stays', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	trust(client);
	await receivePack(ctx, actor, { bytes: archive(await minimalPack(), true) });
	await installPack(ctx, actor, { pack: 'minimal' });
	const installed = await ctx.db.read.select().from(installedPacks);
	expect(installed[0]?.signer).toBe('Quanheng tests');
	const bytes = archive(await version('1.1.0'), true);
	bytes[bytes.length - 30] = (bytes.at(-30) ?? 0) ^ 0xff;
	await expect(receivePack(ctx, actor, { bytes })).rejects.toMatchObject({
		code: 'archive_refused',
		status: 422
	});
	expect(await ctx.db.read.select().from(receivedPacks)).toHaveLength(1);
	expect(await ctx.db.read.select().from(installedPacks)).toEqual(installed);
	const events = await ctx.db.read.select().from(auditEvents);
	expect(events.map(({ type }) => type)).toEqual([
		'pack_received',
		'pack_installed',
		'pack_refused'
	]);
});

test('a version without the signature of the installed one is not taken', async () => {
	const client = await clientWithHistory();
	const { ctx, actor } = client;
	trust(client);
	await receivePack(ctx, actor, { bytes: archive(await minimalPack(), true) });
	await installPack(ctx, actor, { pack: 'minimal' });
	await receivePack(ctx, actor, { bytes: archive(await version('1.1.0')) });
	await expect(upgradePack(ctx, actor, { pack: 'minimal' })).rejects.toMatchObject({
		code: 'signature_lost'
	});
	await receivePack(ctx, actor, { bytes: archive(await version('1.2.0'), true) });
	expect((await upgradePack(ctx, actor, { pack: 'minimal' })).changed).toBe(true);
});

test('only an implementer hands in packs', async () => {
	const { ctx, actor } = await clientWithHistory();
	const bytes = archive(await minimalPack());
	for (const role of ['hr_designer', 'auditor', 'employee'] as const) {
		await expect(receivePack(ctx, { ...actor, roles: [role] }, { bytes })).rejects.toMatchObject({
			status: 403
		});
	}
});
