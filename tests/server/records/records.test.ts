/** Record types, reading records, reminders, corrections, and what stands behind a figure. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { momentOf } from '#lib/server/clock.ts';
import { scoringRuns } from '#lib/server/db/client/schema.ts';
import { saveMetric } from '#lib/server/metrics/save-metric.ts';
import { acceptCorrection } from '#lib/server/records/accept-correction.ts';
import { saveExpectation } from '#lib/server/records/expectations.ts';
import { findCorrections } from '#lib/server/records/find-corrections.ts';
import { findMissingRecords, firstDayWithin } from '#lib/server/records/find-missing-records.ts';
import { findRecords, findRecordTypes } from '#lib/server/records/find-records.ts';
import { getFigure } from '#lib/server/records/get-figure.ts';
import { receiveRecords } from '#lib/server/records/receive-records.ts';
import { retireRecordType, saveRecordType } from '#lib/server/records/save-record-type.ts';
import { actorWith, openStudio } from '../support/studio.ts';
import { define, figure, foundCompany, tell, visitMetric, VISITS } from './company.ts';

const implementer = actorWith('implementer');
const designer = actorWith('hr_designer');
const DAY = 86_400_000;

async function company() {
	const studio = await openStudio();
	const ctx = await studio.context();
	await foundCompany(ctx);
	return { ctx, clock: studio.clock };
}

function visit(no: string, who: string, day: string, more: JsonObject = {}): JsonObject {
	return { visit_no: no, salesperson: who, visited_on: day, ...more };
}

const training = {
	id: 'training',
	name: { 'zh-CN': '培训', en: 'Training' },
	key: ['employee', 'held_on', 'course'],
	date: 'held_on',
	subject: 'employee',
	columns: [
		{ id: 'employee', name: { 'zh-CN': '工号', en: 'Employee' }, type: 'text' },
		{ id: 'held_on', name: { 'zh-CN': '日期', en: 'Date' }, type: 'date' },
		{ id: 'course', name: { 'zh-CN': '课程', en: 'Course' }, type: 'text' },
		{ id: 'hours', name: { 'zh-CN': '学时', en: 'Hours' }, type: 'number' }
	]
};

describe('AT-37: training hours without code', () => {
	test('a type, a metric from it and records give a figure at once', async () => {
		const { ctx } = await company();
		await saveRecordType(ctx, implementer, { definition: training, revision: 0 });
		await saveMetric(ctx, implementer, {
			definition: {
				...visitMetric('training_hours', {}, { unit: 'hours' }),
				from_records: { record: 'training', take: 'sum', column: 'hours', date: 'held_on' }
			},
			revision: 0
		});
		const row = (held_on: string, hours: number) => ({
			employee: 'E001',
			held_on,
			course: 'operation process',
			hours
		});
		const rows = [row('2025-03-03', 4), row('2025-03-10', 6.5)];
		const first = await receiveRecords(ctx, implementer, { type: 'training', rows });
		expect(first).toMatchObject({ added: 2, rejected: 0 });
		expect(await figure(ctx, 'metric.training_hours', 'E001', '2025-03')).toBe(10.5);
		const again = await receiveRecords(ctx, implementer, { type: 'training', rows });
		expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
	});

	test('rows that do not fit are refused with their column, and the others are taken', async () => {
		const { ctx } = await company();
		const rows = [
			visit('1', 'E001', '2025-03-03', { minutes: 'long' }),
			visit('2', 'E999', '2025-03-03'),
			visit('3', 'E001', '2025-02-30'),
			visit('4', 'E001', '2025-03-04', { outcome: 'maybe' }),
			visit('5', 'E001', '2025-03-05', { mood: 'good' }),
			visit('6', 'E001', '2025-03-06', { outcome: 'order' })
		] as Record<string, string>[];
		const done = await receiveRecords(ctx, implementer, { type: 'visit', rows });
		expect(done).toMatchObject({ added: 1, rejected: 5 });
		expect(done.problems.map(({ index, column }) => [index, column])).toEqual([
			[0, 'minutes'],
			[1, 'salesperson'],
			[2, 'visited_on'],
			[3, 'outcome'],
			[4, 'mood']
		]);
		await expect(
			receiveRecords(ctx, implementer, { type: 'visit', rows, allOrNothing: true })
		).rejects.toMatchObject({ code: 'records_refused' });
	});
});

describe('record types', () => {
	test('what is wrong is named with its place', async () => {
		const { ctx } = await company();
		const definition = { ...training, key: ['nobody'], date: 'course', extra: 1 };
		const refused = saveRecordType(ctx, implementer, { definition, revision: 0 });
		await expect(refused).rejects.toMatchObject({ code: 'record_type_refused' });
		const { diagnostics } = (await refused.catch((error: unknown) => error)) as {
			diagnostics: { at: string }[];
		};
		expect(diagnostics.map(({ at }) => at).sort()).toEqual(['/date', '/extra', '/key']);
	});

	test('with records, the key and the types of columns stay; columns may be added', async () => {
		const { ctx } = await company();
		await tell(ctx, 'a', [visit('1', 'E001', '2025-03-03')]);
		const save = (definition: object) =>
			saveRecordType(ctx, implementer, { definition, revision: 1 });
		await expect(save({ ...VISITS, key: ['customer'] })).rejects.toMatchObject({
			code: 'record_type_fixed'
		});
		await expect(
			save({ ...VISITS, columns: VISITS.columns.filter(({ id }) => id !== 'minutes') })
		).rejects.toMatchObject({ code: 'record_type_fixed' });
		const more = [
			...VISITS.columns,
			{ id: 'note', name: { 'zh-CN': '备注', en: 'Note' }, type: 'text' }
		];
		expect(await save({ ...VISITS, columns: more })).toEqual({ id: 'visit', revision: 2 });
		await expect(save({ ...VISITS, correction_days: 5 })).rejects.toMatchObject({
			code: 'record_type_stale'
		});
	});

	test('a type is retired only when no metric takes from it', async () => {
		const { ctx } = await company();
		await define(ctx, [visitMetric('visits', { take: 'count' })]);
		await expect(
			retireRecordType(ctx, implementer, { id: 'visit', revision: 1 })
		).rejects.toMatchObject({ code: 'record_type_used', details: { metrics: 'visits' } });
	});

	test('a metric that asks for what the records do not have is refused with its place', async () => {
		const { ctx } = await company();
		const save = async (from: Record<string, unknown>) => {
			const definition = visitMetric('m', from);
			const error: unknown = await saveMetric(ctx, implementer, { definition, revision: 0 }).catch(
				(caught: unknown) => caught
			);
			return (error as { diagnostics: { code: string; at: string }[] }).diagnostics.map(
				({ code, at }) => `${code} ${at}`
			);
		};
		expect(await save({ take: 'sum', column: 'customer' })).toEqual([
			'record_column_unfit /from_records/column'
		]);
		expect(await save({ take: 'count', date: 'customer' })).toEqual([
			'record_column_unfit /from_records/date'
		]);
		expect(await save({ take: 'share' })).toEqual([
			'record_share_without_condition /from_records/where'
		]);
		expect(await save({ take: 'count', record: 'nothing' })).toEqual([
			'record_type_unknown /from_records/record'
		]);
		expect(await save({ take: 'count', where: { '==': [{ var: 'record.mood' }, 1] } })).toEqual([
			'unknown_variable /from_records/where/==/0'
		]);
		const mood = { '*': [{ var: 'record.mood' }, 2] };
		expect(await save({ take: 'sum', value: mood })).toEqual([
			'unknown_variable /from_records/value/*/0'
		]);
		expect(await save({ take: 'sum', column: 'customer', value: 1 })).toEqual([
			'field_conflict /from_records'
		]);
	});
});

