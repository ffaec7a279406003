/**
 * AdventureWorks as an implementer would bring it in: two files of people, one of months, one of
 * quotas. The same way serves the public data and the small company that is always there.
 */
import type { Actor, Context } from '#lib/server/context.ts';
import { saveSettings } from '#lib/server/settings/save-settings.ts';
import { columns, importFile, metric, registerMetrics } from '../imports/import-files.ts';
import type { SalesFiles } from './quota-scheme.ts';

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
