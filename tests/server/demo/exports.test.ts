/** What the sample client exports, an implementer can import: suggested mapping, nothing rejected. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportKind } from '#lib/contract/imports.ts';
import { generateSample, type SampleClient } from '#lib/packs/sample/generate-sample.ts';
import { sampleCsv, type SampleFiles } from '#lib/packs/sample/sample-csv.ts';
import { systemActor, type Actor, type Context } from '#lib/server/context.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { loadPack } from '#lib/server/packs/shipped-packs.ts';
import { loadPeople } from '#lib/server/people/history.ts';
import { currentFigures } from '#lib/server/snapshots/figures.ts';
import { openTestClient, type TestClient } from '../imports/test-client.ts';

let client: TestClient;
let actor: Actor;
let sample: SampleClient;
let files: SampleFiles;

beforeEach(async () => {
	client = await openTestClient('copy');
	client.clock.advance(400 * 86_400_000);
	actor = systemActor('copy');
	const { pack } = await loadPack('freight-forwarding');
	if (!pack.generator) throw new Error('The pack has no sample client.');
	sample = generateSample(pack.generator);
	files = sampleCsv(sample, pack.metrics);
	await installPack(client.ctx, actor, { pack: 'freight-forwarding' });
}, 60_000);
afterEach(() => client.close());

/** Takes every suggestion of the wizard and commits. */
async function importAsSuggested(ctx: Context, kind: ImportKind, text: string) {
	const bytes = new TextEncoder().encode(text);
	const batch = await stageImport(ctx, actor, { kind, fileName: `${kind}.csv`, bytes });
	const unmapped = batch.suggestions.filter(({ field }) => field === null);
	expect(unmapped.map(({ column }) => column)).toEqual([]);
	const mapping = completeMapping({
		columns: batch.suggestions.flatMap(({ column, field, transform }) =>
			field === null ? [] : [{ field, columns: [column], ...(transform ? { transform } : {}) }]
		),
		...(kind === 'people' ? { create_units: true } : {})
	});
	const plan = await planImport(ctx, actor, { batchId: batch.id, mapping });
	return commitImport(ctx, actor, { batchId: batch.id, planHash: plan.planHash });
}

test('people, figures and targets come in as they went out', async () => {
	const { ctx } = client;
	await importAsSuggested(ctx, 'people', files['people.csv']);
	await importAsSuggested(ctx, 'observations', files['observations.csv']);
	await importAsSuggested(ctx, 'targets', files['targets.csv']);

	const people = await loadPeople(ctx.db.read);
	expect(people.all.size).toBe(sample.people.length);
	expect(people.valueOn('E1006', 'unit', '2025-08-31')).not.toBe(
		people.valueOn('E1006', 'unit', '2025-09-01')
	);
	expect(people.lastEmployedDay('E1005', '2026-06-01', '2026-07-31')).toBe('2026-06-30');

	for (const [kind, figures] of [
		['observations', sample.observations],
		['targets', sample.targets]
	] as const) {
		const own = figures.filter(({ subjectKind }) => subjectKind === 'employee');
		const stored = await currentFigures(ctx.db.read, kind, {
			metrics: [...new Set(own.map(({ metric }) => metric))],
			from: '0000',
			to: '9999'
		});
		const sum = (values: Iterable<number | null>): number =>
			Math.round([...values].reduce<number>((total, value) => total + (value ?? 0), 0) * 100);
		expect(stored.size).toBe(own.length);
		expect(sum(stored.values())).toBe(sum(own.map(({ value }) => value)));
	}
}, 60_000);
