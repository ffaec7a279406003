// Rows from another system are judged like those of a file, and each gets its own answer.
import { isNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { employeeFacts, observations } from '#lib/server/db/client/schema.ts';
import { rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import { openSalesClient } from '../server/imports/import-samples.ts';
import type { TestClient } from '../server/imports/test-client.ts';
import { call, type ApiAnswer } from './api-client.ts';
import { expectAsDescribed } from './described.ts';

let client: TestClient;
beforeEach(async () => {
	client = await openSalesClient();
	const sent = await send('people', [
		{ employee: '000275', name: '李梅', attributes: { position: '销售', level: 3 } },
		{ employee: 'E2', name: '王芳' }
	]);
	expect(statuses(sent)).toEqual(['written', 'written']);
});
afterEach(async () => {
	await client.close();
});

function send(
	kind: 'people' | 'observations' | 'targets',
	rows: readonly object[],
	more: object = {},
	headers: Record<string, string> = {}
): Promise<ApiAnswer> {
	return call(
		client.ctx,
		client.as('implementer'),
		'POST',
		`/${kind}`,
		{},
		{
			body: { rows, ...more },
			headers,
			byToken: true
		}
	);
}

interface Row {
	readonly index: number;
	readonly status: string;
	readonly problems: readonly { readonly code: string; readonly column: string | null }[];
}
const rowsOf = (answer: ApiAnswer) => answer.body['rows'] as readonly Row[];
const statuses = (answer: ApiAnswer) => rowsOf(answer).map(({ status }) => status);

const currentFigures = async () =>
	(
		await client.ctx.db.read
			.select({ who: observations.subjectId, value: observations.value, raw: observations.raw })
			.from(observations)
			.where(isNull(observations.withdrawnAt))
	).map(({ who, value, raw }) => [who, value, raw]);

const sale = (employee: string, value: unknown, more: object = {}) => ({
	employee,
	metric: 'sales',
	period: '2025-03',
	value,
	...more
});

describe('rows that another system sends', () => {
	test('get one answer each, and only the good ones are written', async () => {
		const answer = await send('observations', [
			sale('000275', 1234.5, { source: 'ERP', evidence: 'F-1' }),
			sale('275', 1),
			sale('E2', '3.2万'),
			sale('E2', '3.2万'),
			{ ...sale('E2', 5), metric: 'no_such_metric' }
		]);
		expectAsDescribed('POST', '/observations', answer, { byToken: true });
		expect(statuses(answer)).toEqual(['written', 'rejected', 'written', 'repeated', 'rejected']);
		expect(rowsOf(answer)[1]?.problems[0]).toMatchObject({ column: 'employee' });
		expect(await currentFigures()).toEqual([
			['000275', 1234.5, '1234.5'],
			['E2', 32_000, '3.2万']
		]);
		expect(answer.body['counts']).toMatchObject({ written: 2, rejected: 2, repeated: 1 });
	});

	test('sent again say nothing new, and a correction is a new fact', async () => {
		const first = await send('observations', [sale('E2', 0.1), sale('000275', 7)]);
		const again = await send('observations', [sale('E2', 0.1), sale('000275', 7)]);
		expect(statuses(again)).toEqual(['unchanged', 'unchanged']);
		expect(again.body).toMatchObject({ batch_id: null, facts: 0 });
		const corrected = await send('observations', [sale('E2', 0.2), sale('000275', 7)]);
		expect(statuses(corrected)).toEqual(['written', 'unchanged']);
		expect(corrected.body['batch_id']).not.toBe(first.body['batch_id']);
		// The old value said again is a correction as well.
		expect(statuses(await send('observations', [sale('E2', 0.1)]))).toEqual(['written']);
	});

	test('are all kept out by one refused row when that is asked for', async () => {
		const rows = [sale('E2', 1), sale('nobody', 2)];
		const answer = await send('observations', rows, { all_or_nothing: true });
		expect(statuses(answer)).toEqual(['held_back', 'rejected']);
		expect(await currentFigures()).toEqual([]);
	});

	test('are rolled back like a file', async () => {
		const answer = await send('targets', [sale('E2', 100)]);
		expectAsDescribed('POST', '/targets', answer, { byToken: true });
		await rollBackImport(client.ctx, client.as('implementer'), {
			batchId: String(answer.body['batch_id']),
			reason: 'test'
		});
		expect(statuses(await send('targets', [sale('E2', 100)]))).toEqual(['written']);
	});

	test('with the same idempotency key get the first answer', async () => {
		const key = { 'idempotency-key': 'march' };
		const first = await send('observations', [sale('E2', 1)], {}, key);
		const second = await send('observations', [sale('E2', 1)], {}, key);
		expect(second).toEqual(first);
		const other = await send('observations', [sale('E2', 2)], {}, key);
		expect([other.status, other.body['code']]).toEqual([409, 'key_reused']);
	});

	test('with a field nobody knows, or too many of them, are refused with the place', async () => {
		const unknown = await send('observations', [sale('E2', 1, { approved: true })]);
		expect(unknown.status).toBe(422);
		expect(JSON.stringify(unknown.body)).toContain('rows.0.approved');
		const many = await send(
			'observations',
			Array.from({ length: 10_001 }, () => sale('E2', 1))
		);
		expect(many.status).toBe(422);
		expect(await currentFigures()).toEqual([]);
	});

	test('may be 10,000 at once', { timeout: 30_000 }, async () => {
		const people = Array.from({ length: 10_000 }, (_, i) => ({
			employee: `P${i}`,
			attributes: { level: i % 7 }
		}));
		const answer = await send('people', people);
		expectAsDescribed('POST', '/people', answer, { byToken: true });
		expect(answer.body['counts']).toMatchObject({ written: 10_000 });
		const levels = await client.ctx.db.read.$count(employeeFacts);
		expect(levels).toBeGreaterThanOrEqual(10_000);
	});
});
