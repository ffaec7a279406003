/** Rows of a file of people, read into dated attributes. */
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ImportMapping } from '#lib/contract/imports.ts';
import type { FileRow } from '../read/read-csv.ts';
import type { BoundMapping, Source } from './mapping.ts';
import type { Roll } from './roll.ts';
import {
	cellFinding,
	inTurns,
	readCell,
	shortened,
	unreadable,
	type CheckedRow
} from './row-findings.ts';

export interface ParsedPerson {
	readonly employee: string;
	readonly name: string | null;
	readonly attributes: Readonly<Record<string, string | number | boolean>>;
	/** Day from which the attributes hold; null where neither row nor mapping says. */
	readonly validFrom: string | null;
	/** Names of units that do not exist yet; `attributes.unit` holds the name until the commit. */
	readonly newUnit: string | null;
}

/** Checks every row; repeats are marked, contradictions reject both rows. */
export async function checkPeople(
	rows: readonly FileRow[],
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll
): Promise<CheckedRow<ParsedPerson>[]> {
	const ids = new Set(collectIds(rows, bound));
	const checked = await inTurns(rows, (row) => checkRow(row, bound, mapping, roll, ids));
	markRepeats(checked, rows, bound);
	return checked;
}

/** Ids that this very file brings: a manager may stand further down. */
function collectIds(rows: readonly FileRow[], bound: BoundMapping): string[] {
	const source = bound.sources.find(({ field }) => field === 'employee');
	if (!source) return [];
	return rows.flatMap((row) => {
		const read = readCell(source, row);
		return 'value' in read ? [String(read.value)] : [];
	});
}

function checkRow(
	row: FileRow,
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll,
	ids: ReadonlySet<string>
): CheckedRow<ParsedPerson> {
	const problems: Diagnostic[] = [];
	const attributes: Record<string, string | number | boolean> = {};
	let employee: string | null = null;
	let name: string | null = null;
	let validFrom: string | null = mapping.validFrom ?? null;
	let newUnit: string | null = null;

	for (const source of bound.sources) {
		const read = readCell(source, row);
		if ('expected' in read) {
			problems.push(unreadable(read.expected, row, source));
			continue;
		}
		if ('missing' in read) {
			if (source.field === keyField(mapping)) {
				problems.push(cellFinding('import_value_missing', row, source, { field: source.field }));
			}
			continue;
		}
		const text = String(read.value);
		if (source.field === 'employee') employee = text;
		else if (source.field === 'name') name = text;
		else if (source.field === 'valid_from') validFrom = text;
		else attributes[source.field.slice('attribute.'.length)] = read.value;

		if (mapping.matchOn && source.field === `attribute.${mapping.matchOn}`) {
			employee = match(row, source, mapping.matchOn, text, roll, problems);
		}
		if (source.field === 'attribute.unit') {
			const unit = roll.unitOf(text);
			if (unit) attributes['unit'] = unit;
			else if (mapping.createUnits) newUnit = text;
			else
				problems.push(cellFinding('import_unit_unknown', row, source, { found: shortened(text) }));
		}
		if (source.field === 'attribute.manager' && !ids.has(text) && !roll.hasEmployee(text)) {
			problems.push(cellFinding('import_manager_unknown', row, source, { found: shortened(text) }));
		}
	}
	const rejected = employee === null || problems.some(({ severity }) => severity === 'error');
	return {
		line: row.line,
		status: rejected ? 'rejected' : 'accepted',
		parsed:
			employee === null || rejected ? null : { employee, name, attributes, validFrom, newUnit },
		problems
	};
}

function keyField(mapping: ImportMapping): string {
	return mapping.matchOn ? `attribute.${mapping.matchOn}` : 'employee';
}

function match(
	row: FileRow,
	source: Source,
	attribute: string,
	value: string,
	roll: Roll,
	problems: Diagnostic[]
): string | null {
	const found = roll.employeesWith(attribute, value);
	if (found.length === 1) return found[0] ?? null;
	problems.push(
		found.length === 0
			? cellFinding('import_match_none', row, source, { field: attribute, found: shortened(value) })
			: cellFinding('import_match_ambiguous', row, source, {
					field: attribute,
					found: shortened(value),
					count: found.length
				})
	);
	return null;
}

/** Two rows of one person from one day on: alike is a repeat, unlike is a contradiction. */
function markRepeats(
	checked: readonly CheckedRow<ParsedPerson>[],
	rows: readonly FileRow[],
	bound: BoundMapping
): void {
	const seen = new Map<string, CheckedRow<ParsedPerson>>();
	const key = bound.sources.find(({ field }) => field === 'employee') ?? bound.sources[0];
	for (const [i, row] of checked.entries()) {
		const file = rows[i];
		if (!row.parsed || !file || !key) continue;
		const id = `${row.parsed.employee}\u0001${row.parsed.validFrom ?? ''}`;
		const first = seen.get(id);
		if (!first?.parsed) {
			seen.set(id, row);
			continue;
		}
		const [before, found] = difference(first.parsed, row.parsed);
		const details = { first: first.line, key: row.parsed.employee };
		if (before === null) {
			row.status = 'repeated';
			row.problems.push(cellFinding('import_row_repeated', file, key, details));
		} else {
			first.status = 'rejected';
			row.status = 'rejected';
			row.problems.push(
				cellFinding('import_row_conflict', file, key, { ...details, before, found: found ?? '' })
			);
		}
	}
}

function difference(a: ParsedPerson, b: ParsedPerson): [string | null, string | null] {
	const left = { ...a.attributes, name: a.name };
	const right: Record<string, unknown> = { ...b.attributes, name: b.name };
	for (const [attribute, value] of Object.entries(left)) {
		if (value !== right[attribute]) return [String(value), String(right[attribute])];
	}
	const extra = Object.keys(right).find((attribute) => !(attribute in left));
	return extra ? ['—', String(right[extra])] : [null, null];
}
