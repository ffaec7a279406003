/**
 * Invariant: a snapshot told from an earlier one, whatever happened in between, is the snapshot
 * that a full build gives, bit for bit; and what nothing happened to is not read again.
 */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { tableHash } from '#lib/engine/table/hash.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import type { Context } from '#lib/server/context.ts';
import {
	importBatches,
	observations,
	parameterValues,
	targets
} from '#lib/server/db/client/schema.ts';
import { saveMetric } from '#lib/server/metrics/save-metric.ts';
import { saveParameter } from '#lib/server/parameters/save-parameter.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
import { saveUnit } from '#lib/server/people/save-unit.ts';
import { buildSnapshot, type SnapshotRequest } from '#lib/server/snapshots/build-snapshot.ts';
import { readBasis, readChanges, type SnapshotBasis } from '#lib/server/snapshots/changes.ts';
import type { EarlierSnapshot } from '#lib/server/snapshots/reuse.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { metric, registerMetrics } from '../imports/import-files.ts';
import { actorWith, openStudio } from '../support/studio.ts';

const SEED = 20_261_123;
const WORLDS = 2;
const STEPS = 40;
const actor = actorWith('implementer');
const text = (word: string) => ({ 'zh-CN': word, en: word });
const UNITS = ['north', 'south', 'team'] as const;
const MONTHS = ['2024-11', '2024-12', '2025-01', '2025-02', '2025-03', '2025-04'] as const;
const TOLD = ['sales', 'visits', 'quality', 'freight'] as const;

const METRICS = [
	metric('sales'),
	metric('visits'),
	metric('quality', { aggregation: 'mean' }),
	metric('freight', { grain: 'unit' }),
	metric('per_visit', { aggregation: 'ratio', numerator: 'sales', denominator: 'visits' }),
	metric('yearly', { window: { periods: 3, take: 'sum' }, formula: { var: 'metric.sales' } }),
	metric('place', { rank: { within: 'client', order: 'high' }, formula: { var: 'metric.sales' } }),
	metric('place_in_unit', {
		rank: { within: 'unit', order: 'low' },
		formula: { var: 'metric.visits' }
	}),
	metric('good_months', { streak: { when: { '>': [{ var: 'metric.quality' }, 2] } } }),
	metric('share_of_freight', {
		formula: { '/': [{ var: 'metric.sales' }, { var: 'metric.freight' }] }
	}),
	metric('head_bonus', { grain: 'unit', formula: { '+': [{ var: 'metric.sales' }, 1] } })
];

