/** What variables need from the database. Pure. */
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';

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

/** What the columns of a table are made of. */
export interface Needs {
	readonly attributes: ReadonlySet<string>;
	readonly metrics: ReadonlySet<string>;
	readonly targets: ReadonlySet<string>;
	/** Metrics of `team.*`. */
	readonly teams: ReadonlySet<string>;
	readonly params: ReadonlySet<string>;
}

/** `metric.revenue` → `metric`, `revenue`. */
export function splitPath(path: string): [string, string] {
	const dot = path.indexOf('.');
	return [path.slice(0, dot), path.slice(dot + 1)];
}

/** What the variables need from the database; attainment needs a metric and its target. */
export function needsOf(
	paths: readonly string[],
	metrics: ReadonlyMap<string, MetricDefinition>
): Needs {
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
