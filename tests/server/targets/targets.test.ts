import { expect, test } from 'vitest';
import { auditEvents, targetProposals, targets } from '#lib/server/db/client/schema.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { findScorecards } from '#lib/server/scoring/find-scorecards.ts';
import { runScoring } from '#lib/server/scoring/run-scoring.ts';
import { closeCycle, openCycle } from '#lib/server/targets/open-cycle.ts';
import { findCycles, getCycle } from '#lib/server/targets/find-cycles.ts';
import { confirmTarget, findOwnTargets } from '#lib/server/targets/own-targets.ts';
import { agreeInBand, reviewTargets } from '#lib/server/targets/review-targets.ts';
import { saveProposals, submitTargets } from '#lib/server/targets/save-proposals.ts';
import { getTargetSheet } from '#lib/server/targets/target-sheet.ts';
import { importFile, columns } from '../imports/import-files.ts';
import { openReplayStudio } from '../replays/replay-studio.ts';
import { actorWith } from '../support/studio.ts';

const designer = actorWith('hr_designer');
const approver = actorWith('hr_approver');

/** A round for November 2013 to January 2014 with a year of history of one salesperson. */
async function openRound() {
	const opened = await openReplayStudio();
	const { ctx } = opened;
	const people = (await findPeople(ctx, opened.designer, {})).people;
	const unitOf = (id: string) => people.find((person) => person.id === id)?.unitId ?? null;
	const head = actorWith('department_head', { unitId: unitOf('276'), userId: 'head-sales' });
	const sibling = actorWith('department_head', { unitId: unitOf('279'), userId: 'head-finance' });
	const { id } = await openCycle(ctx, designer, {
		name: { 'zh-CN': '第四季度目标', en: 'Targets of Q4' },
		periodFrom: '2013-11',
		periodTo: '2014-01',
		metrics: ['sales'],
		dueOn: '2025-12-31'
	});
	return { ...opened, head, sibling, cycleId: id };
}

const field = (value: number | null, revision = 0, period = '2013-11', employeeId = '276') => ({
	employeeId,
	metric: 'sales',
	period,
	value,
	revision
});

test('a head sees history beside each field of the own people', async () => {
	const { ctx, head, cycleId } = await openRound();
	const sheet = await getTargetSheet(ctx, head, { cycleId });
	expect(sheet.cycle.periods).toEqual(['2013-11', '2013-12', '2014-01']);
	expect(sheet.people.map(({ id }) => id)).toEqual(['276', '277', '278', '280']);
	const linda = sheet.people[0];
	expect(linda?.history['sales']?.map(({ value }) => value)).toEqual([999, 100, 200, 300, 999]);
	// 100, 200, 300, 999, 999: the middle one, the best and the last.
	expect(linda?.fields[0]).toMatchObject({
		period: '2013-11',
		status: 'open',
		revision: 0,
		references: {
			count: 5,
			median: 300,
			best: { value: 999 },
			last: { period: '2013-08', value: 999 }
		}
	});
	expect(sheet.people[2]?.fields[0]?.references).toMatchObject({ count: 0, median: null });
});

test('a proposal goes from the head to HR and becomes a target that scoring reads', async () => {
	const { ctx, head, cycleId } = await openRound();
	const saved = await saveProposals(ctx, head, {
		cycleId,
		targets: [field(400), field(420, 0, '2013-12'), field(440, 0, '2014-01')]
	});
	expect(saved.map(({ revision }) => revision)).toEqual([1, 1, 1]);
	expect(await submitTargets(ctx, head, { cycleId })).toEqual({ submitted: 3, open: 9 });
	expect(await submitTargets(ctx, head, { cycleId })).toEqual({ submitted: 0, open: 9 });
	await reviewTargets(ctx, approver, {
		cycleId,
		reviews: saved.map(({ id, revision }) => ({
			proposalId: id,
			revision,
			verdict: 'agree' as const
		}))
	});
	const agreed = await getTargetSheet(ctx, head, { cycleId, employeeId: '276' });
	expect(agreed.people[0]?.fields.map(({ status }) => status)).toEqual([
		'agreed',
		'agreed',
		'agreed'
	]);
	await importFile(
		ctx,
		actorWith('implementer'),
		'observations',
		'employee,period,sales,orders,shipping\n276,2013-11,630,40,1\n',
		{
			columns: columns({
				employee: 'employee',
				period: 'period',
				sales: 'metric.sales',
				orders: 'metric.orders',
				shipping: 'metric.shipping'
			})
		}
	);
	const run = await runScoring(ctx, designer, { period: '2013-Q4' });
	await run.ended;
	const { scorecards } = await findScorecards(ctx, designer, {
		employeeId: '276',
		period: '2013-Q4'
	});
	// 630 of 400 + 420 + 440 is one half: 70 × 0.5 + 30.
	expect(scorecards[0]?.score).toBe(65);
	const types = (await ctx.db.read.select().from(auditEvents)).map(({ type }) => type);
	expect(types).toContain('targets_submitted');
	expect(types).toContain('target_reviewed');
});