describe('who sees which records', () => {
	test('heads see their people, employees themselves, the search reads keys and texts', async () => {
		const { ctx } = await company();
		await tell(ctx, 'a', [
			visit('1', 'E001', '2025-03-03', { customer: '华南100%贸易' }),
			visit('2', 'E003', '2025-03-04')
		]);
		const list = async (actor: typeof implementer, search?: string) => {
			const { records } = await findRecords(ctx, actor, {
				type: 'visit',
				...(search === undefined ? {} : { search })
			});
			return records.map(({ key }) => key);
		};
		expect(await list(designer)).toEqual(['2', '1']);
		expect(await list(actorWith('department_head', { unitId: 'east' }))).toEqual(['1']);
		expect(await list(actorWith('employee', { employeeId: 'E003' }))).toEqual(['2']);
		expect(await list(designer, '100%')).toEqual(['1']);
		expect(await list(designer, 'E003')).toEqual(['2']);
		expect(await findRecordTypes(ctx, designer)).toMatchObject([
			{ id: 'visit', records: 2, from: '2025-03-03', to: '2025-03-04' }
		]);
	});
});

describe('what stands behind a figure', () => {
	test('the records that counted give the figure; others are listed as not counting', async () => {
		const { ctx } = await company();
		await define(ctx, [
			visitMetric('minutes', {
				take: 'sum',
				column: 'minutes',
				where: { '==': [{ var: 'record.outcome' }, 'order'] }
			})
		]);
		await tell(ctx, 'a', [
			visit('1', 'E001', '2025-03-03', { minutes: 30.1, outcome: 'order' }),
			visit('2', 'E001', '2025-03-04', { minutes: 60, outcome: 'none' }),
			visit('3', 'E001', '2025-02-04', { minutes: 0.2, outcome: 'order' })
		]);
		const detail = await getFigure(ctx, designer, {
			metricId: 'minutes',
			subjectKind: 'employee',
			subjectId: 'E001',
			period: '2025-Q1'
		});
		expect(detail.value).toBe(30.1 + 0.2);
		expect(detail.records).toMatchObject({ counted: 2, total: 3, figure: detail.value });
		expect(detail.records?.shown.map(({ key, counts }) => [key, counts])).toEqual([
			['3', true],
			['1', true],
			['2', false]
		]);
		const stranger = actorWith('employee', { employeeId: 'E002' });
		await expect(
			getFigure(ctx, stranger, {
				metricId: 'minutes',
				subjectKind: 'employee',
				subjectId: 'E001',
				period: '2025-03'
			})
		).rejects.toMatchObject({ code: 'not_found' });
	});

	test('a figure of a unit leads to the records of its people', async () => {
		const { ctx } = await company();
		await define(ctx, [visitMetric('visits', { take: 'count' }, { grain: 'unit' })]);
		await tell(ctx, 'a', [visit('1', 'E001', '2025-03-03'), visit('2', 'E003', '2025-03-03')]);
		const ask = (subjectId: string) =>
			getFigure(ctx, designer, {
				metricId: 'visits',
				subjectKind: 'unit',
				subjectId,
				period: '2025-03'
			});
		expect((await ask('east')).value).toBe(1);
		expect((await ask('root')).value).toBe(2);
	});
});

