/**
 * The history of a client as one table: everybody employed in each period, with the attributes of
 * that time, their figures, targets, their team and the parameters in force.
 */
import type { PeriodRange } from '#lib/contract/base.ts';
import { firstDayOf, lastDayOf, lengthOfPeriod, periodsIn } from '#lib/contract/periods.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { PeriodLength } from '#lib/engine/scheme/document.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parsePeriod, tenureMonths } from '#lib/engine/scheme/period.ts';
import { SnapshotBuilder, type Cell, type Snapshot } from '#lib/engine/table/snapshot.ts';
import type { Queries } from '../db/database.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { loadPeople, type PeopleHistory } from '../people/history.ts';
import { loadUnits, type UnitTree } from '../people/unit-tree.ts';
import { readSettings } from '../settings/client-settings.ts';
import { readPeopleRevision } from './data-revision.ts';
import { closure, MetricValues, type Groups, type Peers } from './derive.ts';
import { Calendar, FigureStore } from './figure-store.ts';
import { readFigures } from './figures.ts';
import { loadParameters, type ProposedParameter } from './parameters.ts';
import type { RecordChunk } from './record-chunks.ts';
import { isRecordMetric, loadRecordFigures, type RecordFigures } from './record-figures.ts';
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

/** Attributes of people that every table has, so that results can be grouped by them. */
const ALWAYS = [
	'unit',
	'position',
	'level',
	'site',
	'region',
	'manager',
	'status',
	'hired_on'
] as const;

export interface BuildOptions {
	/** What “now” is: correction windows of records end by it. */
	readonly now?: string;
	/** What was taken from records before, by key. */
	readonly kept?: ReadonlyMap<string, RecordChunk>;
	/** Given what had to be taken anew. */
	readonly keep?: (chunks: readonly RecordChunk[]) => void;
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
	const crews = new Map(periods.map((period) => [period, crewOf(people, period, fiscalMonth)]));
	const peersOf = (period: string): Peers => {
		const crew = crews.get(period) ?? crewOf(people, period, fiscalMonth);
		crews.set(period, crew);
		return { unitOf: new Map(crew.map(({ id, unit }) => [id, unit])) };
	};

	const history = { from: '0000', to: '9999', knownAt };
	const actuals = new FigureStore();
	const told = [...closure(metrics, [...needs.metrics, ...needs.teams], metricSources)];
	await readFigures(queries, 'observations', { ...history, metrics: told }, (figure) =>
		actuals.add(figure)
	);
	const counted = told.flatMap((id) => metrics.get(id) ?? []).filter(isRecordMetric);
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
	const goals = new FigureStore();
	const aimed = [...needs.targets, ...needs.teams];
	await readFigures(queries, 'targets', { ...history, metrics: aimed }, (figure) =>
		goals.add(figure)
	);

	const groups: Groups = {
		totalOf: (...asked) => teams.groups.totalOf(...asked),
		nearestTo: (...asked) => teams.groups.nearestTo(...asked)
	};
	const values = new MetricValues(metrics, actuals, calendar, peersOf, { groups, records });
	const own = new MetricValues(metrics, actuals, calendar, peersOf, { records });
	const teams = new TeamFigures({
		metrics,
		values,
		told: own,
		goals,
		calendar,
		tree,
		peersOf,
		records
	});
	const parameters = await loadParameters(queries, knownAt, request.parameters);
	const columns = columnsOf(people, needs);
	const builder = new SnapshotBuilder(columns, { fiscalMonth });
	for (const period of periods) {
		const lastDay = lastDayOf(period, fiscalMonth);
		for (const member of crews.get(period) ?? []) {
			builder.append(
				columns.map(({ path }) => {
					const [namespace = '', id = ''] = splitPath(path);
					switch (namespace) {
						case 'employee':
							return attributeCell(people, tree, member, id, period, fiscalMonth);
						case 'period':
							return period;
						case 'metric':
							return teams.actualOf(id, member, period);
						case 'target':
							return teams.targetOf(id, member, period);
						case 'team':
							return teams.teamCell(id, member, period);
						case 'param':
							return parameters.valueOf(id, member.unit, tree, lastDay, fiscalMonth);
						default:
							return null;
					}
				})
			);
		}
	}
	return builder.finish();
}

/** The units of a person on a day, nearest first. */
export function unitsOn(
	people: PeopleHistory,
	tree: UnitTree,
	employee: string,
	day: string
): readonly string[] {
	const unit = people.valueOn(employee, 'unit', day);
	return typeof unit === 'string' ? tree.upward(unit, day) : [];
}

/** Figures from records stand where figures were told as well: they show what they are made of. */
export function addRecordFigures(records: RecordFigures, store: FigureStore): void {
	for (const [{ id: metric }, subject, period, value] of records.ownFigures()) {
		const [kind, subjectId = ''] = subject.split('\u0001');
		const subjectKind = kind === 'unit' ? 'unit' : 'employee';
		store.add({ subjectKind, subjectId, metric, period, value });
	}
}

/** A person in a period: the day whose attributes count, and the unit on it. */
export interface CrewMember {
	readonly id: string;
	readonly day: string;
	readonly unit: string | null;
}

