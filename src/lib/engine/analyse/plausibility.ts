/** Whether targets can be meant as they stand: against capacity, and against what was reached. */
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import type { Table } from '../table/table.ts';
import { dataDiagnostics } from './data-diagnostics.ts';
import { readable } from './entry.ts';
import { median } from './statistics.ts';

/** What a unit could produce: stated by people, to be compared with a target. */
export interface Capacity {
	/** Output of one person on one day. */
	readonly perPersonAndDay: number;
	readonly people: number;
	readonly daysPerPeriod: number;
}

/** A target below this share of capacity speaks of something else than the capacity does. */
const LEAST_SHARE = 0.04;

/** Compares one target with the stated capacity; null where they fit. */
export function checkCapacity(
	metric: string,
	target: number,
	{ perPersonAndDay, people, daysPerPeriod }: Capacity,
	at = ''
): Diagnostic | null {
	const capacity = perPersonAndDay * people * daysPerPeriod;
	if (!(capacity > 0) || target / capacity >= LEAST_SHARE) return null;
	return diagnose(dataDiagnostics, 'target_below_capacity', at, {
		metric,
		target: readable(target),
		capacity: readable(capacity),
		per_day: readable(perPersonAndDay),
		days: readable(daysPerPeriod),
		headcount: readable(people),
		share: readable(Math.round((target / capacity) * 1000) / 10)
	});
}

/** Compares the targets of a history with capacities and with what was reached. */
export function checkTargets(
	scheme: SchemeDocument,
	history: Table,
	capacities: ReadonlyMap<string, Capacity>,
	metrics?: ReadonlyMap<string, MetricDefinition>
): Diagnostic[] {
	const found: Diagnostic[] = [];
	const seen = new Set<string>();
	for (const [index, { metric }] of scheme.items.entries()) {
		if (seen.has(metric)) continue;
		seen.add(metric);
		const at = `/items/${index}/metric`;
		const name = metrics?.get(metric)?.name.en ?? metric;
		const target = median(numbersOf(history, `target.${metric}`));
		const actual = median(numbersOf(history, `metric.${metric}`));
		const capacity = capacities.get(metric);
		if (target === null) continue;
		const below = capacity ? checkCapacity(name, target, capacity, at) : null;
		if (below) found.push(below);
		else if (actual !== null && target > 0 && actual > 0) {
			const share = target / actual;
			if (share >= LEAST_SHARE && share <= 1 / LEAST_SHARE) continue;
			const details = { metric: name, target: readable(target), actual: readable(actual) };
			found.push(diagnose(dataDiagnostics, 'target_implausible', at, details));
		}
	}
	return found;
}

/** The numbers of a column that are there. */
export function numbersOf(table: Table, path: string): number[] {
	const column = table.columns.get(path);
	if (column?.kind !== 'number') return [];
	return [...column.values].filter((value) => !Number.isNaN(value));
}
