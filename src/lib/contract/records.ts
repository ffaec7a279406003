/** Records, their types, what is expected of them, and corrections of closed months. */
import * as v from 'valibot';
import {
	day,
	idText,
	instant,
	json,
	localText,
	monthId,
	periodId,
	revision,
	wire,
	words
} from './base.ts';

export const saveRecordTypeRequest = wire({
	/** As in a pack's `records/<id>.yaml`. */
	definition: json,
	/** The revision that was seen; 0 registers a new type. */
	revision
});

export const recordTypeSaved = v.strictObject({ id: v.string(), revision });

const recordType = v.strictObject({
	id: v.string(),
	revision,
	definition: json,
	origin: v.nullable(v.strictObject({ pack: v.string(), version: v.string() })),
	retired: v.boolean(),
	records: v.number(),
	from: v.nullable(day),
	to: v.nullable(day),
	used_by: v.array(v.string())
});

export const recordTypeList = v.strictObject({ types: v.array(recordType) });

const whole = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number));

export const recordsQuery = wire({
	from: v.optional(day),
	to: v.optional(day),
	subject_id: v.optional(idText),
	batch_id: v.optional(idText),
	search: v.optional(v.pipe(v.string(), v.maxLength(100))),
	page: v.optional(whole),
	size: v.optional(whole)
});

const record = {
	id: v.number(),
	key: v.string(),
	subject_kind: v.picklist(['employee', 'unit']),
	subject_id: v.string(),
	subject_name: v.string(),
	date: day,
	data: json,
	line: v.nullable(v.number()),
	source: v.nullable(v.string()),
	evidence: v.nullable(v.string()),
	batch_id: v.nullable(v.string()),
	file_name: v.nullable(v.string()),
	recorded_at: instant,
	recorded_by: v.string()
};

export const recordList = v.strictObject({
	total: v.number(),
	page: v.number(),
	size: v.number(),
	records: v.array(v.strictObject(record))
});

/** Rows of one request; more are sent in several. */
export const MOST_RECORDS = 10_000;

export const recordsRequest = wire({
	/** Values by column of the type; numbers as numbers, dates as `yyyy-mm-dd`. */
	rows: v.pipe(
		v.array(v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])))),
		v.minLength(1),
		v.maxLength(MOST_RECORDS)
	),
	source: v.optional(v.pipe(v.string(), v.maxLength(200))),
	/** One refused row keeps all of them out. */
	all_or_nothing: v.optional(v.boolean(), false)
});

export const recordsReceived = v.strictObject({
	added: v.number(),
	changed: v.number(),
	unchanged: v.number(),
	rejected: v.number(),
	/** Rows that were not taken, by their place in the request. */
	problems: v.array(
		v.strictObject({ index: v.number(), column: v.string(), message: localText, advice: localText })
	)
});

export const figureQuery = wire({
	subject_kind: v.optional(v.picklist(['employee', 'unit']), 'employee'),
	subject_id: idText,
	period: periodId
});

export const figureBody = v.strictObject({
	metric: json,
	subject_kind: v.picklist(['employee', 'unit']),
	subject_id: v.string(),
	subject_name: v.string(),
	period: v.string(),
	value: v.nullable(v.number()),
	sources: v.array(v.strictObject({ metric: json, value: v.nullable(v.number()) })),
	told: v.array(
		v.strictObject({
			period: v.string(),
			value: v.nullable(v.number()),
			raw: v.nullable(v.string()),
			source: v.nullable(v.string()),
			evidence: v.nullable(v.string()),
			batch_id: v.nullable(v.string()),
			file_name: v.nullable(v.string()),
			recorded_at: instant
		})
	),
	records: v.nullable(
		v.strictObject({
			type: json,
			counted: v.number(),
			total: v.number(),
			figure: v.nullable(v.number()),
			shown: v.array(
				v.strictObject({
					...record,
					counts: v.boolean(),
					value: v.nullable(v.union([v.string(), v.number()]))
				})
			),
			closed: v.array(
				v.strictObject({
					month: monthId,
					known_at: instant,
					by: v.picklist(['scored', 'window', 'corrected']),
					period: v.nullable(v.string())
				})
			)
		})
	)
});

const changedFigure = v.strictObject({
	metric: v.string(),
	subject_kind: v.picklist(['employee', 'unit']),
	subject_id: v.string(),
	period: v.string(),
	before: v.nullable(v.number()),
	after: v.nullable(v.number())
});

export const correctionsBody = v.strictObject({
	/** Quote it when a correction is accepted. */
	as_of: instant,
	pending: v.array(
		v.strictObject({
			type: v.string(),
			month: monthId,
			records: v.number(),
			figures: v.array(changedFigure)
		})
	),
	accepted: v.array(
		v.strictObject({
			id: v.string(),
			type: v.string(),
			month: monthId,
			known_at: instant,
			reason: v.string(),
			figures: v.number(),
			recorded_at: instant,
			recorded_by: v.string()
		})
	)
});

export const acceptCorrectionRequest = wire({
	month: monthId,
	as_of: v.pipe(v.string(), v.isoTimestamp()),
	reason: words
});

export const correctionAccepted = v.strictObject({
	id: v.string(),
	month: monthId,
	figures: v.number()
});

const least = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

/** Who should have records, and how often: “two visits in three working days”. */
export const expectation = v.strictObject({
	id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/), v.maxLength(60)),
	name: localText,
	/** Id of a record type. */
	record: idText,
	/** Rule over `employee.*`: of whom records are expected. */
	who: json,
	/** Rule over `record.*`: which records count. */
	where: v.optional(json),
	/** So many of them … */
	at_least: least(1000),
	/** … within so many working days, weeks or months up to now, the present one included. */
	within: v.strictObject({ count: least(60), unit: v.picklist(['day', 'week', 'month']) })
});
export type Expectation = v.InferOutput<typeof expectation>;

export const saveExpectationRequest = wire({ definition: expectation, revision });

export const expectationSaved = v.strictObject({ id: v.string(), revision });

export const missingRecordsBody = v.strictObject({
	expectations: v.array(
		v.strictObject({
			id: v.string(),
			revision,
			definition: expectation,
			from: day,
			to: day,
			expected: v.number(),
			missing: v.array(
				v.strictObject({
					employee: v.string(),
					name: v.string(),
					unit: v.nullable(v.string()),
					found: v.number(),
					last: v.nullable(day)
				})
			)
		})
	)
});
