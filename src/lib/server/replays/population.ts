/**
 * What a draft does to everybody, in sums: what a preview answers while a hand moves. Read out of a
 * re-score in one pass over two columns; rows themselves never leave the thread, but for the few
 * that moved most.
 */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { POWERS_OF_TEN, roundHalfAway } from '#lib/engine/logic/number.ts';
import type { RescoreResult } from '#lib/engine/rescore/result.ts';
import type { Baseline } from '#lib/engine/rescore/rescorer.ts';
import type { PreparedScheme } from '#lib/engine/score/prepare.ts';
import { textAt } from '#lib/engine/table/row.ts';
import { EMPLOYEE_ID, PERIOD_ID } from '#lib/engine/table/paths.ts';
import type { Table } from '#lib/engine/table/table.ts';

export const UNIT_PATH = 'employee.unit';

/** Groups with fewer people are shown only to those who may see the people in them. */
export const SMALLEST_GROUP = 5;

export interface PopulationGrade {
	/** Null: scored, but below every grade. */
	readonly grade: string | null;
	/** Null without a version to compare with, or where that version has no such grade. */
	readonly before: number | null;
	readonly after: number;
}

export interface PopulationUnit {
	/** Null: people without a unit. */
	readonly unit: string | null;
	/** Known where the units are; the thread only knows their ids. */
	readonly name?: LocalText | undefined;
	/** People, and rows that both sides scored. */
	readonly people: number;
	readonly rows: number;
	readonly up: number;
	readonly down: number;
	readonly meanDelta: number | null;
}

export interface PopulationMover {
	readonly employee: string;
	readonly period: string;
	readonly before: number;
	readonly after: number;
}

export interface Population {
	readonly rows: number;
	readonly scored: number;
	readonly notScored: {
		readonly incomplete: number;
		readonly uncovered: number;
		readonly error: number;
	};
	/** There is a version to compare with. */
	readonly compared: boolean;
	/** Of rows that both sides scored; of all that the draft scored, where nothing is compared. */
	readonly meanBefore: number | null;
	readonly meanAfter: number | null;
	readonly up: number;
	readonly down: number;
	readonly same: number;
	readonly payout: {
		readonly currency: string;
		readonly after: number;
		/** Null where there is no version to compare with, or it pays nothing or another currency. */
		readonly before: number | null;
	} | null;
	readonly grades: readonly PopulationGrade[];
	readonly distribution: {
		readonly edges: readonly number[];
		readonly before: readonly number[] | null;
		readonly after: readonly number[];
	};
	/** Those whose mean moved most, first. */
	readonly units: readonly PopulationUnit[];
	/** The largest changes, first. */
	readonly movers: readonly PopulationMover[];
	/** Rules that the kernel cannot run, by place: they make every edit slower. */
	readonly interpreted: readonly string[];
}

const MOST_UNITS = 20;
const MOST_MOVERS = 12;
/** Rows of one direction that are kept to find them: a person has a row for every period. */
const MOST_ROWS = 96;

/** How many people each unit of a table has, by the code of the unit + 1; 0 is no unit. */
export function peopleByUnit(table: Table): Uint32Array {
	const units = table.columns.get(UNIT_PATH);
	const people = table.columns.get(EMPLOYEE_ID);
	if (units?.kind !== 'text' || people?.kind !== 'text') return new Uint32Array(1);
	const counts = new Uint32Array(units.dictionary.length + 1);
	const seen = new Set<number>();
	for (let row = 0; row < table.rows; row++) {
		const unit = (units.codes[row] ?? -1) + 1;
		const pair = (people.codes[row] ?? -1) * counts.length + unit;
		if (seen.has(pair)) continue;
		seen.add(pair);
		counts[unit] = (counts[unit] ?? 0) + 1;
	}
	return counts;
}

export interface PopulationSource {
	readonly table: Table;
	readonly prepared: PreparedScheme;
	readonly baseline: Baseline | null;
	readonly people: Uint32Array;
}

