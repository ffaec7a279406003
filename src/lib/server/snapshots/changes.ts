/**
 * What was told between two builds of a snapshot, so that the later one need only work out what
 * depends on it.
 */
import { gt, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import { firstDayOf, lengthOfPeriod } from '#lib/contract/periods.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { employeeFacts, importBatches, observations, targets } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

/** The state of the data that a snapshot was built on. */
export interface SnapshotBasis {
	readonly fiscalMonth: number;
	/** Definitions in force, by id. */
	readonly metrics: ReadonlyMap<string, string>;
	/** Changes whenever the tree of units does. */
	readonly tree: string;
	/** Changes whenever somebody comes or goes, or is called something else. */
	readonly roll: string;
	readonly last: Readonly<Record<'observations' | 'targets' | 'employeeFacts', number>>;
	/** Imports that were rolled back: of other facts only single targets are ever withdrawn. */
	readonly rolledBack: readonly string[];
	readonly targetsWithdrawn: number;
	readonly lastTargetWithdrawn: string;
}

export async function readBasis(
	queries: Queries,
	fiscalMonth: number,
	metrics: ReadonlyMap<string, MetricDefinition>
): Promise<SnapshotBasis> {
	const [row] = await queries.values<(string | number | null)[]>(sql`SELECT
		(SELECT group_concat(id || '>' || coalesce(parent_id, '') || ' ' || (closed_at IS NULL), '|') FROM units)
			|| (SELECT coalesce(max(id), 0) || ' ' || count(withdrawn_at) FROM unit_moves),
		(SELECT count(*) || ' ' || count(withdrawn_at) || ' ' || coalesce(sum(length(name)), 0) FROM employees),
		(SELECT max(id) FROM observations),
		(SELECT max(id) FROM targets),
		(SELECT max(id) FROM employee_facts),
		(SELECT count(*) FROM targets WHERE withdrawn_at IS NOT NULL),
		(SELECT max(withdrawn_at) FROM targets WHERE withdrawn_at IS NOT NULL)`);
	const rolledBack = await queries
		.select({ id: importBatches.id })
		.from(importBatches)
		.where(isNotNull(importBatches.rolledBackAt));
	return {
		fiscalMonth,
		metrics: new Map(
			[...metrics].map(([id, metric]) => [id, canonicalJson(metric as unknown as Json)])
		),
		tree: String(row?.[0] ?? ''),
		roll: String(row?.[1] ?? ''),
		last: {
			observations: Number(row?.[2] ?? 0),
			targets: Number(row?.[3] ?? 0),
			employeeFacts: Number(row?.[4] ?? 0)
		},
		rolledBack: rolledBack.map(({ id }) => id),
		targetsWithdrawn: Number(row?.[5] ?? 0),
		lastTargetWithdrawn: String(row?.[6] ?? '')
	};
}

/** Whose figures of one metric were told or withdrawn. */
export interface TouchedMetric {
	readonly employees: Set<string>;
	units: boolean;
	/** First day of the earliest period: nothing before it depends on the change. */
	from: string;
}

export interface Changes {
	readonly observations: ReadonlyMap<string, TouchedMetric>;
	readonly targets: ReadonlyMap<string, TouchedMetric>;
	/** People of whom anything was told or withdrawn. */
	readonly people: ReadonlySet<string>;
	readonly isRollChanged: boolean;
	readonly isTreeChanged: boolean;
	/** Metrics that mean something else now, or are new. */
	readonly redefined: ReadonlySet<string>;
}

/** Beyond this, building everything anew costs no more. */
const MOST_CHANGES = 20_000;

/** What came between; null where it is too much, or cannot be told apart. */
export async function readChanges(
	queries: Queries,
	before: SnapshotBasis,
	now: SnapshotBasis
): Promise<Changes | null> {
	if (before.fiscalMonth !== now.fiscalMonth) return null;
	const batches = now.rolledBack.filter((id) => !before.rolledBack.includes(id));
	const withdrawn = now.targetsWithdrawn - before.targetsWithdrawn;
	const [told, aimed, people] = await Promise.all([
		figuresOf(queries, observations, changed(observations, before.last.observations, batches)),
		figuresOf(
			queries,
			targets,
			or(
				changed(targets, before.last.targets, batches),
				withdrawn === 0 ? undefined : gt(targets.withdrawnAt, before.lastTargetWithdrawn)
			)
		),
		queries
			.selectDistinct({ id: employeeFacts.employeeId })
			.from(employeeFacts)
			.where(changed(employeeFacts, before.last.employeeFacts, batches))
			.limit(MOST_CHANGES + 1)
	]);
	if (Math.max(told.length, aimed.length, people.length) > MOST_CHANGES) return null;
	// Withdrawn in the same moment as one that was known already: not to be told from it.
	if (batches.length === 0 && withdrawn > 0) {
		const later = aimed.filter(
			({ withdrawnAt }) => (withdrawnAt ?? '') > before.lastTargetWithdrawn
		);
		if (later.length !== withdrawn) return null;
	}
	return {
		observations: touchedOf(told, now.fiscalMonth),
		targets: touchedOf(aimed, now.fiscalMonth),
		people: new Set(people.map(({ id }) => id)),
		isRollChanged: before.roll !== now.roll || people.length > 0 || batches.length > 0,
		isTreeChanged: before.tree !== now.tree,
		redefined: new Set(
			[...before.metrics.keys(), ...now.metrics.keys()].filter(
				(id) => before.metrics.get(id) !== now.metrics.get(id)
			)
		)
	};
}

function changed(
	table: typeof observations | typeof targets | typeof employeeFacts,
	last: number,
	batches: readonly string[]
): SQL | undefined {
	return or(
		gt(table.id, last),
		batches.length === 0 ? undefined : inArray(table.batchId, [...batches])
	);
}

interface ChangedFigure {
	readonly kind: 'employee' | 'unit';
	readonly id: string;
	readonly metric: string;
	readonly period: string;
	readonly withdrawnAt: string | null;
}

function figuresOf(
	queries: Queries,
	table: typeof observations | typeof targets,
	where: SQL | undefined
): Promise<ChangedFigure[]> {
	return queries
		.select({
			kind: table.subjectKind,
			id: table.subjectId,
			metric: table.metric,
			period: table.period,
			withdrawnAt: table.withdrawnAt
		})
		.from(table)
		.where(where)
		.limit(MOST_CHANGES + 1);
}

function touchedOf(
	figures: readonly ChangedFigure[],
	fiscalMonth: number
): Map<string, TouchedMetric> {
	const touched = new Map<string, TouchedMetric>();
	for (const { kind, id, metric, period } of figures) {
		const from = lengthOfPeriod(period) === 'day' ? period : firstDayOf(period, fiscalMonth);
		let one = touched.get(metric);
		if (!one) touched.set(metric, (one = { employees: new Set(), units: false, from }));
		if (kind === 'unit') one.units = true;
		else one.employees.add(id);
		if (from < one.from) one.from = from;
	}
	return touched;
}
