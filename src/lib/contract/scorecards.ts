/** Scoring runs and scorecards. Pay is null for those who may not see it. */
import * as v from 'valibot';
import { SCORECARD_STATUSES } from '../engine/score/scorecard.ts';
import { idText, instant, json, localText, periodId, wire } from './base.ts';

export const runScoringRequest = wire({ period: periodId });

export const runStarted = v.strictObject({ id: idText, job_id: v.string() });

export const runList = v.strictObject({
	runs: v.array(
		v.strictObject({
			id: idText,
			period: v.string(),
			versions: v.array(
				v.strictObject({ scheme: v.string(), version: v.number(), hash: v.string() })
			),
			status: v.string(),
			progress: v.number(),
			counts: v.record(v.string(), v.number()),
			error: v.nullable(v.strictObject({ code: v.string(), text: localText })),
			dataset_hash: v.nullable(v.string()),
			created_at: instant,
			created_by: v.string(),
			finished_at: v.nullable(instant),
			released_at: v.nullable(instant)
		})
	)
});

export const scorecardQuery = v.strictObject({
	period: v.optional(periodId),
	run: v.optional(v.string()),
	employee: v.optional(v.string()),
	unit: v.optional(v.string()),
	status: v.optional(v.picklist(SCORECARD_STATUSES)),
	after: v.optional(v.string()),
	limit: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/), v.transform(Number)))
});

const scorecardSummary = {
	id: idText,
	run_id: v.string(),
	employee_id: v.string(),
	name: v.string(),
	unit_id: v.nullable(v.string()),
	period: v.string(),
	scheme_id: v.nullable(v.string()),
	version: v.nullable(v.number()),
	status: v.picklist(SCORECARD_STATUSES),
	score: v.nullable(v.number()),
	grade: v.nullable(v.string()),
	payout: v.nullable(v.number()),
	currency: v.nullable(v.string()),
	released: v.boolean()
};

export const scorecardList = v.strictObject({
	scorecards: v.array(v.strictObject(scorecardSummary)),
	total: v.number(),
	next: v.nullable(v.string())
});

export const scorecardBody = v.strictObject({
	...scorecardSummary,
	scheme: v.nullable(v.strictObject({ id: v.string(), name: localText })),
	version_hash: v.nullable(v.string()),
	dataset_hash: v.nullable(v.string()),
	engine_version: v.nullable(v.string()),
	hash: v.string(),
	created_at: instant,
	scorecard: json,
	inputs: v.record(v.string(), json),
	metrics: v.array(json),
	explanation: v.nullable(json),
	way_up: v.nullable(json),
	is_reproduced: v.boolean()
});
