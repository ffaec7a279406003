/**
 * AdventureWorks as an implementer would bring it in: two files of people, one of months, one of
 * quotas. The same way serves the public data and the small company that is always there.
 */
import type { Actor, Context } from '#lib/server/context.ts';
import { saveSettings } from '#lib/server/settings/save-settings.ts';
import { columns, importFile, metric, registerMetrics } from '../imports/import-files.ts';

export interface SalesFiles {
	readonly employees: Uint8Array | string;
	readonly names: Uint8Array | string;
	readonly months: Uint8Array | string;
	readonly quotas: Uint8Array | string;
}

/** Imports the four files; quotas run in quarters from February, May, August and November on. */
export async function importSales(ctx: Context, actor: Actor, files: SalesFiles) {
	await saveSettings(ctx, actor, { fiscalMonth: 2, currency: 'USD' });
	await registerMetrics(ctx, actor, [
		metric('sales', { unit: 'money', target_aggregation: 'sum' }),
		metric('orders'),
		metric('shipping', { unit: 'money', direction: 'lower' }),
		metric('average_order', {
			unit: 'money',
			aggregation: 'ratio',
			numerator: 'sales',
			denominator: 'orders'
		})
	]);
	const people = await importFile(ctx, actor, 'people', files.employees, {
		columns: columns({
			BusinessEntityID: 'employee',
			NationalIDNumber: 'attribute.national_id',
			JobTitle: 'attribute.position',
			HireDate: 'attribute.hired_on'
		})
	});
	const names = await importFile(ctx, actor, 'people', files.names, {
		columns: [
			...columns({
				EmployeeNationalIDAlternateKey: 'attribute.national_id',
				DepartmentName: 'attribute.unit'
			}),
			{ field: 'name', columns: ['FirstName', 'LastName'] }
		],
		match_on: 'national_id',
		where: [{ column: 'Status', values: ['Current'] }],
		create_units: true
	});
	const months = await importFile(ctx, actor, 'observations', files.months, {
		columns: columns({
			employee: 'employee',
			period: 'period',
			sales: 'metric.sales',
			orders: 'metric.orders',
			shipping: 'metric.shipping'
		})
	});
	const quotas = await importFile(ctx, actor, 'targets', files.quotas, {
		columns: columns({
			BusinessEntityID: 'employee',
			QuotaDate: 'period',
			SalesQuota: 'target.sales'
		}),
		spread_months: 3
	});
	return { people, names, months, quotas };
}

/** 70 × min(attainment, 1.2) + 30 × min(orders ÷ 40, 1): the example of the data's own README. */
export const QUOTA_SCHEME = {
	format: 'quanheng.scheme/1',
	id: 'quota',
	name: { 'zh-CN': '销售定额', en: 'Sales quota' },
	period: 'quarter',
	applies_to: { in: ['Sales', { var: 'employee.position' }] },
	weighting: 'percent',
	items: [
		{
			id: 'sales',
			metric: 'sales',
			class: 'result',
			weight: 70,
			score: { '*': [100, { min: [{ var: 'item.attainment' }, 1.2] }] }
		},
		{
			id: 'orders',
			metric: 'orders',
			class: 'process',
			weight: 30,
			score: { '*': [100, { min: [{ '/': [{ var: 'item.actual' }, 40] }, 1] }] }
		}
	],
	grades: [
		{ id: 'good', name: { 'zh-CN': '良好', en: 'Good' }, from: 80 },
		{ id: 'fair', name: { 'zh-CN': '合格', en: 'Fair' }, from: 0 }
	]
} as const;
