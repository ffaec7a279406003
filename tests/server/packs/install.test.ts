/** Installing a pack is one decision: all of it or nothing, by those who may, and twice is once. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FixedClock } from '#lib/server/clock.ts';
import { systemActor, type Actor, type Context } from '#lib/server/context.ts';
import {
	auditEvents,
	importPresets,
	installedPacks,
	metrics,
	parameterValues,
	recordTypes,
	templates
} from '#lib/server/db/client/schema.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { randomIds } from '#lib/server/ids.ts';
import { clientContext } from '#lib/server/instance.ts';
import { saveMetric } from '#lib/server/metrics/save-metric.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { listAvailablePacks } from '#lib/server/packs/list-packs.ts';
import { planPack } from '#lib/server/packs/plan-pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'quanheng-packs-'));
const clock = new FixedClock('2026-11-20T02:00:00.000Z');
let databases: Databases;
let ctx: Context;
let actor: Actor;
let packs: string;
let number = 0;

beforeAll(async () => {
	databases = await Databases.open(join(folder, 'data'));
});
afterAll(async () => {
	await databases.close();
	rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
	number += 1;
	const clientId = `client-${number}`;
	ctx = await clientContext({ clock, ids: randomIds(clock), databases }, clientId);
	actor = systemActor(clientId);
	packs = join(folder, `packs-${number}`);
	cpSync('tests/packs/minimal', join(packs, 'minimal'), { recursive: true });
});

const install = (input: Partial<Parameters<typeof installPack>[2]> = {}) =>
	installPack(ctx, actor, { pack: 'minimal', folder: packs, ...input });

function edit(path: string, before: string, after: string): void {
	const file = join(packs, 'minimal', path);
	writeFileSync(file, readFileSync(file, 'utf8').replace(before, after));
}

async function counts() {
	const { read } = ctx.db;
	const tables = [metrics, recordTypes, templates, importPresets, installedPacks, parameterValues];
	const rows = await Promise.all(tables.map((table) => read.select().from(table)));
	return rows.map((list) => list.length);
}

test('a pack brings metrics, records, templates, presets and parameters, with one event', async () => {
	const { plan, changed } = await install({ params: { bonus_from: 1.1 } });
	expect(changed).toBe(true);
	expect(plan.counts).toEqual({ added: 5, same: 0, conflict: 0 });
	expect(await counts()).toEqual([1, 1, 1, 1, 1, 1]);
	const [value] = await ctx.db.read.select().from(parameterValues);
	expect(value).toMatchObject({ parameterId: 'bonus_from', value: 1.1, unitId: null });
	const events = await ctx.db.read.select().from(auditEvents);
	expect(events.map(({ type }) => type)).toEqual(['pack_installed']);
});

test('installing the same pack twice changes nothing', async () => {
	await install();
	const before = await counts();
	expect(await install()).toMatchObject({ changed: false, plan: { isInstalled: true } });
	expect(await counts()).toEqual(before);
});

test('a part the client has in another form needs a decision, and nothing is written without one', async () => {
	await saveMetric(ctx, actor, { definition: MINE, revision: 0 });
	const before = await counts();
	await expect(install()).rejects.toMatchObject({ code: 'pack_conflicts', status: 409 });
	expect(await counts()).toEqual(before);
	await install({ conflicts: { 'metric:revenue': 'keep' } });
	const rows = await ctx.db.read.select().from(metrics);
	expect(rows.map(({ revision, definition: { unit } }) => [revision, unit])).toEqual([
		[1, 'count']
	]);
});

test('replacing makes a new revision and keeps the old one', async () => {
	await saveMetric(ctx, actor, { definition: MINE, revision: 0 });
	await install({ conflicts: { 'metric:revenue': 'replace' } });
	const rows = await ctx.db.read.select().from(metrics);
	expect(rows.map(({ revision, definition: { unit } }) => [revision, unit])).toEqual([
		[1, 'count'],
		[2, 'money']
	]);
});

const MINE = {
	id: 'revenue',
	name: { 'zh-CN': '收入', en: 'Income' },
	unit: 'count',
	direction: 'higher',
	class: 'result',
	grain: 'employee',
	period: 'month',
	aggregation: 'sum'
};

test('a pack with a failing sentence or an error is refused and the client stays as it was', async () => {
	edit('tests/simple.yaml', 'score: 110', 'score: 111');
	await expect(install()).rejects.toMatchObject({ code: 'pack_tests_fail', status: 422 });
	edit('metrics/revenue.yaml', 'direction: higher', 'directon: higher');
	const other = join(folder, `broken-${number}`);
	cpSync(packs, other, { recursive: true });
	await expect(install({ folder: other })).rejects.toMatchObject({
		code: 'pack_invalid',
		status: 422,
		diagnostics: expect.arrayContaining([
			expect.objectContaining({ file: 'metrics/revenue.yaml', code: 'key_unknown' })
		]) as unknown
	});
	expect(await counts()).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a plan that was shown for another pack is not carried out', async () => {
	await expect(install({ hash: '0'.repeat(64) })).rejects.toMatchObject({ code: 'pack_changed' });
	const { hash } = await planPack(ctx, actor, { pack: 'minimal', folder: packs });
	expect((await install({ hash })).changed).toBe(true);
});

test('a pack or parameter that does not exist is named', async () => {
	await expect(install({ pack: '../minimal' })).rejects.toMatchObject({ status: 404 });
	await expect(install({ params: { bonus: 1 } })).rejects.toMatchObject({
		diagnostics: [
			expect.objectContaining({ code: 'answer_unknown', at: '/params/bonus' })
		] as unknown
	});
});

test('only an implementer installs, and nobody of another client', async () => {
	for (const role of [
		'hr_designer',
		'hr_approver',
		'employee',
		'auditor',
		'administrator'
	] as const) {
		const other = { ...actor, roles: [role] };
		await expect(installPack(ctx, other, { pack: 'minimal', folder: packs })).rejects.toMatchObject(
			{ status: 403 }
		);
	}
	const stranger = { ...actor, clientId: 'another' };
	await expect(
		installPack(ctx, stranger, { pack: 'minimal', folder: packs })
	).rejects.toMatchObject({ status: 404 });
	await expect(listAvailablePacks(ctx, { ...actor, roles: ['employee'] })).rejects.toMatchObject({
		status: 403
	});
});

test('the gallery says what is installed, and in which version', async () => {
	expect((await listAvailablePacks(ctx, actor, { folder: packs }))[0]).toMatchObject({
		id: 'minimal',
		installed: null,
		counts: { metrics: 1, schemes: 1, tests: 3 }
	});
	await install();
	expect((await listAvailablePacks(ctx, actor, { folder: packs }))[0]?.installed).toMatchObject({
		version: '1.0.0',
		same: true
	});
});

test('another version is not installed over the one that is: that is what upgrading is for', async () => {
	await install();
	const next = join(folder, `next-${number}`);
	cpSync(packs, next, { recursive: true });
	for (const [path, before, after] of [
		['pack.yaml', 'version: 1.0.0', 'version: 1.1.0'],
		['CHANGELOG.md', '## 1.0.0', '## 1.1.0\n\n## 1.0.0']
	] as const) {
		const file = join(next, 'minimal', path);
		writeFileSync(file, readFileSync(file, 'utf8').replace(before, after));
	}
	const before = await counts();
	await expect(install({ folder: next })).rejects.toMatchObject({ code: 'pack_installed_already' });
	expect(await counts()).toEqual(before);
	const open = await ctx.db.read
		.select()
		.from(installedPacks)
		.where(isNull(installedPacks.removedAt));
	expect(open.map(({ version }) => version)).toEqual(['1.0.0']);
});

test('answers are put into the templates, and what does not fit is refused with its place', async () => {
	await expect(install({ period: 'week' as 'month', grades: { great: 90 } })).rejects.toMatchObject(
		{
			code: 'answers_refused',
			diagnostics: [
				expect.objectContaining({ code: 'answer_refused', at: '/period' }),
				expect.objectContaining({ code: 'answer_unknown', at: '/grades/great' })
			] as unknown
		}
	);
	await expect(
		install({ params: { bonus_from: { units: { nowhere: 1 } } } })
	).rejects.toMatchObject({
		diagnostics: [expect.objectContaining({ code: 'answer_unit_unknown' })] as unknown
	});
	expect(await counts()).toEqual([0, 0, 0, 0, 0, 0]);
	await install({ period: 'quarter', grades: { good: 85 } });
	const [template] = await ctx.db.read.select().from(templates);
	expect(template?.document).toMatchObject({
		period: 'quarter',
		grades: [expect.objectContaining({ id: 'good', from: 85 }), expect.anything()]
	});
});

test('a parameter with seasons holds each month its own figure', async () => {
	const months = Array.from({ length: 12 }, (_, index) => 1 + index / 10);
	await install({ params: { bonus_from: { months } } });
	const values = await ctx.db.read.select().from(parameterValues);
	const march = values.filter(({ validFrom }) => validFrom.endsWith('-03'));
	expect(march.length).toBeGreaterThan(3);
	expect(new Set(march.map(({ value }) => value))).toEqual(new Set([1.2]));
});
