/**
 * One table in the shapes that client files really come in. The public variants are read from
 * outside; the same shapes, made by hand and small, are always there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { Context } from '#lib/server/context.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { actorWith, openStudio } from '../support/studio.ts';
import { importFile, metric, registerMetrics } from './import-files.ts';

const actor = actorWith('implementer');
const folder = process.env['QUANHENG_DATASETS'];

async function openCompany(people: readonly string[]): Promise<Context> {
	const ctx = await (await openStudio()).context();
	await registerMetrics(ctx, actor, [
		metric('sales', { unit: 'money', name: { 'zh-CN': '销售额', en: 'Sales' } }),
		metric('orders', { name: { 'zh-CN': '订单数', en: 'Orders' } })
	]);
	const roll = ['id,name', ...people.map((id) => `${id},Person ${id}`)].join('\n');
	await importFile(ctx, actor, 'people', roll, {
		columns: [
			{ field: 'employee', columns: ['id'] },
			{ field: 'name', columns: ['name'] }
		]
	});
	return ctx;
}

/** Plans with what the wizard itself suggests, plus names that no alias covers. */
async function plan(
	ctx: Context,
	bytes: Uint8Array,
	named: Readonly<Record<string, string>> = {},
	looseIds = false
) {
	const batch = await stageImport(ctx, actor, {
		kind: 'observations',
		fileName: 'months.csv',
		bytes
	});
	const wanted = new Set(['employee', 'period', 'metric.sales', 'metric.orders']);
	const columns = batch.suggestions.flatMap(({ column, field, transform }) => {
		const target = named[column] ?? field;
		if (target === null || !wanted.has(target)) return [];
		const decimal = batch.delimiter === ';' ? { decimal: 'comma' as const } : {};
		return [
			{
				field: target,
				columns: [column],
				transform: {
					...transform,
					...(target.startsWith('metric.') ? decimal : {}),
					...(target === 'employee' && looseIds ? { loose_id: true } : {})
				}
			}
		];
	});
	const mapping = completeMapping({ columns: columns as never });
	return { batch, plan: await planImport(ctx, actor, { batchId: batch.id, mapping }) };
}

const sumOf = (result: Awaited<ReturnType<typeof plan>>, field: string) =>
	result.plan.columns.find((column) => column.field === field)?.sum;

describe('a small table in many shapes', () => {
	const CHINESE =
		'工号,姓名,月份,销售额（元）,订单数\r\n274,甲,2013年1月,"1,200.50",3\r\n275,乙,2013年2月,"35,666.67",4\r\n';
	const shapes: [string, Uint8Array, Record<string, string>][] = [
		['GBK with Chinese headers', iconv.encode(CHINESE, 'gbk'), {}],
		[
			'UTF-16 with tabs',
			iconv.encode(
				CHINESE.replace(/"([\d.,]+)"/g, '$1').replace(/,(?!\d{3}\.)/g, '\t'),
				'utf16le',
				{ addBOM: true }
			),
			{}
		],
		[
			'semicolons and decimal commas',
			iconv.encode(
				'\ufeffPersonalnummer;Monat;Umsatz;Auftraege\n274;01/2013;1.200,50;3\n275;02/2013;35.666,67;4\n',
				'utf8'
			),
			{ Umsatz: 'metric.sales', Auftraege: 'metric.orders' }
		],
		[
			'a report with titles, subtotals and repeated headers',
			iconv.encode(
				'2013年度月报,,,,\n单位：元,,,,\n\n工号,姓名,月份,销售额（元）,订单数\n274,甲,2013年1月,"1,200.50",3\n小计,,,"1,200.50",3\n\n工号,姓名,月份,销售额（元）,订单数\n275,乙,2013年2月,"35,666.67",4\n合计,,,"36,867.17",7\n制表：财务,,,,\n',
				'utf8'
			),
			{}
		],
		[
			'text numbers, currency, full width and 万',
			iconv.encode(
				"工号,月份,销售额,订单数\n274,2013/01,'￥1,200.50,３\n".replace(
					"'￥1,200.50",
					'"￥1,200.50"'
				) + '275,201302,3.566667万,4\n',
				'utf8'
			),
			{}
		]
	];
	it.each(shapes)('%s', async (_name, bytes, named) => {
		const ctx = await openCompany(['274', '275']);
		const result = await plan(ctx, bytes, named);
		expect(result.plan.findings).toEqual([]);
		expect(result.plan.rows).toMatchObject({ accepted: 2, rejected: 0 });
		expect(sumOf(result, 'metric.sales')).toBe(36867.17);
		expect(sumOf(result, 'metric.orders')).toBe(7);
	});
});

describe('the public table in the shapes of its variants', () => {
	if (folder === undefined) {
		it('is not run: QUANHENG_DATASETS is not set', ({ skip }) => {
			skip('QUANHENG_DATASETS is not set; the small equivalent above ran.');
		});
		return;
	}
	const place = join(folder, 'dirty-variants');
	if (!existsSync(place)) throw new Error(`QUANHENG_DATASETS has no folder ${place}`);
	const bytesOf = (name: string): Uint8Array => readFileSync(join(place, name));
	const expected = JSON.parse(readFileSync(join(place, 'expected.json'), 'utf8')) as {
		rows: number;
		sum_sales: number;
		sum_orders: number;
	};
	const people = Array.from({ length: 17 }, (_, i) => String(274 + i));

	it.each([
		['00_base_clean.csv', {}],
		['01_gbk_chinese_headers.csv', {}],
		['02_semicolon_decimal_comma_bom.csv', { Umsatz: 'metric.sales', Auftraege: 'metric.orders' }],
		['03_report_title_subtotals_blank_lines_bom.csv', {}],
		['07_utf16le_tab.txt', {}]
	])('%s', async (name, named) => {
		const ctx = await openCompany(people);
		const result = await plan(ctx, bytesOf(name), named);
		expect(result.plan.rows).toMatchObject({ accepted: expected.rows, rejected: 0 });
		expect(sumOf(result, 'metric.sales')).toBeCloseTo(expected.sum_sales, 1);
		expect(sumOf(result, 'metric.orders')).toBe(expected.sum_orders);
	});

	it('04: repeats count once, contradictions and bad rows are refused with their reasons', async () => {
		const ctx = await openCompany(people);
		const { plan: found } = await plan(
			ctx,
			bytesOf('04_duplicates_conflicts_bad_rows.csv'),
			{},
			true
		);
		expect(found.rows.repeated).toBe(5);
		const rows = Object.fromEntries(found.findings.map(({ code, rows: count }) => [code, count]));
		expect(rows).toMatchObject({
			import_row_conflict: 3,
			import_employee_unknown: 1,
			import_cell_unreadable: 1,
			import_value_missing: 1
		});
		// Both rows of each contradiction, and the three that are wrong in themselves.
		expect(found.rows.rejected).toBe(9);
	});
});
