/** The public data sets: their raw files, their ground truth, and sums of rows made independently. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Context } from '#lib/server/context.ts';
import { actorWith, openStudio } from '../support/studio.ts';
import type { Cells } from './industry-support.ts';

export const folder = process.env['QUANHENG_DATASETS'];
export const implementer = actorWith('implementer');
export const LONG = 300_000;

export function rowsOf(file: Uint8Array | string): Cells[] {
	return parse(Buffer.from(file), { columns: true, bom: true, relax_column_count: true });
}

export interface Truth {
	readonly what: string;
	readonly rows: readonly (readonly (string | number)[])[];
}

/** A file of a data set; missing while the data sets are announced is a failure. */
export function raw(...path: readonly string[]): Uint8Array {
	const place = join(folder ?? '', ...path);
	if (!existsSync(place)) throw new Error(`QUANHENG_DATASETS has no file ${place}`);
	return readFileSync(place);
}

export function truthOf(set: string): (start: string) => Truth['rows'] {
	const all = JSON.parse(Buffer.from(raw(set, 'ground_truth.json')).toString('utf8')) as Truth[];
	return (start) => {
		const found = all.find(({ what }) => what.startsWith(start));
		if (!found) throw new Error(`${set} has no truth “${start}”`);
		return found.rows;
	};
}

/** Runs a test on the public data, or says why not. */
export function onRealData(name: string, run: () => Promise<void>): void {
	if (folder === undefined) {
		test(name, ({ skip }) => {
			skip('QUANHENG_DATASETS is not set; the small equivalent ran.');
		});
	} else test(name, run, LONG);
}

export async function company(): Promise<Context> {
	return (await openStudio()).context();
}

export type Group = Map<string, Cells[]>;
export function groupBy(rows: readonly Cells[], keyOf: (row: Cells) => string | null): Group {
	const groups: Group = new Map();
	for (const row of rows) {
		const key = keyOf(row);
		if (key === null) continue;
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return groups;
}

export const number = (row: Cells, column: string): number => Number(row[column] || 0);
export const sum = (rows: readonly Cells[], column: string): number =>
	rows.reduce((total, row) => total + number(row, column), 0);
export const cell = (row: Cells, column: string): string => row[column] ?? '';
export const month = (row: Cells, column: string): string => cell(row, column).slice(0, 7);

export function near(
	found: number | null | undefined,
	expected: number,
	what: string,
	digits = 4
): void {
	expect(found, what).not.toBeNull();
	expect(Math.abs((found ?? NaN) - expected), `${what}: ${found} for ${expected}`).toBeLessThan(
		0.5 * 10 ** -digits
	);
}
