/** Rows of a file of people, read into dated attributes. */
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { FileRow } from '../read/reading.ts';
import { conflictRule, recencyOf, settleConflicts } from './conflicts.ts';
import { keyField, type BoundMapping } from './mapping.ts';
import type { Roll } from './roll.ts';
import {
	cellFinding,
	inTurns,
	matchEmployee,
	readCell,
	shortened,
	unreadable,
	type CheckedRow,
	type Tell
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
	roll: Roll,
	header: readonly string[],
	tell?: Tell
): Promise<CheckedRow<ParsedPerson>[]> {
	const ids = new Set(collectIds(rows, bound));
	const checked = await inTurns(rows, (row) => checkRow(row, bound, mapping, roll, ids), tell);
	const place = bound.sources.find(({ field }) => field === 'employee') ?? bound.sources[0];
	if (!place) return checked;
	const rule = conflictRule(mapping);
	// Amounts add up, people do not.
	const chosen = rule?.keep === 'add' ? null : rule;
	const settled = await settleConflicts(
		checked.map((row) => ({ ...row, parsed: row.parsed ? [row.parsed] : null })),
		rows,
		{
			keyOf: (person) => `${person.employee}\u0001${person.validFrom ?? ''}`,
			claim: (person) => ({
				words: person.employee,
				value: contentOf(person)
			}),
			place,
			rule: chosen,
			recency: recencyOf(chosen, header)
		}
	);
	return settled.map((row) => ({ ...row, parsed: row.parsed?.[0] ?? null }));
}

/** What a row says of a person, as a finding quotes it. */
function contentOf({ name, attributes }: ParsedPerson): string {
	const said = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
	return [name ?? '', ...said.map(([attribute, value]) => `${attribute}=${value}`)].join('; ');
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

		if (mapping.matchOn !== undefined && source.field === keyField(mapping)) {
			employee = matchEmployee(row, source, mapping.matchOn, text, roll, problems);
		}
		if (source.field === 'attribute.unit') {
			const unit = roll.unitOf(text, source.transform.looseId === true);
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
