/** A small company's files, and what a client knows after importing them. */
import type { Context } from '#lib/server/context.ts';
import { currentFigures } from '#lib/server/snapshots/figures.ts';
import { columns, metric, registerMetrics } from './import-files.ts';
import { openTestClient, type TestClient } from './test-client.ts';

export const PEOPLE = `工号,姓名,部门,入职日期,证件号
E1,王一,销售部,2023-01-01,0001
E2,李二,销售部,2023-06-15,0002
E3,张三,运营部,2024-02-01,0003
`;
export const PEOPLE_MAPPING = {
	columns: [
		...columns({
			工号: 'employee',
			姓名: 'name',
			部门: 'attribute.unit',
			入职日期: 'attribute.hired_on'
		}),
		{ field: 'attribute.national_id', columns: ['证件号'] }
	],
	create_units: true
};
export const MONTHS = `员工,月份,销售额,订单数
E1,2025-01,"1,200.50",3
E1,2025年2月,1.5万,4
E2,2025-01,0,0
`;
export const MONTHS_MAPPING = {
	columns: columns({
		员工: 'employee',
		月份: 'period',
		销售额: 'metric.sales',
		订单数: 'metric.orders'
	})
};

/** The current figures by `subject metric period`. */
export async function figures(ctx: Context, kind: 'observations' | 'targets' = 'observations') {
	const found = await currentFigures(ctx.db.read, kind, {
		metrics: ['sales', 'orders'],
		from: '0000',
		to: '9999'
	});
	return Object.fromEntries(
		[...found].map(([key, value]) => [key.split('\u0001').slice(1).join(' '), value])
	);
}

/** A client that measures sales and orders. */
export async function openSalesClient(): Promise<TestClient> {
	const client = await openTestClient();
	await registerMetrics(client.ctx, client.as('implementer'), [
		metric('sales', { unit: 'money' }),
		metric('orders', { valid: [0, 100] })
	]);
	return client;
}
