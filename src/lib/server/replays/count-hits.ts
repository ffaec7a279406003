/**
 * Counts for whom conditions held in a history. The conditions run as the items of a small scheme of
 * their own, on whatever scores the table, so long histories are counted by a kernel.
 */
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Rule, Value } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument, SchemeItem } from '#lib/engine/scheme/document.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { STATUS } from '#lib/engine/score/score-columns.ts';
import { withDerivedColumns } from '#lib/engine/table/derive.ts';
import { EMPLOYEE_ID, PERIOD_ID } from '#lib/engine/table/paths.ts';
import { textAt, valueAt } from '#lib/engine/table/row.ts';
import { rowsWhere, selectRows } from '#lib/engine/table/select-rows.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { comparedSide, marginRule, onOutcomes } from './condition-margin.ts';
import { withOutcomes } from './outcome-columns.ts';
import { scorerFor } from './score-sides.ts';

export interface HitCondition {
	readonly id: string;
	readonly when: Rule;
	readonly item?: string | undefined;
}

export interface HitWork {
	readonly scheme: SchemeDocument;
	readonly periods: readonly string[];
	readonly conditions: readonly HitCondition[];
	readonly first: boolean;
	readonly everybody: boolean;
}

export interface HitNeighbour {
	readonly employee: string;
	readonly name: string | null;
	readonly period: string;
	readonly value: number | string | boolean | null;
}

export interface HitCount {
	readonly id: string;
	readonly people: number;
	readonly rows: number;
	readonly unknown: number;
	readonly meets: readonly HitNeighbour[];
	readonly misses: readonly HitNeighbour[];
}

export interface HitCounts {
	readonly people: number;
	readonly rows: number;
	readonly counts: readonly HitCount[];
}

/** Shown on either side of a condition. */
const NEIGHBOURS = 3;
/** What a row gives for a condition. */
const HELD = 1;
const UNKNOWN = 2;

export function countHits(whole: Table, work: HitWork): HitCounts {
	const table = populationOf(whole, work);
	const asked = work.conditions.map(({ when, item }) => ({
		when: onOutcomes(when),
		metric: metricOf(work.scheme, item)
	}));
	const columns = scorerFor(table)(prepareScheme(probesOf(work.scheme, asked)), table, {
		preview: true
	}).items;
	const taken = new Uint8Array(table.rows);
	const everyone = peopleAt(table, () => true);
	const counts = work.conditions.map(({ id }, index): HitCount => {
		const held = columns[index * 2]?.score ?? new Float64Array();
		const margin = columns[index * 2 + 1]?.score ?? new Float64Array();
		const isHit = (row: number): boolean => held[row] === HELD && taken[row] === 0;
		const people = peopleAt(table, isHit);
		let rows = 0;
		let unknown = 0;
		for (let row = 0; row < table.rows; row++) {
			if (isHit(row)) rows += 1;
			if (held[row] === UNKNOWN) unknown += 1;
		}
		const { when = null, metric = null } = asked[index] ?? {};
		const side = comparedSide(when);
		const near = (holds: boolean) =>
			nearest(table, margin, holds, (row) => held[row] === HELD).map((row) =>
				neighbourAt(table, row, side, metric)
			);
		const result = {
			id,
			people: people.size,
			rows,
			unknown,
			meets: near(true),
			misses: near(false)
		};
		if (work.first) for (let row = 0; row < table.rows; row++) if (isHit(row)) taken[row] = 1;
		return result;
	});
	return { people: everyone.size, rows: table.rows, counts };
}

/** The rows of the periods, of those whom the scheme scores unless everybody is asked for. */
function populationOf(whole: Table, { scheme, periods, everybody }: HitWork): Table {
	const table = selectRows(whole, rowsWhere(whole, PERIOD_ID, new Set(periods)));
	const prepared = prepareScheme(scheme);
	const scored = scorerFor(table)(prepared, table, { preview: true });
	const full = withOutcomes(withDerivedColumns(table), scheme, scored);
	if (everybody) return full;
	const covered = [...scored.status.keys()].filter(
		(row) => scored.status[row] !== STATUS.uncovered
	);
	return selectRows(full, Uint32Array.from(covered));
}

function metricOf(scheme: SchemeDocument, item: string | undefined): string | null {
	return scheme.items.find(({ id }) => id === item)?.metric ?? null;
}

/** A scheme of points in which each condition has two items: whether it holds, and by how much. */
function probesOf(
	scheme: SchemeDocument,
	asked: readonly { readonly when: Rule; readonly metric: string | null }[]
): SchemeDocument {
	const items = asked.flatMap(({ when, metric }, index): SchemeItem[] => {
		const item = { metric: metric ?? 'none', class: 'result' as const, missing: 'block' as const };
		const holds: Rule = {
			if: [{ '==': [when, null] }, UNKNOWN, when, HELD, 0]
		};
		return [
			{ ...item, id: `held_${index}`, score: holds },
			{ ...item, id: `margin_${index}`, score: marginRule(when) }
		];
	});
	return {
		format: 'quanheng.scheme/1',
		id: 'conditions',
		name: { 'zh-CN': '条件', en: 'conditions' },
		period: scheme.period,
		applies_to: true,
		weighting: 'points',
		items,
		grades: []
	};
}

function peopleAt(table: Table, isWanted: (row: number) => boolean): Set<number> {
	const column = table.columns.get(EMPLOYEE_ID);
	const people = new Set<number>();
	if (column?.kind !== 'text') return people;
	for (let row = 0; row < table.rows; row++) if (isWanted(row)) people.add(column.codes[row] ?? -1);
	return people;
}

/** The rows with the smallest distance on one side, one of each person. */
function nearest(
	table: Table,
	margin: Float64Array,
	holds: boolean,
	isHeld: (row: number) => boolean
): readonly number[] {
	const found: number[] = [];
	const far = (row: number): number => Math.abs(margin[row] ?? NaN);
	const person = (row: number): string | null => textAt(table, EMPLOYEE_ID, row);
	for (let row = 0; row < table.rows; row++) {
		if (isHeld(row) !== holds || Number.isNaN(far(row))) continue;
		const same = found.findIndex((other) => person(other) === person(row));
		if (same >= 0) {
			if (far(row) < far(found[same] ?? row)) found[same] = row;
		} else if (found.length < NEIGHBOURS) found.push(row);
		else if (far(row) < far(found.at(-1) ?? row)) found[found.length - 1] = row;
		else continue;
		found.sort((a, b) => far(a) - far(b));
	}
	return found;
}

function neighbourAt(
	table: Table,
	row: number,
	side: Rule | null,
	metric: string | null
): HitNeighbour {
	return {
		employee: textAt(table, EMPLOYEE_ID, row) ?? '',
		name: textAt(table, 'employee.name', row),
		period: textAt(table, PERIOD_ID, row) ?? '',
		value: side === null ? null : scalarAt(table, row, side, metric)
	};
}

function scalarAt(
	table: Table,
	row: number,
	rule: Rule,
	metric: string | null
): number | string | boolean | null {
	const variables = new Map<string, Value>();
	for (const [path, column] of table.columns) variables.set(path, valueAt(column, row));
	for (const [name, source] of [
		['actual', 'metric'],
		['target', 'target'],
		['attainment', 'attainment']
	])
		variables.set(`item.${name}`, variables.get(`${source}.${metric}`) ?? null);
	const { value } = evaluateRule(parseRule(rule).node, variables);
	return typeof value === 'object' ? null : value;
}
