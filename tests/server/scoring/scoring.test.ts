import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { findPeople } from '#lib/server/people/find-people.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
import { findRuns, findScorecards } from '#lib/server/scoring/find-scorecards.ts';
import { getScorecard } from '#lib/server/scoring/get-scorecard.ts';
import { releaseScorecards, runScoring } from '#lib/server/scoring/run-scoring.ts';
import { saveSettings } from '#lib/server/settings/save-settings.ts';
import { openReplayStudio, publishDirectly, quotaScheme } from '../replays/replay-studio.ts';
import { actorWith } from '../support/studio.ts';

const hr = actorWith('hr_designer');

/** The company with a quota scheme that pays, scored for the quarter of the example. */
async function openScored() {
	const opened = await openReplayStudio();
	const { ctx, designer } = opened;
	await savePerson(ctx, designer, {
		id: '276',
		attributes: { base_pay: 8000 },
		validFrom: '2011-05-31'
	});
	const paying = {
		...(quotaScheme(70, 30) as object),
		payout: {
			currency: 'USD',
			amount: { '*': [{ var: 'employee.base_pay' }, { '/': [{ var: 'score' }, 100] }] }
		}
	};
	await publishDirectly(ctx, JSON.parse(JSON.stringify(paying)), 2, '2013-Q2');
	const run = await runScoring(ctx, hr, { period: '2013-Q2' });
	expect((await run.ended).status).toBe('done');
	return { ...opened, run };
}

test('a period is scored by the version in force, and nobody disappears', async () => {
	const { ctx, run } = await openScored();
	const { scorecards, total } = await findScorecards(ctx, hr, { period: '2013-Q2' });
	expect(total).toBe(4);
	const byId = Object.fromEntries(scorecards.map((card) => [card.employeeId, card]));
	expect(byId['276']).toMatchObject({
		status: 'scored',
		score: 64.5,
		grade: 'fair',
		version: 2,
		payout: 5160,
		currency: 'USD'
	});
	expect(byId['277']).toMatchObject({ status: 'scored', score: 114, grade: 'good', payout: null });
	expect(byId['278']?.status).toBe('incomplete');
	expect(byId['279']).toMatchObject({ status: 'uncovered', schemeId: null });
	const [first] = await findRuns(ctx, hr);
	expect(first).toMatchObject({
		id: run.id,
		status: 'done',
		counts: { scored: 2, incomplete: 1, uncovered: 1, error: 0 }
	});
});

test('an earlier period is scored by the version that was in force then', async () => {
	const { ctx } = await openScored();
	const run = await runScoring(ctx, hr, { period: '2013-Q1' });
	await run.ended;
	const { scorecards } = await findScorecards(ctx, hr, { runId: run.id });
	expect(scorecards.find(({ employeeId }) => employeeId === '276')?.version).toBe(1);
});

test('scoring again makes another run; the first keeps its rows, which cannot be changed', async () => {
	const { ctx, run, studio } = await openScored();
	studio.clock.advance(1000);
	const again = await runScoring(ctx, hr, { period: '2013-Q2' });
	await again.ended;
	const newest = await findScorecards(ctx, hr, { period: '2013-Q2' });
	expect(new Set(newest.scorecards.map(({ runId }) => runId))).toEqual(new Set([again.id]));
	expect((await findScorecards(ctx, hr, { runId: run.id })).total).toBe(4);
	await expect(
		ctx.db.write((tx) => tx.run(sql`UPDATE scorecards SET score = 100`))
	).rejects.toThrow();
});

test('a scorecard says why, what would reach the next grade, and can be recomputed', async () => {
	const { ctx } = await openScored();
	const { scorecards } = await findScorecards(ctx, hr, { employeeId: '276' });
	const card = await getScorecard(ctx, hr, { scorecardId: scorecards[0]?.id ?? '' });
	expect(card.isReproduced).toBe(true);
	expect(card.hash).toMatch(/^[0-9a-f]{64}$/);
	expect(card.datasetHash).toMatch(/^[0-9a-f]{64}$/);
	expect(card.explanation?.items.map(({ id }) => id)).toEqual(['sales', 'orders']);
	expect(card.explanation?.items[0]?.scoreRule?.sentence['zh-CN']).toBeTruthy();
	expect(card.wayUp?.grade).toBe('good');
	expect(card.inputs['metric.sales']).toBe(600);
});

