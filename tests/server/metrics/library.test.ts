/** The metric library: near-duplicates, retirement, usage, and circles refused with their path. */
import { describe, expect, test } from 'vitest';
import { momentOf } from '#lib/server/clock.ts';
import type { Context } from '#lib/server/context.ts';
import { bulkInsert } from '#lib/server/db/bulk.ts';
import { employees, observations } from '#lib/server/db/client/schema.ts';
import { findMetrics } from '#lib/server/metrics/find-metrics.ts';
import { findSimilar } from '#lib/server/metrics/find-similar.ts';
import { metricUsage } from '#lib/server/metrics/metric-usage.ts';
import { retireMetric } from '#lib/server/metrics/retire-metric.ts';
import { saveMetric } from '#lib/server/metrics/save-metric.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { metric, registerMetrics } from '../imports/import-files.ts';
import { salesScheme } from '../support/life.ts';
import { actorWith, openStudio } from '../support/studio.ts';

const implementer = actorWith('implementer');
const named = (id: string, zh: string, en: string, extra: Record<string, unknown> = {}) =>
	metric(id, { name: { 'zh-CN': zh, en }, ...extra });

async function company(): Promise<Context> {
	return (await openStudio()).context();
}

/** Twelve months of figures for ten people. */
async function tellFigures(
	ctx: Context,
	id: string,
	valueOf: (person: number, month: number) => number
): Promise<void> {
	const recordedAt = momentOf(ctx.clock);
	const people = Array.from({ length: 10 }, (_, at) => `E${at}`);
	await ctx.db.write(async (tx) => {
		const known = await tx.select().from(employees);
		if (known.length === 0) {
			await bulkInsert(
				tx,
				employees,
				people.map((one) => ({ id: one, name: one, createdAt: recordedAt }))
			);
		}
		await bulkInsert(
			tx,
			observations,
			people.flatMap((subjectId, person) =>
				Array.from({ length: 12 }, (_, month) => ({
					subjectKind: 'employee' as const,
					subjectId,
					metric: id,
					period: `2025-${String(month + 1).padStart(2, '0')}`,
					value: valueOf(person, month),
					recordedAt,
					recordedBy: 'x'
				}))
			)
		);
	});
}

describe('AT-10: near-duplicates are named', () => {
	test('names alike in one language are enough; other names are left alone', async () => {
		const ctx = await company();
		await registerMetrics(ctx, implementer, [
			named('conversion_rate', '客户转化率', 'Customer conversion rate'),
			named('repeat_rate', '复购率', 'Repurchase rate'),
			named('headcount', '在岗人数', 'People at work')
		]);
		const ask = async (definition: object) =>
			(await findSimilar(ctx, implementer, { definition: definition as never })).map(
				({ id, reasons }) => `${id} ${reasons.map(({ kind }) => kind).join()}`
			);
		expect(await ask(named('cust_conv', '客户的转化率', 'Conversions'))).toEqual([
			'conversion_rate name'
		]);
		expect(await ask(named('x', '客诉率', 'Re-purchase rate'))).toEqual(['repeat_rate name']);
		expect(await ask(named('y', '差旅费', 'Travel cost'))).toEqual([]);
		// A definition that has only begun is compared by what it has.
		expect(await ask({ name: { 'zh-CN': '复购率', en: '' } })).toEqual(['repeat_rate name']);
	});

	test('the same formula under another name is the same metric', async () => {
		const ctx = await company();
		const formula = { '-': [{ var: 'metric.revenue' }, { var: 'metric.cost' }] };
		await registerMetrics(ctx, implementer, [
			named('revenue', '收入', 'Revenue'),
			named('cost', '成本', 'Cost'),
			named('gross_profit', '毛利', 'Gross profit', { formula })
		]);
		const found = await findSimilar(ctx, implementer, {
			definition: named('margin', '贡献额', 'Contribution', { formula })
		});
		expect(found).toMatchObject([{ id: 'gross_profit', reasons: [{ kind: 'formula' }] }]);
		const ranked = named('margin', '贡献额', 'Contribution', {
			formula,
			rank: { within: 'client', order: 'high' }
		});
		expect(await findSimilar(ctx, implementer, { definition: ranked })).toEqual([]);
	});

	test('figures that move together are named, with how many were compared', async () => {
		const ctx = await company();
		await registerMetrics(ctx, implementer, [
			named('orders', '订单数', 'Orders'),
			named('visits', '拜访数', 'Visits')
		]);
		await tellFigures(ctx, 'orders', (person, month) => ((person * 7 + month * 5) % 23) + person);
		await tellFigures(ctx, 'visits', (person, month) => ((person * 11 + month * 3) % 17) - month);
		const doubled = named('packages', '包裹量', 'Packages', {
			formula: { '+': [{ '*': [2, { var: 'metric.orders' }] }, 3] }
		});
		const found = await findSimilar(ctx, implementer, { definition: doubled, withHistory: true });
		expect(found).toMatchObject([
			{ id: 'orders', reasons: [{ kind: 'history', correlation: 1, figures: 120 }] }
		]);
	});
});

