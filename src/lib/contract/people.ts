/** People and units as the interface gives them. */
import * as v from 'valibot';
import { day, instant, json, localText } from './base.ts';

const count = v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/), v.transform(Number));

export const peopleQuery = v.strictObject({
	search: v.optional(v.pipe(v.string(), v.maxLength(100))),
	unit: v.optional(v.string()),
	day: v.optional(day),
	left: v.optional(v.picklist(['true', 'false'])),
	after: v.optional(v.string()),
	limit: v.optional(count)
});

export const personQuery = v.strictObject({ day: v.optional(day) });

export const peopleList = v.strictObject({
	people: v.array(
		v.strictObject({
			id: v.string(),
			name: v.string(),
			unit_id: v.nullable(v.string()),
			position: v.nullable(v.string()),
			level: v.nullable(v.string()),
			site: v.nullable(v.string()),
			employed: v.boolean()
		})
	),
	total: v.number(),
	next: v.nullable(v.string())
});

export const personBody = v.strictObject({
	id: v.string(),
	name: v.string(),
	attributes: v.record(v.string(), json),
	unit_path: v.array(v.string()),
	day,
	employed: v.boolean(),
	history: v.array(
		v.strictObject({
			attribute: v.string(),
			value: json,
			valid_from: v.string(),
			recorded_at: instant,
			source: v.nullable(v.string()),
			batch_id: v.nullable(v.string()),
			withdrawn_at: v.nullable(instant)
		})
	)
});

export const unitList = v.strictObject({
	units: v.array(
		v.strictObject({
			id: v.string(),
			parent_id: v.nullable(v.string()),
			name: localText,
			kind: v.string(),
			depth: v.number()
		})
	)
});
