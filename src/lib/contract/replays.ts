/** Replays: the report inside is the one of `quanheng replay --json`. */
import * as v from 'valibot';
import { idText, instant, json, localText, periodId, periodRange, revision, wire } from './base.ts';

export const startReplayRequest = wire({
	/** The revision on screen. */
	revision,
	range: v.optional(periodRange),
	baseline: v.optional(v.picklist(['base', 'none']))
});

export const replayStarted = v.strictObject({ id: idText, job_id: v.string() });

const replaySummary = {
	id: idText,
	draft_id: v.string(),
	draft_revision: revision,
	draft_hash: v.string(),
	baseline_version: v.nullable(v.number()),
	baseline_hash: v.nullable(v.string()),
	period_from: v.string(),
	period_to: v.string(),
	dataset_hash: v.nullable(v.string()),
	engine_version: v.nullable(v.string()),
	status: v.picklist(['queued', 'running', 'done', 'failed', 'cancelled']),
	progress: v.number(),
	verdict: v.nullable(localText),
	error: v.nullable(v.strictObject({ code: v.string(), text: localText })),
	created_at: instant,
	created_by: v.string(),
	finished_at: v.nullable(instant)
};

export const replayList = v.strictObject({ replays: v.array(v.strictObject(replaySummary)) });

export const replayBody = v.strictObject({
	...replaySummary,
	scheme_id: v.string(),
	is_current: v.boolean(),
	report: v.nullable(json),
	scope: v.picklist(['all', 'own_people'])
});

export const personReplayQuery = v.strictObject({ period: v.optional(periodId) });

const side = v.strictObject({
	scheme: v.strictObject({ id: v.string(), name: localText }),
	scorecard: json,
	explanation: json
});

export const personReplayBody = v.strictObject({
	employee: v.strictObject({ id: v.string(), name: v.string() }),
	period: v.string(),
	periods: v.array(v.string()),
	before: v.nullable(side),
	after: side,
	is_same_data: v.boolean()
});