test('employees see their own scorecard once it was released, and nobody else’s', async () => {
	const { ctx, run } = await openScored();
	const linda = actorWith('employee', { employeeId: '276' });
	expect((await findScorecards(ctx, linda)).total).toBe(0);
	const all = await findScorecards(ctx, hr);
	const own = all.scorecards.find(({ employeeId }) => employeeId === '276')?.id ?? '';
	const others = all.scorecards.find(({ employeeId }) => employeeId === '277')?.id ?? '';
	await expect(getScorecard(ctx, linda, { scorecardId: own })).rejects.toMatchObject({
		status: 404
	});
	await releaseScorecards(ctx, hr, { runId: run.id });
	await releaseScorecards(ctx, hr, { runId: run.id });
	expect((await findScorecards(ctx, linda)).scorecards.map(({ id }) => id)).toEqual([own]);
	expect((await getScorecard(ctx, linda, { scorecardId: own })).payout).toBe(5160);
	await expect(getScorecard(ctx, linda, { scorecardId: others })).rejects.toMatchObject({
		status: 404
	});
	await expect(findRuns(ctx, linda)).rejects.toMatchObject({ status: 403 });
});

test('pay follows the table of roles', async () => {
	const { ctx, designer } = await openScored();
	const payOf = async (actor: ReturnType<typeof actorWith>) => {
		const { scorecards } = await findScorecards(ctx, actor, { employeeId: '276' });
		const card = await getScorecard(ctx, actor, { scorecardId: scorecards[0]?.id ?? '' });
		expect(card.payout).toBe(scorecards[0]?.payout);
		if (card.payout === null) {
			expect(card.inputs).not.toHaveProperty(['employee.base_pay']);
			expect(card.explanation?.payout).toBeNull();
		}
		return card.payout;
	};
	const unit =
		(await findPeople(ctx, designer, {})).people.find(({ id }) => id === '276')?.unitId ?? null;
	const head = actorWith('department_head', { unitId: unit });
	expect(await payOf(hr)).toBe(5160);
	expect(await payOf(actorWith('hr_approver'))).toBe(5160);
	expect(await payOf(actorWith('implementer'))).toBeNull();
	expect(await payOf(actorWith('administrator'))).toBeNull();
	expect(await payOf(actorWith('auditor'))).toBeNull();
	expect(await payOf(head)).toBeNull();
	await saveSettings(ctx, designer, { headsSeePay: true, auditorsSeePay: true });
	expect(await payOf(head)).toBe(5160);
	expect(await payOf(actorWith('auditor'))).toBe(5160);
});

test('a head sees own people and nobody of a sibling unit; other clients see nothing', async () => {
	const { ctx, designer, studio } = await openScored();
	const { people } = await findPeople(ctx, designer, {});
	const finance = people.find(({ id }) => id === '279')?.unitId ?? null;
	const sibling = actorWith('department_head', { unitId: finance });
	const found = await findScorecards(ctx, sibling);
	expect(found.scorecards.map(({ employeeId }) => employeeId)).toEqual(['279']);
	const all = await findScorecards(ctx, hr);
	const linda = all.scorecards.find(({ employeeId }) => employeeId === '276')?.id ?? '';
	await expect(getScorecard(ctx, sibling, { scorecardId: linda })).rejects.toMatchObject({
		status: 404
	});
	const other = await studio.context('globex');
	await expect(
		getScorecard(other, actorWith('hr_designer', { clientId: 'globex' }), { scorecardId: linda })
	).rejects.toMatchObject({ status: 404 });
	await expect(getScorecard(other, hr, { scorecardId: linda })).rejects.toMatchObject({
		status: 404
	});
});

test('who may not score, a period without a version and a word that is no period are refused', async () => {
	const { ctx } = await openReplayStudio();
	await expect(
		runScoring(ctx, actorWith('hr_approver'), { period: '2013-Q2' })
	).rejects.toMatchObject({ status: 403 });
	await expect(runScoring(ctx, hr, { period: '2013-05' })).rejects.toMatchObject({
		code: 'no_version_in_force'
	});
	await expect(runScoring(ctx, hr, { period: 'May' })).rejects.toMatchObject({
		code: 'period_unknown'
	});
});
