/** What is known of a variable before any data: its type, whole numbers, ranges. */
import type { Dictionary, ValueType } from '../logic/rule.ts';
import type { KnownRange } from './cells.ts';

/** Calendar facts and months of service are whole numbers within fixed ranges. */
const WHOLE: Readonly<Record<string, readonly [number, number]>> = {
	'employee.tenure_months': [0, Infinity],
	'period.year': [1, 9999],
	'period.quarter': [1, 4],
	'period.month': [1, 12],
	'period.days': [1, 366]
};

/** Always texts, whatever a table holds, and numbers that every client has. */
const TEXTS: readonly string[] = ['employee.id', 'employee.name', 'employee.unit', 'period.id'];
const NUMBERS: readonly string[] = ['employee.base_pay', 'base_score', 'score'];
const NUMBER_SPACES: readonly string[] = [
	'metric',
	'target',
	'attainment',
	'team',
	'param',
	'items'
];

/** The type of a variable: what the data model fixes, else what the dictionary says, else any. */
export function typeOf(path: string, dictionary?: Dictionary): ValueType {
	const [space = ''] = path.split('.');
	if (Object.hasOwn(WHOLE, path) || NUMBERS.includes(path)) return 'number';
	if (NUMBER_SPACES.includes(space)) return 'number';
	if (TEXTS.includes(path)) return 'string';
	return dictionary?.get(path)?.type ?? 'any';
}

/** Type and range of a variable, as far as they hold for every employee. */
export function knownRange(path: string, dictionary?: Dictionary): KnownRange {
	const type = typeOf(path, dictionary);
	const whole = WHOLE[path];
	if (whole) return { type, whole: true, least: whole[0], most: whole[1] };
	return { type, whole: false, least: -Infinity, most: Infinity };
}

/**
 * The variable that a path stands for: inside an item, `item.actual`, `item.target` and
 * `item.attainment` are the metric's own, and correlate with conditions on them elsewhere.
 */
export function resolvePath(path: string, metric: string | null): string {
	if (metric === null) return path;
	if (path === 'item.actual') return `metric.${metric}`;
	if (path === 'item.target') return `target.${metric}`;
	if (path === 'item.attainment') return `attainment.${metric}`;
	return path;
}
