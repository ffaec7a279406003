/** A preview while the hand moves says in sums what a whole replay says, and nothing it may not. */
import { afterAll, expect, test } from 'vitest';
import type { Json, JsonObject, Value } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme, scoreRow } from '#lib/engine/score/score-row.ts';
import { momentOf } from '#lib/server/clock.ts';
import { observations } from '#lib/server/db/client/schema.ts';
import { livePreview } from '#lib/server/replays/live-preview.ts';
import { shownPopulation, type Population } from '#lib/server/replays/population.ts';
import { previewHost } from '#lib/server/replays/preview-host.ts';
import { findPreviewPeople, previewPerson } from '#lib/server/replays/preview-person.ts';
import { previewPopulation } from '#lib/server/replays/preview-population.ts';
import { actorWith } from '../support/studio.ts';
import { openReplayStudio, quotaScheme } from './replay-studio.ts';

afterAll(async () => {
	await previewHost.close();
});

/** The quota scheme with changed parts. */
function changed(document: Json, parts: JsonObject): Json {
	return { ...(document as JsonObject), ...parts };
}

/** Pays ten for every point of the score. */
const PAID: JsonObject = {
	payout: { currency: 'CNY', amount: { '*': [10, { var: 'score' }] } }
};

test('the population is that of a whole replay, after every edit', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const edits: Json[] = [
		quotaScheme(50, 50),
		quotaScheme(70, 30),
		quotaScheme(12.5, 87.5),
		quotaScheme(60, 60),
		changed(quotaScheme(60, 40), { total: { max: 100 } }),
		changed(quotaScheme(60, 40), PAID),
		changed(quotaScheme(40, 60), PAID),
		changed(quotaScheme(40, 60), {
			gates: [
				{
					id: 'few_orders',
					name: { 'zh-CN': '订单少', en: 'Few orders' },
					when: { '<': [{ var: 'metric.orders' }, 35] },
					effect: { cap: 60 }
				}
			]
		})
	];
	for (const [ask, document] of edits.entries()) {
		const where = `edit ${ask}`;
		const answer = await previewPopulation(ctx, designer, { draftId: draft.id, ask, document });
		expect(answer.reason, where).toBeNull();
		expect(answer.ask).toBe(ask);
		const { report, range } = await livePreview(ctx, designer, { draftId: draft.id, document });
		const { population } = answer;
		expect(answer.range, where).toEqual(range);
		expect(population, where).toMatchObject({
			rows: report.coverage.rows,
			scored: report.coverage.scored,
			notScored: report.coverage.not_scored,
			compared: true,
			up: report.summary.up,
			down: report.summary.down,
			same: report.summary.same,
			meanBefore: report.summary.mean_before,
			meanAfter: report.summary.mean_after
		});
		const moved = population?.movers.map(({ employee, period, before, after }) => ({
			employee,
			period,
			before,
			after
		}));
		// Everybody once in each direction, with their largest change.
		const movers = report.movers
			.filter(({ delta }) => delta !== null && delta !== 0)
			.filter(
				({ employee, delta }, _, all) =>
					!all.some(
						(other) =>
							other.employee === employee &&
							Math.sign(other.delta ?? 0) === Math.sign(delta ?? 0) &&
							Math.abs(other.delta ?? 0) > Math.abs(delta ?? 0)
					)
			);
		expect(new Set(moved), where).toEqual(
			new Set(
				movers.map(({ employee, period, before, after }) => ({ employee, period, before, after }))
			)
		);
		const total = (bars: readonly number[] | null | undefined): number =>
			(bars ?? []).reduce((sum, bar) => sum + bar, 0);
		expect(total(population?.distribution.after), where).toBe(report.coverage.scored);
		expect(total(population?.grades.map(({ after }) => after)), where).toBe(report.coverage.scored);
		const ups = population?.units.map(({ up }) => up);
		expect(total(ups), where).toBe(report.summary.up);
		const mean = report.summary.mean_after ?? 0;
		if (population?.payout)
			expect(population.payout.after, where).toBeCloseTo(mean * 10 * population.scored, 6);
	}
});

test('an unfinished document is answered with why there are no figures, never refused', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const reasonOf = async (document: Json): Promise<string | undefined> =>
		(await previewPopulation(ctx, designer, { draftId: draft.id, ask: 1, document })).reason?.code;
	expect(await reasonOf({ format: 'other' })).toBe('draft_unsound');
	expect(await reasonOf(changed(quotaScheme(50, 50), { applies_to: { nonsense: [1] } }))).toBe(
		'draft_unsound'
	);
	expect(await reasonOf(changed(quotaScheme(50, 50), { items: [] }))).toBe('draft_unsound');
	expect(await reasonOf(quotaScheme(50, 50))).toBeUndefined();
});

test('an edit that reads another metric is scored with its figures', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const ask = async (document: Json): Promise<Population | null> =>
		(await previewPopulation(ctx, designer, { draftId: draft.id, ask: 1, document })).population;
	const before = await ask(quotaScheme(50, 50));
	const document = changed(quotaScheme(50, 50), {
		adjustments: [
			{
				id: 'shipping',
				name: { 'zh-CN': '运费', en: 'Shipping' },
				when: { '>': [{ var: 'metric.shipping' }, 0] },
				points: 7
			}
		]
	});
	const after = await ask(document);
	const { report } = await livePreview(ctx, designer, { draftId: draft.id, document });
	expect(after?.meanAfter).toBe(report.summary.mean_after);
	expect(after?.meanAfter).toBeGreaterThan(before?.meanAfter ?? Infinity);
});

