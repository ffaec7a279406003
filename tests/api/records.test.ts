/** Records, metrics and reminders through the API: promised forms, refusals, strangers. */
import { expect, test } from 'vitest';
import { metric } from '../server/imports/import-files.ts';
import { define, foundCompany, visitMetric, VISITS } from '../server/records/company.ts';
import { actorWith, openStudio } from '../server/support/studio.ts';
import { call } from './api-client.ts';
import { expectAsDescribed } from './described.ts';

const implementer = actorWith('implementer');

async function company() {
	const studio = await openStudio();
	const ctx = await studio.context();
	await foundCompany(ctx);
	await define(ctx, [visitMetric('visits', { take: 'count' })]);
	return { ctx, studio };
}

const row = (no: string, salesperson: string) => ({
	visit_no: no,
	salesperson,
	visited_on: '2025-03-03',
	minutes: 30
});

test('records go in, are listed, and stand behind a figure, in the promised forms', async () => {
	const { ctx } = await company();
	expectAsDescribed('GET', '/records', await call(ctx, implementer, 'GET', '/records'));
	const type = { ...VISITS, id: 'call', name: { 'zh-CN': '电话', en: 'Calls' } };
	const made = await call(
		ctx,
		implementer,
		'POST',
		'/records',
		{},
		{
			body: { definition: type, revision: 0 }
		}
	);
	expectAsDescribed('POST', '/records', made);
	const send = () =>
		call(
			ctx,
			implementer,
			'POST',
			'/records/[type]',
			{ type: 'visit' },
			{
				body: { rows: [row('1', 'E001'), row('2', 'E001'), row('3', 'nobody')] },
				headers: { 'idempotency-key': 'first' }
			}
		);
	const sent = await send();
	expectAsDescribed('POST', '/records/{type}', sent);
	expect(sent.body).toMatchObject({ added: 2, rejected: 1 });
	expect(await send()).toEqual(sent);
	const listed = await call(
		ctx,
		implementer,
		'GET',
		'/records/[type]',
		{ type: 'visit' },
		{
			query: { from: '2025-03-01', size: '1' }
		}
	);
	expectAsDescribed('GET', '/records/{type}', listed);
	expect(listed.body).toMatchObject({ total: 2, size: 1 });
	const figure = await call(
		ctx,
		implementer,
		'GET',
		'/metrics/[metric]/figure',
		{ metric: 'visits' },
		{
			query: { subject_id: 'E001', period: '2025-03' }
		}
	);
	expectAsDescribed('GET', '/metrics/{metric}/figure', figure);
	expect(figure.body).toMatchObject({ value: 2, records: { counted: 2, figure: 2 } });
	expectAsDescribed(
		'GET',
		'/records/{type}/corrections',
		await call(ctx, implementer, 'GET', '/records/[type]/corrections', { type: 'visit' })
	);
});

test('near-duplicates, retirement and reminders have the promised forms', async () => {
	const { ctx } = await company();
	const similar = await call(
		ctx,
		implementer,
		'POST',
		'/metrics/similar',
		{},
		{
			body: { definition: metric('visit'), with_history: true }
		}
	);
	expectAsDescribed('POST', '/metrics/similar', similar);
	expect(similar.body).toMatchObject({ metrics: [{ id: 'visits', reasons: [{ kind: 'name' }] }] });
	const reminder = {
		id: 'weekly',
		name: { 'zh-CN': '每周拜访', en: 'Weekly' },
		record: 'visit',
		who: true,
		at_least: 1,
		within: { count: 1, unit: 'week' }
	};
	const saved = await call(
		ctx,
		implementer,
		'POST',
		'/missing-records',
		{},
		{
			body: { definition: reminder, revision: 0 }
		}
	);
	expectAsDescribed('POST', '/missing-records', saved);
	const missing = await call(ctx, implementer, 'GET', '/missing-records');
	expectAsDescribed('GET', '/missing-records', missing);
	expect(missing.body).toMatchObject({ expectations: [{ expected: 4 }] });
	const retired = await call(
		ctx,
		implementer,
		'DELETE',
		'/metrics/[metric]',
		{ metric: 'visits' },
		{
			body: { revision: 1 }
		}
	);
	expectAsDescribed('DELETE', '/metrics/{metric}', retired);
});

test('what does not fit is refused with its place, and a stranger finds nothing', async () => {
	const { ctx, studio } = await company();
	const bad = await call(
		ctx,
		implementer,
		'POST',
		'/records/[type]',
		{ type: 'visit' },
		{
			body: { rows: [{ visit_no: { nested: true } }] }
		}
	);
	expect(bad).toMatchObject({ status: 422, body: { code: 'input_refused' } });
	expect(
		await call(
			ctx,
			actorWith('auditor'),
			'POST',
			'/records/[type]',
			{ type: 'visit' },
			{
				body: { rows: [row('1', 'E001')] }
			}
		)
	).toMatchObject({ status: 403 });
	const other = await studio.context('globex');
	const stranger = actorWith('implementer', { clientId: 'globex' });
	for (const type of ['visit', 'no-such-type']) {
		expect(await call(other, stranger, 'GET', '/records/[type]', { type }), type).toMatchObject({
			status: 404
		});
		expect(
			await call(
				other,
				stranger,
				'POST',
				'/records/[type]',
				{ type },
				{ body: { rows: [row('1', 'E001')] } }
			)
		).toMatchObject({ status: 404 });
	}
});
