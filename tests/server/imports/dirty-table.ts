/**
 * One clean table of sales people and months, and the ugly shapes in which clients send such
 * tables. The public variants are read from outside; the same shapes are made here, small.
 */
import { writeXlsx, type Cell, type CellValue } from 'hucre/xlsx';
import iconv from 'iconv-lite';

export interface CleanRow {
	readonly id: string;
	readonly name: string;
	readonly region: string;
	readonly month: string;
	readonly sales: number;
	readonly orders: number;
	readonly target: number;
}

const PEOPLE = [
	['274', '甲', '总部'],
	['275', '乙', '东北区'],
	['276', '丙', '东北区'],
	['277', '丁', '西南区']
] as const;

/** Four people, twelve months of 2013; the last one joined in March. `chance` varies the figures. */
export function cleanTable(chance: (limit: number) => number = () => 0): CleanRow[] {
	const rows: CleanRow[] = [];
	for (let month = 1; month <= 12; month += 1) {
		for (const [at, [id, name, region]] of PEOPLE.entries()) {
			if (id === '277' && month < 3) continue;
			rows.push({
				id,
				name,
				region,
				month: `2013-${String(month).padStart(2, '0')}`,
				sales: (Math.round(1234567.89 * (at + 1) * month) + chance(9_999_999)) / 100,
				orders: ((at * 7 + month) % 13) + chance(40),
				target: 5000 * (at + 1)
			});
		}
	}
	return rows;
}

export const sumOf = (rows: readonly CleanRow[], field: 'sales' | 'orders' | 'target'): number =>
	Number(rows.reduce((sum, row) => sum + row[field], 0).toFixed(2));

const grouped = (value: number): string =>
	`"${value.toLocaleString('en-US', { minimumFractionDigits: 2 })}"`;
const monthNumber = (row: CleanRow): number => Number(row.month.slice(5));
const utf8 = (text: string): Uint8Array => iconv.encode(text, 'utf8');

/** GBK, Chinese headers, months as 2013年5月, thousands separators. */
export function asGbk(rows: readonly CleanRow[]): Uint8Array {
	const lines = rows.map((row) =>
		[
			row.id,
			row.name,
			`2013年${monthNumber(row)}月`,
			grouped(row.sales),
			row.orders,
			grouped(row.target)
		].join(',')
	);
	return iconv.encode(
		['工号,姓名,月份,销售额（元）,订单数,月度目标', ...lines].join('\r\n'),
		'gbk'
	);
}

/** A mark, semicolons, decimal commas, months as 05/2013. */
export function asGerman(rows: readonly CleanRow[]): Uint8Array {
	const german = (value: number) => value.toLocaleString('de-DE', { minimumFractionDigits: 2 });
	const lines = rows.map((row) =>
		[
			row.id,
			row.name,
			`${row.month.slice(5)}/2013`,
			german(row.sales),
			row.orders,
			german(row.target)
		].join(';')
	);
	return utf8(`\ufeff${['Personalnummer;Name;Monat;Umsatz;Auftraege;Ziel', ...lines].join('\n')}`);
}

/** Title lines, blank lines, a header every month, subtotals, a total, notes below. */
export function asReport(rows: readonly CleanRow[]): Uint8Array {
	const header = '工号,姓名,大区,月份,销售额（元）,订单数,月度目标';
	const lines = ['2013年度业绩月报,,,,,,', '单位：元    制表日期：2014年1月6日', ''];
	for (let month = 1; month <= 12; month += 1) {
		const own = rows.filter((row) => monthNumber(row) === month);
		lines.push(
			header,
			...own.map((row) =>
				[
					row.id,
					row.name,
					row.region,
					`2013年${month}月`,
					grouped(row.sales),
					row.orders,
					row.target
				].join(',')
			),
			`小计,,,,${grouped(sumOf(own, 'sales'))},${sumOf(own, 'orders')},${sumOf(own, 'target')}`,
			''
		);
	}
	lines.push(
		`合计,,,,${grouped(sumOf(rows, 'sales'))},${sumOf(rows, 'orders')},${sumOf(rows, 'target')}`,
		'备注：本表数据以财务确认为准',
		'制表人：,,,审核人：,,,'
	);
	return utf8(`\ufeff${lines.join('\n')}`);
}

/** Repeats, older and newer versions of rows, ids that a spreadsheet changed, rows to refuse. */
export function asDuplicates(rows: readonly CleanRow[]): Uint8Array {
	const ids = (id: string, at: number) =>
		at % 4 === 1 ? `000${id}` : at % 4 === 2 ? `${id}.0` : id;
	const line = (row: CleanRow, at: number, sales = row.sales, at2 = '2014-01-06 09:00:00') =>
		[ids(row.id, at), `${row.name} \u3000`, row.month, sales, row.orders, row.target, at2].join(
			','
		);
	const lines = rows.map((row, at) =>
		at === 5 ? line(row, at, 1, '2014-01-06 09:00:00') : line(row, at)
	);
	const [first, , , , , stale] = rows;
	if (first) lines.push(line(first, 0));
	if (stale) lines.push(line(stale, 3, stale.sales, '2014-01-20 17:30:00'));
	lines.push(
		'999,不在册,2013-05,1000,1,5000,2014-01-06 09:00:00',
		'276,丙,2013-13,1000,1,5000,2014-01-06 09:00:00',
		',没有工号,2013-05,1000,1,5000,2014-01-06 09:00:00'
	);
	return utf8(['emp_id,emp_name,period,sales,orders,target,updated_at', ...lines].join('\n'));
}