/** The sums of a re-score. */
export function populationOf(source: PopulationSource, result: RescoreResult): Population {
	const { prepared, baseline } = source;
	const { counts, movement } = result;
	const scored = counts.grades.reduce((sum, rows) => sum + rows, counts.noGrade);
	const decimals = prepared.total.decimals;
	const moved = baseline && meansOf(source, baseline, result);
	const alone = scored > 0 ? result.scoreUnits / (scored * powerOf(decimals)) : null;
	return {
		rows: result.rows,
		scored,
		notScored: {
			incomplete: counts.incomplete,
			uncovered: counts.uncovered,
			error: counts.error
		},
		compared: baseline !== null,
		meanBefore: moved ? moved.meanBefore : null,
		meanAfter: moved ? moved.meanAfter : alone,
		up: movement?.up ?? 0,
		down: movement?.down ?? 0,
		same: movement?.same ?? 0,
		payout: payoutOf(prepared, baseline, result),
		grades: gradesOf(prepared, baseline, result),
		distribution: result.histogram,
		units: unitsOf(source, result),
		movers: baseline ? moversOf(source.table, baseline.scores, result.totals.score) : [],
		interpreted: result.interpreted.map(({ at }) => at)
	};
}

function powerOf(decimals: number): number {
	return POWERS_OF_TEN[decimals] ?? 1;
}

function payoutOf(
	{ payout }: PreparedScheme,
	baseline: Baseline | null,
	{ payoutUnits }: RescoreResult
): Population['payout'] {
	if (!payout) return null;
	const before = baseline?.prepared.payout;
	return {
		currency: payout.currency,
		after: payoutUnits / powerOf(payout.decimals),
		before:
			baseline && before?.currency === payout.currency
				? baseline.payoutUnits / powerOf(before.decimals)
				: null
	};
}

function gradesOf(
	{ grades }: PreparedScheme,
	baseline: Baseline | null,
	{ counts, movement }: RescoreResult
): PopulationGrade[] {
	const known = baseline?.prepared.grades ?? [];
	const rowsBefore = (code: number): number =>
		(movement?.outcomes[code] ?? []).reduce((sum, rows) => sum + rows, 0);
	const before = new Map(known.map(({ id }, code) => [id, rowsBefore(code)]));
	const ungraded = baseline ? rowsBefore(known.length) : null;
	const list = grades.map(({ id }, code): PopulationGrade => ({
		grade: id,
		before: before.get(id) ?? null,
		after: counts.grades[code] ?? 0
	}));
	const own = new Set(grades.map(({ id }) => id));
	for (const [id, rows] of before)
		if (!own.has(id) && rows > 0) list.push({ grade: id, before: rows, after: 0 });
	if (counts.noGrade > 0 || (ungraded ?? 0) > 0)
		list.push({ grade: null, before: ungraded, after: counts.noGrade });
	return list;
}

function unitsOf({ prepared, baseline, people, table }: PopulationSource, result: RescoreResult) {
	const units = table.columns.get(UNIT_PATH);
	const codes = new Map(
		units?.kind === 'text' ? units.dictionary.map((unit, at) => [unit, at]) : []
	);
	const after = powerOf(prepared.total.decimals);
	const before = powerOf(baseline?.prepared.total.decimals ?? 0);
	const found = (result.movement?.groups ?? [])
		.filter(({ by }) => by === UNIT_PATH)
		.map(({ value, rows, up, down, unitsBefore, unitsAfter }): PopulationUnit => ({
			unit: value,
			people: people[value === null ? 0 : (codes.get(value) ?? -1) + 1] ?? 0,
			rows,
			up,
			down,
			meanDelta:
				unitsBefore === null || unitsAfter === null
					? null
					: roundHalfAway((unitsAfter / after - unitsBefore / before) / rows, 4)
		}));
	const size = ({ meanDelta }: PopulationUnit): number => Math.abs(meanDelta ?? 0);
	return found.sort((a, b) => size(b) - size(a) || b.rows - a.rows).slice(0, MOST_UNITS);
}

