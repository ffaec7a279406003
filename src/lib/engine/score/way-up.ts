/**
 * The way up: for each metric that a person can influence, the smallest change that reaches the
 * next grade with everything else as it is.
 *
 * Between two neighbouring breakpoints of the rules (points of curves, steps, compared numbers) a
 * score moves one way only, so the first breakpoint that reaches the grade brackets the exact
 * threshold and bisection over the doubles finds it to the bit. What is offered is rounded for
 * people and was scored again: a promise that does not hold is never shown.
 */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import { walk, type RuleNode } from '../logic/node.ts';
import { roundHalfAway } from '../logic/number.ts';
import type { Value, Variables } from '../logic/rule.ts';
import { variablesOf } from '../logic/variables.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import type { PreparedRule, PreparedScheme } from './prepare.ts';
import { asNumber, scoreRow, type ScoreRowOptions } from './score-row.ts';
import type { Scorecard } from './scorecard.ts';

export interface WayUpStep {
	readonly metric: string;
	readonly name: LocalText;
	readonly from: number;
	/** Rounded to what the metric shows, on the side that reaches the grade. */
	readonly to: number;
	readonly change: number;
	/** The first double that reaches it. */
	readonly threshold: number;
	readonly reaches: string;
	readonly score: number;
}

export interface WayUp {
	/** Grade that is aimed at; null at the best grade or without a score. */
	readonly grade: string | null;
	/** Smallest relative change first. */
	readonly steps: readonly WayUpStep[];
}

export interface WayUpOptions extends ScoreRowOptions {
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
}

/** Doublings of the search beyond the last breakpoint. */
const DOUBLINGS = 24;
/** Halvings that close any bracket of doubles; the loop ends earlier when nothing lies between. */
const HALVINGS = 1200;
/** Candidates of one metric in one direction. */
const CANDIDATES = 512;

/** Finds the single-metric changes that reach the next grade. */
export function findWayUp(
	prepared: PreparedScheme,
	variables: Variables,
	options: WayUpOptions
): WayUp {
	const current = scoreRow(prepared, variables, options);
	const next = nextGrade(prepared, current);
	if (next === -1) return { grade: null, steps: [] };
	const steps: WayUpStep[] = [];
	for (const metric of controllableMetrics(prepared, options.metrics)) {
		const step = stepOf(prepared, variables, metric, next, options);
		if (step) steps.push(step);
	}
	steps.sort((a, b) => effort(a) - effort(b) || (a.metric < b.metric ? -1 : 1));
	return { grade: prepared.grades[next]?.id ?? null, steps };
}

/** Changes of different metrics compare by their share of what is there now. */
function effort(step: WayUpStep): number {
	return Math.abs(step.change) / Math.max(Math.abs(step.from), Number.MIN_VALUE);
}

function gradeOf(prepared: PreparedScheme, scorecard: Scorecard): number {
	const index = prepared.grades.findIndex((grade) => grade.id === scorecard.grade);
	return index === -1 ? prepared.grades.length : index;
}

/** Index of the next better grade; -1 where there is none or the person has no score. */
function nextGrade(prepared: PreparedScheme, current: Scorecard): number {
	return current.status === 'scored' ? gradeOf(prepared, current) - 1 : -1;
}

function controllableMetrics(
	prepared: PreparedScheme,
	metrics: ReadonlyMap<string, MetricDefinition>
): MetricDefinition[] {
	const used = new Set(prepared.items.map((item) => item.metric));
	return [...used].sort().flatMap((id) => {
		const metric = metrics.get(id);
		return metric?.controllable ? [metric] : [];
	});
}

function stepOf(
	prepared: PreparedScheme,
	variables: Variables,
	metric: MetricDefinition,
	next: number,
	options: WayUpOptions
): WayUpStep | null {
	const path = `metric.${metric.id}`;
	const from = asNumber(variables.get(path));
	if (from === null) return null;
	const scope = new Map<string, Value>(variables);
	scope.delete(`attainment.${metric.id}`);
	const scoreAt = (value: number): Scorecard => scoreRow(prepared, scope.set(path, value), options);
	const reaches = (value: number): boolean => {
		const scorecard = scoreAt(value);
		return scorecard.status === 'scored' && gradeOf(prepared, scorecard) <= next;
	};
	const breakpoints = breakpointsOf(
		prepared,
		metric.id,
		asNumber(variables.get(`target.${metric.id}`))
	);
	const found = directionsOf(metric)
		.map((direction) => threshold(from, direction, metric, breakpoints, reaches))
		.filter((value) => value !== null)
		.sort((a, b) => Math.abs(a - from) - Math.abs(b - from))[0];
	if (found === undefined) return null;
	const to = roundedOutward(found, from, metric, reaches);
	const after = scoreAt(to);
	return {
		metric: metric.id,
		name: metric.name,
		from,
		to,
		change: roundHalfAway(to - from, 10),
		threshold: found,
		reaches: after.grade ?? '',
		score: after.score ?? 0
	};
}

