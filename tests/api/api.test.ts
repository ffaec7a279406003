import { afterAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '#lib/contract/operations.ts';
import { openApi } from '#lib/contract/openapi.ts';
import { previewHost } from '#lib/server/replays/preview-host.ts';
import { openReplayStudio, quotaScheme } from '../server/replays/replay-studio.ts';
import { actorWith } from '../server/support/studio.ts';
import { ADDRESSES, addressOf, call, methodsOf } from './api-client.ts';
import { expectAsDescribed } from './described.ts';

afterAll(async () => {
	await previewHost.close();
});

const hr = actorWith('hr_designer');

describe('the description of the interface', () => {
	test('lists every route and method, and nothing else', async () => {
		const described = OPERATIONS.map((one) => `${one.method} ${addressOf(one)}`).sort();
		const found: string[] = [];
		for (const address of ADDRESSES) {
			for (const method of await methodsOf(address)) found.push(`${method} ${address}`);
		}
		expect(found.sort()).toEqual(described);
	});

	test('is OpenAPI 3.1 with a schema for every body and answer, in both languages', () => {
		const document = openApi('1.2.3', 'zh-CN') as unknown as {
			openapi: string;
			paths: Record<string, Record<string, { operationId: string; summary: string }>>;
		};
		expect(document.openapi).toBe('3.1.0');
		const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
		expect(operations).toHaveLength(OPERATIONS.length);
		expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(OPERATIONS.length);
		expect(JSON.stringify(openApi('1.2.3', 'en'))).toContain('Start a replay');
		expect(JSON.stringify(document)).toContain('"base_version"');
	});
});

describe('drafts', () => {
	test('a stale revision is a conflict that carries the current draft', async () => {
		const { ctx, designer, draft } = await openReplayStudio();
		const put = (revision: number, weight: number) =>
			call(
				ctx,
				designer,
				'PUT',
				'/drafts/[draft]',
				{ draft: draft.id },
				{
					body: { revision, document: quotaScheme(weight, 100 - weight) }
				}
			);
		const saved = await put(1, 60);
		expectAsDescribed('PUT', '/drafts/{draft}', saved);
		expect(saved.body).toMatchObject({ revision: 2 });
		const stale = await put(1, 55);
		expect(stale.status).toBe(409);
		expect(stale.body).toMatchObject({ code: 'draft_stale', current: { revision: 2 } });
		expectAsDescribed(
			'GET',
			'/drafts/{draft}',
			await call(ctx, designer, 'GET', '/drafts/[draft]', { draft: draft.id })
		);
	});

	test('a field that the contract does not list is refused with its place', async () => {
		const { ctx, designer, draft } = await openReplayStudio();
		const answer = await call(
			ctx,
			designer,
			'PUT',
			'/drafts/[draft]',
			{ draft: draft.id },
			{
				body: { revision: 1, document: {}, approved_by: 'me' }
			}
		);
		expect(answer.status).toBe(422);
		expect(answer.body).toMatchObject({
			code: 'input_refused',
			diagnostics: [{ at: '/approved_by' }]
		});
		const broken = await call(ctx, designer, 'PUT', '/drafts/[draft]', { draft: draft.id });
		expect(broken.body).toMatchObject({ code: 'input_refused' });
		const cut = await call(
			ctx,
			designer,
			'PUT',
			'/drafts/[draft]',
			{ draft: draft.id },
			{ raw: '{"revision": 1, ' }
		);
		expect(cut).toMatchObject({ status: 400, body: { code: 'body_not_json' } });
	});

	test('the preview scores a posted document; a replay is started and followed', async () => {
		const { ctx, designer, draft } = await openReplayStudio();
		const range = { from: '2013-Q2', to: '2013-Q2' };
		const preview = await call(
			ctx,
			designer,
			'POST',
			'/drafts/[draft]/preview',
			{ draft: draft.id },
			{
				body: { document: quotaScheme(60, 40), range }
			}
		);
		expectAsDescribed('POST', '/drafts/{draft}/preview', preview);
		expect(preview.body).toMatchObject({ report: { summary: { up: 1 } } });
		const started = await call(
			ctx,
			designer,
			'POST',
			'/drafts/[draft]/replays',
			{ draft: draft.id },
			{
				body: { revision: 1, range }
			}
		);
		expectAsDescribed('POST', '/drafts/{draft}/replays', started);
		const replay = String(started.body['id']);
		const read = () => call(ctx, hr, 'GET', '/replays/[replay]', { replay });
		await expect.poll(async () => (await read()).body['status'], { timeout: 20_000 }).toBe('done');
		expectAsDescribed('GET', '/replays/{replay}', await read());
		const person = await call(ctx, hr, 'GET', '/replays/[replay]/people/[employee]', {
			replay,
			employee: '276'
		});
		expectAsDescribed('GET', '/replays/{replay}/people/{employee}', person);
		expectAsDescribed(
			'GET',
			'/drafts/{draft}/replays',
			await call(ctx, hr, 'GET', '/drafts/[draft]/replays', { draft: draft.id })
		);
	});
});

describe('a repeated request', () => {
	test('with the same key gets the first answer, another request with it is refused', async () => {
		const { ctx } = await openReplayStudio();
		const open = (periodTo: string) =>
			call(
				ctx,
				hr,
				'POST',
				'/targets',
				{},
				{
					body: {
						name: { 'zh-CN': '目标', en: 'Targets' },
						period_from: '2014-01',
						period_to: periodTo,
						metrics: ['sales']
					},
					headers: { 'idempotency-key': 'k1' }
				}
			);
		const [first, second] = await Promise.all([open('2014-03'), open('2014-03')]);
		expectAsDescribed('POST', '/targets', first);
		expect(second.body).toEqual(first.body);
		expect((await open('2014-03')).body).toEqual(first.body);
		expect((await call(ctx, hr, 'GET', '/targets')).body['cycles']).toHaveLength(1);
		const other = await open('2014-02');
		expect(other.status).toBe(409);
		expect(other.body).toMatchObject({ code: 'key_reused' });
	});
});

describe('imports', () => {
	test('a file goes from upload to commit and back', async () => {
		const { ctx, designer } = await openReplayStudio();
		const form = new FormData();
		form.set('kind', 'observations');
		form.set('file', new File(['employee,period,sales\n276,2013-09,50\n'], 'months.csv'));
		const staged = await call(ctx, designer, 'POST', '/imports', {}, { form });
		expectAsDescribed('POST', '/imports', staged);
		const batch = String(staged.body['id']);
		const plan = await call(
			ctx,
			designer,
			'PUT',
			'/imports/[batch]/plan',
			{ batch },
			{
				body: {
					mapping: {
						columns: [
							{ field: 'employee', columns: ['employee'] },
							{ field: 'period', columns: ['period'] },
							{ field: 'metric.sales', columns: ['sales'] }
						]
					}
				}
			}
		);
		expectAsDescribed('PUT', '/imports/{batch}/plan', plan);
		const commit = { body: { plan_hash: plan.body['plan_hash'] } };
		const committed = await call(
			ctx,
			designer,
			'POST',
			'/imports/[batch]/commit',
			{ batch },
			commit
		);
		expectAsDescribed('POST', '/imports/{batch}/commit', committed);
		expect(committed.body).toMatchObject({ facts: 1 });
		expectAsDescribed(
			'GET',
			'/imports/{batch}',
			await call(ctx, designer, 'GET', '/imports/[batch]', { batch })
		);
		expectAsDescribed(
			'GET',
			'/imports/{batch}/rejected',
			await call(ctx, designer, 'GET', '/imports/[batch]/rejected', { batch })
		);
		const back = await call(
			ctx,
			designer,
			'POST',
			'/imports/[batch]/rollback',
			{ batch },
			{ body: { reason: 'test' } }
		);
		expectAsDescribed('POST', '/imports/{batch}/rollback', back);
		expectAsDescribed('GET', '/imports', await call(ctx, designer, 'GET', '/imports'));
	});
});

describe('targets and scorecards', () => {
	test('answers have the promised form', async () => {
		const { ctx, designer } = await openReplayStudio();
		const opened = await call(
			ctx,
			hr,
			'POST',
			'/targets',
			{},
			{
				body: {
					name: { 'zh-CN': '目标', en: 'Targets' },
					period_from: '2013-11',
					period_to: '2013-11',
					metrics: ['sales']
				}
			}
		);
		const cycle = String(opened.body['id']);
		const people = await call(ctx, designer, 'GET', '/people');
		expectAsDescribed('GET', '/people', people);
		const unitId =
			(people.body['people'] as { id: string; unit_id: string }[]).find(({ id }) => id === '276')
				?.unit_id ?? null;
		const head = actorWith('department_head', { unitId, userId: 'head' });
		const saved = await call(
			ctx,
			head,
			'PUT',
			'/targets/[cycle]/proposals',
			{ cycle },
			{
				body: {
					targets: [
						{ employee_id: '276', metric: 'sales', period: '2013-11', value: 400, revision: 0 }
					]
				}
			}
		);
		expectAsDescribed('PUT', '/targets/{cycle}/proposals', saved);
		expectAsDescribed(
			'POST',
			'/targets/{cycle}/submission',
			await call(ctx, head, 'POST', '/targets/[cycle]/submission', { cycle })
		);
		expectAsDescribed(
			'GET',
			'/targets/{cycle}/sheet',
			await call(ctx, head, 'GET', '/targets/[cycle]/sheet', { cycle })
		);
		expectAsDescribed(
			'GET',
			'/targets/{cycle}',
			await call(ctx, hr, 'GET', '/targets/[cycle]', { cycle })
		);
		expectAsDescribed(
			'POST',
			'/targets/{cycle}/agree-in-band',
			await call(ctx, hr, 'POST', '/targets/[cycle]/agree-in-band', { cycle })
		);

		const run = await call(ctx, hr, 'POST', '/scoring-runs', {}, { body: { period: '2013-Q2' } });
		expectAsDescribed('POST', '/scoring-runs', run);
		const list = () => call(ctx, hr, 'GET', '/scorecards', {}, { query: { period: '2013-Q2' } });
		await expect.poll(async () => (await list()).body['total'], { timeout: 20_000 }).toBe(4);
		const found = await list();
		expectAsDescribed('GET', '/scorecards', found);
		const [first] = found.body['scorecards'] as { id: string }[];
		expectAsDescribed(
			'GET',
			'/scorecards/{scorecard}',
			await call(ctx, hr, 'GET', '/scorecards/[scorecard]', { scorecard: first?.id ?? '' })
		);
		expectAsDescribed('GET', '/scoring-runs', await call(ctx, hr, 'GET', '/scoring-runs'));
		expectAsDescribed(
			'POST',
			'/scoring-runs/{run}/release',
			await call(ctx, hr, 'POST', '/scoring-runs/[run]/release', { run: String(run.body['id']) })
		);
	});

	test('the remaining reads have the promised form', async () => {
		const { ctx, designer } = await openReplayStudio();
		expectAsDescribed(
			'GET',
			'/people/{employee}',
			await call(ctx, designer, 'GET', '/people/[employee]', { employee: '276' })
		);
		expectAsDescribed('GET', '/units', await call(ctx, designer, 'GET', '/units'));
		expectAsDescribed('GET', '/metrics', await call(ctx, designer, 'GET', '/metrics'));
		expectAsDescribed(
			'GET',
			'/metrics/{metric}',
			await call(ctx, designer, 'GET', '/metrics/[metric]', { metric: 'sales' })
		);
		expectAsDescribed('GET', '/schemes', await call(ctx, designer, 'GET', '/schemes'));
	});
});

test('an id of another client, or of a sibling unit, is answered like one that does not exist', async () => {
	const { ctx, draft, studio } = await openReplayStudio();
	const other = await studio.context('globex');
	const stranger = actorWith(['implementer', 'hr_designer'], { clientId: 'globex' });
	const missing = await call(other, stranger, 'GET', '/drafts/[draft]', { draft: 'no-such-draft' });
	const foreign = await call(other, stranger, 'GET', '/drafts/[draft]', { draft: draft.id });
	expect(foreign).toEqual(missing);
	expect(foreign.status).toBe(404);
	const sibling = actorWith('department_head', { unitId: 'somewhere-else' });
	const person = await call(ctx, sibling, 'GET', '/people/[employee]', { employee: '276' });
	const nobody = await call(ctx, sibling, 'GET', '/people/[employee]', { employee: 'nobody' });
	expect(person).toEqual(nobody);
	expect(person.status).toBe(404);
});
