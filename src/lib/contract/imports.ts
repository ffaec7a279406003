/** What an import is asked and what it answers. */
import * as v from 'valibot';
import { diagnosticBody, hash, idText, instant, json, localText, wire } from './base.ts';
import { columnTransform, fieldId, importMapping, importRepair } from './import-mapping.ts';

export const IMPORT_KINDS = [
	'people',
	'units',
	'observations',
	'targets',
	'parameters',
	'records'
] as const;
export const importKind = v.picklist(IMPORT_KINDS);
export type ImportKind = v.InferOutput<typeof importKind>;

const encoding = v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252']);
const delimiter = v.picklist([',', ';', '\t', '|']);
const shape = v.picklist(['long', 'wide', 'sheets']);

/** How to read a file; what is left out is detected. */
export const readOptions = wire({
	encoding: v.optional(encoding),
	delimiter: v.optional(delimiter),
	header_line: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
	sheets: v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(60))),
	shape: v.optional(shape),
	year: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2199)))
});
export type ReadOptionsInput = v.InferOutput<typeof readOptions>;

/** POST …/imports: a form with the file and how to read it. */
export const uploadForm = v.strictObject({
	kind: importKind,
	file: v.instance(Blob),
	/** Which type the rows have; for `records` only. */
	record_type: v.optional(idText),
	encoding: v.optional(encoding),
	delimiter: v.optional(delimiter),
	shape: v.optional(shape),
	header_line: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,5}$/), v.transform(Number)))
});

/** PUT …/imports/{batch}/reading: reads the file again, another way. */
export const readingRequest = readOptions;

/** PUT …/imports/{batch}/plan: saves the mapping and answers with the dry run. */
export const planRequest = wire({ mapping: importMapping, read: v.optional(readOptions) });

/** POST …/imports/{batch}/repairs: one of the dry run's offers for a group, or repairs of one's own. */
export const repairRequest = v.union([
	wire({
		code: v.string(),
		column: v.nullable(v.string()),
		offer: v.pipe(v.number(), v.integer(), v.minValue(0))
	}),
	wire({ repairs: v.pipe(v.array(importRepair), v.minLength(1), v.maxLength(500)) }),
	/** Takes repairs of the batch's mapping back, exactly as it has them. */
	wire({ undo: v.pipe(v.array(importRepair), v.minLength(1), v.maxLength(2000)) })
]);

/** POST …/imports/{batch}/preview: what a mapping makes of the first rows; nothing is kept. */
export const previewRequest = wire({ mapping: importMapping });

export const mappingPreview = v.strictObject({
	fields: v.array(
		v.strictObject({
			field: v.string(),
			/** Three different cells; `after` is null where one cannot be read. */
			cells: v.array(v.strictObject({ before: v.string(), after: v.nullable(v.string()) }))
		})
	),
	/** Of the first rows, how many the condition keeps. */
	rows: v.strictObject({ looked: v.number(), kept: v.number() })
});
export type MappingPreviewBody = v.InferOutput<typeof mappingPreview>;

/** POST …/imports/{batch}/values: what stands in a column that a field is read from. */
export const valuesRequest = wire({
	field: fieldId,
	columns: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(8)),
	join: v.optional(v.pipe(v.string(), v.maxLength(8))),
	transform: v.optional(columnTransform)
});

export const columnValues = v.strictObject({
	/** Values that mean nothing here come first, then the most frequent. */
	values: v.array(
		v.strictObject({
			value: v.string(),
			rows: v.number(),
			/** Null where any text will do. */
			is_known: v.nullable(v.boolean())
		})
	),
	/** How many different ones there are; the list holds the first of them. */
	distinct: v.number(),
	/** What a value may be replaced by, where that is a closed list. */
	choices: v.array(v.strictObject({ value: v.string(), name: localText }))
});
export type ColumnValuesBody = v.InferOutput<typeof columnValues>;

/** PUT …/imports/{batch}/preset: keeps the mapping under a name. */
export const presetRequest = wire({
	id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,59}$/)),
	name: localText
});

/** POST …/imports/{batch}/commit quotes the plan it saw, so a stale page cannot commit another one. */
export const commitRequest = wire({
	plan_hash: hash,
	/** Rows that were refused stay out, knowingly. */
	without_rejected: v.optional(v.boolean(), false)
});

export const rollbackRequest = wire({
	reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500)))
});

/** GET …/presets: mappings that packs brought or people saved. */
export const presetList = v.strictObject({
	presets: v.array(
		v.strictObject({ id: v.string(), kind: v.string(), name: localText, definition: json })
	)
});

