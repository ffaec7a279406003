/** What an import's columns mean, how their cells are written, and what is repaired. */
import * as v from 'valibot';
import type { Json } from '../engine/logic/rule.ts';
import { day, json, wire } from './base.ts';

const currencyCode = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/));
const cellText = v.pipe(v.string(), v.maxLength(200));
const factor = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(1e9));
/** A field that a column is read into. */
export const fieldId = v.pipe(v.string(), v.minLength(1), v.maxLength(120));

/** How the cells of one column are written. */
export const columnTransform = wire({
	decimal: v.optional(v.picklist(['point', 'comma'])),
	scale: v.optional(
		v.picklist(['thousand', 'ten_thousand', 'million', 'hundred_million', 'percent'])
	),
	/** Figures are multiplied by this: hours become minutes by 60. */
	times: v.optional(factor),
	/** Figures are divided by this: grams become kilograms by 1000. */
	over: v.optional(factor),
	/**
	 * `serial_1900`, `serial_1904`: a number that a spreadsheet shows as a day, taken back.
	 * `yymmdd`: days of six digits.
	 */
	date: v.optional(
		v.picklist(['auto', 'day_first', 'month_first', 'yymmdd', 'serial_1900', 'serial_1904'])
	),
	/** What an attribute of the client's own holds; text unless given, so that codes keep their zeros. */
	type: v.optional(v.picklist(['text', 'number', 'date', 'boolean'])),
	/** Accept `000276` and `276.0` for 276. */
	loose_id: v.optional(v.boolean()),
	/** Ids of digits get zeros in front up to this length: 275 becomes 000275. */
	pad: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(40))),
	/** Currency of the column's amounts; `mark` reads it from the cell ($, €, USD 12). */
	currency: v.optional(v.union([currencyCode, v.literal('mark')])),
	/** Replacements, before reading: `在职` → `active`. */
	values: v.optional(v.record(cellText, cellText))
});
export type ColumnTransform = v.InferOutput<typeof columnTransform>;

/** Parts of a transform as they are sent; kept that way. */
const notation = v.custom<Readonly<Record<string, Json>>>(
	(value) => v.is(columnTransform, value),
	'Parts of a transform are expected.'
);

export const mappedColumn = wire({
	/** `employee`, `period`, `attribute.<id>`, `metric.<id>`, `target.<id>`, … */
	field: fieldId,
	/** Several columns are joined (first and last name). */
	columns: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(8)),
	join: v.optional(v.pipe(v.string(), v.maxLength(8))),
	transform: v.optional(columnTransform)
});
export type MappedColumn = v.InferOutput<typeof mappedColumn>;

/** Repairs of one number were made in one step, and are undone in one. */
const step = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));

/**
 * A repair of all rows that have one fault. They are part of the mapping, so a batch keeps them and
 * a saved mapping brings them along.
 */
export const importRepair = v.union([
	/** A text that means another one; `null` says that nothing was told. */
	wire({
		kind: v.literal('replace'),
		field: fieldId,
		from: cellText,
		to: v.nullable(cellText),
		step
	}),
	/** Rows that hold this text are left out, knowingly. */
	wire({ kind: v.literal('drop'), field: fieldId, value: cellText, step }),
	/** The cells of a field are read another way; what the column says of it does not count. */
	wire({ kind: v.literal('notation'), field: fieldId, set: notation, step }),
	/** People: units that do not exist yet are created. */
	wire({ kind: v.literal('create_units'), step }),
	/**
	 * Which of several rows about the same counts: the first, the last, the one with the newest
	 * date in a column, or all of them added up (corrections, returns).
	 */
	wire({
		kind: v.literal('conflicts'),
		keep: v.picklist(['first', 'last', 'newest', 'add']),
		by: v.optional(v.string()),
		step
	})
]);
export type ImportRepair = v.InferOutput<typeof importRepair>;

export const importMapping = wire({
	columns: v.pipe(v.array(mappedColumn), v.maxLength(200)),
	/** One value for every row, e.g. the period of a file that has no such column. */
	constants: v.optional(
		v.array(
			wire({
				field: v.pipe(v.string(), v.maxLength(120)),
				value: v.pipe(v.string(), v.maxLength(400))
			})
		),
		[]
	),
	/** Only rows whose column holds one of these values; the others are listed as skipped. */
	where: v.optional(
		v.array(wire({ column: v.string(), values: v.pipe(v.array(v.string()), v.minLength(1)) })),
		[]
	),
	/**
	 * JSON Logic over the row, whose variables are the columns: only rows for which it holds. A
	 * comparison by size reads the cell as a number, or as a day beside one.
	 */
	filter: v.optional(json),
	/** Employees are told apart by this attribute, or by `name`, instead of their id. */
	match_on: v.optional(v.pipe(v.string(), v.maxLength(80))),
	/** People: units that do not exist yet are created instead of refused. */
	create_units: v.optional(v.boolean(), false),
	/** Targets: a value covers so many months from its period on, each an equal part. */
	spread_months: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(12))),
	/** Day from which changed attributes of people hold; the day of the import unless given. */
	valid_from: v.optional(day),
	repairs: v.optional(v.pipe(v.array(importRepair), v.maxLength(2000)), [])
});
export type ImportMapping = v.InferOutput<typeof importMapping>;
