/** The score of an item along its one measure, sampled where the rule bends and between. */
import { evaluateRule } from '../logic/interpret.ts';
import { walk, type RuleNode } from '../logic/node.ts';
import type { Value } from '../logic/rule.ts';
import { variablesOf } from '../logic/variables.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { valueIn } from './abstract.ts';
import { cutDomain, fromOrdinal, nextUp, toOrdinal, noMarks, type Marks } from './cells.ts';
import { knownRange } from './known.ts';
import type { ParsedItem } from './parsed.ts';
import { breakpointsOf } from './range.ts';
import { collectMarks } from './tests-of-rules.ts';

/** A place on the measure and what it scores. */
export interface ProfilePoint {
	readonly x: number;
	readonly y: number | null;
}

export interface Profile {
	/** The variable that is on the axis, as the rule writes it. */
	readonly axis: string;
	readonly from: number;
	readonly to: number;
	readonly breakpoints: readonly number[];
	readonly points: readonly ProfilePoint[];
	/** The score anywhere, also outside the range. */
	readonly at: (x: number) => number | null;
}

/** The range that history and targets show of a variable. */
export type SeenRange = (path: string) => readonly [number, number] | null;

const OWN: readonly string[] = ['item.actual', 'item.target', 'item.attainment'];
const MEASURES = /^(?:item|metric|attainment|team|target)\./;
/** Samples between two bends; enough to meet a fall inside a formula. */
const SAMPLES = 8;
/** Combinations of other variables that are looked at, such as one curve per position. */
const MAX_CASES = 24;

/** The profiles of an item: one per case of what else its rule tests; none if it has no measure. */
export function profilesOf(
	{ item, score }: ParsedItem,
	seen: SeenRange,
	metric: MetricDefinition | undefined
): Profile[] {
	const paths = variablesOf(score.node);
	const measures = paths.filter((path) => MEASURES.test(path));
	const others = paths.filter((path) => !MEASURES.test(path));
	const [only] = measures;
	const isOwn = measures.every((path) => OWN.includes(path));
	const axis = measures.length === 1 && only ? only : isOwn && only ? 'item.attainment' : null;
	if (axis === null) return [];
	const cases = casesOf(score.node, others);
	return cases.map((fixed) =>
		profile(score.node, axis, item.metric, measures, fixed, seen, metric)
	);
}

/** Values of the other variables, one set per combination of their cells. */
function casesOf(node: RuleNode, others: readonly string[]): ReadonlyMap<string, Value>[] {
	const marks = new Map<string, Marks>();
	collectMarks(node, (path) => path, marks);
	let cases: ReadonlyMap<string, Value>[] = [new Map()];
	for (const path of others) {
		const domain = cutDomain(path, marks.get(path) ?? noMarks(), knownRange(path));
		const values = domain.cells
			.filter(({ kind }) => kind === 'number' || kind === 'text' || kind === 'other_text')
			.map((cell) => valueIn(domain, cell));
		cases = cases.flatMap((one) => values.map((value) => new Map([...one, [path, value]])));
		if (cases.length > MAX_CASES) cases = cases.slice(0, MAX_CASES);
	}
	return cases;
}

function profile(
	node: RuleNode,
	axis: string,
	metricId: string,
	measures: readonly string[],
	fixed: ReadonlyMap<string, Value>,
	seen: SeenRange,
	metric: MetricDefinition | undefined
): Profile {
	const row = (x: number): Map<string, Value> => {
		const variables = new Map<string, Value>(fixed);
		if (measures.length > 1) {
			variables
				.set('item.attainment', x)
				.set('item.target', 100)
				.set('item.actual', x * 100);
		} else variables.set(axis, x);
		return variables;
	};
	const at = (x: number): number | null => {
		const { value } = evaluateRule(node, row(x));
		return typeof value === 'number' ? value : null;
	};
	const bends = bendsOf(node, axis, measures);
	const [from, to] = domainOf(axis, metricId, bends, seen, metric);
	const breakpoints = bends.filter((x) => x >= from && x <= to);
	const xs = new Set([from, to]);
	const stops = [from, ...breakpoints, to];
	for (const [index, x] of stops.entries()) {
		for (const near of [fromOrdinal(toOrdinal(x) - 1n), x, nextUp(x)]) {
			if (near >= from && near <= to) xs.add(near);
		}
		const next = stops[index + 1];
		if (next === undefined || next <= x) continue;
		for (let step = 1; step < SAMPLES; step++) xs.add(x + ((next - x) * step) / SAMPLES);
	}
	const points = [...xs].toSorted((a, b) => a - b).map((x) => ({ x, y: at(x) }));
	return { axis, from, to, breakpoints, points, at };
}

function bendsOf(node: RuleNode, axis: string, measures: readonly string[]): number[] {
	const bends = new Set(breakpointsOf(node, axis));
	if (measures.length > 1) {
		for (const x of breakpointsOf(node, 'item.actual')) bends.add(x / 100);
	}
	// A formula that starts at a written number (sales − 1,000,000) has its origin there.
	walk(node, (one) => {
		const [first, second] = one.kind === 'call' && one.operator === '-' ? one.args : [];
		if (first?.kind !== 'var' || first.path !== axis) return;
		if (second?.kind === 'literal' && typeof second.value === 'number') bends.add(second.value);
	});
	return [...bends].toSorted((a, b) => a - b);
}

/** The range to look at: what was seen, else what is valid, else from nothing to past the bends. */
function domainOf(
	axis: string,
	metricId: string,
	bends: readonly number[],
	seen: SeenRange,
	metric: MetricDefinition | undefined
): readonly [number, number] {
	const resolved =
		axis === 'item.actual'
			? `metric.${metricId}`
			: axis === 'item.attainment'
				? `attainment.${metricId}`
				: axis;
	const shown = seen(resolved);
	if (shown) return [Math.min(0, shown[0]), Math.max(shown[1], shown[0])];
	if (axis === 'item.actual' && metric?.valid) return metric.valid;
	const first = bends[0] ?? 0;
	const last = bends.at(-1) ?? 1;
	const isRatio = resolved.startsWith('attainment.') || resolved.endsWith('.attainment');
	const isShare = axis === 'item.actual' && metric?.unit === 'ratio';
	const floor = Math.min(0, first);
	if (isShare) return [floor, Math.max(1, last)];
	return [floor, isRatio ? Math.max(2, last * 1.2) : Math.max(last * 2, 1)];
}
