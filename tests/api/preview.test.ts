import { afterAll, expect, test } from 'vitest';
import { previewHost } from '#lib/server/replays/preview-host.ts';
import { openReplayStudio, quotaScheme } from '../server/replays/replay-studio.ts';
import { actorWith } from '../server/support/studio.ts';
import { call } from './api-client.ts';
import { expectAsDescribed } from './described.ts';

afterAll(async () => {
	await previewHost.close();
});

test('a preview while the hand moves: everybody in sums, one person in figures, people by name', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const params = { draft: draft.id };
	const route = '/drafts/[draft]/preview';
	const population = await call(ctx, designer, 'POST', `${route}/population`, params, {
		body: { ask: 7, document: quotaScheme(50, 50) }
	});
	expectAsDescribed('POST', '/drafts/{draft}/preview/population', population);
	expect(population.body).toMatchObject({ ask: 7, population: { compared: true, up: 1 } });
	const unfinished = await call(ctx, designer, 'POST', `${route}/population`, params, {
		body: { ask: 8, document: { items: [] } }
	});
	expectAsDescribed('POST', '/drafts/{draft}/preview/population', unfinished);
	expect(unfinished.body).toMatchObject({ ask: 8, reason: { code: 'draft_unsound' } });

	const query = { length: 'quarter' };
	const person = await call(ctx, designer, 'GET', `${route}/person`, params, {
		query: { ...query, employee: '276' }
	});
	expectAsDescribed('GET', '/drafts/{draft}/preview/person', person);
	const people = await call(ctx, designer, 'GET', `${route}/people`, params, {
		query: { ...query, search: 'linda' }
	});
	expectAsDescribed('GET', '/drafts/{draft}/preview/people', people);
	expect(people.body['people']).toEqual([{ employee: '276', name: expect.any(String) }]);

	const head = actorWith('department_head');
	for (const [path, of] of [
		['person', { employee: '276' }],
		['people', {}]
	] as const)
		expect(
			(await call(ctx, head, 'GET', `${route}/${path}`, params, { query: { ...query, ...of } }))
				.status
		).toBe(403);
});
