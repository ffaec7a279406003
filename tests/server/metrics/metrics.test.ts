import { expect, test } from 'vitest';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { findMetrics, getMetric } from '#lib/server/metrics/find-metrics.ts';
import { saveMetric } from '#lib/server/metrics/save-metric.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
import { metric } from '../imports/import-files.ts';
import { actorWith, openStudio } from '../support/studio.ts';

const hr = actorWith('hr_designer');

test('a metric is registered once and revised with the revision that was seen', async () => {
	const ctx = await (await openStudio()).context();
	const first = await saveMetric(ctx, hr, { definition: metric('sales'), revision: 0 });
	expect(first.revision).toBe(1);
	expect((await saveMetric(ctx, hr, { definition: metric('sales'), revision: 0 })).revision).toBe(
		1
	);
	await expect(
		saveMetric(ctx, hr, { definition: metric('sales', { unit: 'money' }), revision: 0 })
	).rejects.toMatchObject({ code: 'metric_exists' });
	expect(
		(await saveMetric(ctx, hr, { definition: metric('sales', { unit: 'money' }), revision: 1 }))
			.revision
	).toBe(2);
	await expect(
		saveMetric(ctx, hr, { definition: metric('sales', { unit: 'TEU' }), revision: 1 })
	).rejects.toMatchObject({ code: 'metric_stale', status: 409 });
	const record = await getMetric(ctx, hr, { metricId: 'sales' });
	expect(record.revisions.map(({ definition }) => definition.unit)).toEqual(['count', 'money']);
});

test('a definition with errors is refused with their places', async () => {
	const ctx = await (await openStudio()).context();
	await expect(
		saveMetric(ctx, hr, { definition: { ...metric('sales'), unti: 'x' }, revision: 0 })
	).rejects.toMatchObject({
		code: 'metric_refused',
		diagnostics: expect.arrayContaining([expect.objectContaining({ at: '/unti' })])
	});
	expect(await findMetrics(ctx, hr)).toEqual([]);
});

test('a circle between derived metrics is refused with its path', async () => {
	const ctx = await (await openStudio()).context();
	await saveMetric(ctx, hr, { definition: metric('a'), revision: 0 });
	await saveMetric(ctx, hr, {
		definition: metric('b', { formula: { var: 'metric.a' } }),
		revision: 0
	});
	await expect(
		saveMetric(ctx, hr, { definition: metric('a', { formula: { var: 'metric.b' } }), revision: 1 })
	).rejects.toMatchObject({ code: 'metric_refused', diagnostics: [{ code: 'metric_cycle' }] });
	expect((await getMetric(ctx, hr, { metricId: 'a' })).usedBy).toEqual(['b']);
});

test('the dictionary knows the client’s own attributes and their values', async () => {
	const ctx = await (await openStudio()).context();
	await saveMetric(ctx, hr, { definition: metric('sales'), revision: 0 });
	await savePerson(ctx, hr, {
		id: 'E1',
		name: 'E1',
		attributes: { grade_group: 'B', seats: 3, remote: true },
		validFrom: '2025-01-01'
	});
	const dictionary = await clientDictionary(ctx.db.read);
	expect(dictionary.get('employee.grade_group')).toMatchObject({ type: 'string', values: ['B'] });
	expect(dictionary.get('employee.seats')?.type).toBe('number');
	expect(dictionary.get('employee.remote')?.type).toBe('boolean');
	expect(dictionary.has('metric.sales')).toBe(true);
	expect(dictionary.has('metric.slaes')).toBe(false);
});

test('only those who may change metrics do', async () => {
	const ctx = await (await openStudio()).context();
	await expect(
		saveMetric(ctx, actorWith('department_head'), { definition: metric('a'), revision: 0 })
	).rejects.toMatchObject({ status: 403 });
});
