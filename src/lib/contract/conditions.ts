/** How often conditions held in the history, and who stands just beside them. */
import * as v from 'valibot';
import { idText, json, periodRange, wire } from './base.ts';

/** More conditions than this at once are no table that anybody reads. */
export const MOST_CONDITIONS = 80;

export const conditionHitsRequest = wire({
	/** The scheme in the editor: says who is scored, over which periods, with which outcome. */
	document: json,
	conditions: v.pipe(
		v.array(
			v.strictObject({
				/** Chosen by the caller, to find the answer by. */
				id: v.pipe(v.string(), v.maxLength(200)),
				when: json,
				/** The item whose actual, target and attainment the condition reads. */
				item: v.optional(idText)
			})
		),
		v.minLength(1),
		v.maxLength(MOST_CONDITIONS)
	),
	/** Only the first condition that holds counts, as in an if-chain. */
	first: v.optional(v.boolean(), false),
	/** Everybody in the data, not only those whom the scheme scores: for the scope itself. */
	everybody: v.optional(v.boolean(), false),
	/** The last year of figures unless given. */
	range: v.optional(periodRange)
});

const neighbour = v.strictObject({
	employee: v.string(),
	name: v.nullable(v.string()),
	period: v.string(),
	/** What the condition compares, where it is one comparison. */
	value: v.nullable(v.union([v.number(), v.string(), v.boolean()]))
});

export const conditionHitsBody = v.strictObject({
	range: v.strictObject({ from: v.string(), to: v.string() }),
	/** People, and people in periods, that were looked at. */
	people: v.number(),
	rows: v.number(),
	conditions: v.array(
		v.strictObject({
			id: v.string(),
			/** Why nothing is counted: not sound, about pay that the reader may not see, a group too small. */
			hidden: v.nullable(v.picklist(['unsound', 'pay', 'small'])),
			/** For whom it held at least once; null where hidden. */
			people: v.nullable(v.number()),
			rows: v.nullable(v.number()),
			/** Rows in which it could not be told for lack of a value; they count as not met. */
			unknown: v.nullable(v.number()),
			/** Who just meets it and who just misses it, nearest first; none for those who may not see people. */
			meets: v.array(neighbour),
			misses: v.array(neighbour)
		})
	)
});
