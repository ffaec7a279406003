/** Stated capacities in a history: parameters named after a metric, set against the people there. */
import type { PeriodLength, SchemeDocument } from '../scheme/document.ts';
import { PERIOD_ID } from '../table/paths.ts';
import { textAt } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import { numbersOf, type Capacity } from './plausibility.ts';
import { median } from './statistics.ts';

/** Days of work in a period, as capacities are reckoned. */
const WORKDAYS: Readonly<Record<PeriodLength, number>> = {
	month: 22,
	quarter: 66,
	half: 132,
	year: 264
};

/** The parameter that states what one person gives of a metric on one working day. */
export function capacityPath(metric: string): string {
	return `param.capacity_${metric}`;
}

/** Capacities of the metrics of a scheme, for those whose parameter has a value in the history. */
export function capacitiesIn(
	{ items, period }: SchemeDocument,
	history: Table
): Map<string, Capacity> {
	const capacities = new Map<string, Capacity>();
	for (const { metric } of items) {
		const perPersonAndDay = median(numbersOf(history, capacityPath(metric)));
		if (perPersonAndDay === null) continue;
		capacities.set(metric, {
			perPersonAndDay,
			people: peopleOfAPeriod(history),
			daysPerPeriod: WORKDAYS[period]
		});
	}
	return capacities;
}

/** The most people that any one period has. */
function peopleOfAPeriod(history: Table): number {
	const counts = new Map<string, number>();
	for (let row = 0; row < history.rows; row++) {
		const period = textAt(history, PERIOD_ID, row) ?? '';
		counts.set(period, (counts.get(period) ?? 0) + 1);
	}
	return [...counts.values()].reduce((most, count) => Math.max(most, count), 0);
}
