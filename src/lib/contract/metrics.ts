/** Metric definitions: the definition itself is judged by the engine's validator. */
import * as v from 'valibot';
import { diagnosticBody, hash, instant, json, localText, revision, wire } from './base.ts';

export const saveMetricRequest = wire({
	/** As in a pack's `metrics/<id>.yaml`. */
	definition: json,
	/** The revision that was seen; 0 registers a new metric. */
	revision
});

export const metricSaved = v.strictObject({
	id: v.string(),
	revision,
	hash,
	diagnostics: v.array(diagnosticBody)
});

const coverage = v.strictObject({
	from: v.string(),
	to: v.string(),
	figures: v.number(),
	subjects: v.number()
});

const metricSummary = {
	id: v.string(),
	revision,
	definition: json,
	origin: v.nullable(v.strictObject({ pack: v.string(), version: v.string() })),
	coverage: v.nullable(coverage)
};

export const metricList = v.strictObject({ metrics: v.array(v.strictObject(metricSummary)) });

export const metricBody = v.strictObject({
	...metricSummary,
	currency: v.string(),
	used_by: v.array(v.string()),
	revisions: v.array(
		v.strictObject({
			revision,
			definition: json,
			recorded_at: instant,
			recorded_by: v.string(),
			retired: v.boolean()
		})
	)
});

export const similarRequest = wire({
	/** May still be incomplete. */
	definition: json,
	/** Compares figures as well, which takes longer. */
	with_history: v.optional(v.boolean(), false)
});

export const similarMetrics = v.strictObject({
	metrics: v.array(
		v.strictObject({
			id: v.string(),
			name: localText,
			reasons: v.array(
				v.variant('kind', [
					v.strictObject({ kind: v.literal('name'), likeness: v.number() }),
					v.strictObject({ kind: v.literal('formula') }),
					v.strictObject({
						kind: v.literal('history'),
						correlation: v.number(),
						figures: v.number()
					})
				])
			)
		})
	)
});

export const retireMetricRequest = wire({
	/** The revision that was seen. */
	revision
});

export const metricRetired = v.strictObject({ id: v.string(), revision });
