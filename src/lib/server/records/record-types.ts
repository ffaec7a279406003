/** Record types: what a client's exports of single events look like. Read by one validator. */
import { asc } from 'drizzle-orm';
import { hasErrors, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { isDay } from '#lib/engine/scheme/period.ts';
import { Fields } from '#lib/packs/fields.ts';
import { FileReport, type PackFinding } from '#lib/packs/finding.ts';
import type { RecordColumn, RecordType } from '#lib/packs/pack.ts';
import { readRecordType } from '#lib/packs/records.ts';
import { recordTypes } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

export type { RecordColumn, RecordType } from '#lib/packs/pack.ts';

/** A record type as the client has it. */
export interface RecordTypeRevision {
	readonly revision: number;
	readonly definition: RecordType;
	readonly origin: { readonly pack: string; readonly version: string } | null;
	/** No longer offered; its records still count. */
	readonly retired: boolean;
	readonly recordedAt: string;
	readonly recordedBy: string;
}

export interface RecordTypeReading {
	readonly type: RecordType | null;
	readonly diagnostics: readonly Diagnostic[];
}

/** Reads unknown JSON as a record type: code, JSON Pointer and advice for whatever is wrong. */
export function parseRecordType(input: unknown): RecordTypeReading {
	const findings: PackFinding[] = [];
	const report = new FileReport('record', findings);
	const fields = Fields.open(input as Json, '', report);
	const type = fields ? readRecordType(fields, report) : null;
	const diagnostics = findings.map(({ file: _file, ...finding }): Diagnostic => finding);
	return { type: hasErrors(diagnostics) ? null : type, diagnostics };
}

/** Record types by id, in the order in which they were registered, retired ones included. */
export async function loadAllRecordTypes(
	queries: Queries
): Promise<Map<string, RecordTypeRevision>> {
	const rows = await queries.select().from(recordTypes).orderBy(asc(recordTypes.revision));
	return new Map(
		rows.map(({ id, definition, ...rest }) => [
			id,
			// The definition was judged by `parseRecordType` before it was stored.
			{ ...rest, definition: definition as unknown as RecordType }
		])
	);
}

/** The same without those that were retired. */
export async function loadRecordTypes(queries: Queries): Promise<Map<string, RecordTypeRevision>> {
	const all = await loadAllRecordTypes(queries);
	return new Map([...all].filter(([, { retired }]) => !retired));
}

/** The column of a type; null where the type has none of that name. */
export function columnOf(type: RecordType, id: string): RecordColumn | null {
	return type.columns.find((column) => column.id === id) ?? null;
}

/** A separator that no cell contains: control characters are removed from what is read. */
const KEY_SEPARATOR = '\u001f';

/**
 * What identifies a record among those of its type: the values of the key columns. Null where one
 * of them is missing; such a row cannot be found again and is not taken.
 */
export function recordKey(type: RecordType, data: JsonObject): string | null {
	const parts: string[] = [];
	for (const column of type.key) {
		const value = data[column];
		if (value === null || value === undefined || value === '') return null;
		parts.push(String(value));
	}
	return parts.join(KEY_SEPARATOR);
}

/** A key as people read it. */
export function keyWords(key: string): string {
	return key.split(KEY_SEPARATOR).join(' · ');
}

/** What is wrong with one value of a record. */
export interface ValueFault {
	readonly column: string;
	readonly fault: 'unknown_column' | 'wrong_type' | 'not_a_choice' | 'missing';
	readonly expected: string;
	readonly found: string;
}

export interface RecordReading {
	/** Null where something is wrong. */
	readonly data: JsonObject | null;
	readonly faults: readonly ValueFault[];
}

/**
 * Checks the values of one record, given as JSON by column: numbers as numbers, dates as
 * `YYYY-MM-DD`. Blank values are left out; the key, the date and the subject must be there.
 */
export function readRecordData(type: RecordType, input: JsonObject): RecordReading {
	const faults: ValueFault[] = [];
	const data: Record<string, Json> = {};
	for (const [id, value] of Object.entries(input)) {
		const column = columnOf(type, id);
		if (!column) {
			const expected = type.columns.map((known) => known.id).join(', ');
			faults.push({ column: id, fault: 'unknown_column', expected, found: id });
			continue;
		}
		const tidy = typeof value === 'string' ? tidyText(value) : value;
		if (tidy === null || tidy === '') continue;
		const fault = valueFault(column, tidy);
		if (fault) faults.push(fault);
		else data[id] = tidy;
	}
	for (const id of new Set([...type.key, type.date, type.subject])) {
		if (data[id] === undefined && !faults.some(({ column }) => column === id)) {
			faults.push({ column: id, fault: 'missing', expected: columnKind(type, id), found: '' });
		}
	}
	return { data: faults.length > 0 ? null : data, faults };
}

function columnKind(type: RecordType, id: string): string {
	return columnOf(type, id)?.type ?? 'text';
}

function tidyText(text: string): string {
	return text.replace(/\p{Cc}+/gu, ' ').trim();
}

function valueFault(column: RecordColumn, value: Json): ValueFault | null {
	const found = JSON.stringify(value).slice(0, 60);
	const wrong = (fault: ValueFault['fault'], expected: string): ValueFault => ({
		column: column.id,
		fault,
		expected,
		found
	});
	switch (column.type) {
		case 'number':
		case 'money':
			return typeof value === 'number' && Number.isFinite(value)
				? null
				: wrong('wrong_type', column.type);
		case 'boolean':
			return typeof value === 'boolean' ? null : wrong('wrong_type', 'boolean');
		case 'date':
			return typeof value === 'string' && isDay(value) ? null : wrong('wrong_type', 'date');
		case 'text':
			return typeof value === 'string' ? null : wrong('wrong_type', 'text');
		case 'choice':
			if (typeof value !== 'string') return wrong('wrong_type', 'choice');
			return (column.values ?? [value]).includes(value)
				? null
				: wrong('not_a_choice', (column.values ?? []).join(', '));
	}
}