test('figures that come in while somebody edits are in the next answer', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const ask = async (): Promise<Population | null> => {
		const input = { draftId: draft.id, ask: 1, document: quotaScheme(50, 50) };
		return (await previewPopulation(ctx, designer, input)).population;
	};
	const before = await ask();
	expect(await ask()).toEqual(before);
	const clock = momentOf(ctx.clock);
	await ctx.db.write(async (tx) => {
		await tx.insert(observations).values(
			['sales', 'orders'].map((metric) => ({
				subjectKind: 'employee' as const,
				subjectId: '278',
				metric,
				period: '2013-07',
				value: 500,
				recordedAt: clock,
				recordedBy: 'test'
			}))
		);
	});
	const after = await ask();
	expect(after?.scored).toBeGreaterThanOrEqual(before?.scored ?? Infinity);
	expect(after).not.toEqual(before);
});

test('of edits that meet, the newest is scored and older ones say that they were replaced', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const weights = [51, 52, 53, 54, 55];
	const answers = await Promise.all(
		weights.map((weight) =>
			previewPopulation(ctx, designer, {
				draftId: draft.id,
				ask: weight,
				document: quotaScheme(weight, 100 - weight)
			})
		)
	);
	expect(answers.map(({ ask }) => ask)).toEqual(weights);
	expect(answers.at(-1)?.population).not.toBeNull();
	for (const { population, reason } of answers)
		if (!population) expect(reason?.code).toBe('preview_superseded');
});

test('pay is not in the answer for somebody who may not see it', async () => {
	const { ctx, draft } = await openReplayStudio();
	const input = { draftId: draft.id, ask: 1, document: changed(quotaScheme(50, 50), PAID) };
	const paid = await previewPopulation(ctx, actorWith('hr_designer'), input);
	const unpaid = await previewPopulation(ctx, actorWith('implementer'), input);
	expect(paid.population?.payout?.after).toBeGreaterThan(0);
	expect(unpaid.population).toMatchObject({ payout: null, up: paid.population?.up });
	await expect(previewPopulation(ctx, actorWith('department_head'), input)).rejects.toMatchObject({
		status: 403
	});
	await expect(
		previewPopulation(ctx, actorWith('hr_designer', { clientId: 'globex' }), input)
	).rejects.toMatchObject({ status: 404 });
});

test('groups below five, and people, are not shown to those who may not see them', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const document = quotaScheme(50, 50);
	const { population } = await previewPopulation(ctx, designer, {
		draftId: draft.id,
		ask: 1,
		document
	});
	if (!population) throw new Error('There are figures.');
	const units = [4, 5, 6].map((people) => ({
		unit: `unit ${people}`,
		people,
		rows: people * 12,
		up: 1,
		down: 0,
		meanDelta: 1
	}));
	const may = { seePay: true, seePeople: false };
	const shown = shownPopulation({ ...population, units }, may);
	expect(shown.units.map(({ people }) => people)).toEqual([5, 6]);
	expect(shown.movers).toEqual([]);
	expect(shownPopulation({ ...population, units }, { ...may, seePeople: true }).units).toEqual(
		units
	);
});

test('the figures of one person give, scored where they are shown, what the server scored', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const document = quotaScheme(50, 50);
	const person = { draftId: draft.id, length: 'quarter' as const, employee: '276' };
	const { population } = await previewPopulation(ctx, designer, {
		draftId: draft.id,
		ask: 1,
		document
	});
	const mover = population?.movers.find(({ employee }) => employee === '276');
	const figures = await previewPerson(ctx, designer, {
		...person,
		...(mover ? { period: mover.period } : {})
	});
	const variables = new Map<string, Value>(Object.entries(figures.variables));
	const score = (scheme: unknown, preview: boolean) =>
		scoreRow(prepareScheme(scheme as SchemeDocument), variables, { preview }).score;
	expect(score(document, true)).toBe(mover?.after);
	expect(score(figures.baseline, false)).toBe(mover?.before);
	expect(figures.withheld).toEqual([]);
	const unpaid = await previewPerson(ctx, actorWith('implementer'), person);
	expect(unpaid.withheld).toEqual(['employee.base_pay']);
	expect(Object.keys(unpaid.variables)).not.toContain('employee.base_pay');
	await expect(
		previewPerson(ctx, designer, { ...person, employee: 'nobody' })
	).rejects.toMatchObject({ status: 404 });
});

test('people are found by a part of their name or id', async () => {
	const { ctx, designer, draft } = await openReplayStudio();
	const found = async (search: string) => {
		const input = { draftId: draft.id, length: 'quarter' as const, search };
		return (await findPreviewPeople(ctx, designer, input)).people.map(({ employee }) => employee);
	};
	expect(await found('LINDA')).toEqual(['276']);
	expect(await found('27')).toEqual(expect.arrayContaining(['276', '277', '278']));
	expect(await found('nobody of this name')).toEqual([]);
});
