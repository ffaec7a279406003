/** A mapping against the file it is for: which column feeds which field, or what is wrong with it. */
import { diagnose, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ColumnTransform, ImportMapping } from '#lib/contract/import-mapping.ts';
import type { ImportKind } from '#lib/contract/imports.ts';
import { importDiagnostics } from '../diagnostics.ts';
import { attributeType, type FieldType, type ImportField } from '../fields.ts';
import { isMissing, tidyCell } from '../read/cells.ts';
import type { FileReading, FileRow } from '../read/reading.ts';
import { rowFilter } from './row-filter.ts';

/** One field of the import and where its cells come from. */
export interface Source {
	readonly field: string;
	readonly type: FieldType;
	/** What messages call the place: the header, or the constant's field. */
	readonly column: string;
	/** The cell of a row, joined, with replacements made; `''` when there is none. */
	readonly cell: (row: FileRow) => string;
	/** The same before replacements. */
	readonly original: (row: FileRow) => string;
	readonly transform: ColumnTransform;
	readonly known?: ImportField;
}

export interface BoundMapping {
	readonly sources: readonly Source[];
	readonly accepts: (row: FileRow) => boolean;
	readonly diagnostics: readonly Diagnostic[];
}

const ATTRIBUTE_ID = /^attribute\.[a-z][a-z0-9_]{0,59}$/;

/** Binds a mapping to the header of a file. */
export function bindMapping(
	kind: ImportKind,
	reading: Pick<FileReading, 'header'>,
	mapping: ImportMapping,
	fields: readonly ImportField[]
): BoundMapping {
	const diagnostics: Diagnostic[] = [];
	const known = new Map(fields.map((field) => [field.id, field]));
	const position = new Map(reading.header.map((column, at) => [column, at]));
	const sources: Source[] = [];
	const used = new Set<string>();

	const claim = (fieldId: string, wanted?: FieldType): FieldType | null => {
		const field = known.get(fieldId);
		if (!field && !(kind === 'people' && ATTRIBUTE_ID.test(fieldId))) {
			diagnostics.push(diagnose(importDiagnostics, 'import_field_unknown', '', { field: fieldId }));
			return null;
		}
		if (used.has(fieldId)) {
			diagnostics.push(diagnose(importDiagnostics, 'import_field_twice', '', { field: fieldId }));
			return null;
		}
		used.add(fieldId);
		// Only the client's own attributes may be told what they hold; the others are defined.
		const attribute = /^attribute\.(.+)$/.exec(fieldId)?.[1];
		const isOwn = attribute !== undefined && attributeType(attribute) === null;
		return isOwn ? (wanted ?? 'text') : (field?.type ?? 'text');
	};

	for (const [i, mapped] of mapping.columns.entries()) {
		const missing = mapped.columns.filter((column) => !position.has(column));
		for (const column of missing) {
			diagnostics.push(missingColumn(column, mapped.field, reading.header, `/columns/${i}`));
		}
		const type = claim(mapped.field, mapped.transform?.type);
		if (!type || missing.length > 0) continue;
		const places = mapped.columns.map((column) => position.get(column) ?? -1);
		sources.push({
			field: mapped.field,
			type,
			column: mapped.columns.join(' + '),
			cell: cellReader(places, mapped.join, replacements(mapping, mapped.field, mapped.transform)),
			original: cellReader(places, mapped.join, new Map()),
			transform: mapped.transform ?? {},
			...optional('known', known.get(mapped.field))
		});
	}
	for (const constant of mapping.constants) {
		const type = claim(constant.field);
		if (!type) continue;
		sources.push({
			field: constant.field,
			type,
			column: constant.field,
			cell: () => constant.value,
			original: () => constant.value,
			transform: {},
			...optional('known', known.get(constant.field))
		});
	}
	for (const [i, condition] of mapping.where.entries()) {
		if (!position.has(condition.column)) {
			diagnostics.push(missingColumn(condition.column, 'where', reading.header, `/where/${i}`));
		}
	}
	const condition = rowFilter(mapping.filter, reading.header);
	diagnostics.push(...condition.diagnostics);
	diagnostics.push(...missingFields(kind, mapping, used, fields));
	const isWanted = valueFilter(mapping, position);
	const isKept = dropFilter(mapping, sources);
	return {
		sources,
		accepts: (row) => isWanted(row) && condition.accepts(row) && isKept(row),
		diagnostics
	};
}

function optional(key: 'known', field: ImportField | undefined): { known?: ImportField } {
	return field ? { [key]: field } : {};
}

