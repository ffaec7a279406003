/**
 * The history of a client as one table: everybody employed in each period, with the attributes of
 * that time, their figures, targets, their team and the parameters in force.
 */
import type { PeriodRange } from '#lib/contract/base.ts';
import { periodsIn } from '#lib/contract/periods.ts';
import type { PeriodLength } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { SnapshotBuilder, type Snapshot } from '#lib/engine/table/snapshot.ts';
import type { Queries } from '../db/database.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople } from '../people/history.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings } from '../settings/client-settings.ts';
import { readPeopleRevision } from './data-revision.ts';
import { readBasis, readChanges, type SnapshotBasis } from './changes.ts';
import { MetricValues, type Groups } from './derive.ts';
import { attributeCells, columnsOf, parameterCells, type CellOf } from './columns.ts';
import { crewOf, Crews, unitsOn } from './crews.ts';
import { Calendar, FigureStore } from './figure-store.ts';
import { FIRST_PERIOD, readFigures, readFiguresOf, type Figure } from './figures.ts';
import { needsOf, splitPath } from './needs.ts';
import { loadParameters, type ProposedParameter } from './parameters.ts';
import type { RecordChunk } from './record-chunks.ts';
import { isRecordMetric, loadRecordFigures, type RecordFigures } from './record-figures.ts';
import { readsOf, Reuse, type EarlierSnapshot } from './reuse.ts';
import { TeamFigures } from './team-figures.ts';

export interface SnapshotRequest {
	readonly range: PeriodRange;
	readonly length: PeriodLength;
	/** Variables that somebody will read, from `PreparedScheme.paths`; attributes come along anyway. */
	readonly paths: readonly string[];
	/** Definitions that replace those in use: a version keeps the ones it was published with. */
	readonly metrics?: readonly MetricDefinition[];
	/** Values of parameters that nobody stored: what a pack would bring. */
	readonly parameters?: readonly ProposedParameter[];
	/** As it was known at this moment. */
	readonly knownAt?: string | null;
}

export interface BuildOptions {
	/** What “now” is: correction windows of records end by it. */
	readonly now?: string;
	/** What was taken from records before, by key. */
	readonly kept?: ReadonlyMap<string, RecordChunk>;
	/** Given what had to be taken anew. */
	readonly keep?: (chunks: readonly RecordChunk[]) => void;
	/** A snapshot of the same range as it was before some changes: what still holds is taken over. */
	readonly earlier?: EarlierSnapshot | null;
	/** Given the state of the data, for the next build; not for what was known at a moment. */
	readonly basis?: (basis: SnapshotBasis) => void;
}

/** Builds the table. Reads the database several times: see `takeSnapshot` for a consistent one. */
export async function buildSnapshot(
	queries: Queries,
	request: SnapshotRequest,
	options: BuildOptions = {}
): Promise<Snapshot> {
	const settings = await readSettings(queries);
	const { fiscalMonth } = settings;
	const knownAt = request.knownAt ?? null;
	const people = await loadPeople(queries, { knownAt });
	const tree = await loadUnits(queries);
	const metrics = await loadMetrics(queries);
	for (const metric of request.metrics ?? []) metrics.set(metric.id, metric);
	const needs = needsOf(request.paths, metrics);
	const periods = periodsIn(request.range, request.length, fiscalMonth);
	const calendar = new Calendar(fiscalMonth);
	const actuals = new FigureStore();
	const { subjects } = actuals;
	const crews = new Crews((period) => crewOf(people, subjects, period, fiscalMonth));

	const columns = columnsOf(people, needs);
	const paths = columns.map(({ path }) => path);
	const basis = await readBasis(queries, fiscalMonth, metrics);
	options.basis?.(basis);
	const { earlier = null } = options;
	const changes =
		earlier && knownAt === null ? await readChanges(queries, earlier.basis, basis) : null;
	const reuse = earlier && changes ? new Reuse(earlier, changes, metrics, crews, periods) : null;

	const read = async (kind: 'observations' | 'targets', into: FigureStore) => {
		const { whole, part, employees } = readsOf(kind, paths, metrics, reuse);
		const add = (figure: Figure) => into.add(figure);
		const range = { metrics: [...whole], from: FIRST_PERIOD, to: '9999', knownAt };
		await readFigures(queries, kind, range, add);
		await readFiguresOf(queries, kind, [...part], [...employees], add);
		return whole;
	};
	const told = await read('observations', actuals);
	const counted = [...told].flatMap((id) => metrics.get(id) ?? []).filter(isRecordMetric);
	const { figures: records, built } = await loadRecordFigures(
		queries,
		{
			metrics: counted,
			settings,
			knownAt,
			now: options.now ?? new Date().toISOString(),
			kept: options.kept ?? new Map(),
			unitsOf: (kind, id, day) =>
				kind === 'unit' ? tree.upward(id, day) : unitsOn(people, tree, id, day),
			peopleKey: `${await readPeopleRevision(queries)} ${knownAt ?? ''}`
		},
		calendar
	);
	options.keep?.(built);
	addRecordFigures(records, actuals);
	const goals = new FigureStore(subjects);
	await read('targets', goals);

	const groups: Groups = {
		totalOf: (...asked) => teams.groups.totalOf(...asked),
		nearestTo: (...asked) => teams.groups.nearestTo(...asked)
	};
	const values = new MetricValues(metrics, actuals, calendar, crews.peersOf, { groups, records });
	const own = new MetricValues(metrics, actuals, calendar, crews.peersOf, { records });
	const teams = new TeamFigures({
		metrics,
		values,
		told: own,
		goals,
		calendar,
		tree,
		peersOf: crews.peersOf,
		records
	});
	const parameters = await loadParameters(queries, knownAt, request.parameters);
	const builder = new SnapshotBuilder(columns, { fiscalMonth });
	const cells = columns.map(({ path }): CellOf => {
		const [namespace, id] = splitPath(path);
		switch (namespace) {
			case 'employee':
				return attributeCells(people, tree, id, fiscalMonth);
			case 'period':
				return (_, period) => period;
			case 'metric':
				return (member, period) => teams.actualOf(id, member, period);
			case 'target':
				return (member, period) => teams.targetOf(id, member, period);
			case 'team':
				return (member, period) => teams.teamCell(id, member, period);
			case 'param':
				return parameterCells(parameters, id, tree, fiscalMonth);
			default:
				return () => null;
		}
	});
	const kept = reuse && paths.map((path) => reuse.cellsOf(path, fiscalMonth));
	for (const period of periods) {
		for (const member of crews.of(period)) {
			const row = reuse?.rowOf(member.id, period) ?? -1;
			builder.append(
				cells.map((cellOf, at) => {
					const held = row < 0 ? undefined : kept?.[at]?.(row, member.id, period);
					return held === undefined ? cellOf(member, period) : held;
				})
			);
		}
	}
	return builder.finish();
}

/** Figures from records stand where figures were told as well: they show what they are made of. */
export function addRecordFigures(records: RecordFigures, store: FigureStore): void {
	for (const [{ id: metric }, subject, period, value] of records.ownFigures()) {
		const [kind, subjectId = ''] = subject.split('\u0001');
		const subjectKind = kind === 'unit' ? 'unit' : 'employee';
		store.add({ subjectKind, subjectId, metric, period, value });
	}
}
