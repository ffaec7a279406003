/** What a score curve is drawn over: the metric's history, without anybody's name. */
import * as v from 'valibot';

export const historyQuery = v.strictObject({
	metric: v.string(),
	/** What the curve is over. */
	input: v.picklist(['actual', 'attainment']),
	/** Marks where this person stands. */
	person: v.optional(v.string())
});

const figure = v.nullable(v.number());

export const historyBody = v.strictObject({
	metric: v.string(),
	input: v.string(),
	range: v.nullable(v.strictObject({ from: v.string(), to: v.string() })),
	/** Figures that were found, of so many people. */
	figures: v.number(),
	people: v.number(),
	/** Rows of people whom the scheme scores and who have no figure. */
	missing: v.number(),
	/** Figures of fewer than five people are kept from those who may not see the people. */
	hidden: v.boolean(),
	mean: figure,
	min: figure,
	p25: figure,
	median: figure,
	p75: figure,
	max: figure,
	/** The middle target of the same rows; 1 where the curve is over attainment. */
	target: figure,
	/** `count` is null where fewer than five people stand. */
	bins: v.array(v.strictObject({ from: v.number(), to: v.number(), count: figure })),
	/** Ascending, evenly picked where there are very many; null for who may not see people. */
	values: v.nullable(v.array(v.number())),
	person: v.nullable(
		v.strictObject({ id: v.string(), name: v.string(), period: v.string(), value: v.number() })
	)
});
