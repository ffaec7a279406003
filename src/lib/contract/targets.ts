/** Target cycles, a head's sheet, proposals and reviews. */
import * as v from 'valibot';
import { day, idText, instant, json, localText, periodId, revision, wire, words } from './base.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const openCycleRequest = wire({
	name: localText,
	period_from: periodId,
	period_to: periodId,
	metrics: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(50)),
	due_on: v.optional(v.nullable(day)),
	settings: v.optional(wire({ band_low: v.optional(share), band_high: v.optional(share) }))
});

export const cycleOpened = v.strictObject({ id: idText });

const tally = {
	people: v.number(),
	fields: v.number(),
	open: v.number(),
	draft: v.number(),
	submitted: v.number(),
	agreed: v.number(),
	returned: v.number()
};

export const cycleBody = v.strictObject({
	id: idText,
	name: localText,
	period_from: v.string(),
	period_to: v.string(),
	periods: v.array(v.string()),
	metrics: v.array(v.string()),
	due_on: v.nullable(v.string()),
	opened_at: instant,
	closed_at: v.nullable(instant),
	total: v.strictObject(tally),
	units: v.array(
		v.strictObject({
			unit_id: v.nullable(v.string()),
			name: v.nullable(localText),
			...tally,
			is_late: v.boolean()
		})
	)
});

export const cycleList = v.strictObject({ cycles: v.array(cycleBody) });

export const sheetQuery = v.strictObject({
	unit: v.optional(v.string()),
	employee: v.optional(v.string())
});

const point = v.strictObject({ period: v.string(), value: v.number() });

const references = v.strictObject({
	count: v.number(),
	median: v.nullable(v.number()),
	quartile: v.nullable(v.number()),
	best: v.nullable(point),
	worst: v.nullable(point),
	last: v.nullable(point),
	mean: v.nullable(v.number()),
	last_year: v.nullable(point)
});

const sheetField = v.strictObject({
	metric: v.string(),
	period: v.string(),
	references,
	band: v.nullable(v.strictObject({ low: v.number(), high: v.number() })),
	proposal_id: v.nullable(v.string()),
	value: v.nullable(v.number()),
	reason: v.nullable(v.string()),
	revision,
	status: v.picklist(['open', 'draft', 'submitted', 'agreed', 'returned']),
	reached_share: v.nullable(v.number()),
	in_band: v.boolean(),
	submitted_at: v.nullable(instant),
	reviews: v.array(
		v.strictObject({
			verdict: v.string(),
			comment: v.nullable(v.string()),
			reviewed_at: instant,
			reviewed_by: v.string()
		})
	)
});

export const sheetBody = v.strictObject({
	cycle: v.strictObject({
		id: idText,
		name: localText,
		periods: v.array(v.string()),
		due_on: v.nullable(v.string()),
		closed_at: v.nullable(instant)
	}),
	metrics: v.array(json),
	people: v.array(
		v.strictObject({
			id: v.string(),
			name: v.string(),
			unit_id: v.nullable(v.string()),
			position: v.nullable(v.string()),
			history: v.record(v.string(), v.array(point)),
			fields: v.array(sheetField)
		})
	)
});

export const proposeRequest = wire({
	targets: v.pipe(
		v.array(
			wire({
				employee_id: v.string(),
				metric: v.string(),
				period: periodId,
				value: v.nullable(v.number()),
				reason: v.optional(v.nullable(words)),
				revision
			})
		),
		v.minLength(1),
		v.maxLength(2000)
	)
});

export const proposalsSaved = v.strictObject({
	proposals: v.array(
		v.strictObject({
			id: idText,
			employee_id: v.string(),
			metric: v.string(),
			period: v.string(),
			revision
		})
	)
});

export const targetsSubmitted = v.strictObject({ submitted: v.number(), open: v.number() });

export const reviewRequest = wire({
	reviews: v.pipe(
		v.array(
			wire({
				proposal_id: v.string(),
				revision,
				verdict: v.picklist(['agree', 'return', 'comment']),
				comment: v.optional(v.nullable(words))
			})
		),
		v.minLength(1),
		v.maxLength(2000)
	)
});

export const targetsReviewed = v.strictObject({ agreed: v.number(), returned: v.number() });

export const agreeInBandRequest = wire({ unit_id: v.optional(v.string()) });

export const agreedInBand = v.strictObject({ agreed: v.number(), left: v.number() });