/** Months as columns, a column of year totals, a row of totals, blanks before somebody joined. */
export function asWide(rows: readonly CleanRow[]): Uint8Array {
	const months = Array.from({ length: 12 }, (_, at) => `2013-${String(at + 1).padStart(2, '0')}`);
	const lines = PEOPLE.map(([id, name]) => {
		const own = rows.filter((row) => row.id === id);
		const cells = months.map((month) => {
			const found = own.find((row) => row.month === month);
			return found ? grouped(found.sales) : '';
		});
		return [id, name, ...cells, grouped(sumOf(own, 'sales'))].join(',');
	});
	const totals = months.map((month) =>
		grouped(
			sumOf(
				rows.filter((row) => row.month === month),
				'sales'
			)
		)
	);
	const header = ['工号', '姓名', ...months.map((_, at) => `${at + 1}月`), '全年合计'].join(',');
	return utf8(
		`\ufeff${[header, ...lines, ['合计', '', ...totals, grouped(sumOf(rows, 'sales'))].join(',')].join('\n')}`
	);
}

/** Currency marks, 万, full-width digits, apostrophes, exponents, dashes for nothing, one correction. */
export function asMarked(rows: readonly CleanRow[]): Uint8Array {
	const wide = (text: string) =>
		text.replace(/[0-9.]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
	const written = (value: number, at: number): string =>
		[
			`￥${value}`,
			`${Number((value / 10_000).toFixed(6))}万`,
			wide(String(value)),
			`'${value}`,
			value.toExponential(),
			`${value} 元`,
			`USD ${value}`,
			`$${value}`
		][at % 8] ?? '';
	const notations = (row: CleanRow, at: number): string =>
		[
			row.month,
			row.month.replace('-', '/'),
			row.month.replace('-', ''),
			`2013年${monthNumber(row)}月`
		][at % 4] ?? '';
	const lines = rows.map((row, at) =>
		[row.id, row.name, notations(row, at), written(row.sales, at), row.orders, row.target, ''].join(
			','
		)
	);
	lines.push('276,丙,2013-06,"(12,345.67)",0,,退货冲减');
	return utf8(['工号,姓名,月份,销售额,订单数,目标,备注', ...lines].join('\n'));
}

/** A workbook: title, two-level header, merged regions, ids half number half text, a hidden sheet. */
export async function asWorkbook(rows: readonly CleanRow[]): Promise<Uint8Array> {
	const byRegion = rows.toSorted((a, b) =>
		a.region < b.region ? -1 : a.region > b.region ? 1 : 0
	);
	const body = byRegion.map((row, at): CellValue[] => [
		at % 2 === 0 ? Number(row.id) : row.id,
		row.name,
		at > 0 && byRegion[at - 1]?.region === row.region ? null : row.region,
		new Date(`${row.month}-01T00:00:00Z`),
		row.sales,
		row.orders,
		row.target,
		null
	]);
	const cells = new Map<string, Partial<Cell>>(
		body.map((_, at) => [`${at + 3},7`, { formula: `E${at + 4}/G${at + 4}` }])
	);
	const starts = byRegion.flatMap((row, at) =>
		at === 0 || byRegion[at - 1]?.region !== row.region ? [at] : []
	);
	return writeXlsx({
		sheets: [
			{
				name: '业绩',
				rows: [
					['2013年度销售业绩汇总表'],
					['人员信息', null, null, '业绩'],
					['工号', '姓名', '大区', '月份', '销售额（元）', '订单数', '月度目标', '达成率'],
					...body,
					['合计']
				],
				cells,
				merges: starts.map((at, i) => ({
					startRow: at + 3,
					endRow: (starts[i + 1] ?? byRegion.length) + 2,
					startCol: 2,
					endCol: 2
				}))
			},
			{ name: '填表说明', rows: [['达成率=销售额/月度目标']] },
			{
				name: '旧数据',
				hidden: true,
				rows: [['工号', '月份'], ...body.map((row) => [row[0] ?? '', 'x'])]
			}
		]
	});
}

/** A workbook with one sheet for every month, named after it. */
export async function asSheets(rows: readonly CleanRow[]): Promise<Uint8Array> {
	const months = [...new Set(rows.map(({ month }) => month))];
	return writeXlsx({
		sheets: months.map((month) => ({
			name: `2013年${Number(month.slice(5))}月`,
			rows: [
				['工号', '姓名', '销售额', '订单数', '目标'],
				...rows
					.filter((row) => row.month === month)
					.map((row): CellValue[] => [row.id, row.name, row.sales, row.orders, row.target])
			]
		}))
	});
}
