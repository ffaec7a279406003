/**
 * Which cells of an earlier snapshot still hold after some changes, and which figures have to be
 * read to work out the others. Pure.
 *
 * A figure depends on the figures that its metric is made of. One of a person's own depends on that
 * person only; a rank, a team's total and a figure of the nearest unit depend on everybody's, on the
 * tree and on who is where. Nothing depends on a period that comes later. What is taken from records
 * is always worked out: its months are kept on their own.
 */
import { lastDayOf } from '#lib/contract/periods.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { EMPLOYEE_ID, PERIOD_ID } from '#lib/engine/table/paths.ts';
import { textAt } from '#lib/engine/table/row.ts';
import { tableOfSnapshot, type Snapshot } from '#lib/engine/table/snapshot.ts';
import type { Table } from '#lib/engine/table/table.ts';
import type { Changes, SnapshotBasis, TouchedMetric } from './changes.ts';
import type { Crews } from './crews.ts';
import { closure } from './derive.ts';
import { splitPath } from './needs.ts';

/** A snapshot of before, and what it was built on. */
export interface EarlierSnapshot {
	readonly snapshot: Snapshot;
	readonly basis: SnapshotBasis;
}

/** What of a column has to be worked out. */
export interface ColumnWork {
	/** Null is everybody. */
	readonly employees: ReadonlySet<string> | null;
	/** Periods that end before this day hold; null where all are to be worked out. */
	readonly from: string | null;
}

const EVERYTHING: ColumnWork = { employees: null, from: null };
const NOTHING: ColumnWork = { employees: new Set(), from: null };

/** More people than this are read together with everybody. */
const MOST_PEOPLE = 2_000;

/** Metrics whose facts are to be read: of everybody, or of some people only. */
export interface FigureReads {
	readonly whole: ReadonlySet<string>;
	readonly part: ReadonlySet<string>;
	readonly employees: ReadonlySet<string>;
}

/** Columns of figures, by the facts that they are made of. */
export function isFigureColumn(path: string): boolean {
	return /^(metric|target|team)\./.test(path);
}

function isOfTargets(path: string): boolean {
	return path.startsWith('target.') || (path.startsWith('team.') && path.endsWith('.target'));
}

/** The metrics whose facts a column of figures is made of. */
export function sourcesOf(
	path: string,
	metrics: ReadonlyMap<string, MetricDefinition>
): ReadonlySet<string> {
	const [namespace, id] = splitPath(path);
	const metric = namespace === 'team' ? id.slice(0, id.lastIndexOf('.')) : id;
	return isOfTargets(path) ? new Set([metric]) : closure(metrics, [metric], metricSources);
}

/** What has to be read for columns; all of everybody where nothing can be reused. */
export function readsOf(
	kind: 'observations' | 'targets',
	columns: readonly string[],
	metrics: ReadonlyMap<string, MetricDefinition>,
	reuse: Reuse | null
): FigureReads {
	const whole = new Set<string>();
	const part = new Set<string>();
	const employees = new Set<string>(reuse?.newcomers);
	for (const path of columns) {
		if (!isFigureColumn(path) || isOfTargets(path) !== (kind === 'targets')) continue;
		const work = reuse?.workOf(path) ?? EVERYTHING;
		for (const id of sourcesOf(path, metrics)) (work.employees === null ? whole : part).add(id);
		for (const id of work.employees ?? []) employees.add(id);
	}
	if (employees.size > MOST_PEOPLE)
		return { whole: new Set([...whole, ...part]), part: new Set(), employees };
	return { whole, part: new Set([...part].filter((id) => !whole.has(id))), employees };
}

export class Reuse {
	readonly #table: Table;
	readonly #rows: ReadonlyMap<string, ReadonlyMap<string, number>>;
	readonly #metrics: ReadonlyMap<string, MetricDefinition>;
	readonly #changes: Changes;
	readonly #isCrewChanged: boolean;
	readonly #works = new Map<string, ColumnWork>();
	/** People with a row that the earlier snapshot has not. */
	readonly newcomers: ReadonlySet<string>;

