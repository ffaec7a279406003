/** Columns that follow from others: attainment of people and teams, parts of the period. */
import { parsePeriod, periodFacts } from '../scheme/period.ts';
import { attainment, derivationOf, PERIOD_ID, PERIOD_PARTS, type PeriodPart } from './paths.ts';
import type { Column, NumberColumn, Table } from './table.ts';

function quotientColumn(actual: NumberColumn, target: NumberColumn): NumberColumn {
	const values = new Float64Array(actual.values.length);
	for (let i = 0; i < values.length; i++) {
		const a = actual.values[i] ?? NaN;
		const t = target.values[i] ?? NaN;
		values[i] = (Number.isNaN(a) || Number.isNaN(t) ? null : attainment(a, t)) ?? NaN;
	}
	return { kind: 'number', values };
}

function periodColumn(table: Table, part: PeriodPart): NumberColumn | null {
	const ids = table.columns.get(PERIOD_ID);
	if (ids?.kind !== 'text') return null;
	const parts = ids.dictionary.map((id) => {
		const period = parsePeriod(id);
		return (period && periodFacts(period, table.fiscalMonth ?? 1)[part]) ?? NaN;
	});
	const values = new Float64Array(table.rows);
	for (let i = 0; i < values.length; i++) values[i] = parts[ids.codes[i] ?? -1] ?? NaN;
	return { kind: 'number', values };
}

/** The column of a derived path; null where its sources are absent or the path is not derived. */
export function derivedColumn(table: Table, path: string): Column | null {
	const derivation = derivationOf(path);
	if (!derivation) return null;
	if (derivation.kind === 'period') return periodColumn(table, derivation.part);
	const actual = table.columns.get(derivation.actual);
	const target = table.columns.get(derivation.target);
	return actual?.kind === 'number' && target?.kind === 'number'
		? quotientColumn(actual, target)
		: null;
}

/** Every derived path that the columns of a table allow. */
export function derivablePaths(paths: Iterable<string>): string[] {
	const known = new Set(paths);
	const derived: string[] = [];
	for (const path of known) {
		const metric = /^metric\.(.+)$/.exec(path)?.[1];
		if (metric !== undefined && known.has(`target.${metric}`)) derived.push(`attainment.${metric}`);
		const team = /^team\.(.+)\.actual$/.exec(path)?.[1];
		if (team !== undefined && known.has(`team.${team}.target`))
			derived.push(`team.${team}.attainment`);
	}
	if (known.has(PERIOD_ID)) derived.push(...PERIOD_PARTS.map((part) => `period.${part}`));
	return derived;
}

/**
 * The table with these derived columns (all that are possible if none are named); the other
 * columns are borrowed. A path that is there already, or cannot be derived, changes nothing.
 */
export function withDerivedColumns(table: Table, paths?: Iterable<string>): Table {
	const columns = new Map(table.columns);
	for (const path of paths ?? derivablePaths(table.columns.keys())) {
		if (columns.has(path)) continue;
		const column = derivedColumn(table, path);
		if (column) columns.set(path, column);
	}
	return columns.size === table.columns.size ? table : { ...table, columns };
}