/** Everybody employed on at least one day of a period, by id. */
function crewOf(people: PeopleHistory, period: string, fiscalMonth: number): CrewMember[] {
	const first = firstDayOf(period, fiscalMonth);
	const last = lastDayOf(period, fiscalMonth);
	const crew: CrewMember[] = [];
	for (const id of people.all.keys()) {
		const day = people.lastEmployedDay(id, first, last);
		if (day === null) continue;
		const unit = people.valueOn(id, 'unit', day);
		crew.push({ id, day, unit: typeof unit === 'string' ? unit : null });
	}
	return crew.sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface Needs {
	readonly attributes: ReadonlySet<string>;
	readonly metrics: ReadonlySet<string>;
	readonly targets: ReadonlySet<string>;
	/** Metrics of `team.*`. */
	readonly teams: ReadonlySet<string>;
	readonly params: ReadonlySet<string>;
}

function splitPath(path: string): [string, string] {
	const dot = path.indexOf('.');
	return [path.slice(0, dot), path.slice(dot + 1)];
}

/** What the variables need from the database; attainment needs a metric and its target. */
function needsOf(paths: readonly string[], metrics: ReadonlyMap<string, MetricDefinition>): Needs {
	const needs = {
		attributes: new Set<string>(ALWAYS),
		metrics: new Set<string>(),
		targets: new Set<string>(),
		teams: new Set<string>(),
		params: new Set<string>()
	};
	for (const path of paths) {
		const [namespace, id] = splitPath(path);
		const metric = namespace === 'team' ? id.replace(/\.(actual|target|attainment)$/, '') : id;
		if (namespace === 'employee') needs.attributes.add(id);
		else if (namespace === 'param') needs.params.add(id);
		else if (!metrics.has(metric)) continue;
		else if (namespace === 'team') needs.teams.add(metric);
		else if (namespace === 'metric') needs.metrics.add(metric);
		else if (namespace === 'target') needs.targets.add(metric);
		else if (namespace === 'attainment') {
			needs.metrics.add(metric);
			needs.targets.add(metric);
		}
	}
	return needs;
}

type ColumnSpec = ConstructorParameters<typeof SnapshotBuilder>[0][number];

const TEXT_ATTRIBUTES = new Set([
	'id',
	'name',
	'unit',
	'unit_path',
	'position',
	'site',
	'region',
	'hired_on',
	'manager',
	'status'
]);

function columnsOf(people: PeopleHistory, needs: Needs): ColumnSpec[] {
	const attributes = ['id', 'name', 'unit_path', 'tenure_months', ...needs.attributes].filter(
		(attribute, at, all) => all.indexOf(attribute) === at
	);
	return [
		...attributes.sort().map((attribute): ColumnSpec => ({
			path: `employee.${attribute}`,
			kind: attributeKind(people, attribute)
		})),
		{ path: 'period.id', kind: 'text' },
		...numbers('metric', needs.metrics),
		...numbers('target', needs.targets),
		...[...needs.teams].sort().flatMap((id): ColumnSpec[] => [
			{ path: `team.${id}.actual`, kind: 'number' },
			{ path: `team.${id}.target`, kind: 'number' }
		]),
		...numbers('param', needs.params)
	];
}

function numbers(namespace: string, ids: ReadonlySet<string>): ColumnSpec[] {
	return [...ids].sort().map((id) => ({ path: `${namespace}.${id}`, kind: 'number' }));
}

/** A column of one type: numbers or yes/no where all known values are, else texts. */
function attributeKind(people: PeopleHistory, attribute: string): ColumnSpec['kind'] {
	if (attribute === 'tenure_months') return 'number';
	if (TEXT_ATTRIBUTES.has(attribute)) return 'text';
	const kinds = new Set<string>();
	for (const person of people.all.values()) {
		for (const { value } of person.attributes.get(attribute) ?? []) {
			if (value !== null) kinds.add(typeof value);
		}
	}
	if (kinds.size !== 1) return 'text';
	return kinds.has('number') ? 'number' : kinds.has('boolean') ? 'boolean' : 'text';
}

function attributeCell(
	people: PeopleHistory,
	tree: UnitTree,
	member: CrewMember,
	attribute: string,
	period: string,
	fiscalMonth: number
): Cell {
	switch (attribute) {
		case 'id':
			return member.id;
		case 'name':
			return people.all.get(member.id)?.name ?? null;
		case 'unit':
			return member.unit;
		case 'unit_path':
			return member.unit === null ? null : tree.pathOf(member.unit, member.day);
		case 'tenure_months':
			return tenure(people.valueOn(member.id, 'hired_on', member.day), period, fiscalMonth);
		default:
			return asCell(people.valueOn(member.id, attribute, member.day));
	}
}

function tenure(hiredOn: Json, period: string, fiscalMonth: number): number | null {
	const parsed = parsePeriod(period);
	return typeof hiredOn === 'string' && parsed ? tenureMonths(hiredOn, parsed, fiscalMonth) : null;
}

function asCell(value: Json): Cell {
	if (value === null || typeof value === 'object') return null;
	return value;
}

/** True for an id of a scoring period. */
export function isPeriod(id: string): boolean {
	const length = lengthOfPeriod(id);
	return length !== null && length !== 'day';
}
