/** What can be known about schemes without scoring anybody: check, difference, merge, attribution. */
import * as v from 'valibot';
import { CONFLICT_REASONS } from '../engine/revise/merge.ts';
import { EDIT_KINDS } from '../engine/revise/edit.ts';
import { diagnosticBody, idText, json, localText, periodRange, wire } from './base.ts';

/** A scheme: written out, or a version or a draft of this client. */
export const schemeSide = v.union([
	v.strictObject({ document: json }),
	wire({ scheme_id: idText, number: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
	v.strictObject({ draft: idText })
]);

export const checkRequest = wire({
	document: json,
	/** The scheme it is compared with: tells what was edited and which data is newly needed. */
	baseline: v.optional(v.nullable(schemeSide)),
	/** Adds what only data can tell: `true` for the last year of figures, or these periods. */
	history: v.optional(v.union([v.boolean(), periodRange]), false)
});

export const dataNeedBody = v.strictObject({
	path: v.string(),
	kind: v.picklist(['metric', 'target', 'attribute', 'parameter', 'team']),
	entered_by: v.nullable(v.string()),
	source: v.nullable(localText),
	rows: v.number(),
	missing: v.number(),
	is_new: v.boolean()
});

export const checkBody = v.strictObject({
	findings: v.array(diagnosticBody),
	/** Total of the weights in each group of people that differs. */
	weights: v.array(
		v.strictObject({
			when: localText,
			total: v.number(),
			example: v.optional(v.record(v.string(), json))
		})
	),
	needs: v.array(dataNeedBody),
	/** The periods that were looked at; null without a history. */
	history: v.nullable(v.strictObject({ from: v.string(), to: v.string(), rows: v.number() }))
});

export const differenceRequest = v.strictObject({ from: schemeSide, to: schemeSide });

export const differenceBody = v.strictObject({
	edits: v.array(
		v.strictObject({
			id: v.string(),
			kind: v.picklist(EDIT_KINDS),
			group: v.string(),
			at: v.string(),
			sentence: localText,
			before: v.optional(json),
			after: v.optional(json)
		})
	)
});

export const mergeRequest = v.strictObject({
	base: schemeSide,
	ours: schemeSide,
	theirs: schemeSide
});

export const mergeBody = v.strictObject({
	/** Ours with every edit of theirs that does not conflict. */
	merged: json,
	conflicts: v.array(
		v.strictObject({
			id: v.string(),
			at: v.string(),
			reason: v.picklist(CONFLICT_REASONS),
			place: localText,
			base: v.optional(json),
			ours: v.optional(json),
			theirs: v.optional(json),
			sentences: v.strictObject({ ours: localText, theirs: localText })
		})
	)
});

/** One edit's part of a change of totals. */
const share = v.strictObject({
	edit: v.string(),
	sentence: localText,
	/** Points over all people and periods. */
	points: v.number(),
	/** In the currency; null where nothing is paid or the reader may not see pay. */
	payout: v.nullable(v.number())
});

export const totalsBody = v.strictObject({
	method: v.picklist(['exact', 'sampled']),
	/** Orders of the edits that were looked at; 0 where the method is exact. */
	permutations: v.number(),
	/** Rows (a person in a period) that both sides scored. */
	compared: v.number(),
	currency: v.nullable(v.string()),
	score: v.strictObject({ change: v.number(), error: v.number() }),
	payout: v.nullable(v.strictObject({ change: v.number(), error: v.number() })),
	shares: v.array(share)
});
