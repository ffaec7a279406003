/** Rows of a file of units: new ones, renamed ones, and ones that moved in the tree. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { tidyCell } from '../read/cells.ts';
import type { FileRow } from '../read/reading.ts';
import { conflictRule, recencyOf, settleConflicts } from './conflicts.ts';
import type { BoundMapping } from './mapping.ts';
import type { Roll } from './roll.ts';
import {
	cellFinding,
	inTurns,
	readCell,
	shortened,
	unreadable,
	type CheckedRow
} from './row-findings.ts';

export interface ParsedUnit {
	/** The unit's id where the file gives one or the name is known. */
	readonly id: string | null;
	readonly name: string | null;
	readonly nameEn: string | null;
	/** Id or name of the unit above; a unit of the same file counts. */
	readonly parent: string | null;
	readonly kind: string | null;
	readonly validFrom: string | null;
}

/** Reads and checks every row. */
export async function checkUnits(
	rows: readonly FileRow[],
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll,
	header: readonly string[]
): Promise<CheckedRow<ParsedUnit>[]> {
	const own = namesInFile(rows, bound);
	const checked = await inTurns(rows, (row) => checkRow(row, bound, mapping, roll, own));
	const [place] = bound.sources;
	if (!place) return [];
	const rule = conflictRule(mapping);
	const chosen = rule?.keep === 'add' ? null : rule;
	const settled = await settleConflicts(
		checked.map((row) => ({ ...row, parsed: row.parsed ? [row.parsed] : null })),
		rows,
		{
			keyOf: (unit) =>
				`${unit.id ?? tidyCell(unit.name ?? '').toLowerCase()}\u0001${unit.validFrom ?? ''}`,
			claim: (unit) => ({
				words: unit.name ?? unit.id ?? '',
				value: [unit.name, unit.nameEn, unit.parent, unit.kind].map((part) => part ?? '').join('; ')
			}),
			place,
			rule: chosen,
			recency: recencyOf(chosen, header)
		}
	);
	return settled.map((row) => ({ ...row, parsed: row.parsed?.[0] ?? null }));
}

/** Names and ids that this very file brings: the unit above may stand further down. */
function namesInFile(rows: readonly FileRow[], bound: BoundMapping): ReadonlySet<string> {
	const sources = bound.sources.filter(({ field }) => field === 'unit_id' || field === 'name');
	return new Set(
		rows.flatMap((row) => sources.map((source) => tidyCell(source.cell(row)).toLowerCase()))
	);
}

function checkRow(
	row: FileRow,
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll,
	own: ReadonlySet<string>
): CheckedRow<ParsedUnit> {
	const problems: Diagnostic[] = [];
	const texts = new Map<string, string>();
	for (const source of bound.sources) {
		const read = readCell(source, row);
		if ('expected' in read) problems.push(unreadable(read.expected, row, source));
		else if ('value' in read) texts.set(source.field, String(read.value));
	}
	const name = texts.get('name') ?? null;
	const told = texts.get('unit_id') ?? null;
	const id = told === null && name !== null ? roll.unitOf(name) : told;
	const [place] = bound.sources;
	if (place && id === null && name === null) {
		problems.push(cellFinding('import_value_missing', row, place, { field: 'name' }));
	}
	const parent = texts.get('parent') ?? null;
	const parentPlace = bound.sources.find(({ field }) => field === 'parent');
	if (parent !== null && parentPlace) {
		if (roll.unitOf(parent) === null && !own.has(parent.toLowerCase())) {
			problems.push(
				cellFinding('import_unit_unknown', row, parentPlace, { found: shortened(parent) })
			);
		}
	}
	const rejected = problems.some(({ severity }) => severity === 'error');
	return {
		line: row.line,
		status: rejected ? 'rejected' : 'accepted',
		parsed: rejected
			? null
			: {
					id,
					name,
					nameEn: texts.get('name_en') ?? null,
					parent,
					kind: texts.get('kind') ?? null,
					validFrom: texts.get('valid_from') ?? mapping.validFrom ?? null
				},
		problems
	};
}
