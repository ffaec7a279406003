/** A workbook from which a scheme begins gives its cells to whoever may edit drafts, and keeps nothing. */
import { writeXlsx } from 'hucre/xlsx';
import { afterEach, describe, expect, it } from 'vitest';
import { sheetOfText } from '#lib/designer/starts/sheet.ts';
import { fullestSheet, isWorkbook } from '#lib/designer/starts/workbook.ts';
import { readCells } from '#lib/server/imports/read/read-cells.ts';
import { readSheets } from '#lib/server/imports/read-sheets.ts';
import { openTestClient, type TestClient } from './test-client.ts';

const ROWS = [
	['维度', '指标', '权重', '评分标准'],
	['业绩', '销售额', 0.6, '完成率×100'],
	[null, '客户复购率', 0.4, '达到目标得满分']
];

async function workbook(): Promise<Uint8Array> {
	return writeXlsx({
		sheets: [
			{ name: '封面', rows: [['2026 年考核方案']] },
			{
				name: '考核表',
				rows: ROWS,
				merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }],
				cells: new Map([
					['1,2', { value: 0.6, style: { numFmt: '0%' } }],
					['2,2', { value: 0.4, style: { numFmt: '0%' } }]
				])
			},
			{ name: '隐藏', hidden: true, rows: [['别看']] }
		]
	});
}

describe('the cells of a workbook', () => {
	let client: TestClient | null = null;
	afterEach(async () => {
		await client?.close();
		client = null;
	});

	it('are given as people see them, hidden sheets apart; a merged cell says its value once', async () => {
		const { sheets, diagnostics } = await readCells(await workbook());
		expect(diagnostics).toEqual([]);
		expect(sheets).toEqual([
			{ name: '封面', rows: [['2026 年考核方案']] },
			{
				name: '考核表',
				rows: [
					['维度', '指标', '权重', '评分标准'],
					['业绩', '销售额', '60%', '完成率×100'],
					['', '客户复购率', '40%', '达到目标得满分']
				]
			}
		]);
		expect(fullestSheet(sheets)).toBe(1);
	});

	it('are the same table as the one pasted from the spreadsheet', async () => {
		const { sheets } = await readCells(await workbook());
		const pasted = sheetOfText(
			'维度\t指标\t权重\t评分标准\r\n业绩\t销售额\t60%\t完成率×100\r\n\t客户复购率\t40%\t达到目标得满分\r\n'
		);
		expect(sheets[1]?.rows).toEqual(pasted);
	});

	it('are refused to whoever may not edit drafts', async () => {
		client = await openTestClient();
		const { ctx, as } = client;
		await expect(readSheets(ctx, as('employee'), { bytes: new Uint8Array() })).rejects.toThrow();
	});

	it('of a file that is none are refused with the reason', async () => {
		const old = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]);
		expect((await readCells(old)).diagnostics[0]?.code).toBe('import_workbook_old');
		const broken = Uint8Array.from([0x50, 0x4b, 3, 4, 1, 2, 3]);
		expect((await readCells(broken)).sheets).toEqual([]);
		expect((await readCells(broken)).diagnostics).toHaveLength(1);
		expect(isWorkbook(old.buffer)).toBe(true);
		expect(isWorkbook(new TextEncoder().encode('指标,权重').buffer)).toBe(false);
	});
});
