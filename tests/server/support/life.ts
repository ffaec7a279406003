/** A scheme's life in few words: a sound document, a metric, and a finished replay. */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { momentOf } from '#lib/server/clock.ts';
import type { Actor, Context } from '#lib/server/context.ts';
import { metrics, replays } from '#lib/server/db/client/schema.ts';
import { createDraft, type CreatedDraft } from '#lib/server/schemes/create-draft.ts';
import { decideSubmission } from '#lib/server/schemes/decide-submission.ts';
import { readDraft } from '#lib/server/schemes/read.ts';
import { submitDraft } from '#lib/server/schemes/submit-draft.ts';
import { publishVersion } from '#lib/server/versions/publish-version.ts';
import type { VersionRow } from '#lib/server/versions/read.ts';
import { actorWith } from './studio.ts';

export const designer = actorWith('hr_designer', { userId: 'designer' });
export const approver = actorWith('hr_approver', { userId: 'approver' });

/** A scheme with one item worth everything; `weight` lets a test change its meaning. */
export function salesScheme(weight = 100, id = 'sales'): JsonObject {
	return {
		format: 'quanheng.scheme/1',
		id,
		name: { 'zh-CN': '销售', en: 'Sales' },
		period: 'month',
		applies_to: true,
		weighting: 'percent',
		items: [
			{
				id: 'revenue',
				metric: 'collected_revenue',
				class: 'result',
				weight,
				score: { min: [{ '*': [{ var: 'item.attainment' }, 100] }, 100] }
			},
			...(weight === 100
				? []
				: [
						{
							id: 'orders',
							metric: 'collected_revenue',
							class: 'result',
							weight: 100 - weight,
							score: 80
						}
					])
		],
		grades: [
			{ id: 'good', name: { 'zh-CN': '良好', en: 'Good' }, from: 60 },
			{ id: 'poor', name: { 'zh-CN': '待改进', en: 'Poor' }, from: 0 }
		]
	};
}

const revenue: MetricDefinition = {
	id: 'collected_revenue',
	name: { 'zh-CN': '回款额', en: 'Collected revenue' },
	unit: 'money',
	direction: 'higher',
	class: 'result',
	grain: 'employee',
	period: 'month',
	aggregation: 'sum'
};

/** Registers the metric that `salesScheme` reads, once more as its next revision. */
export async function defineRevenue(ctx: Context, revision = 1): Promise<void> {
	await ctx.db.write((tx) =>
		tx.insert(metrics).values({
			id: revenue.id,
			revision,
			definition: revenue,
			hash: `hash-${revision}`,
			recordedAt: momentOf(ctx.clock),
			recordedBy: 'designer'
		})
	);
}

const report: ReplayReport = {
	draft: { id: 'sales', hash: '' },
	baseline: null,
	dataset: { hash: 'dataset', rows: 0, subjects: 0, periods: [] },
	engine: { version: '1', backend: 'interpreter' },
	coverage: {
		rows: 0,
		scored: 0,
		scored_subjects: 0,
		not_scored: { incomplete: 0, uncovered: 0, error: 0 },
		reasons: []
	},
	summary: {
		up: 0,
		down: 0,
		same: 0,
		newly_scored: 0,
		no_longer_scored: 0,
		mean_before: null,
		mean_after: null,
		mean_delta: null,
		largest_rise: null,
		largest_fall: null,
		grade_up: 0,
		grade_down: 0,
		payout_before: null,
		payout_after: null,
		payout_delta: null
	},
	grades: { order: [], migration: [] },
	distribution: { edges: [], before: [], after: [] },
	groups: [],
	movers: [],
	checks: [],
	reference_check: { engine: 'json-logic-js', sampled: 10, mismatches: 0 },
	edits: [],
	segments: [],
	attribution: null,
	currency: null
};

/** Stores a finished replay of what a draft says now. */
export async function replayDraft(
	ctx: Context,
	draftId: string,
	changes: Partial<ReplayReport> = {}
): Promise<string> {
	const id = ctx.ids.make();
	const draft = await readDraft(ctx.db.read, draftId);
	await ctx.db.write((tx) =>
		tx.insert(replays).values({
			id,
			draftId,
			draftRevision: draft.revision,
			draftHash: draft.hash,
			baselineVersion: draft.baseVersion,
			periodFrom: '2025-01',
			periodTo: '2025-12',
			datasetHash: 'dataset',
			engineVersion: '1',
			status: 'done',
			report: { ...report, ...changes },
			createdAt: momentOf(ctx.clock),
			createdBy: 'designer',
			finishedAt: momentOf(ctx.clock)
		})
	);
	return id;
}

/** Starts a draft of `salesScheme`. */
export function draftSales(
	ctx: Context,
	weight = 100,
	actor: Actor = designer
): Promise<CreatedDraft> {
	return createDraft(ctx, actor, { kind: 'document', document: salesScheme(weight) });
}

/** Replays and submits a draft as it is now. */
export async function submit(ctx: Context, draftId: string, actor = designer): Promise<string> {
	const draft = await readDraft(ctx.db.read, draftId);
	const replayId = await replayDraft(ctx, draftId);
	const { id } = await submitDraft(ctx, actor, {
		draftId,
		draftHash: draft.hash,
		replayId,
		baseVersion: draft.baseVersion
	});
	return id;
}

/** Submits and approves a draft as it is now. */
export async function approve(ctx: Context, draftId: string): Promise<string> {
	const submissionId = await submit(ctx, draftId);
	const draft = await readDraft(ctx.db.read, draftId);
	await decideSubmission(ctx, approver, {
		submissionId,
		draftHash: draft.hash,
		verdict: 'approve'
	});
	return submissionId;
}

/** Takes a draft all the way to a version. */
export async function publish(
	ctx: Context,
	draftId: string,
	effectiveFrom = '2026-01'
): Promise<VersionRow> {
	const submissionId = await approve(ctx, draftId);
	const draft = await readDraft(ctx.db.read, draftId);
	return publishVersion(ctx, designer, {
		submissionId,
		draftHash: draft.hash,
		baseVersion: draft.baseVersion,
		effectiveFrom
	});
}
