/** What a replay needs, before anything runs: periods, rows and columns. Pure and printable. */
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import { comparePeriods, parsePeriod, parsePeriodRange, type Period } from '../scheme/period.ts';
import { prepareScheme } from '../score/prepare.ts';
import { compareTexts } from '../table/hash.ts';
import { EMPLOYEE_ID, PERIOD_ID } from '../table/paths.ts';
import { rowsWhere, selectRows } from '../table/select-rows.ts';
import type { Table } from '../table/table.ts';
import { replayDiagnostics } from './diagnostics.ts';

export interface ReplayPlan {
	/** Periods with data, in order of time. */
	readonly periods: readonly string[];
	readonly rows: number;
	/** Variables that draft and baseline read, sorted. */
	readonly columns: readonly string[];
	/** Those of them that the table has no column for: always missing. */
	readonly absent: readonly string[];
}

export interface ReplayPlanInput {
	readonly draft: SchemeDocument;
	readonly baseline?: SchemeDocument | null;
	readonly table: Table;
	/** `2025-01..2025-12`, or the ids of periods; all of the draft's length if left out. */
	readonly periods?: string | readonly string[];
}

export interface ReplayPlanning {
	readonly plan: ReplayPlan | null;
	/** The rows of the plan. */
	readonly table: Table | null;
	readonly diagnostics: readonly Diagnostic[];
}

function readPeriods(periods: string | readonly string[]): Period[] | null {
	if (typeof periods === 'string') return parsePeriodRange(periods);
	const parsed = periods.map((id) => parsePeriod(id));
	return parsed.every((period) => period !== null) ? parsed : null;
}

/** Plans a replay; what cannot be done comes back as diagnostics. */
export function planReplay(input: ReplayPlanInput): ReplayPlanning {
	const { draft, baseline, table } = input;
	const refused = (code: keyof typeof replayDiagnostics, details = {}): ReplayPlanning => ({
		plan: null,
		table: null,
		diagnostics: [diagnose(replayDiagnostics, code, '', { range, ...details })]
	});
	const range =
		input.periods === undefined
			? '…'
			: typeof input.periods === 'string'
				? input.periods
				: input.periods.join(', ');
	const wanted = input.periods === undefined ? null : readPeriods(input.periods);
	if (input.periods !== undefined && (!wanted || wanted.length === 0))
		return refused('range_invalid');
	for (const scheme of [draft, ...(baseline ? [baseline] : [])])
		if (scheme.period !== draft.period || wanted?.some(({ length }) => length !== scheme.period))
			return refused('period_length', {
				scheme: scheme.id,
				expected: scheme.period,
				range: wanted ? range : draft.period
			});

	const known = table.columns.get(PERIOD_ID);
	const chosen = new Set(wanted?.map(({ id }) => id));
	const present = (known?.kind === 'text' ? known.dictionary : [])
		.flatMap((id) => parsePeriod(id) ?? [])
		.filter((period) => period.length === draft.period && (!wanted || chosen.has(period.id)))
		.sort((a, b) => comparePeriods(a, b))
		.map(({ id }) => id);
	const all = rowsWhere(table, PERIOD_ID, new Set(present));
	if (all.length === 0) return refused('no_rows');
	const selected = all.length === table.rows ? table : selectRows(table, all);
	const used = new Set(selected === table ? present : textsIn(selected, PERIOD_ID));
	const columns = [
		...new Set([draft, ...(baseline ? [baseline] : [])].flatMap((one) => prepareScheme(one).paths))
	].sort(compareTexts);
	return {
		plan: {
			periods: present.filter((id) => used.has(id)),
			rows: selected.rows,
			columns,
			absent: columns.filter((path) => !table.columns.has(path))
		},
		table: selected,
		diagnostics: []
	};
}

/** Distinct texts that occur in a column. */
export function textsIn(table: Table, path: string): string[] {
	const column = table.columns.get(path);
	if (column?.kind !== 'text') return [];
	const seen = new Uint8Array(column.dictionary.length);
	for (const code of column.codes) if (code >= 0) seen[code] = 1;
	return column.dictionary.filter((_, code) => seen[code] === 1);
}

/** Number of distinct people in a table. */
export function countSubjects(table: Table): number {
	return textsIn(table, EMPLOYEE_ID).length;
}
