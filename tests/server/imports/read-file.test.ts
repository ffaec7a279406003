import { describe, expect, it } from 'vitest';
import { readFile } from '#lib/server/imports/read/read-file.ts';
import { zipSync } from 'fflate';
import iconv from 'iconv-lite';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a file becomes a header and rows', () => {
	it('reads UTF-8 with a mark, and keeps the lines of rows', async () => {
		const { reading, diagnostics } = await readFile(
			bytes('\ufeffemployee,period\r\nE1,2024-01\r\n\r\nE2,2024-01\r\n')
		);
		expect(diagnostics).toEqual([]);
		expect(reading).toMatchObject({
			encoding: 'utf-8',
			delimiter: ',',
			headerLine: 1,
			header: ['employee', 'period'],
			rows: [
				{ line: 2, cells: ['E1', '2024-01'] },
				{ line: 4, cells: ['E2', '2024-01'] }
			],
			skippedRows: [{ line: 3, reason: 'blank' }]
		});
	});

	it('recognises GB18030 and UTF-16', async () => {
		const text = '工号\t月份\t销售额\nA1\t2024-01\t5\n';
		const gb = await readFile(iconv.encode(text, 'gb18030'));
		expect(gb.reading).toMatchObject({
			encoding: 'gb18030',
			delimiter: '\t',
			header: ['工号', '月份', '销售额']
		});
		const wide = await readFile(iconv.encode(text, 'utf16le', { addBOM: true }));
		expect(wide.reading).toMatchObject({
			encoding: 'utf-16le',
			header: ['工号', '月份', '销售额']
		});
	});

	it('asks for the encoding instead of storing nonsense', async () => {
		const western = iconv.encode('Name;Stadt\nJürgen;Köln\nBjörn;Düren\n', 'latin1');
		const { reading, diagnostics } = await readFile(western);
		expect(reading).toBeNull();
		expect(diagnostics[0]?.code).toBe('import_encoding_unknown');
		const told = await readFile(western, { encoding: 'windows-1252' });
		expect(told.reading?.rows[0]?.cells).toEqual(['Jürgen', 'Köln']);
	});

	it('asks for the encoding of a file in traditional Chinese as well', async () => {
		const big5 = iconv.encode('工號,月份,銷售額\n臺灣分公司,2024-01,5\n', 'big5');
		expect((await readFile(big5)).diagnostics[0]?.code).toBe('import_encoding_unknown');
		const told = await readFile(big5, { encoding: 'big5' });
		expect(told.reading?.header).toEqual(['工號', '月份', '銷售額']);
	});

	it('finds the header under titles and drops subtotals and footers', async () => {
		const { reading } = await readFile(
			bytes(
				'销售月报,,\n制表：财务部,,\n工号,月份,销售额\nA1,2024-01,5\n小计,,5\n工号,月份,销售额\nA1,2024-02,6\n合计,,11\n制表人：某某,,\n'
			)
		);
		expect(reading?.headerLine).toBe(3);
		expect(reading?.rows.map(({ line }) => line)).toEqual([4, 7]);
		expect(reading?.skippedRows.map(({ reason }) => reason)).toEqual([
			'before_header',
			'before_header',
			'subtotal',
			'repeated_header',
			'total',
			'footer'
		]);
	});

	it('names the line of a broken quote', async () => {
		const { reading, diagnostics } = await readFile(bytes('a,b\n1,2\n3,"4\n5,6\n'));
		expect(reading).toBeNull();
		expect(diagnostics[0]).toMatchObject({ code: 'import_csv_broken' });
		expect(diagnostics[0]?.line).toBeGreaterThanOrEqual(3);
	});

	it('looks at what a file is, not at its name', async () => {
		const { diagnostics } = await readFile(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]));
		expect(diagnostics[0]?.code).toBe('import_workbook_broken');
		const archive = zipSync({ 'notes.txt': bytes('no table') });
		expect((await readFile(archive)).diagnostics[0]?.code).toBe('import_not_text');
		const old = await readFile(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]));
		expect(old.diagnostics[0]?.code).toBe('import_workbook_old');
	});

	it('refuses an empty file, a file without rows and two columns of one name', async () => {
		expect((await readFile(bytes(''))).diagnostics[0]?.code).toBe('import_file_empty');
		expect((await readFile(bytes('a,b\n'))).diagnostics[0]?.code).toBe('import_no_rows');
		expect((await readFile(bytes('a,a\n1,2\n'))).diagnostics[0]?.code).toBe(
			'import_header_duplicate'
		);
	});
});
