/** Rows of a file of records: single events of one type, found again by their key. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import {
	keyWords,
	readRecordData,
	recordKey,
	type RecordType,
	type ValueFault
} from '../../records/record-types.ts';
import type { RecordRow } from '../../records/write-records.ts';
import { currencyMark } from '../read/cells.ts';
import type { FileRow } from '../read/reading.ts';
import { conflictRule, recencyOf, settleConflicts } from './conflicts.ts';
import type { BoundMapping, Source } from './mapping.ts';
import { inOwnCurrency, type MoneyRules } from './money.ts';
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

export interface RecordRules extends MoneyRules {
	readonly type: RecordType;
	readonly header: readonly string[];
}

/** Reads and checks every row. */
export async function checkRecords(
	rows: readonly FileRow[],
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll,
	rules: RecordRules,
	tell?: Tell
): Promise<CheckedRow<RecordRow>[]> {
	const checked = await inTurns(rows, (row) => checkRow(row, bound, mapping, roll, rules), tell);
	const [place] = bound.sources;
	if (!place) return [];
	const rule = conflictRule(mapping);
	const chosen = rule?.keep === 'add' ? null : rule;
	const settled = await settleConflicts(
		checked.map((row) => ({ ...row, parsed: row.parsed ? [row.parsed] : null })),
		rows,
		{
			keyOf: ({ key }) => key,
			claim: ({ key, subjectId, data }) => ({
				words: keyWords(key),
				value: `${subjectId} ${canonicalJson(data)}`
			}),
			place,
			rule: chosen,
			recency: recencyOf(chosen, rules.header)
		}
	);
	return settled.map((row) => ({ ...row, parsed: row.parsed?.[0] ?? null }));
}

const COLUMN = 'record.';

function checkRow(
	row: FileRow,
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll,
	rules: RecordRules
): CheckedRow<RecordRow> {
	const problems: Diagnostic[] = [];
	const { type } = rules;
	const input: Record<string, Json> = {};
	const texts = new Map<string, string>();
	for (const source of bound.sources) {
		const read = readCell(source, row);
		if ('expected' in read) problems.push(unreadable(read.expected, row, source));
		if (!('value' in read)) continue;
		if (source.field.startsWith(COLUMN)) input[source.field.slice(COLUMN.length)] = read.value;
		else texts.set(source.field, String(read.value));
	}
	const date = input[type.date];
	if (typeof date === 'string') {
		inOwnMoney(row, bound, input, date, texts.get('currency') ?? null, rules, problems);
	}
	const read = problems.some(({ severity }) => severity === 'error')
		? null
		: readRecordData(type, input);
	for (const fault of read?.faults ?? []) problems.push(faultFinding(fault, row, bound));
	const subject = read?.data ? subjectOf(row, bound, mapping, roll, type, input, problems) : null;
	const key = read?.data ? recordKey(type, read.data) : null;
	const isRefused = problems.some(({ severity }) => severity === 'error');
	const parsed =
		isRefused || !read?.data || !subject || key === null || typeof date !== 'string'
			? null
			: {
					key,
					subjectKind: subject.kind,
					subjectId: subject.id,
					date,
					data: read.data,
					line: row.line,
					source: texts.get('source') ?? null,
					evidence: texts.get('evidence') ?? null
				};
	return { line: row.line, status: parsed ? 'accepted' : 'rejected', parsed, problems };
}

/** Amounts in the client's currency; what they were stays beside them where the type has a place. */
function inOwnMoney(
	row: FileRow,
	bound: BoundMapping,
	input: Record<string, Json>,
	date: string,
	told: string | null,
	rules: RecordRules,
	problems: Diagnostic[]
): void {
	for (const source of bound.sources) {
		const id = source.field.slice(COLUMN.length);
		const column = rules.type.columns.find((known) => known.id === id);
		const amount = input[id];
		if (column?.type !== 'money' || typeof amount !== 'number') continue;
		const isPlain =
			told === null &&
			source.transform.currency === undefined &&
			currencyMark(source.cell(row)) === null;
		if (isPlain) continue;
		const money = inOwnCurrency(
			amount,
			date,
			row,
			source,
			told?.toUpperCase() ?? null,
			rules,
			problems
		);
		if (money) input[id] = money.value;
	}
}

function subjectOf(
	row: FileRow,
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll,
	type: RecordType,
	input: Readonly<Record<string, Json>>,
	problems: Diagnostic[]
): { kind: 'employee' | 'unit'; id: string } | null {
	const told = String(input[type.subject] ?? '');
	const place = bound.sources.find(({ field }) => field === `${COLUMN}${type.subject}`);
	if (!place) return null;
	if (mapping.matchOn !== undefined) {
		const id = matchEmployee(row, place, mapping.matchOn, told, roll, problems);
		return id === null ? null : { kind: 'employee', id };
	}
	const isLoose = place.transform.looseId === true;
	const person = roll.employeeOf(told, isLoose);
	if (person !== null) return { kind: 'employee', id: person };
	const unit = roll.unitOf(told, isLoose);
	if (unit !== null) return { kind: 'unit', id: unit };
	const nearest = roll.nearestEmployee(told);
	problems.push(
		cellFinding('import_subject_unknown', row, place, {
			found: shortened(told),
			hint_zh: nearest ? `（可能是 ${nearest}）` : '',
			hint_en: nearest ? ` (perhaps ${nearest})` : ''
		})
	);
	return null;
}

function faultFinding(fault: ValueFault, row: FileRow, bound: BoundMapping): Diagnostic {
	const place: Pick<Source, 'column'> = bound.sources.find(
		({ field }) => field === `${COLUMN}${fault.column}`
	) ?? { column: fault.column };
	if (fault.fault === 'missing') {
		return cellFinding('import_value_missing', row, place, { field: fault.column });
	}
	return cellFinding('import_record_value', row, place, {
		found: shortened(fault.found),
		expected: fault.expected
	});
}