function directionsOf(metric: MetricDefinition): readonly (1 | -1)[] {
	if (metric.direction === 'higher') return [1];
	return metric.direction === 'range' ? [1, -1] : [-1];
}

/** Values of the metric at which some rule may bend or jump, ascending. */
function breakpointsOf(
	prepared: PreparedScheme,
	metric: string,
	target: number | null
): readonly number[] {
	const values = new Set<number>();
	for (const rule of rulesAbout(prepared, metric))
		walk(rule, (node) => {
			if (node.kind !== 'literal' || typeof node.value !== 'number') return;
			values.add(node.value);
			// A number compared with an attainment is that share of the target.
			if (target !== null) values.add(node.value * target);
		});
	if (target !== null) values.add(target);
	return [...values].filter(Number.isFinite).sort((a, b) => a - b);
}

function rulesAbout(prepared: PreparedScheme, metric: string): RuleNode[] {
	const paths = new Set([`metric.${metric}`, `attainment.${metric}`]);
	const readsIt = (rule: PreparedRule): boolean =>
		variablesOf(rule.node).some((path) => paths.has(path) || path.startsWith('items.'));
	const later = [...prepared.adjustments, ...prepared.gates].map(({ when }) => when);
	return [
		...prepared.items.filter((item) => item.metric === metric).map((item) => item.score),
		...prepared.items
			.flatMap((item) => [item.score, ...(item.weight ? [item.weight] : [])])
			.filter(readsIt),
		...later.filter(readsIt)
	].map((rule) => rule.node);
}

/** The first value from `from` on, in one direction, that reaches the grade. */
function threshold(
	from: number,
	direction: 1 | -1,
	metric: MetricDefinition,
	breakpoints: readonly number[],
	reaches: (value: number) => boolean
): number | null {
	const [low, high] = metric.valid ?? [-Infinity, Infinity];
	const bound = direction === 1 ? high : low;
	const within = (value: number): boolean =>
		direction === 1 ? value > from && value <= bound : value < from && value >= bound;
	const scale = Math.max(Math.abs(from), 1e-3);
	const beyond = Array.from(
		{ length: DOUBLINGS },
		(_, k) => from + direction * scale * 2 ** (k - 6)
	);
	const candidates = [...new Set([...breakpoints, ...beyond, bound])]
		.filter((value) => Number.isFinite(value) && within(value))
		.sort((a, b) => direction * (a - b))
		.slice(0, CANDIDATES);
	let before = from;
	for (const candidate of candidates) {
		if (reaches(candidate)) return bisect(before, candidate, reaches);
		before = candidate;
	}
	return null;
}

/** The double nearest to `not` that still reaches, given that `not` does not and `reached` does. */
function bisect(not: number, reached: number, reaches: (value: number) => boolean): number {
	let out = not;
	let inside = reached;
	for (let i = 0; i < HALVINGS; i++) {
		const middle = out + (inside - out) / 2;
		if (middle === out || middle === inside) break;
		if (reaches(middle)) inside = middle;
		else out = middle;
	}
	return inside;
}

/** Decimals in which a metric is spoken of. */
function decimalsOf(metric: MetricDefinition): number {
	if (metric.decimals !== undefined)
		// A ratio is shown in percent: its decimals stand behind the percent.
		return Math.min(10, metric.unit === 'ratio' ? metric.decimals + 2 : metric.decimals);
	if (metric.unit === 'count') return 0;
	return metric.unit === 'ratio' ? 4 : 2;
}

/** Rounds away from where the person stands; the exact threshold where no round value reaches. */
function roundedOutward(
	value: number,
	from: number,
	metric: MetricDefinition,
	reaches: (value: number) => boolean
): number {
	const digits = decimalsOf(metric);
	const unit = 1 / 10 ** digits;
	const nearest = roundHalfAway(value, digits);
	const outward = roundHalfAway(nearest + Math.sign(value - from) * unit, digits);
	const [low, high] = metric.valid ?? [-Infinity, Infinity];
	const fits = (candidate: number): boolean =>
		candidate >= low && candidate <= high && candidate !== from && reaches(candidate);
	return fits(nearest) ? nearest : fits(outward) ? outward : value;
}
