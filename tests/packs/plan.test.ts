/** A plan says what an installation would add, find the same, find different, and what data is missing. */
import { expect, test } from 'vitest';
import { diffPacks } from '#lib/packs/diff-packs.ts';
import { packNeeds } from '#lib/packs/needs.ts';
import { parsePack } from '#lib/packs/parse-pack.ts';
import type { Pack } from '#lib/packs/pack.ts';
import {
	packParts,
	partHash,
	planInstall,
	PACK_PART_KINDS,
	type ClientPackState
} from '#lib/packs/plan-install.ts';
import { compareVersions, parseRange, parseVersion } from '#lib/packs/semver.ts';
import { changed, minimalPack, shippedPack, type Change } from './pack-files.ts';

async function pack(change: Change = {}): Promise<Pack> {
	const parsed = parsePack(changed(await minimalPack(), change));
	if (!parsed.pack) throw new Error(parsed.findings.map(({ message }) => message.en).join('\n'));
	return parsed.pack;
}

function emptyClient(): ClientPackState {
	return {
		parts: Object.fromEntries(
			PACK_PART_KINDS.map((kind) => [kind, new Map<string, string>()])
		) as unknown as ClientPackState['parts'],
		data: new Map(),
		installed: null
	};
}

function clientWith(installed: Pack, data: readonly string[] = []): ClientPackState {
	const state = emptyClient();
	const parts = { ...state.parts };
	for (const { kind, id, content } of packParts(installed)) {
		parts[kind] = new Map(parts[kind]).set(id, partHash(content));
	}
	const { version } = installed.manifest;
	const extent = { from: '2025-01', to: '2025-12', subjects: 1 };
	return {
		parts,
		data: new Map(data.map((path) => [path, extent])),
		installed: { version, hash: installed.hash }
	};
}

test('at an empty client everything is added and all data is missing', async () => {
	const plan = planInstall(await pack(), emptyClient());
	expect(plan.counts).toEqual({ added: 5, same: 0, conflict: 0 });
	expect(plan.missing.map(({ path }) => path)).toEqual([
		'employee.position',
		'metric.revenue',
		'target.revenue'
	]);
	expect(plan.isInstalled).toBe(false);
});

test('what the client supplies is not missing', async () => {
	const state = clientWith(await pack(), ['employee.position', 'metric.revenue']);
	const plan = planInstall(await pack(), state);
	expect(plan.missing).toEqual([
		{ path: 'target.revenue', name: expect.anything() as unknown, schemes: ['simple'] }
	]);
});

test('the same pack again is installed already', async () => {
	const plan = planInstall(await pack(), clientWith(await pack()));
	expect(plan.isInstalled).toBe(true);
	expect(plan.counts).toEqual({ added: 0, same: 5, conflict: 0 });
});

test('a part that the client changed is a conflict, the others stay the same', async () => {
	const mine = await pack({ replace: { 'metrics/revenue.yaml': ['unit: money', 'unit: count'] } });
	const plan = planInstall(await pack(), clientWith(mine));
	expect(plan.isInstalled).toBe(false);
	expect(plan.replaces).toBe('1.0.0');
	expect(plan.parts.filter(({ outcome }) => outcome === 'conflict')).toMatchObject([
		{ kind: 'metric', id: 'revenue' }
	]);
});

test('two packs differ by the parts that were added, removed and changed', async () => {
	const after = await pack({
		files: { 'presets/monthly-export.yaml': null },
		replace: { 'metrics/revenue.yaml': ['unit: money', 'unit: count'] }
	});
	expect(diffPacks(await pack(), after).changes).toEqual([
		{ kind: 'metric', id: 'revenue', change: 'changed' },
		{ kind: 'preset', id: 'monthly-export', change: 'removed' }
	]);
	expect(diffPacks(after, await pack()).changes).toContainEqual({
		kind: 'preset',
		id: 'monthly-export',
		change: 'added'
	});
});

test('the hash of a pack does not depend on the order of its files', async () => {
	const files = await minimalPack();
	const reversed = new Map([...files].reverse());
	expect(parsePack(reversed).pack?.hash).toBe(parsePack(files).pack?.hash);
});

test('ranges of versions mean what package managers mean by them', () => {
	const fits = (range: string, version: string): boolean | null => {
		const parsed = parseVersion(version);
		return parsed && (parseRange(range)?.(parsed) ?? null);
	};
	expect(fits('^1.2.0', '1.9.9')).toBe(true);
	expect(fits('^1.2.0', '2.0.0')).toBe(false);
	expect(fits('^0.1.0', '0.1.7')).toBe(true);
	expect(fits('^0.1.0', '0.2.0')).toBe(false);
	expect(fits('^0.0.3', '0.0.4')).toBe(false);
	expect(fits('~1.2.0', '1.2.9')).toBe(true);
	expect(fits('~1.2.0', '1.3.0')).toBe(false);
	expect(fits('>=0.1.0 <2.0.0', '1.0.0')).toBe(true);
	expect(fits('>=0.1.0 <2.0.0', '2.0.0')).toBe(false);
	expect(fits('1.0.0', '1.0.0')).toBe(true);
	expect(fits('*', '9.9.9')).toBe(true);
	expect(fits('latest', '1.0.0')).toBeNull();
	expect(parseVersion('1.0')).toBeNull();
	expect(parseVersion('01.0.0')).toBeNull();
	expect(compareVersions([1, 10, 0], [1, 9, 9])).toBeGreaterThan(0);
});

test('a target is asked for where a rule looks at it, and not where the figure alone counts', async () => {
	const { pack: freight } = parsePack(await shippedPack('freight-forwarding'));
	if (!freight) throw new Error('The pack is not sound.');
	const needed = new Map(packNeeds(freight, new Map()).map(({ path, schemes }) => [path, schemes]));
	expect(needed.get('target.collected_revenue')).toEqual(['sales']);
	expect(needed.get('target.gross_profit')).toEqual(['branch-manager']);
	// Points from 24 to 72 hours: no target is part of it.
	expect(needed.has('target.clearance_hours')).toBe(false);
	expect(needed.has('metric.clearance_hours')).toBe(true);
});