/** Means over the rows that both sides scored, as sums of whole units. */
function meansOf(
	{ table, prepared }: PopulationSource,
	baseline: Baseline,
	{ totals, movement }: RescoreResult
): Pick<Population, 'meanBefore' | 'meanAfter'> {
	const decimals = [prepared.total.decimals, baseline.prepared.total.decimals] as const;
	const scale = powerOf(Math.max(...decimals));
	let [sumBefore, sumAfter, both] = [0, 0, 0];
	const units = (movement?.groups ?? []).filter(({ by }) => by === UNIT_PATH);
	if (
		units.length > 0 &&
		units.every((unit) => unit.unitsBefore !== null && unit.unitsAfter !== null)
	)
		for (const { rows, unitsBefore, unitsAfter } of units) {
			both += rows;
			sumAfter += (unitsAfter ?? 0) * (scale / powerOf(decimals[0]));
			sumBefore += (unitsBefore ?? 0) * (scale / powerOf(decimals[1]));
		}
	else
		for (let row = 0; row < table.rows; row++) {
			const [before, after] = [baseline.scores[row] ?? NaN, totals.score[row] ?? NaN];
			if (Number.isNaN(after - before)) continue;
			both++;
			sumBefore += Math.round(before * scale);
			sumAfter += Math.round(after * scale);
		}
	// Divided as the report of a replay divides: the two show the same figure.
	const mean = (sum: number): number | null => (both === 0 ? null : sum / (both * scale) + 0);
	return { meanBefore: mean(sumBefore), meanAfter: mean(sumAfter) };
}

interface Change {
	readonly row: number;
	readonly size: number;
}

/** Keeps the largest changes, the earlier row first among equals; answers with the least that counts. */
function keepLargest(top: Change[], change: Change): number {
	const at = top.findIndex((known) => known.size < change.size);
	top.splice(at < 0 ? top.length : at, 0, change);
	if (top.length > MOST_ROWS) top.pop();
	return top.length === MOST_ROWS ? (top.at(-1)?.size ?? 0) : 0;
}

/**
 * Who rises and who falls most, each person once with their largest change: else one person with
 * twelve months would be all there is to see. The larger change first.
 */
function moversOf(
	table: Table,
	scores: Float64Array,
	score: Float64Array
): readonly PopulationMover[] {
	const [rises, falls]: [Change[], Change[]] = [[], []];
	let [leastRise, leastFall] = [0, 0];
	for (let row = 0; row < scores.length; row++) {
		const delta = (score[row] as number) - (scores[row] as number);
		// Both are false of a missing score.
		if (delta > leastRise) leastRise = keepLargest(rises, { row, size: delta });
		else if (-delta > leastFall) leastFall = keepLargest(falls, { row, size: -delta });
	}
	const ofPeople = (changes: readonly Change[]): readonly Change[] => {
		const seen = new Set<string>();
		return changes
			.filter(({ row }) => {
				const employee = textAt(table, EMPLOYEE_ID, row) ?? '';
				return !seen.has(employee) && seen.add(employee);
			})
			.slice(0, MOST_MOVERS / 2);
	};
	return [...ofPeople(rises), ...ofPeople(falls)]
		.sort((a, b) => b.size - a.size || a.row - b.row)
		.map(({ row }) => ({
			employee: textAt(table, EMPLOYEE_ID, row) ?? '',
			period: textAt(table, PERIOD_ID, row) ?? '',
			before: scores[row] ?? NaN,
			after: score[row] ?? NaN
		}));
}

/** What is left for somebody who may not see pay, or not everybody. */
export function shownPopulation(
	population: Population,
	may: { readonly seePay: boolean; readonly seePeople: boolean }
): Population {
	return {
		...population,
		payout: may.seePay ? population.payout : null,
		units: may.seePeople
			? population.units
			: population.units.filter(({ people }) => people >= SMALLEST_GROUP),
		movers: may.seePeople ? population.movers : []
	};
}
