/**
 * Peers of the benchmark beside json-logic-js, each measured if it can be found: json-logic-engine is
 * installed with the project; DuckDB, 70 MB, is looked for here and in the folder that `--peers` names.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The module and its version from the first folder that has it; null where none does. */
async function find(name, folders) {
	for (const folder of folders) {
		const require = createRequire(join(folder, 'package.json'));
		try {
			const entry = require.resolve(name);
			return { library: await import(pathToFileURL(entry).href), version: versionOf(name, entry) };
		} catch (problem) {
			if (problem.code !== 'MODULE_NOT_FOUND') throw problem;
		}
	}
	return { library: null, version: null };
}

/** From the package's own file, which its exports need not name. */
function versionOf(name, entry) {
	const root = entry.slice(0, entry.lastIndexOf(join('node_modules', name)));
	const { version } = JSON.parse(
		readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')
	);
	return version;
}

/** Nested data, as these engines read it: `employee.level` is `data.employee.level`. */
function setPath(data, path, value) {
	const keys = path.split('.');
	const last = keys.pop();
	let part = data;
	for (const key of keys) part = part[key] ??= {};
	part[last] = value;
}

const isMissing = (value) => value === null || value === undefined || Number.isNaN(value);
const settle = (value) => (Number.isFinite(value) ? value : null);
const hair = (x) => Math.max(1e-9, Math.abs(x) * 2 ** -51);

function curve([x, points]) {
	if (isMissing(x)) return null;
	const last = points.length - 1;
	if (x < points[0][0]) return points[0][1];
	if (x >= points[last][0]) return points[last][1];
	let i = 0;
	while (x >= points[i + 1][0]) i++;
	const [[x0, y0], [x1, y1]] = [points[i], points[i + 1]];
	return y0 + (x - x0) * ((y1 - y0) / (x1 - x0));
}

function steps([x, list, otherwise = null]) {
	if (isMissing(x)) return null;
	for (let i = list.length - 1; i >= 0; i--) if (x >= list[i][0]) return list[i][1];
	return otherwise;
}

function round([x, digits]) {
	if (isMissing(x)) return null;
	const power = 10 ** digits;
	const y = Math.abs(x) * power;
	const size = Math.floor(y + (0.5 + Math.max(1e-9, y * 2 ** -51))) / power;
	return x < 0 ? -size : size;
}

/** Our operators and the null-safe forms of its own, so that it can give the same results. */
const METHODS = {
	curve,
	steps,
	round,
	floor: ([x]) => (isMissing(x) ? null : Math.floor(x + hair(x))),
	ceil: ([x]) => (isMissing(x) ? null : Math.ceil(x - hair(x))),
	clamp: ([x, low, high]) => (isMissing(x) ? null : Math.min(Math.max(x, low), high)),
	coalesce: (values) => values.find((value) => !isMissing(value)) ?? null,
	between: ([x, low, high]) => (isMissing(x) ? null : low <= x && x <= high),
	'+': (terms) => (terms.some(isMissing) ? null : settle(terms.reduce((a, b) => a + b, 0))),
	'*': (factors) => (factors.some(isMissing) ? null : settle(factors.reduce((a, b) => a * b))),
	'-': (terms) =>
		terms.some(isMissing) ? null : terms.length === 1 ? 0 - terms[0] : terms[0] - terms[1],
	'/': ([a, b]) => (isMissing(a) || isMissing(b) || b === 0 ? null : settle(a / b)),
	min: (values) => (values.some(isMissing) ? null : Math.min(...values)),
	max: (values) => (values.some(isMissing) ? null : Math.max(...values)),
	'<': ([a, b]) => (isMissing(a) || isMissing(b) ? null : a < b),
	'>': ([a, b]) => (isMissing(a) || isMissing(b) ? null : a > b),
	'<=': ([a, b]) => (isMissing(a) || isMissing(b) ? null : a <= b),
	'>=': ([a, b]) => (isMissing(a) || isMissing(b) ? null : a >= b)
};

