/** What figures, parameters and records say that is not known yet. */
import { and, asc, inArray, isNull } from 'drizzle-orm';
import { parameterValues } from '../../db/client/schema.ts';
import type { Queries } from '../../db/database.ts';
import { keyWords } from '../../records/record-types.ts';
import { compareRecords, type RecordRow } from '../../records/write-records.ts';
import { figureKey, type ParsedFigure } from '../check/figure-rows.ts';
import { parameterKey, type ParsedParameter } from '../check/parameter-rows.ts';
import { makeTurns, type CheckedRow } from '../check/row-findings.ts';
import { FactLog } from '../plan.ts';

export interface Compared<T> {
	readonly facts: FactLog;
	readonly write: readonly T[];
}

/** Compares accepted figures with the current ones. */
export async function compareFigures(
	checked: readonly CheckedRow<readonly ParsedFigure[]>[],
	current: ReadonlyMap<string, number | null>,
	kind: 'observations' | 'targets'
): Promise<Compared<ParsedFigure>> {
	const prefix = kind === 'targets' ? 'target' : 'metric';
	return compare(checked, current, figureKey, (figure) => ({
		key: `${figure.subjectId} ${figure.period}`,
		field: `${prefix}.${figure.metric}`
	}));
}

/** Compares accepted values with those that parameters have from the same period on. */
export async function compareParameters(
	queries: Queries,
	checked: readonly CheckedRow<readonly ParsedParameter[]>[]
): Promise<Compared<ParsedParameter>> {
	const wanted = new Set(
		checked.flatMap(({ parsed }) => (parsed ?? []).map(({ parameter }) => parameter))
	);
	const rows = await queries
		.select({
			parameter: parameterValues.parameterId,
			unitId: parameterValues.unitId,
			validFrom: parameterValues.validFrom,
			value: parameterValues.value
		})
		.from(parameterValues)
		.where(
			and(isNull(parameterValues.withdrawnAt), inArray(parameterValues.parameterId, [...wanted]))
		)
		.orderBy(asc(parameterValues.id));
	const current = new Map(rows.map((row) => [parameterKey(row), row.value]));
	return compare(checked, current, parameterKey, ({ parameter, unitId, validFrom }) => ({
		key: [validFrom, unitId].filter((part) => part !== null).join(' '),
		field: `param.${parameter}`
	}));
}

async function compare<T extends { readonly value: number }>(
	checked: readonly CheckedRow<readonly T[]>[],
	current: ReadonlyMap<string, number | null>,
	keyOf: (item: T) => string,
	words: (item: T) => { readonly key: string; readonly field: string }
): Promise<Compared<T>> {
	const facts = new FactLog();
	const write: T[] = [];
	const turns = makeTurns();
	for (const row of checked) {
		if (turns.due()) await turns.take();
		if (row.status !== 'accepted') continue;
		for (const item of row.parsed ?? []) {
			const before = current.get(keyOf(item)) ?? null;
			if (before === item.value) {
				facts.unchanged += 1;
				continue;
			}
			write.push(item);
			const { key, field } = words(item);
			facts.add(row.line, key, field, before, item.value);
		}
	}
	return { facts, write };
}

/** Compares accepted records with the current ones of their keys. */
export async function compareRecordRows(
	queries: Queries,
	type: string,
	checked: readonly CheckedRow<RecordRow>[]
): Promise<Compared<RecordRow>> {
	const rows = checked.flatMap(({ status, parsed }) =>
		status === 'accepted' && parsed ? [parsed] : []
	);
	const { added, changed, unchanged } = await compareRecords(queries, type, rows);
	const facts = new FactLog();
	facts.unchanged = unchanged;
	const field = `record.${type}`;
	for (const row of added) {
		facts.add(row.line ?? 0, keyWords(row.key), field, null, contentOf(row));
	}
	for (const { row, before } of changed) {
		facts.add(row.line ?? 0, keyWords(row.key), field, contentOf(before), contentOf(row));
	}
	return { facts, write: [...added, ...changed.map(({ row }) => row)] };
}

function contentOf({ subjectId, data }: Pick<RecordRow, 'subjectId' | 'data'>): string {
	return Object.entries(data)
		.map(([column, value]) => `${column}=${String(value)}`)
		.concat(subjectId)
		.join('; ');
}