const REQUEST: SnapshotRequest = {
	range: { from: '2025-01', to: '2025-04' },
	length: 'month',
	paths: [
		...METRICS.map(({ id }) => `metric.${id}`),
		...TOLD.map((id) => `target.${id}`),
		'team.sales.actual',
		'team.sales.target',
		'team.per_visit.actual',
		'team.freight.target',
		'param.limit',
		'employee.level'
	]
};

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomness(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

async function openWorld() {
	const studio = await openStudio();
	const ctx = await studio.context();
	await saveUnit(ctx, actor, { id: 'all', parentId: null, name: text('all'), kind: 'company' });
	for (const id of ['north', 'south'])
		await saveUnit(ctx, actor, { id, parentId: 'all', name: text(id), kind: 'department' });
	await saveUnit(ctx, actor, { id: 'team', parentId: 'north', name: text('team'), kind: 'team' });
	await registerMetrics(ctx, actor, METRICS);
	await saveParameter(ctx, actor, { id: 'limit', name: text('limit'), unit: 'count' });
	for (let at = 1; at <= 6; at += 1)
		await hire(ctx, `E${at}`, UNITS[at % 3] ?? 'north', '2024-01-01');
	return ctx;
}

function hire(ctx: Context, id: string, unit: string, on: string) {
	return savePerson(ctx, actor, {
		id,
		name: id,
		attributes: { hired_on: on, unit, level: 'P1' },
		validFrom: on
	});
}

/** Builds from what was before, when there is something, and gives what the next build needs. */
async function build(ctx: Context, earlier: EarlierSnapshot | null): Promise<EarlierSnapshot> {
	let basis: SnapshotBasis | null = null;
	const snapshot = await buildSnapshot(ctx.db.read, REQUEST, {
		now: '2026-01-01T00:00:00.000Z',
		earlier,
		basis: (state) => (basis = state)
	});
	if (!basis) throw new Error('The build did not say what it was built on.');
	return { snapshot, basis };
}

test(`whatever happens, the changed snapshot is the full one (${WORLDS} × ${STEPS} changes, seed ${SEED})`, async () => {
	let reused = 0;
	for (let world = 0; world < WORLDS; world += 1) {
		const random = randomness(SEED + world);
		const pick = <T>(list: readonly T[]): T => {
			const found = list[Math.floor(random() * list.length)];
			if (found === undefined) throw new Error('Nothing to choose from.');
			return found;
		};
		const ctx = await openWorld();
		let people = 6;
		let batches = 0;
		const open: string[] = [];
		const person = () => `E${1 + Math.floor(random() * people)}`;
		const fact = () => ({ recordedAt: '2026-01-01T00:00:00.000Z', recordedBy: 'test' });
		const figure = (batchId: string | null = null) => {
			const ofUnit = random() < 0.25;
			return {
				subjectKind: ofUnit ? ('unit' as const) : ('employee' as const),
				subjectId: ofUnit ? pick(UNITS) : person(),
				metric: pick(TOLD),
				period: pick(MONTHS),
				value: random() < 0.1 ? null : Math.floor(random() * 50) / 8,
				batchId,
				...fact()
			};
		};
		const steps: readonly (() => Promise<unknown>)[] = [
			() => ctx.db.write((tx) => tx.insert(observations).values([figure(), figure(), figure()])),
			() => ctx.db.write((tx) => tx.insert(observations).values(figure())),
			() => ctx.db.write((tx) => tx.insert(targets).values([figure(), figure()])),
			async () => {
				batches += 1;
				const id = `B${batches}`;
				open.push(id);
				await ctx.db.write(async (tx) => {
					await tx.insert(observations).values([figure(id), figure(id)]);
					await tx.insert(importBatches).values({
						id,
						kind: 'observations',
						fileName: 'a.csv',
						fileHash: id,
						fileSize: 1,
						header: [],
						status: 'committed',
						counts: {},
						problems: [],
						createdAt: fact().recordedAt,
						createdBy: 'test'
					});
				});
			},
			async () => {
				const [id] = open.splice(Math.floor(random() * open.length), 1);
				if (id === undefined) return;
				const at = '2026-02-01T00:00:00.000Z';
				await ctx.db.write(async (tx) => {
					await tx
						.update(observations)
						.set({ withdrawnAt: at, withdrawnBy: 'test' })
						.where(eq(observations.batchId, id));
					await tx.update(importBatches).set({ rolledBackAt: at }).where(eq(importBatches.id, id));
				});
			},
			() =>
				savePerson(ctx, actor, {
					id: person(),
					attributes: { unit: pick(UNITS) },
					validFrom: `${pick(MONTHS)}-15`
				}),
			() =>
				savePerson(ctx, actor, {
					id: person(),
					attributes: { level: 'P2' },
					validFrom: '2025-02-01'
				}),
			() =>
				savePerson(ctx, actor, {
					id: person(),
					attributes: { status: random() < 0.5 ? 'left' : 'active' },
					validFrom: `${pick(MONTHS)}-10`
				}),
			() => hire(ctx, `E${(people += 1)}`, pick(UNITS), `${pick(MONTHS)}-05`),
			() =>
				saveUnit(ctx, actor, {
					id: 'team',
					parentId: pick(['north', 'south']),
					name: text('team'),
					kind: 'team',
					validFrom: `${pick(MONTHS)}-01`
				}),
			() =>
				ctx.db.write((tx) =>
					tx.insert(parameterValues).values({
						parameterId: 'limit',
						unitId: random() < 0.5 ? null : pick(UNITS),
						validFrom: pick(MONTHS),
						value: Math.floor(random() * 9),
						...fact()
					})
				),
			async () => {
				const known = (await loadMetrics(ctx.db.read)).get('good_months');
				if (!known) return;
				const least = Math.floor(random() * 4);
				await saveMetric(ctx, actor, {
					definition: { ...known, streak: { when: { '>': [{ var: 'metric.quality' }, least] } } },
					revision: 1
				}).catch(() => null);
			}
		];
		let before = await build(ctx, null);
		for (let step = 0; step < STEPS; step += 1) {
			const count = 1 + Math.floor(random() * 2);
			for (let at = 0; at < count; at += 1) await pick(steps)();
			const told = await build(ctx, before);
			const full = await build(ctx, null);
			expect(tableHash(tableOfSnapshot(told.snapshot)), `world ${world}, step ${step}`).toBe(
				tableHash(tableOfSnapshot(full.snapshot))
			);
			if (await readChanges(ctx.db.read, before.basis, told.basis)) reused += 1;
			before = told;
		}
	}
	// A test in which everything is built anew would hold as well.
	expect(reused).toBe(WORLDS * STEPS);
}, 240_000);

test('only figures that depend on a change are read: nothing for an attribute, one person for a fact', async () => {
	const ctx = await openWorld();
	await ctx.db.write((tx) =>
		tx.insert(observations).values(
			['E1', 'E2', 'E3'].map((subjectId) => ({
				subjectKind: 'employee' as const,
				subjectId,
				metric: 'sales',
				period: '2025-02',
				value: 4,
				recordedAt: '2026-01-01T00:00:00.000Z',
				recordedBy: 'test'
			}))
		)
	);
	const before = await build(ctx, null);
	await savePerson(ctx, actor, { id: 'E1', attributes: { level: 'P9' }, validFrom: '2025-02-01' });
	const basis = await readBasis(ctx.db.read, 1, await loadMetrics(ctx.db.read));
	const changes = await readChanges(ctx.db.read, before.basis, basis);
	expect(changes?.observations.size).toBe(0);
	expect([...(changes?.people ?? [])]).toEqual(['E1']);
	// A poisoned table shows what is taken over: every cell that is worked out again is clean.
	const poisoned = poison(before);
	await ctx.db.write((tx) =>
		tx.insert(observations).values({
			subjectKind: 'employee',
			subjectId: 'E2',
			metric: 'sales',
			period: '2025-03',
			value: 8,
			recordedAt: '2026-01-02T00:00:00.000Z',
			recordedBy: 'test'
		})
	);
	const after = tableOfSnapshot((await build(ctx, poisoned)).snapshot);
	const sales = after.columns.get('metric.sales');
	const ids = after.columns.get('employee.id');
	const months = after.columns.get('period.id');
	if (sales?.kind !== 'number' || ids?.kind !== 'text' || months?.kind !== 'text')
		throw new Error('The columns are not there.');
	const clean = Array.from({ length: after.rows }, (_, row) => row)
		.filter((row) => sales.values[row] !== POISON)
		.map(
			(row) => `${ids.dictionary[ids.codes[row] ?? 0]} ${months.dictionary[months.codes[row] ?? 0]}`
		);
	expect(clean).toEqual(['E2 2025-03', 'E2 2025-04']);
	expect([...columnOf(after, 'metric.visits')].every((value) => value === POISON)).toBe(true);
	expect([...columnOf(after, 'target.sales')].some((value) => value === POISON)).toBe(true);
});

const POISON = -123_456;

function columnOf(table: ReturnType<typeof tableOfSnapshot>, path: string): Float64Array {
	const column = table.columns.get(path);
	if (column?.kind !== 'number') throw new Error(`There is no column ${path}.`);
	return column.values;
}

function poison(earlier: EarlierSnapshot): EarlierSnapshot {
	for (const [path, column] of tableOfSnapshot(earlier.snapshot).columns)
		if (path.startsWith('metric.') || path.startsWith('target.'))
			if (column.kind === 'number') column.values.fill(POISON);
	return earlier;
}
