/** A real person is pinned without pay, and only by those who may see people. */
import { describe, expect, test } from 'vitest';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { readPersonMonth } from '#lib/server/schemes/person-month.ts';
import { getVersion } from '#lib/server/versions/find-versions.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { openReplayStudio, publishDirectly, quotaScheme } from '../replays/replay-studio.ts';
import { actorWith } from '../support/studio.ts';

describe('a real person as a golden employee', () => {
	test('brings what the rules read of the period, with whose it is, and never pay', async () => {
		const { ctx, designer } = await openReplayStudio();
		const document = {
			...(quotaScheme(50, 50) as object),
			payout: { currency: 'CNY', amount: { var: 'employee.base_pay' } }
		} as Json;
		const draft = await createDraft(ctx, designer, { kind: 'document', document });
		const month = await readPersonMonth(ctx, designer, { draftId: draft.id, employeeId: '276' });
		expect(month.periods).toContain(month.period);
		expect(month.given['employee.id']).toBe('276');
		expect(Object.keys(month.given)).toContain('employee.position');
		expect(Object.keys(month.given)).not.toContain('employee.base_pay');
	});

	test('is refused to those who may not edit drafts, and for people who are not there', async () => {
		const { ctx, designer, draft } = await openReplayStudio();
		const ask = { draftId: draft.id, employeeId: '276' };
		for (const role of ['department_head', 'employee', 'hr_approver'] as const)
			await expect(readPersonMonth(ctx, actorWith(role), ask)).rejects.toThrow();
		await expect(
			readPersonMonth(ctx, designer, { ...ask, employeeId: 'nobody' })
		).rejects.toThrow();
	});

	test('stays out of a version that a head reads', async () => {
		const { ctx, designer } = await openReplayStudio();
		const examples = [
			{ name: '真实', given: { 'employee.id': '276', 'metric.sales': 1 }, expect: {} },
			{ name: '虚构', given: { 'metric.sales': 1 }, expect: {} }
		];
		await publishDirectly(ctx, { ...(quotaScheme(70, 30) as object), examples } as Json, 2);
		const input = { schemeId: 'quota', number: 2 };
		const seen = async (actor: typeof designer) =>
			(await getVersion(ctx, actor, input)).document.examples?.map(({ name }) => name);
		expect(await seen(designer)).toEqual(['真实', '虚构']);
		expect(await seen(actorWith('department_head'))).toEqual(['虚构']);
	});
});
