/** Live previews: what a draft does to everybody in sums, and the figures of one person. */
import * as v from 'valibot';
import { PERIOD_LENGTHS } from '../engine/scheme/document.ts';
import { idText, json, localText, periodId, revision, wire, words } from './base.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const range = v.strictObject({ from: v.string(), to: v.string() });

/** `ask` is the editor's own count of its states; the answer says which state it is of. */
export const populationRequest = wire({ ask: revision, document: json });

export const populationBody = v.strictObject({
	ask: revision,
	/** The periods that were looked at; null without an answer. */
	range: v.nullable(range),
	/** Why there are no figures: an unfinished document, no history. */
	reason: v.nullable(v.strictObject({ code: v.string(), text: localText, advice: localText })),
	population: v.nullable(
		v.strictObject({
			/** Person-periods of the history. */
			rows: count,
			scored: count,
			not_scored: v.strictObject({ incomplete: count, uncovered: count, error: count }),
			compared: v.boolean(),
			mean_before: v.nullable(v.number()),
			mean_after: v.nullable(v.number()),
			up: count,
			down: count,
			same: count,
			payout: v.nullable(
				v.strictObject({
					currency: v.string(),
					after: v.number(),
					before: v.nullable(v.number())
				})
			),
			grades: v.array(
				v.strictObject({ grade: v.nullable(v.string()), before: v.nullable(count), after: count })
			),
			distribution: v.strictObject({
				edges: v.array(v.number()),
				before: v.nullable(v.array(count)),
				after: v.array(count)
			}),
			units: v.array(
				v.strictObject({
					unit: v.nullable(v.string()),
					name: v.optional(localText),
					people: count,
					rows: count,
					up: count,
					down: count,
					mean_delta: v.nullable(v.number())
				})
			),
			movers: v.array(
				v.strictObject({
					employee: v.string(),
					period: v.string(),
					before: v.number(),
					after: v.number()
				})
			),
			/** Places of rules that are interpreted row by row. */
			interpreted: v.array(v.string())
		})
	)
});
export type PopulationBody = v.InferOutput<typeof populationBody>;

const length = v.optional(v.picklist(PERIOD_LENGTHS), 'month');

export const previewPersonQuery = wire({
	employee: idText,
	length,
	period: v.optional(periodId)
});

export const previewPersonBody = v.strictObject({
	employee: v.string(),
	name: v.string(),
	period: v.string(),
	/** In which the person was employed. */
	periods: v.array(v.string()),
	fiscal_month: v.number(),
	variables: v.record(v.string(), json),
	/** Variables that the reader may not see. */
	withheld: v.array(v.string()),
	/** The scheme in force. */
	baseline: v.nullable(json)
});
export type PreviewPersonBody = v.InferOutput<typeof previewPersonBody>;

export const previewPeopleQuery = wire({ search: v.optional(words, ''), length });

export const previewPeopleBody = v.strictObject({
	people: v.array(v.strictObject({ employee: v.string(), name: v.string() }))
});
export type PreviewPeopleBody = v.InferOutput<typeof previewPeopleBody>;
