/** What an import is asked and what it answers. */
import * as v from 'valibot';
import { day, diagnosticBody, hash, idText, instant, json, wire } from './base.ts';

export const IMPORT_KINDS = ['people', 'observations', 'targets'] as const;
export const importKind = v.picklist(IMPORT_KINDS);
export type ImportKind = v.InferOutput<typeof importKind>;

/** How the cells of one column are written. */
export const columnTransform = wire({
	decimal: v.optional(v.picklist(['point', 'comma'])),
	scale: v.optional(v.picklist(['ten_thousand', 'percent', 'thousand'])),
	date: v.optional(v.picklist(['auto', 'day_first', 'month_first'])),
	/** Accept `000276` and `276.0` for 276. */
	loose_id: v.optional(v.boolean()),
	/** Replacements, before reading: `在职` → `active`. */
	values: v.optional(
		v.record(v.pipe(v.string(), v.maxLength(200)), v.pipe(v.string(), v.maxLength(200)))
	)
});
export type ColumnTransform = v.InferOutput<typeof columnTransform>;

export const mappedColumn = wire({
	/** `employee`, `period`, `attribute.<id>`, `metric.<id>`, `target.<id>`, … */
	field: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
	/** Several columns are joined (first and last name). */
	columns: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(8)),
	join: v.optional(v.pipe(v.string(), v.maxLength(8))),
	transform: v.optional(columnTransform)
});
export type MappedColumn = v.InferOutput<typeof mappedColumn>;

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
	/** People: the rows belong to employees already known by this attribute (a second file). */
	match_on: v.optional(v.pipe(v.string(), v.maxLength(80))),
	/** People: units that do not exist yet are created instead of refused. */
	create_units: v.optional(v.boolean(), false),
	/** Targets: a value covers so many months from its period on, each an equal part. */
	spread_months: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(12))),
	/** Day from which changed attributes of people hold; the day of the import unless given. */
	valid_from: v.optional(day)
});
export type ImportMapping = v.InferOutput<typeof importMapping>;

export const readOptions = wire({
	encoding: v.optional(v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252'])),
	delimiter: v.optional(v.picklist([',', ';', '\t', '|'])),
	header_line: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)))
});

/** POST …/imports: the file travels as text in base64, so that one JSON body carries it all. */
export const uploadRequest = wire({
	kind: importKind,
	file_name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(255)),
	content_base64: v.pipe(v.string(), v.base64(), v.maxLength(28_000_000)),
	read: v.optional(readOptions)
});

/** PUT …/imports/{batch}/mapping: answers with the dry run. */
export const planRequest = wire({ mapping: importMapping });

/** POST …/imports/{batch}/commit quotes the plan it saw, so a stale page cannot commit another one. */
export const commitRequest = wire({ plan_hash: hash });

export const rollbackRequest = wire({
	reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500)))
});

const columnSuggestion = v.strictObject({
	column: v.string(),
	field: v.nullable(v.string()),
	confidence: v.number(),
	why: v.string(),
	samples: v.array(v.string()),
	transform: v.optional(json)
});

const changeSample = v.strictObject({
	line: v.number(),
	key: v.string(),
	field: v.string(),
	before: v.nullable(v.string()),
	after: v.nullable(v.string())
});

const finding = v.strictObject({
	code: v.string(),
	severity: v.picklist(['error', 'warning', 'hint']),
	column: v.nullable(v.string()),
	rows: v.number(),
	examples: v.array(diagnosticBody)
});

const columnSum = v.strictObject({
	field: v.string(),
	values: v.number(),
	missing: v.number(),
	sum: v.nullable(v.number()),
	rejected: v.number()
});

export const importPlan = v.strictObject({
	plan_hash: v.nullable(hash),
	rows: v.strictObject({
		read: v.number(),
		skipped: v.number(),
		rejected: v.number(),
		repeated: v.number(),
		accepted: v.number()
	}),
	facts: v.strictObject({ new: v.number(), changed: v.number(), unchanged: v.number() }),
	people: v.nullable(
		v.strictObject({ new: v.number(), changed: v.number(), unchanged: v.number() })
	),
	units_created: v.array(v.string()),
	columns: v.array(columnSum),
	changes: v.array(changeSample),
	findings: v.array(finding),
	can_commit: v.boolean()
});

export const importBatch = v.strictObject({
	id: idText,
	kind: importKind,
	status: v.picklist(['uploaded', 'planned', 'committed', 'rolled_back', 'refused']),
	file_name: v.string(),
	file_hash: hash,
	encoding: v.nullable(v.string()),
	delimiter: v.nullable(v.string()),
	header: v.array(v.string()),
	preview: v.array(v.array(v.string())),
	rows: v.number(),
	suggestions: v.array(columnSuggestion),
	mapping: v.nullable(json),
	plan: v.nullable(importPlan),
	created_by: v.string(),
	created_at: instant,
	committed_at: v.nullable(instant),
	rolled_back_at: v.nullable(instant)
});
