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
	/** What an attribute of the client's own holds; text unless given, so that codes keep their zeros. */
	type: v.optional(v.picklist(['text', 'number', 'date', 'boolean'])),
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

/** POST …/imports: a form with the file and how to read it. */
export const uploadForm = v.strictObject({
	kind: importKind,
	file: v.instance(Blob),
	encoding: v.optional(
		v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'])
	),
	delimiter: v.optional(v.picklist([',', ';', '\t', '|'])),
	header_line: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,5}$/), v.transform(Number)))
});

/** PUT …/imports/{batch}/plan: saves the mapping and answers with the dry run. */
export const planRequest = wire({ mapping: importMapping });

/** POST …/imports/{batch}/commit quotes the plan it saw, so a stale page cannot commit another one. */
export const commitRequest = wire({
	plan_hash: hash,
	/** Rows that were refused stay out, knowingly. */
	without_rejected: v.optional(v.boolean(), false)
});

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

const findingGroup = v.strictObject({
	code: v.string(),
	severity: v.picklist(['error', 'warning', 'hint']),
	column: v.nullable(v.string()),
	rows: v.number(),
	examples: v.array(diagnosticBody)
});

const counts = v.strictObject({ new: v.number(), changed: v.number(), unchanged: v.number() });

export const importPlan = v.strictObject({
	plan_hash: hash,
	rows: v.strictObject({
		read: v.number(),
		filtered: v.number(),
		rejected: v.number(),
		repeated: v.number(),
		accepted: v.number()
	}),
	facts: counts,
	people: v.nullable(counts),
	units_created: v.array(v.string()),
	columns: v.array(
		v.strictObject({ field: v.string(), values: v.number(), sum: v.nullable(v.number()) })
	),
	changes: v.array(changeSample),
	findings: v.array(findingGroup),
	can_commit: v.boolean()
});

const importStatus = v.picklist(['staged', 'checked', 'committed', 'rolled_back', 'discarded']);

export const importBatch = v.strictObject({
	id: idText,
	kind: importKind,
	status: importStatus,
	file_name: v.string(),
	file_hash: hash,
	encoding: v.nullable(v.string()),
	delimiter: v.nullable(v.string()),
	header: v.array(v.string()),
	preview: v.array(v.array(v.string())),
	rows: v.number(),
	skipped: v.number(),
	suggestions: v.array(columnSuggestion),
	mapping: v.nullable(json),
	plan: v.nullable(importPlan),
	created_by: v.string(),
	created_at: instant,
	committed_at: v.nullable(instant),
	rolled_back_at: v.nullable(instant),
	rollback_reason: v.nullable(v.string())
});

export const importList = v.strictObject({
	imports: v.array(
		v.strictObject({
			id: idText,
			kind: v.string(),
			file_name: v.string(),
			status: importStatus,
			rows: v.number(),
			facts: v.number(),
			rejected: v.number(),
			created_at: instant,
			created_by: v.string(),
			committed_at: v.nullable(instant),
			rolled_back_at: v.nullable(instant)
		})
	)
});

export const importCommitted = v.strictObject({
	batch_id: idText,
	facts: v.number(),
	people_added: v.number(),
	units_created: v.array(v.string()),
	rejected: v.number()
});

const builtOn = v.strictObject({
	scoring_runs: v.array(v.strictObject({ id: idText, period: v.string() })),
	replays: v.array(v.string()),
	later_imports: v.array(v.strictObject({ id: idText, file_name: v.string() })),
	people_kept: v.array(v.string())
});

export const importRolledBack = v.strictObject({
	batch_id: idText,
	facts: v.number(),
	people_withdrawn: v.number(),
	units_closed: v.number(),
	built_on: builtOn
});

export const rejectedRows = v.strictObject({
	rows: v.array(
		v.strictObject({ line: v.number(), cells: v.array(v.string()), problems: v.array(json) })
	)
});
