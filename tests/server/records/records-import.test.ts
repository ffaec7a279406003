/** Records through the wizard: the same key again updates, and rolling back restores row for row. */
import { expect, test } from 'vitest';
import { rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import { findRecords } from '#lib/server/records/find-records.ts';
import { actorWith, openStudio } from '../support/studio.ts';
import { define, figure, foundCompany, visitMetric } from './company.ts';
import { importRecords } from './industry-support.ts';

const implementer = actorWith('implementer');
const HEADER = 'No,Date,Who,Customer,Minutes';
const PAIRS = {
	No: 'visit_no',
	Date: 'visited_on',
	Who: 'salesperson',
	Customer: 'customer',
	Minutes: 'minutes'
};

test('a second export updates what it repeats, names its lines, and can be taken back', async () => {
	const ctx = await (await openStudio()).context();
	await foundCompany(ctx);
	await define(ctx, [visitMetric('minutes', { take: 'sum', column: 'minutes' })]);
	const first = [HEADER, '001,2025-03-01,E001,A,30', '002,2025-03-02,E001,B,40'].join('\n');
	await importRecords(ctx, 'visit', first, PAIRS);
	const list = async () => (await findRecords(ctx, implementer, { type: 'visit' })).records;
	const before = await list();
	expect(before.map(({ key, line, fileName }) => [key, line, fileName])).toEqual([
		['002', 3, 'visit.csv'],
		['001', 2, 'visit.csv']
	]);
	expect(await figure(ctx, 'metric.minutes', 'E001', '2025-03')).toBe(70);

	const second = [
		HEADER,
		'001,2025-03-01,E001,A,35',
		'002,2025-03-02,E001,B,40',
		'003,2025-03-05,E002,C,10'
	].join('\n');
	const { plan, done } = await importRecords(ctx, 'visit', second, PAIRS);
	expect(plan.facts).toMatchObject({ new: 1, changed: 1, unchanged: 1 });
	expect(await figure(ctx, 'metric.minutes', 'E001', '2025-03')).toBe(75);
	expect(await figure(ctx, 'metric.minutes', 'E002', '2025-03')).toBe(10);

	await rollBackImport(ctx, implementer, { batchId: done.batchId, reason: 'wrong export' });
	expect(await list()).toEqual(before);
	expect(await figure(ctx, 'metric.minutes', 'E001', '2025-03')).toBe(70);
	expect(await figure(ctx, 'metric.minutes', 'E002', '2025-03')).toBeNull();
});
