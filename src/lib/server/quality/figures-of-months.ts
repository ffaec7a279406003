import { and, gte, inArray, isNull, lte } from 'drizzle-orm';
import { bulkRead } from '../db/bulk.ts';
import { observations } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

/** metric → subject → month → the value that holds; emptied figures are left out. */
export type MonthFigures = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>;

/** The figures of employees in a range of months, for some metrics. */
export async function figuresOfMonths(
	queries: Queries,
	metrics: readonly string[],
	from: string,
	to: string
): Promise<MonthFigures> {
	const found = new Map<string, Map<string, Map<string, number>>>();
	if (metrics.length === 0) return found;
	const where = and(
		inArray(observations.metric, [...metrics]),
		gte(observations.period, from),
		lte(observations.period, to),
		isNull(observations.withdrawnAt)
	);
	const columns = ['subjectKind', 'subjectId', 'metric', 'period', 'value'] as const;
	for await (const rows of bulkRead(queries, observations, columns, where)) {
		for (const [kind, subject, metric, period, value] of rows as readonly (readonly [
			string,
			string,
			string,
			string,
			number | null
		])[]) {
			if (kind !== 'employee' || period.length !== 7 || period.includes('Q')) continue;
			const ofMetric = found.get(metric) ?? new Map<string, Map<string, number>>();
			found.set(metric, ofMetric);
			const ofSubject = ofMetric.get(subject) ?? new Map<string, number>();
			ofMetric.set(subject, ofSubject);
			// Facts come in the order of recording: a later one corrects or empties an earlier one.
			if (value === null) ofSubject.delete(period);
			else ofSubject.set(period, value);
		}
		await new Promise((resolve) => setImmediate(resolve));
	}
	return found;
}
