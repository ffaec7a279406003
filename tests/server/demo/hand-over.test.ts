/**
 * A new client from nothing: what each step leaves is what the next one is told, and every column of
 * the exports of all three industries is recognised without a question.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateSample } from '#lib/packs/sample/generate-sample.ts';
import { sampleCsv } from '#lib/packs/sample/sample-csv.ts';
import { systemActor, type Actor } from '#lib/server/context.ts';
import { getHandOver } from '#lib/server/hand-over/get-hand-over.ts';
import { commitExports, findOpenExports } from '#lib/server/hand-over/open-exports.ts';
import { receiveExports } from '#lib/server/hand-over/receive-exports.ts';
import { startFirstReplay } from '#lib/server/hand-over/start-first-replay.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { loadPack } from '#lib/server/packs/shipped-packs.ts';
import { openTestClient, type TestClient } from '../imports/test-client.ts';

let client: TestClient;
let actor: Actor;

beforeEach(async () => {
	client = await openTestClient('fresh');
	client.clock.advance(400 * 86_400_000);
	actor = systemActor('fresh');
});
afterEach(() => client.close());

async function bring(kind: 'people' | 'observations' | 'targets', text: string) {
	const bytes = new TextEncoder().encode(text);
	const files = [{ kind, fileName: `${kind}.csv`, bytes }];
	expect(await receiveExports(client.ctx, actor, { files })).toMatchObject([{ planned: true }]);
	const open = await findOpenExports(client.ctx, actor, [kind]);
	expect(open).toMatchObject([{ kind, doubtful: [], ignored: [] }]);
	const plans = open.flatMap(({ id, plan }) =>
		plan ? [{ batchId: id, planHash: plan.planHash }] : []
	);
	await commitExports(client.ctx, actor, { plans, withoutRejected: false });
	expect(await findOpenExports(client.ctx, actor, [kind])).toEqual([]);
}

test.each([
	['freight-forwarding', 'sales'],
	['manufacturing', 'operator'],
	['fintech', 'loan-bd']
])(
	'a client of %s comes to its first replay, told at every step what comes next',
	async (pack, scheme) => {
		const { ctx } = client;
		const next = async () => (await getHandOver(ctx, actor)).next;
		expect(await next()).toBe('pack');

		await installPack(ctx, actor, { pack });
		expect(await next()).toBe('people');

		const loaded = (await loadPack(pack)).pack;
		if (!loaded.generator) throw new Error('The pack has no sample client.');
		// A quarter of history is enough for every header and for a first replay.
		const sample = generateSample({ ...loaded.generator, from: '2026-08' });
		const files = sampleCsv(sample, loaded.metrics);
		await bring('people', files['people.csv']);
		const withPeople = await getHandOver(ctx, actor);
		expect(withPeople.next).toBe('history');
		expect(withPeople.people).toBe(sample.people.length);
		expect(withPeople.fit.uncovered).toEqual([]);
		expect(withPeople.fit.schemes.find(({ id }) => id === scheme)?.people).toBeGreaterThan(5);

		await bring('observations', files['observations.csv']);
		await bring('targets', files['targets.csv']);
		const withHistory = await getHandOver(ctx, actor);
		expect(withHistory.next).toBe('replay');
		expect(withHistory.history).toMatchObject({ from: '2026-08', to: '2026-10' });
		expect(withHistory.missing.length).toBeLessThan(withPeople.missing.length);

		const replay = await startFirstReplay(ctx, actor, { template: scheme });
		expect((await replay.ended).status).toBe('done');
		const replayed = await getHandOver(ctx, actor);
		expect(replayed.replay).toMatchObject({ id: replay.id });
		expect(replayed.replay?.scored).toBeGreaterThan(0);
		expect(replayed.next).toBe('accounts');

		const again = await startFirstReplay(ctx, actor, { template: scheme });
		await again.ended;
		expect((await getHandOver(ctx, actor)).drafts).toBe(1);
	}
);

test('a file with a column in doubt waits for a person, and nothing is written', async () => {
	const bytes = new TextEncoder().encode('工号,姓名,入职日\r\nE1,甲,2024-01-01\r\n');
	const [received] = await receiveExports(client.ctx, actor, {
		files: [{ kind: 'people', fileName: 'people.csv', bytes }]
	});
	expect(received?.planned).toBe(false);
	const [open] = await findOpenExports(client.ctx, actor, ['people']);
	expect(open).toMatchObject({ doubtful: ['入职日'], plan: null });
	expect((await getHandOver(client.ctx, actor)).people).toBe(0);
});
