/** Names of columns: which variable paths a table may hold, and which are derived from others. */

const SUPPLIED =
	/^(?:employee\.[A-Za-z][A-Za-z0-9_-]*|period\.id|(?:metric|target|param)\.[A-Za-z][A-Za-z0-9_-]*|team\.[A-Za-z][A-Za-z0-9_-]*\.(?:actual|target))$/;
const DERIVED =
	/^(?:attainment\.([A-Za-z][A-Za-z0-9_-]*)|team\.([A-Za-z][A-Za-z0-9_-]*)\.attainment|period\.(year|quarter|month|days))$/;
const NUMERIC = /^(?:metric|target|team|param)\./;

/** Columns that are text whatever their cells look like. */
export const TEXT_PATHS: ReadonlySet<string> = new Set([
	'employee.id',
	'employee.name',
	'employee.unit',
	'period.id'
]);

export const EMPLOYEE_ID = 'employee.id';
export const PERIOD_ID = 'period.id';

/** Parts of a period that a table derives from its id. */
export const PERIOD_PARTS = ['year', 'quarter', 'month', 'days'] as const;
export type PeriodPart = (typeof PERIOD_PARTS)[number];

/** A path that a table may bring. */
export function isSuppliedPath(path: string): boolean {
	return SUPPLIED.test(path) && !path.endsWith('.__proto__');
}

/** A column of this path must be numeric. */
export function isNumericPath(path: string): boolean {
	return NUMERIC.test(path);
}

/** How a derived path is computed: a quotient of two columns, or a part of the period. */
export type Derivation =
	| { readonly kind: 'quotient'; readonly actual: string; readonly target: string }
	| { readonly kind: 'period'; readonly part: PeriodPart };

/** What a path is derived from; null for a path that is not derived. */
export function derivationOf(path: string): Derivation | null {
	const match = DERIVED.exec(path);
	if (!match) return null;
	if (match[1] !== undefined)
		return { kind: 'quotient', actual: `metric.${match[1]}`, target: `target.${match[1]}` };
	if (match[2] !== undefined)
		return {
			kind: 'quotient',
			actual: `team.${match[2]}.actual`,
			target: `team.${match[2]}.target`
		};
	const part = PERIOD_PARTS.find((known) => known === match[3]);
	return part ? { kind: 'period', part } : null;
}

/**
 * Attainment: actual ÷ target, null where either is missing or the target is 0. A quotient that
 * leaves the range of numbers is missing too, and −0 is 0, as everywhere in rules.
 */
export function attainment(actual: number | null, target: number | null): number | null {
	if (actual === null || target === null || target === 0) return null;
	const quotient = actual / target;
	return Number.isFinite(quotient) ? quotient + 0 : null;
}
