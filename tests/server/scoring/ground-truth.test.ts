/**
 * From file to scorecard: four files are imported, a version is in force, a quarter is scored, and
 * the scorecards show the figures that were computed independently (see sales-figures.test.ts for
 * why a fiscal year from February makes the quota quarter of 2013-05-30 the quarter `2013-Q2`).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPeople } from '#lib/server/people/find-people.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { findScorecards } from '#lib/server/scoring/find-scorecards.ts';
import { getScorecard } from '#lib/server/scoring/get-scorecard.ts';
import { runScoring } from '#lib/server/scoring/run-scoring.ts';
import { publishDirectly, quotaScheme } from '../replays/replay-studio.ts';
import { importSales } from '../snapshots/adventure-works.ts';
import type { SalesFiles } from '../snapshots/quota-scheme.ts';
import { smallCompany } from '../snapshots/small-company.ts';
import { actorWith, openStudio } from '../support/studio.ts';

const hr = actorWith('hr_designer');
const folder = process.env['QUANHENG_DATASETS'];

async function scoreQuarter(files: SalesFiles) {
	const ctx = await (await openStudio()).context();
	const implementer = actorWith('implementer');
	await importSales(ctx, implementer, files);
	await createDraft(ctx, implementer, { kind: 'document', document: quotaScheme(70, 30) });
	await publishDirectly(ctx, quotaScheme(70, 30));
	const run = await runScoring(ctx, hr, { period: '2013-Q2' });
	expect((await run.ended).status).toBe('done');
	const { scorecards } = await findScorecards(ctx, hr, { runId: run.id, limit: 1000 });
	return { ctx, scores: new Map(scorecards.map((card) => [card.employeeId, card])) };
}

describe('a company of five, always there', () => {
	it('gets the scorecards that its files say', async () => {
		const { scores } = await scoreQuarter(smallCompany());
		expect([...scores].map(([id, { status, score }]) => [id, status, score])).toEqual([
			['276', 'scored', 64.5],
			['277', 'scored', 114],
			['278', 'incomplete', null],
			['279', 'uncovered', null]
		]);
	});
});

describe('AdventureWorks', () => {
	if (folder === undefined) {
		it('is not run: QUANHENG_DATASETS is not set', ({ skip }) => {
			skip('QUANHENG_DATASETS is not set; the small equivalent above ran.');
		});
		return;
	}
	it('gets the scores of its ground truth on its scorecards', async () => {
		const place = join(folder, 'adventureworks-sales');
		if (!existsSync(place)) throw new Error(`QUANHENG_DATASETS has no folder ${place}`);
		const file = (name: string): Uint8Array => readFileSync(join(place, name));
		const { ctx, scores } = await scoreQuarter({
			employees: file('Employee.csv'),
			names: file('DimEmployee.csv'),
			months: file('derived/sales_person_month.csv'),
			quotas: file('SalesPersonQuotaHistory.csv')
		});
		const truth = JSON.parse(readFileSync(join(place, 'ground_truth.json'), 'utf8')) as {
			what: string;
			rows: (string | number)[][];
		}[];
		const rows = truth.find(({ what }) => what.startsWith('example score'))?.rows ?? [];
		expect(rows).toHaveLength(5);
		for (const [employee, score] of rows) expect(scores.get(String(employee))?.score).toBe(score);
		const linda = await getScorecard(ctx, hr, { scorecardId: scores.get('276')?.id ?? '' });
		expect(linda).toMatchObject({ name: 'Linda Mitchell', isReproduced: true });
		expect(linda.inputs['metric.sales']).toBeCloseTo(1300821.8126, 4);
		expect(linda.inputs['target.sales']).toBe(1525000);
		expect(scores.size).toBe(290);

		const units = await getUnits(ctx, hr);
		for (const [name, people] of truth.find(({ what }) => what.startsWith('head count'))?.rows ??
			[]) {
			const unit = units.find((one) => one.name.en === name);
			const found = await findPeople(ctx, hr, { unitId: unit?.id ?? '', includeLeft: true });
			expect([name, found.total]).toEqual([name, people]);
		}
	}, 60_000);
});
