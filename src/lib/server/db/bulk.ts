/**
 * Many rows at once. Numbers keep every bit in both directions: SQLite's JSON functions print
 * doubles with 15 digits and read some of them one bit off, so values are bound when writing, and
 * printed with 17 digits when reading.
 */
import { getTableColumns, getTableName, sql, type Column, type SQL } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { InValue } from './driver.ts';
import { executeRaw, type Queries, type Tx } from './queries.ts';

/** SQLite takes at most 32,766 values a statement; more than 1,000 rows make nothing faster. */
const MOST_VALUES = 30_000;
const MOST_ROWS = 1_000;
const ROWS_PER_READ = 50_000;

/**
 * Inserts rows given by the table's property names. JSON columns take any JSON value. Every row
 * has the properties of the first; an absent one is null, never the column's default.
 * Returns how many rows were inserted.
 */
export async function bulkInsert<T extends SQLiteTable>(
	tx: Tx,
	table: T,
	rows: Iterable<T['$inferInsert']>
): Promise<number> {
	let columns: readonly BoundColumn[] | null = null;
	let args: InValue[] = [];
	let pending = 0;
	let total = 0;
	const flush = async (bound: readonly BoundColumn[]) => {
		await executeRaw(tx, insertStatement(getTableName(table), bound, pending), args);
		total += pending;
		pending = 0;
		args = [];
	};
	for (const row of rows) {
		columns ??= boundColumns(table, Object.keys(row));
		const values = row as Readonly<Record<string, unknown>>;
		for (const { property, encode } of columns) args.push(encode(values[property]));
		pending += 1;
		if (pending === MOST_ROWS || (pending + 1) * columns.length > MOST_VALUES) await flush(columns);
	}
	if (columns && pending > 0) await flush(columns);
	return total;
}

interface BoundColumn {
	readonly property: string;
	readonly name: string;
	readonly encode: (value: unknown) => InValue;
}

function boundColumns(table: SQLiteTable, properties: readonly string[]): readonly BoundColumn[] {
	const known: Readonly<Record<string, Column>> = getTableColumns(table);
	return properties.map((property) => {
		const column = known[property];
		if (!column) throw new Error(`${getTableName(table)} has no column “${property}”.`);
		return {
			property,
			name: column.name,
			encode: (value) =>
				value === null || value === undefined ? null : (column.mapToDriverValue(value) as InValue)
		};
	});
}

function insertStatement(table: string, columns: readonly BoundColumn[], rows: number): string {
	const names = columns.map(({ name }) => `"${name}"`).join(', ');
	const tuple = `(${columns.map(() => '?').join(',')})`;
	return `INSERT INTO "${table}" (${names}) VALUES ${Array(rows).fill(tuple).join(',')}`;
}

/**
 * Reads some columns of many rows, in chunks, in the order in which rows were inserted.
 * Each chunk is an array of rows with the columns' values in the order asked for; values are as
 * drizzle gives them (parsed JSON, booleans), doubles bit for bit.
 */
export async function* bulkRead<T extends SQLiteTable>(
	queries: Queries,
	table: T,
	properties: readonly (keyof T['$inferSelect'] & string)[],
	where?: SQL
): AsyncGenerator<readonly (readonly unknown[])[]> {
	const known: Readonly<Record<string, Column>> = getTableColumns(table);
	const columns = properties.map((property) => {
		const column = known[property];
		if (!column) throw new Error(`${getTableName(table)} has no column “${property}”.`);
		return column;
	});
	const cells = sql.raw(columns.map(printed).join(', '));
	const inner = sql`SELECT rowid AS __row, * FROM ${table}`;
	const decoders = columns.map(decoderOf);
	for (let after = -1; ;) {
		const condition = sql`${table}.rowid > ${after}${where ? sql` AND (${where})` : sql``}`;
		const [row] = await queries.values<[string, number | null, number]>(
			sql`SELECT json_group_array(json_array(${cells})), max(__row), count(*)
			FROM (${inner} WHERE ${condition} ORDER BY ${table}.rowid LIMIT ${ROWS_PER_READ})`
		);
		if (!row || row[1] === null) return;
		const rows = JSON.parse(row[0]) as unknown[][];
		for (const values of rows) {
			for (let at = 0; at < decoders.length; at += 1) {
				const decode = decoders[at];
				if (decode && values[at] !== null) values[at] = decode(values[at]);
			}
		}
		yield rows;
		if (row[2] < ROWS_PER_READ) return;
		after = row[1];
	}
}

function printed(column: Column): string {
	const name = `"${column.name}"`;
	return column.getSQLType() === 'real'
		? `iif(${name} IS NULL, NULL, printf('%!.17g', ${name}))`
		: name;
}

/** Null where the value of JSON is already what drizzle gives. */
function decoderOf(column: Column): ((value: unknown) => unknown) | null {
	if (column.getSQLType() === 'real') return Number;
	if (column.dataType === 'json' || column.dataType === 'boolean') {
		return (value) => column.mapFromDriverValue(value);
	}
	return null;
}
