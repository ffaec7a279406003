/** Count and sum of every numeric column: of what is imported, of the whole file, and as it states them. */
import type { ParsedFigure } from './check/figure-rows.ts';
import type { BoundMapping, Source } from './check/mapping.ts';
import { makeTurns, type CheckedRow } from './check/row-findings.ts';
import type { ColumnSum } from './plan.ts';
import { readNumber } from './read/cells.ts';
import { tableRows } from './read/find-shape.ts';
import type { FileRow } from './read/reading.ts';
import type { StoredReading } from './batches.ts';

/** Sums for people to compare with the file's own; binary dust only confuses. */
const tidy = (sum: number): number => Number(sum.toFixed(6));

/** Sums of figures by metric, beside what the file's columns hold. */
export async function sumFigures(
	checked: readonly CheckedRow<readonly ParsedFigure[]>[],
	kind: 'observations' | 'targets',
	rows: readonly FileRow[],
	bound: BoundMapping,
	reading: StoredReading | null
): Promise<ColumnSum[]> {
	const prefix = kind === 'targets' ? 'target' : 'metric';
	const totals = new Map<string, Tally>();
	const turns = makeTurns();
	for (const row of checked) {
		if (turns.due()) await turns.take();
		if (row.status !== 'accepted') continue;
		for (const { metric, value } of row.parsed ?? []) add(totals, `${prefix}.${metric}`, value);
	}
	const found = new Map<string, { inFile: Tally; stated: number | null }>();
	for (const source of bound.sources) {
		if (source.type !== 'number' || source.field === 'value') continue;
		const inFile = await sumCells(rows, source);
		found.set(source.field, { inFile, stated: statedTotal(source, reading) });
	}
	return [...new Set([...totals.keys(), ...found.keys()])].map((field) => {
		const { values, sum } = totals.get(field) ?? { values: 0, sum: 0 };
		const file = found.get(field);
		return {
			field,
			values,
			sum: tidy(sum),
			inFile: file ? { values: file.inFile.values, sum: tidy(file.inFile.sum) } : null,
			stated: file?.stated ?? null
		};
	});
}

/** Sums of the number columns of any other kind, by field. */
export async function sumColumns(
	rows: readonly FileRow[],
	accepted: ReadonlySet<number>,
	bound: BoundMapping,
	reading: StoredReading | null
): Promise<ColumnSum[]> {
	const sums: ColumnSum[] = [];
	for (const source of bound.sources) {
		if (source.type !== 'number') continue;
		const inFile = await sumCells(rows, source);
		const taken = await sumCells(
			rows.filter(({ line }) => accepted.has(line)),
			source
		);
		sums.push({
			field: source.field,
			values: taken.values,
			sum: tidy(taken.sum),
			inFile: { values: inFile.values, sum: tidy(inFile.sum) },
			stated: statedTotal(source, reading)
		});
	}
	return sums;
}

interface Tally {
	values: number;
	sum: number;
}

function add(totals: Map<string, Tally>, key: string, value: number): void {
	const total = totals.get(key);
	if (total) {
		total.values += 1;
		total.sum += value;
	} else totals.set(key, { values: 1, sum: value });
}

async function sumCells(rows: readonly FileRow[], source: Source): Promise<Tally> {
	const tally = { values: 0, sum: 0 };
	const turns = makeTurns();
	for (const row of rows) {
		if (turns.due()) await turns.take();
		const read = readNumber(source.cell(row), source.transform);
		if (!('value' in read)) continue;
		tally.values += 1;
		tally.sum += read.value;
	}
	return tally;
}

/** What the file's last row of totals says of a column; over all months where those are columns. */
function statedTotal(source: Source, reading: StoredReading | null): number | null {
	const last = reading?.totals.at(-1);
	if (!reading || !last) return null;
	let sum = 0;
	let values = 0;
	for (const row of tableRows(reading.shape, [last])) {
		const read = readNumber(source.cell(row), source.transform);
		if (!('value' in read)) continue;
		values += 1;
		sum += read.value;
	}
	return values === 0 ? null : tidy(sum);
}
