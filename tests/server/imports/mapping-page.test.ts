/** What the mapping page is told: units with what follows from them, presets that recognise a file, values, and what a mapping makes of the first rows. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importPresets } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { findColumnValues } from '#lib/server/imports/find-values.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { previewMapping } from '#lib/server/imports/preview-mapping.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { unitInHeader, unitOfWord } from '#lib/server/imports/unit-words.ts';
import { bytesOf, columns, importFile, metric, registerMetrics } from './import-files.ts';
import { PEOPLE, PEOPLE_MAPPING, openSalesClient } from './import-samples.ts';
import type { TestClient } from './test-client.ts';

let client: TestClient;
beforeEach(async () => {
	client = await openSalesClient();
	await registerMetrics(client.ctx, client.as('implementer'), [
		metric('answer_time', { unit: 'hours', name: { 'zh-CN': '答复时长', en: 'Answer time' } }),
		metric('on_time', { unit: 'ratio', name: { 'zh-CN': '准时率', en: 'On time' } }),
		metric('weight', { unit: 'kg', name: { 'zh-CN': '货重', en: 'Weight' } })
	]);
	await importFile(client.ctx, client.as('implementer'), 'people', PEOPLE, PEOPLE_MAPPING);
});
afterEach(async () => {
	await client.close();
});

async function stage(content: string, kind: 'observations' | 'people' = 'observations') {
	return stageImport(client.ctx, client.as('implementer'), {
		kind,
		fileName: 'm.csv',
		bytes: bytesOf(content)
	});
}

describe('words for units', () => {
	it.each([
		['销售额（万元）', { times: 1e4, currency: 'CNY' }],
		['Revenue (USD thousand)', { times: 1e3, currency: 'USD' }],
		['金额_usd', { times: 1, currency: 'USD' }],
		['回款亿元', { times: 1e8, currency: 'CNY' }],
		['达成率%', { over: 100 }],
		['时长 min', { over: 60 }],
		['毛重[吨]', { times: 1000 }]
	])('%s names its unit', (header, unit) => {
		expect(unitInHeader(header)?.unit).toMatchObject(unit);
	});
	it.each(['销售额', '美元', '百分比', '日期', 'on_time', '人'])(
		'%s alone names none',
		(header) => {
			expect(unitInHeader(header)).toBeNull();
		}
	);
	it('nonsense is no unit', () => {
		expect([unitOfWord(''), unitOfWord('备注'), unitOfWord('12')]).toEqual([null, null, null]);
	});
});

describe('the unit of a column', () => {
	it('is proposed against that of the metric, with the transform, the reason and how sure it is', async () => {
		const batch = await stage(
			'工号,月份,sales（万元）,答复时长(min),准时率%,货重(t)\nE1,2025-01,1.5,90,60.5,2\nE2,2025-01,2,30,80,3\nE3,2025-01,2,30,75,3\n'
		);
		const found = batch.suggestions.map(({ field, transform, unit }) => [
			field,
			transform,
			unit?.word,
			unit?.confidence
		]);
		expect(found.slice(2)).toEqual([
			['metric.sales', { scale: 'ten_thousand' }, '万元', 0.95],
			['metric.answer_time', { over: 60 }, 'min', 0.95],
			['metric.on_time', { scale: 'percent' }, '%', 0.85],
			['metric.weight', { scale: 'thousand' }, 't', 0.95]
		]);
		for (const { unit } of batch.suggestions.slice(2)) {
			expect(unit?.reasons.length).toBe(2);
			expect(unit?.reasons.every((reason) => reason['zh-CN'] !== '' && reason.en !== '')).toBe(
				true
			);
		}
	});

	it('may stand in a row below the header, which is no data, or in a line above the table', async () => {
		const below = await stage('工号,月份,sales,on_time\n,,（万元）,%\nE1,2025-01,1.5,60\n');
		expect(below.rows).toBe(1);
		expect(below.reading?.skipped.map(({ reason }) => reason)).toEqual(['units']);
		expect(below.suggestions[2]).toMatchObject({
			transform: { scale: 'ten_thousand' },
			unit: { word: '（万元）', confidence: 0.9 }
		});
		const above = await stage('月报,单位：万元,,\n工号,月份,sales,orders\nE1,2025-01,1.5,3\n');
		expect(above.suggestions[2]).toMatchObject({ transform: { scale: 'ten_thousand' } });
		expect(above.suggestions[3]?.unit).toBeUndefined();
	});

	it('of another currency is converted, one that cannot be converted only questioned', async () => {
		const batch = await stage('工号,月份,sales(USD),orders(kg)\nE1,2025-01,5,1\n');
		expect(batch.suggestions[2]).toMatchObject({ transform: { currency: 'USD' } });
		expect(batch.suggestions[3]?.unit).toMatchObject({ word: 'kg', confidence: 0.3 });
		expect(batch.suggestions[3]?.transform).toBeUndefined();
	});

	it('is not applied where the cells say themselves, or are fractions already', async () => {
		const batch = await stage(
			'工号,月份,sales（万元）,准时率(%)\nE1,2025-01,1.5万,0.61\nE2,2025-01,2万,0.8\nE3,2025-01,2万,0.75\n'
		);
		expect(batch.suggestions.slice(2).map(({ transform }) => transform)).toEqual([
			undefined,
			undefined
		]);
	});
});

describe('a preset of a pack', () => {
	beforeEach(async () => {
		await client.ctx.db.write(async (tx) => {
			await tx.insert(importPresets).values({
				id: 'crm-monthly',
				kind: 'observations',
				name: { 'zh-CN': '客户系统', en: 'CRM' },
				definition: {
					id: 'crm-monthly',
					for: 'observations',
					match: ['Agent', 'Booked'],
					columns: {
						employee: { aliases: ['Agent'] },
						'metric.sales': { aliases: ['Booked', '签约额'], transform: 'number' },
						'metric.on_time': { aliases: ['Punctual'], transform: 'percent' },
						'metric.nobody_has_it': { aliases: ['State'] }
					},
					period: { column: 'Day', notation: 'DD/MM/YYYY' },
					where: [{ column: 'State', values: ['won'] }]
				},
				createdAt: '2026-01-01T00:00:00.000Z',
				createdBy: 'pack'
			});
		});
	});

	it('recognises its export by the header and brings transform, period and condition', async () => {
		const batch = await stage(
			'Agent,Booked,Punctual,Day,State\nE1,"1.200,50",60,03/01/2025,won\nE2,"5,00",70,04/01/2025,lost\n'
		);
		const [preset] = batch.presets;
		expect(preset).toMatchObject({ id: 'crm-monthly', isSaved: false });
		const mapping = preset?.mapping ?? completeMapping({ columns: [] });
		expect(mapping.columns).toMatchObject([
			{ field: 'employee', columns: ['Agent'] },
			{ field: 'metric.sales', columns: ['Booked'], transform: { decimal: 'comma' } },
			{ field: 'metric.on_time', columns: ['Punctual'], transform: { scale: 'percent' } },
			{ field: 'period', columns: ['Day'], transform: { date: 'day_first' } }
		]);
		const plan = await planImport(client.ctx, client.as('implementer'), {
			batchId: batch.id,
			mapping
		});
		expect(plan.rows).toMatchObject({ accepted: 1, filtered: 1, rejected: 0 });
		expect(plan.changes.map(({ key, field, after }) => [key, field, after])).toEqual([
			['E1 2025-01', 'metric.sales', '1200.5'],
			['E1 2025-01', 'metric.on_time', '0.6']
		]);
	});

	it('is not offered for another header', async () => {
		expect((await stage('Agent,Amount,Day\nE1,5,03/01/2025\n')).presets).toEqual([]);
	});
});

describe('the values of a column', () => {
	it('are counted over the whole file, those that mean nothing here first, with what there is', async () => {
		const batch = await stage('id,dept\nE8,销售部\nE9,Sales dept\nE10,销售部\n', 'people');
		const found = await findColumnValues(client.ctx, client.as('implementer'), {
			batchId: batch.id,
			field: 'attribute.unit',
			columns: ['dept']
		});
		expect(found.values).toEqual([
			{ value: 'Sales dept', rows: 1, isKnown: false },
			{ value: '销售部', rows: 2, isKnown: true }
		]);
		expect(found.choices.map(({ value }) => value)).toContain('运营部');
	});

	it('of figures are known when they can be read; of free text nothing is unknown', async () => {
		const batch = await stage('工号,月份,sales,备注\nE1,2025-01,待定,a\nE2,2025-01,5,b\n');
		const of = async (field: string, column: string) =>
			(
				await findColumnValues(client.ctx, client.as('implementer'), {
					batchId: batch.id,
					field,
					columns: [column]
				})
			).values.map(({ value, isKnown }) => [value, isKnown]);
		expect(await of('metric.sales', 'sales')).toEqual([
			['待定', false],
			['5', true]
		]);
		expect(await of('source', '备注')).toEqual([
			['a', null],
			['b', null]
		]);
	});
});

describe('what a mapping makes of the first rows', () => {
	it('is shown before and after: joins, value maps, transforms, and how many rows are kept', async () => {
		const batch = await stage(
			'a,b,y,m,sales,s\nE,1,2025,1,1.5,x\nE,2,2025,2,待定,x\nE,3,2025,3,很多,x\nE,3,2025,4,9,z\n'
		);
		const preview = await previewMapping(client.ctx, client.as('implementer'), {
			batchId: batch.id,
			mapping: completeMapping({
				columns: [
					{ field: 'employee', columns: ['a', 'b'], join: '' },
					{ field: 'period', columns: ['y', 'm'], join: '-' },
					{
						field: 'metric.sales',
						columns: ['sales'],
						transform: { scale: 'ten_thousand', values: { 待定: '2' } }
					},
					...columns({ s: 'source' })
				],
				filter: { in: [{ var: 's' }, ['x']] }
			})
		});
		expect(preview.rows).toEqual({ looked: 4, kept: 3 });
		const cells = Object.fromEntries(
			preview.fields.map(({ field, cells: own }) => [
				field,
				own.map(({ before, after }) => `${before} → ${after}`)
			])
		);
		expect(cells).toEqual({
			employee: ['E1 → E1', 'E2 → E2', 'E3 → E3'],
			period: ['2025-1 → 2025-01', '2025-2 → 2025-02', '2025-3 → 2025-03'],
			'metric.sales': ['1.5 → 15000', '待定 → 20000', '很多 → null'],
			source: ['x → x']
		});
	});

	it('is not for strangers', async () => {
		const batch = await stage('a\n1\n');
		await expect(
			previewMapping(client.ctx, client.as('employee'), {
				batchId: batch.id,
				mapping: completeMapping({ columns: [] })
			})
		).rejects.toMatchObject({ status: 403 });
	});
});
