/** Whole tables through whole schemes: adding a case is adding three files to this folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parseSchemeText } from '#lib/engine/scheme/validate.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { reasonCode } from '#lib/engine/score/reasons.ts';
import { statusOf, type ScoreColumns } from '#lib/engine/score/score-columns.ts';
import { scoreTable } from '#lib/engine/score/score-table.ts';
import { tableFromRows } from '#lib/engine/table/from-rows.ts';
import { textAt } from '#lib/engine/table/row.ts';
import { evaluateByReference } from '#lib/reference/index.ts';

const names = readdirSync(new URL('.', import.meta.url))
	.filter((name) => name.endsWith('.scheme.json'))
	.map((name) => name.slice(0, -'.scheme.json'.length));

function fileOf(name: string): string {
	return readFileSync(new URL(name, import.meta.url), 'utf8');
}

function known(value: number | undefined): number | null {
	return value === undefined || Number.isNaN(value) ? null : value;
}

/** Points are quotients: the files state them as decimals, so they are compared at 9 places. */
function rounded(value: number | null): number | null {
	return value === null ? null : Number(value.toFixed(9)) + 0;
}

describe.each(names)('%s', (name) => {
	const [header = [], ...rows] = parse(fileOf(`${name}.csv`)) as string[][];
	const { table } = tableFromRows(header, rows);
	if (!table) throw new Error(`${name}.csv is not a table`);
	const { scheme, diagnostics } = parseSchemeText(fileOf(`${name}.scheme.json`), {
		dictionary: dictionaryOf({ table })
	});

	it('is a scheme without errors', () => {
		expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
	});

	it.each(['interpreter', evaluateByReference] as const)(
		'gives its scorecards by %s',
		(evaluate) => {
			if (!scheme) throw new Error(`${name}.scheme.json is not a scheme`);
			const prepared = prepareScheme(scheme);
			const columns: ScoreColumns = scoreTable(prepared, table, { evaluate });
			const found = rows.map((_, row) => ({
				employee: textAt(table, 'employee.id', row),
				status: statusOf(columns.status[row] ?? 3),
				score: known(columns.score[row]),
				grade: prepared.grades[columns.grade[row] ?? -1]?.id ?? null,
				payout: known(columns.payout[row]),
				items: columns.items.map((item) => ({
					id: item.id,
					weight: known(item.weight[row]),
					score: rounded(known(item.score[row])),
					points: rounded(known(item.points[row]))
				})),
				reasons: (columns.reasonSets[columns.reason[row] ?? 0] ?? []).map(reasonCode)
			}));
			expect(found).toEqual(JSON.parse(fileOf(`${name}.scorecards.json`)));
		}
	);
});

it('there are golden replays', () => {
	expect(names.length).toBeGreaterThanOrEqual(3);
});
