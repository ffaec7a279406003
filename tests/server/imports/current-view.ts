/** Everything that people see of a client's registers and figures, row for row. */
import { isNull } from 'drizzle-orm';
import type { Context } from '#lib/server/context.ts';
import { observations, parameterValues, records, targets } from '#lib/server/db/client/schema.ts';
import { loadPeople } from '#lib/server/people/history.ts';
import { loadUnits } from '#lib/server/people/unit-tree.ts';

/** The current view: two of them are equal exactly when nobody could see a difference. */
export async function currentView(ctx: Context) {
	const people = await loadPeople(ctx.db.read);
	const tree = await loadUnits(ctx.db.read);
	const days = ['2024-01-01', '2025-06-30', '2026-01-15', '2030-01-01'];
	return {
		people: [...people.all.values()].map(({ id, name, attributes }) => [
			id,
			name,
			[...attributes].map(([attribute, values]) => [
				attribute,
				days.map((day) => values.filter(({ validFrom }) => validFrom <= day).at(-1)?.value ?? null)
			])
		]),
		units: [...tree.all.values()].map(({ id, name, kind }) => [
			id,
			name,
			kind,
			days.map((day) => tree.parentOf(id, day))
		]),
		figures: await Promise.all(
			[observations, targets].map(async (table) => {
				const rows = await ctx.db.read.select().from(table).where(isNull(table.withdrawnAt));
				return latest(rows, (row) => [row.subjectKind, row.subjectId, row.metric, row.period]).map(
					([key, { value, raw, originalValue }]) => [key, value, raw, originalValue]
				);
			})
		),
		parameters: latest(
			await ctx.db.read.select().from(parameterValues).where(isNull(parameterValues.withdrawnAt)),
			(row) => [row.parameterId, row.unitId, row.validFrom]
		).map(([key, { value }]) => [key, value]),
		records: latest(
			await ctx.db.read.select().from(records).where(isNull(records.withdrawnAt)),
			(row) => [row.type, row.key]
		).map(([key, { subjectId, date, data }]) => [key, subjectId, date, data])
	};
}

/** The newest row of every key, sorted by key. */
function latest<T extends { readonly id: number }>(
	rows: readonly T[],
	keyOf: (row: T) => readonly unknown[]
): [string, T][] {
	const found = new Map<string, T>();
	for (const row of rows.toSorted((a, b) => a.id - b.id))
		found.set(JSON.stringify(keyOf(row)), row);
	return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
