/** The invariant: a dangerous workbook is refused by its directory, before anything is unpacked. */
import { deflateRawSync } from 'node:zlib';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { writeXlsx, type Cell } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { readFile, refuseFile } from '#lib/server/imports/read/read-file.ts';
import { cellText } from '#lib/server/imports/read/read-workbook.ts';

describe('cells of a workbook read as people see them', () => {
	it.each([
		[275, '000000', '000275'],
		[275, undefined, '275'],
		[0.6063, '0.00%', '60.63%'],
		[0.1 + 0.2, '0%', '30.000000000000004%'],
		[1234.5, '#,##0.00', '1234.5'],
		[1234.5, '[$USD] #,##0.00', 'USD 1234.5'],
		[1234.5, '[$€-407] #,##0.00', '€ 1234.5'],
		[12345, '0!.0,"万"', '12345'],
		[1.2345678901234567e17, undefined, '1.2345678901234566e+17'],
		[true, undefined, 'TRUE'],
		[null, undefined, ''],
		['#DIV/0!', undefined, '#DIV/0!'],
		[new Date('2013-05-01T00:00:00Z'), 'yyyy"年"m"月"', '2013-05-01'],
		[new Date('2013-05-01T09:30:00Z'), undefined, '2013-05-01 09:30:00']
	])('%s in the format %s is %s', (value, format, text) => {
		expect(cellText(value, format)).toBe(text);
	});

	it('dates of both systems, percent, padded ids and booleans come out of a real file', async () => {
		for (const dateSystem of ['1900', '1904'] as const) {
			const cells = new Map<string, Partial<Cell>>([
				['1,0', { value: 275, style: { numFmt: '000000' } }],
				['1,2', { value: 0.6063, style: { numFmt: '0.00%' } }]
			]);
			const bytes = await writeXlsx({
				dateSystem,
				sheets: [
					{
						name: 'S',
						rows: [
							['工号', '月份', '达成率', '在职'],
							[275, new Date('2013-05-01T00:00:00Z'), 0.6063, true]
						],
						cells
					}
				]
			});
			const { reading } = await readFile(bytes);
			expect(reading?.rows[0]?.cells).toEqual(['000275', '2013-05-01', '60.63%', 'TRUE']);
		}
	});
});

describe('which sheets are read', () => {
	const table = (month: string) => [
		['工号', '销售额'],
		['E1', Number(month)]
	];

	it('hidden sheets are never chosen unasked, and said', async () => {
		const bytes = await writeXlsx({
			sheets: [
				{ name: '数据', rows: table('1') },
				{ name: '旧', hidden: true, rows: [...table('2'), ['E2', 3], ['E3', 4]] }
			]
		});
		const { reading } = await readFile(bytes);
		expect(reading?.sheets).toMatchObject([
			{ name: '数据', hidden: false, chosen: true },
			{ name: '旧', hidden: true, chosen: false }
		]);
		const told = await readFile(bytes, { sheets: ['旧'] });
		expect(told.reading?.rows).toHaveLength(3);
		expect(told.diagnostics.map(({ code }) => code)).toContain('import_sheet_hidden');
	});

	it('one sheet a month without a year asks for it, and takes it', async () => {
		const bytes = await writeXlsx({
			sheets: ['1月', '2月'].map((name, at) => ({ name, rows: table(String(at + 1)) }))
		});
		const unsure = await readFile(bytes, {}, { fileName: 'sales.xlsx' });
		expect(unsure.reading?.detections.find(({ what }) => what === 'year')?.confidence).toBe(0);
		const { reading } = await readFile(bytes, { year: 2013 });
		expect(reading?.header).toEqual(['工号', '销售额', '期间 / Period']);
		expect(reading?.rows.map(({ cells }) => cells)).toEqual([
			['E1', '1', '2013-01'],
			['E1', '2', '2013-02']
		]);
		expect(reading?.detections.find(({ what }) => what === 'sheets')?.confidence).toBeGreaterThan(
			0.9
		);
	});

	it('a header of two levels tells equal columns apart by the word above them', async () => {
		const bytes = await writeXlsx({
			sheets: [
				{
					name: 'S',
					rows: [
						[null, '2013年1月', null, '2013年2月', null],
						['工号', '销售额', '订单数', '销售额', '订单数'],
						['E1', 10, 1, 20, 2]
					],
					merges: [
						{ startRow: 0, endRow: 0, startCol: 1, endCol: 2 },
						{ startRow: 0, endRow: 0, startCol: 3, endCol: 4 }
					]
				}
			]
		});
		const { reading } = await readFile(bytes);
		expect(reading?.fileHeader).toEqual([
			'工号',
			'2013年1月 销售额',
			'2013年1月 订单数',
			'2013年2月 销售额',
			'2013年2月 订单数'
		]);
		expect(reading?.header).toEqual(['工号', '期间 / Period', '销售额', '订单数']);
	});
});

/** An archive whose directory says what it is told to say. */
function craft(
	files: readonly { name: string; data: Uint8Array; says?: number; encrypted?: boolean }[]
): Uint8Array {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	for (const { name, data, says, encrypted } of files) {
		const packed = deflateRawSync(data);
		const title = Buffer.from(name);
		const size = says ?? data.length;
		const local = Buffer.alloc(30);
		local.writeUInt32LE(0x04034b50, 0);
		local.writeUInt16LE(20, 4);
		local.writeUInt16LE(encrypted ? 1 : 0, 6);
		local.writeUInt16LE(8, 8);
		local.writeUInt32LE(packed.length, 18);
		local.writeUInt32LE(size, 22);
		local.writeUInt16LE(title.length, 26);
		const entry = Buffer.alloc(46);
		entry.writeUInt32LE(0x02014b50, 0);
		entry.writeUInt16LE(20, 4);
		entry.writeUInt16LE(20, 6);
		entry.writeUInt16LE(encrypted ? 1 : 0, 8);
		entry.writeUInt16LE(8, 10);
		entry.writeUInt32LE(packed.length, 20);
		entry.writeUInt32LE(size, 24);
		entry.writeUInt16LE(title.length, 28);
		entry.writeUInt32LE(at, 42);
		directory.push(entry, title);
		parts.push(local, title, packed);
		at += 30 + title.length + packed.length;
	}
	const list = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(files.length, 8);
	end.writeUInt16LE(files.length, 10);
	end.writeUInt32LE(list.length, 12);
	end.writeUInt32LE(at, 16);
	return new Uint8Array(Buffer.concat([...parts, list, end]));
}

