/** Observations and targets as facts: the newest not withdrawn of each subject, metric and period. */
import { and, eq, getTableName, inArray, isNull, lte, sql, type SQL } from 'drizzle-orm';
import { observations, targets } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { figureKey } from '../imports/check/figure-rows.ts';

export interface FigureRange {
	readonly metrics: readonly string[];
	/** Period ids compare as texts; a quarter sorts after the months of its year. */
	readonly from: string;
	readonly to: string;
	/** As known at this moment; everything known unless given. */
	readonly knownAt?: string | null;
}

export interface Figure {
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly metric: string;
	readonly period: string;
	readonly value: number | null;
}

/** How many rows one statement looks at: their texts are in memory at once. */
const ROWS_PER_READ = 250_000;
/** With more metrics than this, reading a whole history in order beats jumping by the index. */
const FEW_METRICS = 4;
/** Before every period there is. */
export const FIRST_PERIOD = '0000';

/**
 * Calls `take` for every fact. Of one subject, metric and period they come in the order of
 * recording: a later one corrects an earlier one.
 */
export async function readFigures(
	queries: Queries,
	kind: 'observations' | 'targets',
	range: FigureRange,
	take: (figure: Figure) => void
): Promise<void> {
	if (range.metrics.length === 0) return;
	const table = kind === 'targets' ? targets : observations;
	const held = heldAt(table, range.knownAt ?? null);
	const isWhole = range.from === FIRST_PERIOD && range.metrics.length > FEW_METRICS;
	if (isWhole) await readInOrder(queries, table, range, held, take);
	else
		for (const metric of new Set(range.metrics))
			await readByIndex(queries, table, { ...range, metric }, held, take);
}

type FigureTable = typeof observations | typeof targets;

function heldAt(table: FigureTable, knownAt: string | null): SQL {
	return knownAt === null
		? isNull(table.withdrawnAt)
		: sql`${lte(table.recordedAt, knownAt)} AND (${table.withdrawnAt} IS NULL OR ${table.withdrawnAt} > ${knownAt})`;
}

const PEOPLE_PER_READ = 500;

/** The same for some people only, and all units: what an earlier snapshot does not know of them. */
export async function readFiguresOf(
	queries: Queries,
	kind: 'observations' | 'targets',
	metrics: readonly string[],
	employees: readonly string[],
	take: (figure: Figure) => void
): Promise<void> {
	if (metrics.length === 0 || employees.length === 0) return;
	const table = kind === 'targets' ? targets : observations;
	const read = async (subjects: SQL | undefined) => {
		const wanted = and(subjects, inArray(table.metric, [...metrics]), heldAt(table, null));
		const [row] = await queries.values<FigureColumns>(
			sql`SELECT ${COLUMNS} FROM (SELECT * FROM ${table} WHERE ${wanted} ORDER BY ${table.id})`
		);
		if (row) takeColumns(row, take);
	};
	await read(eq(table.subjectKind, 'unit'));
	for (let at = 0; at < employees.length; at += PEOPLE_PER_READ) {
		const some = employees.slice(at, at + PEOPLE_PER_READ);
		await read(and(eq(table.subjectKind, 'employee'), inArray(table.subjectId, some)));
	}
}

/** By the order of rows: by the index, each part read would be sorted anew. */
async function readInOrder(
	queries: Queries,
	table: FigureTable,
	{ metrics, to }: FigureRange,
	held: SQL,
	take: (figure: Figure) => void
): Promise<void> {
	const [ends] = await queries.values<[number | null, number | null]>(
		sql`SELECT (SELECT min(id) FROM ${table}), (SELECT max(id) FROM ${table})`
	);
	const [first, last] = [ends?.[0] ?? null, ends?.[1] ?? null];
	if (first === null || last === null) return;
	for (let after = first - 1; after < last; after += ROWS_PER_READ) {
		const wanted = and(
			sql`${table.id} > ${after} AND ${table.id} <= ${after + ROWS_PER_READ}`,
			inArray(table.metric, [...metrics]),
			lte(table.period, to),
			held
		);
		const [row] = await queries.values<FigureColumns>(
			sql`SELECT ${COLUMNS} FROM ${table} NOT INDEXED WHERE ${wanted}`
		);
		if (row) takeColumns(row, take);
	}
}

/** By the index of one metric, which holds the rows of a period in the order of recording. */
async function readByIndex(
	queries: Queries,
	table: FigureTable,
	{ metric, from, to }: FigureRange & { readonly metric: string },
	held: SQL,
	take: (figure: Figure) => void
): Promise<void> {
	const index = sql.identifier(`${getTableName(table)}_metric`);
	let [period, id] = [from, -1];
	for (;;) {
		const wanted = and(
			eq(table.metric, metric),
			sql`(${table.period}, ${table.id}) > (${period}, ${id})`,
			lte(table.period, to),
			held
		);
		const [row] = await queries.values<FigureColumns>(
			sql`SELECT ${COLUMNS}, json_group_array(id) FROM (
				SELECT * FROM ${table} INDEXED BY ${index} WHERE ${wanted}
				ORDER BY ${table.period}, ${table.id} LIMIT ${ROWS_PER_READ})`
		);
		if (!row) return;
		const last = takeColumns(row, take);
		const read = JSON.parse(row[4] ?? '[]') as number[];
		if (last === null || read.length < ROWS_PER_READ) return;
		period = last.period;
		id = read.at(-1) ?? id;
	}
}

/**
 * One text for each column of all rows read. SQLite's JSON prints doubles with 15 digits, so values
 * are printed here, with the 17 that keep every bit; infinity, which no figure is, as none.
 */
const COLUMNS = sql.raw(`group_concat(substr(subject_kind, 1, 1), ''), json_group_array(subject_id),
	json_group_array(metric || ' ' || period),
	'[' || group_concat(iif(abs(value) < 9e999, printf('%!.17g', value), 'null')) || ']'`);

/** As libsql gives a row: its parts have numbers, but it cannot be taken apart like an array. */
type FigureColumns = [
	kinds: string | null,
	subjects: string,
	figures: string,
	values: string | null,
	ids?: string
];

/** Gives the rows of the columns one by one; returns the last. */
function takeColumns(row: FigureColumns, take: (figure: Figure) => void): Figure | null {
	const kinds = row[0];
	if (kinds === null) return null;
	const subjects = JSON.parse(row[1]) as string[];
	const figures = JSON.parse(row[2]) as string[];
	const values = JSON.parse(row[3] ?? '[]') as (number | null)[];
	/** A column names few metrics and periods again and again. */
	const named = new Map<string, readonly [string, string]>();
	let last: Figure | null = null;
	for (let at = 0; at < subjects.length; at += 1) {
		const text = figures[at] ?? '';
		let name = named.get(text);
		if (!name) {
			const space = text.lastIndexOf(' ');
			named.set(text, (name = [text.slice(0, space), text.slice(space + 1)]));
		}
		last = {
			subjectKind: kinds[at] === 'u' ? 'unit' : 'employee',
			subjectId: subjects[at] ?? '',
			metric: name[0],
			period: name[1],
			value: values[at] ?? null
		};
		take(last);
	}
	return last;
}

/** The current value of every figure in a range, by `figureKey`. */
export async function currentFigures(
	queries: Queries,
	kind: 'observations' | 'targets',
	range: FigureRange
): Promise<Map<string, number | null>> {
	const current = new Map<string, number | null>();
	await readFigures(queries, kind, range, (figure) => current.set(figureKey(figure), figure.value));
	return current;
}