describe('corrections of closed months', () => {
	test('what waits is shown figure by figure, and accepted once with a reason', async () => {
		const { ctx, clock } = await company();
		await define(ctx, [visitMetric('visits', { take: 'count' })]);
		await tell(ctx, 'a', [visit('1', 'E001', '2025-03-03')]);
		clock.advance(DAY);
		await ctx.db.write((tx) =>
			tx.insert(scoringRuns).values({
				id: 'run',
				period: '2025-Q1',
				versions: [],
				status: 'done',
				createdAt: momentOf(ctx.clock),
				createdBy: 'x'
			})
		);
		clock.advance(DAY);
		expect((await findCorrections(ctx, designer)).pending).toEqual([]);
		await tell(ctx, 'b', [visit('2', 'E001', '2025-03-04'), visit('3', 'E002', '2025-03-05')]);
		const { asOf, pending } = await findCorrections(ctx, designer);
		expect(pending).toMatchObject([
			{
				type: 'visit',
				month: '2025-03',
				records: 2,
				closing: { by: 'scored', period: '2025-Q1' },
				figures: [
					{ subjectId: 'E001', before: 1, after: 2 },
					{ subjectId: 'E002', before: null, after: 1 }
				]
			}
		]);
		const accept = (reason: string) =>
			acceptCorrection(ctx, designer, { type: 'visit', month: '2025-03', asOf, reason });
		await expect(accept(' ')).rejects.toMatchObject({ code: 'reason_missing' });
		clock.advance(DAY);
		// What comes after the look that was accepted waits for another.
		await tell(ctx, 'c', [visit('4', 'E001', '2025-03-06')]);
		expect(await accept('The east office sent its list late')).toMatchObject({ figures: 2 });
		expect(await figure(ctx, 'metric.visits', 'E001', '2025-03')).toBe(2);
		await expect(accept('again')).rejects.toMatchObject({ code: 'month_not_late' });
		const after = await findCorrections(ctx, designer);
		expect(after.pending).toMatchObject([{ records: 1, figures: [{ before: 2, after: 3 }] }]);
		expect(after.accepted).toMatchObject([
			{ reason: 'The east office sent its list late', figures: 2 }
		]);
		await expect(
			acceptCorrection(ctx, actorWith('auditor'), {
				type: 'visit',
				month: '2025-03',
				asOf,
				reason: 'x'
			})
		).rejects.toMatchObject({ code: 'not_allowed' });
	});
});