const WORKBOOK = { name: 'xl/workbook.xml', data: strToU8('<workbook/>') };
const zeros = (megabytes: number): Uint8Array => new Uint8Array(megabytes * 1024 * 1024);

describe('dangerous archives', () => {
	const bombs: [string, () => Uint8Array, string][] = [
		[
			'a part that unpacks to far too much',
			() => craft([WORKBOOK, { name: 'xl/worksheets/sheet1.xml', data: zeros(64) }]),
			'import_workbook_bomb'
		],
		[
			'parts that are too much together',
			() =>
				craft([
					WORKBOOK,
					...Array.from({ length: 5 }, (_, i) => ({
						name: `xl/worksheets/sheet${i}.xml`,
						data: strToU8('x'),
						says: 60_000_000
					}))
				]),
			'import_workbook_bomb'
		],
		[
			'thousands of parts',
			() =>
				craft([
					WORKBOOK,
					...Array.from({ length: 2_001 }, (_, i) => ({
						name: `xl/media/${i}`,
						data: strToU8('x')
					}))
				]),
			'import_workbook_bomb'
		],
		['one part twice', () => craft([WORKBOOK, WORKBOOK]), 'import_workbook_broken'],
		[
			'names that differ in case only',
			() => craft([WORKBOOK, { ...WORKBOOK, name: 'XL/Workbook.xml' }]),
			'import_workbook_broken'
		],
		[
			'a path that leaves the archive',
			() => craft([WORKBOOK, { name: '../../etc/passwd', data: strToU8('x') }]),
			'import_workbook_broken'
		],
		[
			'an absolute path',
			() => craft([WORKBOOK, { name: '/etc/passwd', data: strToU8('x') }]),
			'import_workbook_broken'
		],
		[
			'a path with backslashes',
			() => craft([WORKBOOK, { name: 'xl\\workbook.xml', data: strToU8('x') }]),
			'import_workbook_broken'
		],
		['a password', () => craft([{ ...WORKBOOK, encrypted: true }]), 'import_workbook_encrypted'],
		['no workbook inside', () => craft([{ name: 'a.txt', data: strToU8('x') }]), 'import_not_text'],
		['a directory that is cut off', () => craft([WORKBOOK]).slice(0, -30), 'import_workbook_broken']
	];

	it.each(bombs)('%s: refused within 200 ms of work, memory flat', async (_name, make, code) => {
		const bytes = make();
		const memory = process.memoryUsage().rss;
		const cpu = process.cpuUsage();
		const findings = await refuseFile(bytes);
		const { user, system } = process.cpuUsage(cpu);
		expect(findings.map((finding) => finding.code)).toEqual([code]);
		expect((user + system) / 1000).toBeLessThan(200);
		expect(process.memoryUsage().rss - memory).toBeLessThan(64 * 1024 * 1024);
	});

	it('a directory that lies is refused when the part has given what it said', async () => {
		const bytes = craft([
			WORKBOOK,
			{ name: 'xl/worksheets/sheet1.xml', data: zeros(64), says: 1_000 }
		]);
		expect(await refuseFile(bytes)).toEqual([]);
		const memory = process.memoryUsage().rss;
		const { reading, diagnostics } = await readFile(bytes);
		expect(reading).toBeNull();
		expect(diagnostics[0]?.code).toBe('import_workbook_bomb');
		expect(process.memoryUsage().rss - memory).toBeLessThan(64 * 1024 * 1024);
	});

	it('a cell in the last corner of a sheet does not make a table of the whole sheet', async () => {
		const bytes = await writeXlsx({
			sheets: [
				{
					name: 'S',
					rows: [
						['工号', '月份'],
						['E1', '2013-01']
					]
				}
			]
		});
		const parts = unzipSync(bytes);
		const sheet = parts['xl/worksheets/sheet1.xml'];
		if (!sheet) throw new Error('There is no first sheet.');
		const far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>';
		parts['xl/worksheets/sheet1.xml'] = strToU8(
			new TextDecoder().decode(sheet).replace('</sheetData>', far)
		);
		const { reading, diagnostics } = await readFile(zipSync(parts));
		expect(reading).toBeNull();
		expect(diagnostics[0]?.code).toBe('import_workbook_broken');
	});

	it('entities are never expanded, and nothing outside is read', async () => {
		const bytes = await writeXlsx({
			sheets: [
				{
					name: 'S',
					rows: [
						['工号', '月份'],
						['E1', 'PLACE']
					]
				}
			]
		});
		const parts = unzipSync(bytes);
		for (const [name, part] of Object.entries(parts)) {
			const text = new TextDecoder().decode(part);
			if (!text.includes('PLACE')) continue;
			parts[name] = strToU8(
				text
					.replace(/^(<\?xml[^>]*\?>)/, '$1<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>')
					.replace('PLACE', '&f;')
			);
		}
		const { reading } = await readFile(zipSync(parts));
		expect(JSON.stringify(reading?.rows ?? '')).not.toContain('root:');
	});
});