/** json-logic-engine in its compiled mode. */
export async function jsonLogicEngine(bench, folders) {
	const { library, version } = await find('json-logic-engine', folders);
	return {
		name: 'json-logic-engine, compiled',
		version,
		goal: 50,
		async prepare({ prepared, table }) {
			const engine = new library.LogicEngine();
			for (const [name, method] of Object.entries(METHODS))
				engine.addMethod(name, method, { deterministic: true });
			const rows = Math.min(table.rows, 20_000);
			const loop = bench.ruleScorer(prepared, table, rows, {
				compile: (rule) => {
					const built = engine.build(rule);
					return typeof built === 'function' ? built : () => built;
				},
				row: (variables) => {
					const data = {};
					// What is null is not missing to this library, only what is absent.
					for (const [path, value] of variables) if (value !== null) setPath(data, path, value);
					return data;
				},
				set: setPath
			});
			const result = bench.emptyResult(rows);
			return { rows, run: () => loop(result), result: () => result };
		}
	};
}

const ROWS_PER_CHUNK = 2048;

/** DuckDB on the same columns with one thread; the graph of the scheme printed as SQL. */
export async function duckDb(bench, folders) {
	const { library, version } = await find('@duckdb/node-api', folders);
	return {
		name: 'DuckDB, one thread',
		version,
		goal: 10,
		async prepare({ table, program }) {
			const instance = await library.DuckDBInstance.create(':memory:', { threads: '1' });
			const connection = await instance.connect();
			await fillTable(library, connection, table);
			const sql = bench.sqlOf(program, 'history');
			return {
				rows: table.rows,
				// Reading results into JavaScript is not what is measured: the totals stay in the database.
				run: () => connection.run(`CREATE OR REPLACE TABLE totals AS ${sql}`),
				result: async () => readTotals(bench, connection, table.rows),
				close: () => connection.closeSync()
			};
		}
	};
}

async function fillTable(library, connection, table) {
	const columns = [...table.columns].filter(([, column]) => column.kind !== 'none');
	const types = columns.map(([name, column]) =>
		column.kind === 'number' ? `"${name}" DOUBLE` : `"${name}" INTEGER`
	);
	await connection.run(`CREATE TABLE history (${types.join(', ')})`);
	const appender = await connection.createAppender('history');
	const duckTypes = columns.map(([, column]) =>
		column.kind === 'number' ? library.DOUBLE : library.INTEGER
	);
	for (let from = 0; from < table.rows; from += ROWS_PER_CHUNK) {
		const count = Math.min(ROWS_PER_CHUNK, table.rows - from);
		const chunk = library.DuckDBDataChunk.create(duckTypes);
		chunk.setColumns(columns.map(([, column]) => cells(column, from, count)));
		appender.appendDataChunk(chunk);
	}
	appender.closeSync();
}

/** Cells as the SQL reads them: missing is NULL, texts and booleans are positions. */
function cells(column, from, count) {
	return Array.from({ length: count }, (_, i) => {
		const row = from + i;
		if (column.kind === 'number')
			return Number.isNaN(column.values[row]) ? null : column.values[row];
		if (column.kind === 'text') return column.codes[row] + 1;
		return column.values[row] < 2 ? column.values[row] + 1 : 0;
	});
}

async function readTotals(bench, connection, rows) {
	const reader = await connection.runAndReadAll('SELECT * FROM totals');
	const result = bench.emptyResult(rows);
	const columns = reader.getColumnsObject();
	const [score, outcome] = [columns['result:score'], columns['result:outcome']];
	// A scheme without a payout stores none.
	const payout = columns['result:payout'] ?? [];
	for (let i = 0; i < rows; i++) {
		result.score[i] = score[i] ?? NaN;
		result.payout[i] = payout[i] ?? NaN;
		result.outcome[i] = outcome[i];
	}
	return result;
}
