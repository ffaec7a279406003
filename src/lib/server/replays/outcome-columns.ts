/** What scoring computes, as columns that conditions on the outcome can read. */
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { ScoreColumns } from '#lib/engine/score/score-columns.ts';
import type { Column, Table } from '#lib/engine/table/table.ts';

/** Before the names of these columns: a scheme computes its own `score` and reads none. */
export const OUTCOME = 'outcome.';

export function withOutcomes(table: Table, scheme: SchemeDocument, scored: ScoreColumns): Table {
	const columns = new Map<string, Column>(table.columns);
	const put = (name: string, values: Float64Array) =>
		columns.set(`${OUTCOME}${name}`, { kind: 'number', values });
	put('base_score', scored.base);
	put('score', scored.score);
	columns.set(`${OUTCOME}grade`, {
		kind: 'text',
		codes: Int32Array.from(scored.grade),
		dictionary: scheme.grades.map(({ id }) => id)
	});
	scored.items.forEach(({ id, weight, score, points }, index) => {
		put(`items.${id}.weight`, weight);
		put(`items.${id}.score`, score);
		put(`items.${id}.points`, points);
		const attained = table.columns.get(`attainment.${scheme.items[index]?.metric ?? ''}`);
		if (attained?.kind === 'number') put(`items.${id}.attainment`, attained.values);
	});
	return { ...table, columns };
}