	constructor(
		earlier: EarlierSnapshot,
		changes: Changes,
		metrics: ReadonlyMap<string, MetricDefinition>,
		crews: Crews,
		periods: readonly string[]
	) {
		this.#table = tableOfSnapshot(earlier.snapshot);
		this.#metrics = metrics;
		this.#changes = changes;
		this.#rows = rowsOf(this.#table);
		const newcomers = new Set<string>();
		let matched = 0;
		for (const period of periods)
			for (const { id } of crews.of(period)) {
				if (this.#rows.get(period)?.has(id)) matched += 1;
				else newcomers.add(id);
			}
		this.newcomers = newcomers;
		this.#isCrewChanged =
			changes.isRollChanged || newcomers.size > 0 || matched !== this.#table.rows;
	}

	/** The row of a person in a period; −1 where there was none. */
	rowOf(employee: string, period: string): number {
		return this.#rows.get(period)?.get(employee) ?? -1;
	}

	/** What of a column of figures is to be worked out. */
	workOf(path: string): ColumnWork {
		let work = this.#works.get(path);
		if (!work) {
			work = this.#table.columns.has(path) ? this.#workByChanges(path) : EVERYTHING;
			if (work.employees !== null && work.employees.size > MOST_PEOPLE)
				work = { ...work, employees: null };
			this.#works.set(path, work);
		}
		return work;
	}

	#workByChanges(path: string): ColumnWork {
		const sources = sourcesOf(path, this.#metrics);
		const changes = isOfTargets(path) ? this.#changes.targets : this.#changes.observations;
		const [namespace] = splitPath(path);
		for (const id of sources) {
			if (this.#changes.redefined.has(id)) return EVERYTHING;
			if (!isOfTargets(path) && this.#metrics.get(id)?.from_records) return EVERYTHING;
		}
		const touched = [...sources].flatMap((id) => changes.get(id) ?? []);
		const isOfUnits = touched.some(({ units }) => units);
		if (namespace === 'metric' && this.#isPersonal(sources)) return workOn(touched, []);
		if (this.#changes.isTreeChanged) return EVERYTHING;
		// A target is one's own or the nearest unit's: another place is another target.
		if (namespace === 'target' && !isOfUnits) return workOn(touched, this.#changes.people);
		if (this.#isCrewChanged) return EVERYTHING;
		return touched.length === 0 ? NOTHING : { employees: null, from: earliest(touched) };
	}

	/** Whether figures of a person follow from that person's alone. */
	#isPersonal(sources: ReadonlySet<string>): boolean {
		return [...sources].every((id) => {
			const metric = this.#metrics.get(id);
			return metric === undefined || (metric.grain === 'employee' && !metric.rank);
		});
	}

	/**
	 * The cells of a column that hold, by row of the earlier snapshot; undefined where a cell is to be
	 * worked out. Null for columns that are no figures.
	 */
	cellsOf(path: string, fiscalMonth: number): KeptCells | null {
		const column = this.#table.columns.get(path);
		if (!isFigureColumn(path) || column?.kind !== 'number') return null;
		const { employees, from } = this.workOf(path);
		return (row, employee, period) => {
			const isAsked = employees === null || employees.has(employee);
			if (isAsked && (from === null || lastDayOf(period, fiscalMonth) >= from)) return undefined;
			const value = column.values[row] ?? NaN;
			return Number.isNaN(value) ? null : value;
		};
	}
}

export type KeptCells = (
	row: number,
	employee: string,
	period: string
) => number | null | undefined;

function workOn(touched: readonly TouchedMetric[], people: Iterable<string>): ColumnWork {
	const employees = new Set(touched.flatMap((one) => [...one.employees]));
	const others = [...people];
	for (const id of others) employees.add(id);
	return employees.size === 0
		? NOTHING
		: { employees, from: others.length === 0 ? earliest(touched) : null };
}

function earliest(touched: readonly TouchedMetric[]): string | null {
	return touched.reduce<string | null>(
		(first, { from }) => (first === null || from < first ? from : first),
		null
	);
}

/** Rows by period, then by person. */
function rowsOf(table: Table): Map<string, Map<string, number>> {
	const rows = new Map<string, Map<string, number>>();
	for (let row = 0; row < table.rows; row += 1) {
		const period = textAt(table, PERIOD_ID, row) ?? '';
		let people = rows.get(period);
		if (!people) rows.set(period, (people = new Map()));
		people.set(textAt(table, EMPLOYEE_ID, row) ?? '', row);
	}
	return rows;
}
