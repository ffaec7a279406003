/** Rows of a file of parameters: a dated value, for everybody or for a unit and those below it. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { readNumber, tidyCell } from '../read/cells.ts';
import type { FileRow } from '../read/reading.ts';
import { conflictRule, recencyOf, settleConflicts } from './conflicts.ts';
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

export interface ParsedParameter {
	readonly parameter: string;
	readonly unitId: string | null;
	/** A period id. */
	readonly validFrom: string;
	readonly value: number;
	readonly source: string | null;
	readonly evidence: string | null;
}

/** What identifies a value among those of all parameters. */
export function parameterKey(
	value: Omit<ParsedParameter, 'value' | 'source' | 'evidence'>
): string {
	return [value.parameter, value.unitId ?? '', value.validFrom].join('\u0001');
}

/** Reads and checks every row. `names` finds a parameter by id or name, in lower case. */
export async function checkParameters(
	rows: readonly FileRow[],
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll,
	names: ReadonlyMap<string, string>,
	header: readonly string[]
): Promise<CheckedRow<readonly ParsedParameter[]>[]> {
	const checked = await inTurns(rows, (row) => checkRow(row, bound, roll, names));
	const [place] = bound.sources;
	if (!place) return checked;
	const rule = conflictRule(mapping);
	const chosen = rule?.keep === 'add' ? null : rule;
	return settleConflicts(checked, rows, {
		keyOf: parameterKey,
		claim: (value) => ({
			words: `${value.parameter}, ${value.validFrom}`,
			value: value.value
		}),
		place,
		rule: chosen,
		recency: recencyOf(chosen, header)
	});
}

function checkRow(
	row: FileRow,
	bound: BoundMapping,
	roll: Roll,
	names: ReadonlyMap<string, string>
): CheckedRow<readonly ParsedParameter[]> {
	const problems: Diagnostic[] = [];
	const texts = new Map<string, string>();
	const figures = bound.sources.filter(isFigure);
	for (const source of bound.sources) {
		if (isFigure(source)) continue;
		const read = readCell(source, row);
		if ('expected' in read) problems.push(unreadable(read.expected, row, source));
		else if ('value' in read) texts.set(source.field, String(read.value));
	}
	const unitId = unitOf(row, bound, texts, roll, problems);
	const validFrom = texts.get('period') ?? null;
	const from = bound.sources.find(({ field }) => field === 'period');
	if (validFrom === null && from && !problems.length) {
		problems.push(cellFinding('import_value_missing', row, from, { field: 'period' }));
	}
	const parsed: ParsedParameter[] = [];
	for (const source of figures) {
		const parameter = parameterOf(row, source, texts, bound, names, problems);
		const read = readNumber(source.cell(row), source.transform);
		if ('missing' in read || parameter === null || validFrom === null) continue;
		if ('expected' in read) problems.push(unreadable(read.expected, row, source));
		else {
			parsed.push({
				parameter,
				unitId,
				validFrom,
				value: read.value,
				source: texts.get('source') ?? null,
				evidence: texts.get('evidence') ?? null
			});
		}
	}
	const rejected = problems.some(({ severity }) => severity === 'error');
	return {
		line: row.line,
		status: rejected ? 'rejected' : 'accepted',
		parsed: rejected ? null : parsed,
		problems
	};
}

function isFigure(source: Source): boolean {
	return source.field === 'value' || source.field.startsWith('param.');
}

function unitOf(
	row: FileRow,
	bound: BoundMapping,
	texts: ReadonlyMap<string, string>,
	roll: Roll,
	problems: Diagnostic[]
): string | null {
	const told = texts.get('unit');
	const place = bound.sources.find(({ field }) => field === 'unit');
	if (told === undefined || !place) return null;
	const id = roll.unitOf(told, place.transform.looseId === true);
	if (id === null)
		problems.push(cellFinding('import_unit_unknown', row, place, { found: shortened(told) }));
	return id;
}

function parameterOf(
	row: FileRow,
	source: Source,
	texts: ReadonlyMap<string, string>,
	bound: BoundMapping,
	names: ReadonlyMap<string, string>,
	problems: Diagnostic[]
): string | null {
	if (source.field.startsWith('param.')) return source.field.slice('param.'.length);
	const named = texts.get('parameter');
	const place = bound.sources.find(({ field }) => field === 'parameter') ?? source;
	if (named === undefined) {
		problems.push(cellFinding('import_value_missing', row, place, { field: 'parameter' }));
		return null;
	}
	const id = names.get(tidyCell(named).toLowerCase());
	if (id === undefined) {
		problems.push(cellFinding('import_parameter_unknown', row, place, { found: shortened(named) }));
	}
	return id ?? null;
}