test('what stood beside the field is stored with the proposal', async () => {
	const { ctx, head, cycleId } = await openRound();
	await saveProposals(ctx, head, { cycleId, targets: [field(400)] });
	const [row] = await ctx.db.read.select().from(targetProposals);
	expect(row?.references).toMatchObject({
		median: 300,
		best: { value: 999 },
		last: { value: 999 }
	});
});

test('a return needs a comment and comes back to the head with it', async () => {
	const { ctx, head, cycleId } = await openRound();
	const [saved] = await saveProposals(ctx, head, { cycleId, targets: [field(5)] });
	await submitTargets(ctx, head, { cycleId });
	const review = { proposalId: saved?.id ?? '', revision: 1, verdict: 'return' as const };
	await expect(reviewTargets(ctx, approver, { cycleId, reviews: [review] })).rejects.toMatchObject({
		code: 'return_needs_comment'
	});
	await reviewTargets(ctx, approver, {
		cycleId,
		reviews: [{ ...review, comment: '低于历史中位数' }]
	});
	const sheet = await getTargetSheet(ctx, head, { cycleId, employeeId: '276' });
	expect(sheet.people[0]?.fields[0]).toMatchObject({
		status: 'returned',
		reviews: [{ comment: '低于历史中位数' }]
	});
	await saveProposals(ctx, head, { cycleId, targets: [field(320, 1)] });
	await submitTargets(ctx, head, { cycleId });
	expect(
		(await getTargetSheet(ctx, head, { cycleId, employeeId: '276' })).people[0]?.fields[0]?.status
	).toBe('submitted');
});

test('a stale revision is refused, and a repeat of the same value is not', async () => {
	const { ctx, head, cycleId } = await openRound();
	await saveProposals(ctx, head, { cycleId, targets: [field(400)] });
	expect(await saveProposals(ctx, head, { cycleId, targets: [field(400)] })).toMatchObject([
		{ revision: 1 }
	]);
	await expect(saveProposals(ctx, head, { cycleId, targets: [field(500)] })).rejects.toMatchObject({
		code: 'proposal_stale',
		status: 409
	});
});

test('HR decides on the revision on screen, never on a later one', async () => {
	const { ctx, head, cycleId } = await openRound();
	const [saved] = await saveProposals(ctx, head, { cycleId, targets: [field(400)] });
	await submitTargets(ctx, head, { cycleId });
	await saveProposals(ctx, head, { cycleId, targets: [field(10, 1)] });
	const agree = (revision: number) =>
		reviewTargets(ctx, approver, {
			cycleId,
			reviews: [{ proposalId: saved?.id ?? '', revision, verdict: 'agree' }]
		});
	await expect(agree(1)).rejects.toMatchObject({ code: 'proposal_not_submitted' });
	await expect(agree(2)).rejects.toMatchObject({ code: 'proposal_not_submitted' });
	expect(await ctx.db.read.select().from(targets)).toHaveLength(12);
});

test('a head cannot agree, nobody decides on their own, and the designer only inside the band', async () => {
	const { ctx, head, cycleId } = await openRound();
	const saved = await saveProposals(ctx, head, {
		cycleId,
		targets: [field(400), field(5000, 0, '2013-12')]
	});
	await submitTargets(ctx, head, { cycleId });
	const reviews = saved.map(({ id, revision }) => ({
		proposalId: id,
		revision,
		verdict: 'agree' as const
	}));
	await expect(reviewTargets(ctx, head, { cycleId, reviews })).rejects.toMatchObject({
		status: 403
	});
	const both = actorWith(['department_head', 'hr_approver'], {
		userId: head.userId,
		unitId: head.unitId
	});
	await expect(reviewTargets(ctx, both, { cycleId, reviews })).rejects.toMatchObject({
		code: 'own_proposal'
	});
	await expect(reviewTargets(ctx, designer, { cycleId, reviews })).rejects.toMatchObject({
		code: 'outside_band'
	});
	expect(await agreeInBand(ctx, designer, { cycleId })).toEqual({ agreed: 1, left: 1 });
});