describe('retirement', () => {
	test('a metric that others or drafts read stays; afterwards it leaves the library, and may come back', async () => {
		const ctx = await company();
		await registerMetrics(ctx, implementer, [
			metric('collected_revenue'),
			metric('cost'),
			metric('profit', {
				formula: { '-': [{ var: 'metric.collected_revenue' }, { var: 'metric.cost' }] }
			})
		]);
		await createDraft(ctx, actorWith('hr_designer'), {
			kind: 'document',
			document: salesScheme()
		});
		const retire = (metricId: string, revision = 1) =>
			retireMetric(ctx, implementer, { metricId, revision });
		await expect(retire('cost')).rejects.toMatchObject({
			code: 'metric_used',
			details: { users: 'profit' }
		});
		expect(await metricUsage(ctx.db.read, 'collected_revenue')).toMatchObject({
			metrics: [{ id: 'profit' }],
			drafts: [{ scheme: 'sales' }],
			versions: []
		});
		await expect(retire('profit', 2)).rejects.toMatchObject({ code: 'metric_stale' });
		await retire('profit');
		await retire('cost');
		const library = await findMetrics(ctx, implementer);
		expect(library.map(({ id }) => id)).toEqual(['collected_revenue']);
		await expect(retire('collected_revenue')).rejects.toMatchObject({ code: 'metric_used' });
		const back = await saveMetric(ctx, implementer, { definition: metric('cost'), revision: 0 });
		expect(back.revision).toBe(3);
		await expect(
			retireMetric(ctx, actorWith('auditor'), { metricId: 'cost', revision: 3 })
		).rejects.toMatchObject({ code: 'not_allowed' });
	});
});

describe('circles are refused with their path', () => {
	test('when a metric is saved', async () => {
		const ctx = await company();
		const over = (id: string) => ({ formula: { '+': [{ var: `metric.${id}` }, 1] } });
		await registerMetrics(ctx, implementer, [metric('a', over('b')), metric('b', over('c'))]);
		const refused = await saveMetric(ctx, implementer, {
			definition: metric('c', over('a')),
			revision: 0
		}).catch((error: unknown) => error);
		expect(refused).toMatchObject({
			code: 'metric_refused',
			diagnostics: [{ code: 'metric_cycle', details: { path: 'a → b → c → a' } }]
		});
	});

	test('when a pack is installed beside metrics that the client kept', async () => {
		const ctx = await company();
		await registerMetrics(ctx, implementer, [
			metric('benchmark_cost', {
				formula: { '*': [{ var: 'metric.buy_rate_variance' }, 2] }
			})
		]);
		const install = installPack(ctx, implementer, {
			pack: 'freight-forwarding',
			conflicts: { 'metric:benchmark_cost': 'keep' }
		});
		await expect(install).rejects.toMatchObject({
			code: 'metric_refused',
			diagnostics: [
				{
					code: 'metric_cycle',
					details: { path: 'benchmark_cost → buy_rate_variance → benchmark_cost' }
				}
			]
		});
		expect((await findMetrics(ctx, implementer)).map(({ id }) => id)).toEqual(['benchmark_cost']);
	});
});