describe('AT-36: reminders where records are expected', () => {
	const visits = {
		id: 'three-days',
		name: { 'zh-CN': '连续三天无拜访', en: 'No visit for three days' },
		record: 'visit',
		who: { in: [{ var: 'employee.unit' }, ['east']] },
		at_least: 1,
		within: { count: 3, unit: 'day' as const }
	};

	test('who has none in the last three working days is named with the day of the last one', async () => {
		const { ctx } = await company();
		await saveExpectation(ctx, designer, { definition: visits, revision: 0 });
		// 2026-01-15 is a Thursday: the three working days are Tuesday to Thursday.
		await tell(ctx, 'a', [visit('1', 'E001', '2026-01-13'), visit('2', 'E002', '2026-01-12')]);
		const [found] = await findMissingRecords(ctx, designer);
		expect(found).toMatchObject({ from: '2026-01-13', to: '2026-01-15', expected: 2 });
		expect(found?.missing).toEqual([
			{ employee: 'E002', name: 'E002', unit: 'east', found: 0, last: '2026-01-12' }
		]);
		const [monday] = await findMissingRecords(ctx, designer, { day: '2026-01-14' });
		expect(monday).toMatchObject({ from: '2026-01-12', missing: [] });
		const [own] = await findMissingRecords(ctx, actorWith('employee', { employeeId: 'E001' }));
		expect(own).toMatchObject({ expected: 1, missing: [] });
	});

	test('a weekend is no gap, and a worked Saturday is a day like others', () => {
		const office = { isWorking: (day: string) => ![0, 6].includes(new Date(day).getUTCDay()) };
		const within = (count: number, unit: 'day' | 'week' | 'month') => ({ count, unit });
		expect(firstDayWithin(within(3, 'day'), '2026-01-12', office)).toBe('2026-01-08');
		expect(firstDayWithin(within(1, 'week'), '2026-01-15', office)).toBe('2026-01-12');
		expect(firstDayWithin(within(3, 'week'), '2026-01-15', office)).toBe('2025-12-29');
		expect(firstDayWithin(within(2, 'month'), '2026-01-15', office)).toBe('2025-12-01');
		const every = { isWorking: () => true };
		expect(firstDayWithin(within(3, 'day'), '2026-01-12', every)).toBe('2026-01-10');
	});

	test('a rule over something nobody has is refused with its place', async () => {
		const { ctx } = await company();
		await expect(
			saveExpectation(ctx, designer, {
				definition: { ...visits, where: { '>': [{ var: 'record.mood' }, 1] } },
				revision: 0
			})
		).rejects.toMatchObject({
			code: 'expectation_refused',
			diagnostics: [{ at: '/where/>/0' }]
		});
	});
});