const columnSuggestion = v.strictObject({
	column: v.string(),
	field: v.nullable(v.string()),
	confidence: v.number(),
	why: v.string(),
	reasons: v.array(localText),
	samples: v.array(v.string()),
	transform: v.optional(json),
	/** The unit that the column seems to be written in, and what follows from it. */
	unit: v.optional(
		v.strictObject({
			word: v.string(),
			confidence: v.number(),
			reasons: v.array(localText),
			transform: json
		})
	)
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
	examples: v.array(diagnosticBody),
	/** What the cells of the group hold, most frequent first. */
	values: v.array(v.strictObject({ value: v.string(), rows: v.number() })),
	/** Ways to mend all of them at once, the proposed one first. */
	repairs: v.array(v.strictObject({ title: localText, apply: json }))
});

const counts = v.strictObject({ new: v.number(), changed: v.number(), unchanged: v.number() });

export const importPlan = v.strictObject({
	plan_hash: hash,
	rows: v.strictObject({
		read: v.number(),
		filtered: v.number(),
		rejected: v.number(),
		repeated: v.number(),
		/** Rows that a rule for contradictions left behind. */
		superseded: v.number(),
		accepted: v.number()
	}),
	facts: counts,
	people: v.nullable(counts),
	units_created: v.array(v.string()),
	columns: v.array(
		v.strictObject({
			field: v.string(),
			values: v.number(),
			sum: v.nullable(v.number()),
			/** Every readable figure of the column in the file, refused rows included. */
			in_file: v.nullable(v.strictObject({ values: v.number(), sum: v.number() })),
			/** What the file's own row of totals says. */
			stated: v.nullable(v.number())
		})
	),
	changes: v.array(changeSample),
	findings: v.array(findingGroup),
	can_commit: v.boolean()
});

const importStatus = v.picklist(['staged', 'checked', 'committed', 'rolled_back', 'discarded']);

const detection = v.strictObject({
	what: v.picklist(['encoding', 'delimiter', 'sheets', 'header', 'shape', 'year']),
	value: v.string(),
	confidence: v.number(),
	chosen: v.boolean(),
	reasons: v.array(localText)
});

const fileLine = v.strictObject({ line: v.number(), cells: v.array(v.string()) });

/** How a file was read: what was detected, with how much certainty, and what was set aside. */
const readingBody = v.strictObject({
	format: v.picklist(['csv', 'xlsx']),
	sheets: v.array(
		v.strictObject({
			name: v.string(),
			hidden: v.boolean(),
			rows: v.number(),
			chosen: v.boolean()
		})
	),
	header_line: v.number(),
	shape: v.picklist(['long', 'wide', 'sheets']),
	year: v.nullable(v.number()),
	detections: v.array(detection),
	skipped: v.array(
		v.strictObject({ reason: v.string(), rows: v.number(), lines: v.array(v.number()) })
	),
	notes: v.array(diagnosticBody),
	first_lines: v.array(fileLine)
});

export const importBatch = v.strictObject({
	id: idText,
	kind: importKind,
	record_type: v.nullable(v.string()),
	status: importStatus,
	file_name: v.string(),
	file_hash: hash,
	encoding: v.nullable(v.string()),
	delimiter: v.nullable(v.string()),
	header: v.array(v.string()),
	preview: v.array(v.array(v.string())),
	rows: v.number(),
	skipped: v.number(),
	/** Null while the file is being read. */
	reading: v.nullable(readingBody),
	/** What runs now: reading, staging, checking or committing, from 0 to 1. */
	work: v.nullable(v.strictObject({ phase: v.string(), progress: v.number() })),
	suggestions: v.array(columnSuggestion),
	/** Saved mappings whose columns the file has, best first. */
	presets: v.array(
		v.strictObject({
			id: v.string(),
			name: localText,
			matched: v.number(),
			/** A person saved it; others come with packs. */
			is_saved: v.boolean(),
			mapping: v.nullable(json)
		})
	),
	/** Imports of the very same file that are in effect. */
	imported_before: v.array(
		v.strictObject({
			id: idText,
			file_name: v.string(),
			committed_at: v.nullable(instant),
			/** The same table was read with the same mapping: committing it changes nothing. */
			is_same_mapping: v.boolean()
		})
	),
	/** Why the file could not be read, where it was read in the background. */
	problems: v.array(json),
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
	people_kept: v.array(v.string()),
	/** Units that were changed again since; they keep what the later change says. */
	units_kept: v.array(v.string())
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

/** POST …/sheets: a workbook whose cells are wanted, without anything being kept. */
export const sheetForm = v.strictObject({ file: v.instance(Blob) });

/** Sheets that are not hidden, as the text of their cells. */
export const sheetsBody = v.strictObject({
	sheets: v.array(v.strictObject({ name: v.string(), rows: v.array(v.array(v.string())) }))
});