test('a head of a sibling unit sees and changes nothing here; employees have no sheet', async () => {
	const { ctx, sibling, head, cycleId, studio } = await openRound();
	expect((await getTargetSheet(ctx, sibling, { cycleId })).people.map(({ id }) => id)).toEqual([
		'279'
	]);
	await expect(saveProposals(ctx, sibling, { cycleId, targets: [field(1)] })).rejects.toMatchObject(
		{ status: 404 }
	);
	await expect(
		saveProposals(ctx, head, { cycleId, targets: [field(1, 0, '2013-11', '279')] })
	).rejects.toMatchObject({ status: 404 });
	await expect(
		getTargetSheet(ctx, actorWith('employee', { employeeId: '276' }), { cycleId })
	).rejects.toMatchObject({ status: 403 });
	const other = await studio.context('globex');
	await expect(
		getTargetSheet(other, actorWith('hr_designer', { clientId: 'globex' }), { cycleId })
	).rejects.toMatchObject({ status: 404 });
	await expect(
		saveProposals(ctx, head, { cycleId, targets: [{ ...field(1), metric: 'orders' }] })
	).rejects.toMatchObject({ code: 'field_outside_cycle' });
});

test('progress is told by department, and who is late shows', async () => {
	const { ctx, head, cycleId } = await openRound();
	await saveProposals(ctx, head, { cycleId, targets: [field(400)] });
	await submitTargets(ctx, head, { cycleId });
	const cycle = await getCycle(ctx, designer, { cycleId });
	const sales = cycle.units.find(({ unitId }) => unitId === head.unitId);
	expect(sales).toMatchObject({ people: 4, fields: 12, submitted: 1, open: 11, isLate: false });
	expect(cycle.units.find(({ unitId }) => unitId !== head.unitId)?.isLate).toBe(true);
	expect((await findCycles(ctx, head))[0]?.total.fields).toBe(12);
});

test('a closed round takes nothing more', async () => {
	const { ctx, head, cycleId } = await openRound();
	await closeCycle(ctx, designer, { cycleId });
	await closeCycle(ctx, designer, { cycleId });
	await expect(saveProposals(ctx, head, { cycleId, targets: [field(1)] })).rejects.toMatchObject({
		code: 'cycle_closed'
	});
});

test('an employee confirms having read an own target, and no other', async () => {
	const { ctx, head, cycleId } = await openRound();
	const [saved] = await saveProposals(ctx, head, { cycleId, targets: [field(400)] });
	await submitTargets(ctx, head, { cycleId });
	await reviewTargets(ctx, approver, {
		cycleId,
		reviews: [{ proposalId: saved?.id ?? '', revision: 1, verdict: 'agree' }]
	});
	const linda = actorWith('employee', { employeeId: '276' });
	const [own] = await findOwnTargets(ctx, linda);
	expect(own).toMatchObject({ metric: 'sales', period: '2013-11', value: 400, confirmedAt: null });
	await confirmTarget(ctx, linda, { targetId: own?.id ?? 0 });
	await confirmTarget(ctx, linda, { targetId: own?.id ?? 0 });
	expect((await findOwnTargets(ctx, linda))[0]?.confirmedAt).not.toBeNull();
	const jillian = actorWith('employee', { employeeId: '277' });
	await expect(confirmTarget(ctx, jillian, { targetId: own?.id ?? 0 })).rejects.toMatchObject({
		status: 404
	});
});

test('a round with an unknown metric or periods of two lengths is refused', async () => {
	const { ctx, designer: both } = await openReplayStudio();
	const round = {
		name: { 'zh-CN': '目标', en: 'Targets' },
		periodFrom: '2014-01',
		periodTo: '2014-03',
		metrics: ['sales']
	};
	await expect(openCycle(ctx, both, { ...round, metrics: ['luck'] })).rejects.toMatchObject({
		code: 'cycle_metric_unknown'
	});
	await expect(openCycle(ctx, both, { ...round, periodTo: '2014-Q1' })).rejects.toMatchObject({
		code: 'cycle_range'
	});
	await expect(openCycle(ctx, approver, round)).rejects.toMatchObject({ status: 403 });
});
