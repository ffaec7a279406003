/** AT-44: a branch may have a value of its own, headquarters sees all, a branch only itself. */
import { expect, test } from 'vitest';
import { employeeFacts, units } from '#lib/server/db/client/schema.ts';
import { trialReplay } from '#lib/server/packs/trial-replay.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { clientWithHistory, packsWith } from './pack-client.ts';

/** Two branches: the north with somebody at 60 and at 90 %, the south with somebody at 130 %. */
async function clientWithBranches() {
	const client = await clientWithHistory();
	const by = { recordedAt: '2020-01-01T00:00:00.000Z', recordedBy: 'test' };
	await client.ctx.db.write(async (tx) => {
		for (const id of ['company', 'north', 'south']) {
			await tx.insert(units).values({
				id,
				parentId: id === 'company' ? null : 'company',
				name: { 'zh-CN': id, en: id },
				kind: 'team',
				createdAt: by.recordedAt
			});
		}
		await tx.insert(employeeFacts).values(
			[
				['e1', 'north'],
				['e2', 'north'],
				['e3', 'south']
			].map(([employeeId = '', value = '']) => ({
				employeeId,
				attribute: 'unit',
				value,
				validFrom: '2020-01-01',
				...by
			}))
		);
	});
	return client;
}

test('AT-44: the value of a branch holds in it and nowhere else, and the report is by branch', async () => {
	const { ctx, actor } = await clientWithBranches();
	const trial = async (values: Readonly<Record<string, number>>) => {
		const { report } = await trialReplay(ctx, actor, {
			pack: 'minimal',
			scheme: 'simple',
			folder: packsWith(),
			answers: { params: { bonus_from: { value: 1.2, units: values } } }
		});
		expect(report.coverage).toMatchObject({ rows: 36, scored: 36 });
		return report.summary.mean_after;
	};
	// 60, 90 and, at 130 % of the target with the bonus of 10, 110.
	expect(await trial({})).toBeCloseTo((60 + 90 + 110) / 3, 2);
	// The south asks for more: nobody there has the bonus any longer.
	expect(await trial({ south: 1.5 })).toBeCloseTo((60 + 90 + 100) / 3, 2);
	// The north asks for less: 90 % is enough there.
	expect(await trial({ north: 0.9 })).toBeCloseTo((60 + 100 + 110) / 3, 2);
	// A value above the branches holds in both.
	expect(await trial({ company: 1.5 })).toBeCloseTo((60 + 90 + 100) / 3, 2);
});

test('AT-44: headquarters sees everybody, the head of a branch nobody of another', async () => {
	const { ctx, actor } = await clientWithBranches();
	const ids = async (unitId: string | null) =>
		(
			await findPeople(
				ctx,
				{ ...actor, roles: unitId === null ? ['hr_designer'] : ['department_head'], unitId },
				{}
			)
		).people.map(({ id }) => id);
	expect(await ids(null)).toEqual(['e1', 'e2', 'e3']);
	expect(await ids('north')).toEqual(['e1', 'e2']);
	expect(await ids('south')).toEqual(['e3']);
});