function missingColumn(
	column: string,
	field: string,
	header: readonly string[],
	at: string
): Diagnostic {
	return diagnose(importDiagnostics, 'import_column_missing', at, {
		column,
		field,
		found: header.filter((name) => name !== '').join(', ')
	});
}

/** Cells of a field that stand for another text: from the column's value map and from repairs. */
function replacements(
	mapping: ImportMapping,
	field: string,
	transform: ColumnTransform | undefined
): ReadonlyMap<string, string> {
	const values = new Map<string, string>();
	for (const [from, to] of Object.entries(transform?.values ?? {})) {
		values.set(tidyCell(from).toLowerCase(), to);
	}
	for (const repair of mapping.repairs) {
		if (repair.kind === 'replace' && repair.field === field) {
			values.set(tidyCell(repair.from).toLowerCase(), repair.to ?? '');
		}
	}
	return values;
}

function cellReader(
	places: readonly number[],
	join = ' ',
	values: ReadonlyMap<string, string>
): (row: FileRow) => string {
	return (row) => {
		const cells = places.map((at) => row.cells[at] ?? '');
		const text =
			cells.length === 1
				? (cells[0] ?? '')
				: cells
						.map(tidyCell)
						.filter((cell) => cell !== '')
						.join(join);
		return values.size === 0 ? text : (values.get(tidyCell(text).toLowerCase()) ?? text);
	};
}

/** Rows that a repair leaves out, by what the cell of a field holds. */
function dropFilter(mapping: ImportMapping, sources: readonly Source[]): (row: FileRow) => boolean {
	const dropped = new Map<string, Set<string>>();
	for (const repair of mapping.repairs) {
		if (repair.kind !== 'drop') continue;
		const values = dropped.get(repair.field) ?? new Set<string>();
		values.add(tidyCell(repair.value).toLowerCase());
		dropped.set(repair.field, values);
	}
	const watched = sources.flatMap((source) => {
		const values = dropped.get(source.field);
		return values ? [{ source, values }] : [];
	});
	return (row) =>
		watched.every(({ source, values }) => !values.has(tidyCell(source.cell(row)).toLowerCase()));
}

function valueFilter(
	mapping: ImportMapping,
	position: ReadonlyMap<string, number>
): (row: FileRow) => boolean {
	const conditions = mapping.where.map((condition) => ({
		at: position.get(condition.column) ?? -1,
		values: new Set(condition.values.map(tidyCell))
	}));
	return (row) => conditions.every(({ at, values }) => values.has(tidyCell(row.cells[at] ?? '')));
}

function missingFields(
	kind: ImportKind,
	mapping: ImportMapping,
	used: ReadonlySet<string>,
	fields: readonly ImportField[]
): Diagnostic[] {
	const needed = (field: string): Diagnostic[] =>
		used.has(field) ? [] : [diagnose(importDiagnostics, 'import_field_missing', '', { field })];
	const none = [diagnose(importDiagnostics, 'import_no_values', '')];
	if (kind === 'people') {
		const key = keyField(mapping);
		const brings = [...used].some((field) => field !== key && field !== 'valid_from');
		return [...needed(key), ...(brings ? [] : none)];
	}
	if (kind === 'units') return used.has('name') || used.has('unit_id') ? [] : needed('name');
	if (kind === 'records') {
		return fields.filter((field) => field.required).flatMap((field) => needed(field.id));
	}
	if (kind === 'parameters') {
		const isLong = used.has('parameter') || used.has('value');
		const isWide = [...used].some((field) => field.startsWith('param.'));
		return [
			...needed('period'),
			...(isLong ? [...needed('parameter'), ...needed('value')] : []),
			...(isLong || isWide ? [] : none)
		];
	}
	const prefix = kind === 'targets' ? 'target.' : 'metric.';
	const wide = [...used].some((field) => field.startsWith(prefix));
	const long = used.has('metric') || used.has('value');
	return [
		...(used.has('unit') ? [] : needed('employee')),
		...fields.filter((field) => field.required).flatMap((field) => needed(field.id)),
		...(long ? [...needed('metric'), ...needed('value')] : []),
		...(wide || long ? [] : none)
	];
}

/** The field that people of a file are told apart by. */
export function keyField(mapping: Pick<ImportMapping, 'matchOn'>): string {
	if (mapping.matchOn === undefined) return 'employee';
	return mapping.matchOn === 'name' ? 'name' : `attribute.${mapping.matchOn}`;
}

/** True when the cell says nothing. */
export function isEmpty(source: Source, row: FileRow): boolean {
	return isMissing(source.cell(row));
}
