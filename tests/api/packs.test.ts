/** The pack operations of the interface answer as they are described, from handing in to taking back. */
import { expect, test } from 'vitest';
import { writeArchive } from '#lib/server/packs/archive/write-archive.ts';
import { parsePack } from '#lib/packs/parse-pack.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { changed, minimalPack } from '../packs/pack-files.ts';
import { clientWithHistory } from '../server/packs/pack-client.ts';
import { call } from './api-client.ts';
import { expectAsDescribed } from './described.ts';

async function archive(version: string): Promise<Blob> {
	const files = changed(await minimalPack(), {
		replace: {
			'pack.yaml': ['version: 1.0.0', `version: ${version}`],
			'CHANGELOG.md': ['## 1.0.0', `## ${version}`]
		}
	});
	const { pack } = parsePack(files);
	if (!pack) throw new Error('unsound');
	return new Blob([Buffer.from(writeArchive(pack, files))]);
}

test('a pack is handed in, tried, installed, upgraded, exported and taken back', async () => {
	const { ctx, actor } = await clientWithHistory();
	const pack = { pack: 'minimal' };
	for (const version of ['1.0.0', '1.1.0']) {
		const form = new FormData();
		form.set('file', await archive(version), 'minimal.zip');
		const received = await call(ctx, actor, 'POST', '/packs', {}, { form });
		expectAsDescribed('POST', '/packs', received);
	}
	const list = await call(ctx, actor, 'GET', '/packs');
	expectAsDescribed('GET', '/packs', list);

	const body = { version: '1.0.0' };
	const plan = await call(ctx, actor, 'POST', '/packs/[pack]/plan', pack, { body });
	expectAsDescribed('POST', '/packs/{pack}/plan', plan);
	const trial = await call(ctx, actor, 'POST', '/packs/[pack]/trial', pack, {
		body: { ...body, scheme: 'simple' }
	});
	expectAsDescribed('POST', '/packs/{pack}/trial', trial);
	const refused = await call(ctx, actor, 'POST', '/packs/[pack]/install', pack, {
		body: { ...body, grades: { good: 'high' } }
	});
	expect(refused.status).toBe(422);
	const installed = await call(ctx, actor, 'POST', '/packs/[pack]/install', pack, {
		body: { ...body, hash: plan.body['hash'], params: { bonus_from: { value: 1.3 } } }
	});
	expectAsDescribed('POST', '/packs/{pack}/install', installed);
	expect(installed.body['changed']).toBe(true);

	const upgradePlan = await call(ctx, actor, 'POST', '/packs/[pack]/upgrade-plan', pack, {
		body: {}
	});
	expectAsDescribed('POST', '/packs/{pack}/upgrade-plan', upgradePlan);
	const upgraded = await call(ctx, actor, 'POST', '/packs/[pack]/upgrade', pack, {
		body: { state: upgradePlan.body['state'], choices: {} }
	});
	expectAsDescribed('POST', '/packs/{pack}/upgrade', upgraded);

	const draft = await createDraft(ctx, actor, { kind: 'template', templateId: 'simple' });
	const exported = await call(
		ctx,
		actor,
		'POST',
		'/pack-exports',
		{},
		{
			body: {
				id: 'own',
				version: '1.0.0',
				name: { 'zh-CN': '自有', en: 'Own' },
				description: { 'zh-CN': '自有', en: 'Own' },
				industry: 'trading',
				authors: ['Acme'],
				schemes: [{ scheme_id: 'simple', draft_id: draft.id }]
			}
		}
	);
	expectAsDescribed('POST', '/pack-exports', exported);

	const takingBack = await call(ctx, actor, 'GET', '/packs/[pack]/uninstall', pack);
	expectAsDescribed('GET', '/packs/{pack}/uninstall', takingBack);
	const gone = await call(ctx, actor, 'POST', '/packs/[pack]/uninstall', pack, {
		body: { state: takingBack.body['state'] }
	});
	expectAsDescribed('POST', '/packs/{pack}/uninstall', gone);
});
