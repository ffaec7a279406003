/**
 * Near-duplicates of a metric: one department measures conversion, another repurchase, and both mean
 * the same. Three signs: names alike, the same formula, and figures that move together.
 */
import { addMonths } from '#lib/contract/periods.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { parseMetric } from '#lib/engine/scheme/metric-validate.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { valueAt } from '#lib/engine/table/row.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import type { Column } from '#lib/engine/table/table.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { loadMetrics } from './load-metrics.ts';
import { loadCoverage, type MetricCoverage } from './metric-coverage.ts';

export interface SimilarMetric {
	readonly id: string;
	readonly name: LocalText;
	readonly reasons: readonly SimilarityReason[];
}

export type SimilarityReason =
	| { readonly kind: 'name'; readonly likeness: number }
	| { readonly kind: 'formula' }
	| { readonly kind: 'history'; readonly correlation: number; readonly figures: number };

export interface FindSimilar {
	/** A definition that may still be incomplete. */
	readonly definition: Json;
	/** Whether figures are compared as well, which takes longer. */
	readonly withHistory?: boolean;
}

/** Names that share so much of their pairs of characters are alike. */
const LIKE_NAMES = 0.6;
/** Figures of so many people and months that move together by so much tell the same. */
const FEWEST_FIGURES = 24;
const LIKE_FIGURES = 0.97;
const MONTHS = 12;

/** Metrics in use that may be the same as the one given, the most alike first. */
export async function findSimilar(
	ctx: Context,
	actor: Actor,
	input: FindSimilar
): Promise<readonly SimilarMetric[]> {
	admitActor(ctx, actor, 'metric.read');
	const known = await loadMetrics(ctx.db.read);
	const given = asPart(input.definition);
	const correlations = input.withHistory
		? await correlationsWith(ctx, input.definition, known)
		: new Map<string, { correlation: number; figures: number }>();
	const found: (SimilarMetric & { readonly weight: number })[] = [];
	for (const metric of known.values()) {
		if (metric.id === given.id) continue;
		const reasons: SimilarityReason[] = [];
		const likeness = likenessOf(given, metric);
		if (likeness >= LIKE_NAMES) reasons.push({ kind: 'name', likeness });
		if (hasSameSource(given, metric)) reasons.push({ kind: 'formula' });
		const history = correlations.get(metric.id);
		if (history) reasons.push({ kind: 'history', ...history });
		if (reasons.length === 0) continue;
		const weight = reasons.length * 2 + likeness;
		found.push({ id: metric.id, name: metric.name, reasons, weight });
	}
	return found
		.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
		.slice(0, 5)
		.map(({ id, name, reasons }) => ({ id, name, reasons }));
}

type Part = Partial<Pick<MetricDefinition, 'id' | 'name' | 'formula' | 'from_records'>> &
	Partial<Pick<MetricDefinition, 'numerator' | 'denominator' | 'window' | 'rank' | 'streak'>>;

function asPart(definition: Json): Part {
	return typeof definition === 'object' && definition !== null && !Array.isArray(definition)
		? (definition as Part)
		: {};
}

/** From 0 to 1: the most alike of the names in each language and the ids. */
export function likenessOf(a: Part, b: Pick<MetricDefinition, 'id' | 'name'>): number {
	return Math.max(
		alike(a.name?.['zh-CN'], b.name['zh-CN']),
		alike(a.name?.en, b.name.en),
		alike(a.id?.replaceAll('_', ' '), b.id.replaceAll('_', ' '))
	);
}

/** The share of pairs of characters that two names have in common (Dice). */
function alike(a: unknown, b: string): number {
	if (typeof a !== 'string') return 0;
	const left = pairsOf(a);
	const right = pairsOf(b);
	if (left.length === 0 || right.length === 0) return 0;
	const open = new Map<string, number>();
	for (const pair of right) open.set(pair, (open.get(pair) ?? 0) + 1);
	let shared = 0;
	for (const pair of left) {
		const remaining = open.get(pair) ?? 0;
		if (remaining === 0) continue;
		open.set(pair, remaining - 1);
		shared += 1;
	}
	return (2 * shared) / (left.length + right.length);
}

function pairsOf(name: string): string[] {
	const text = name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s\p{P}]+/gu, '');
	if (text.length === 1) return [text];
	return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
}

const SOURCE_FIELDS = ['formula', 'from_records', 'numerator', 'denominator'] as const;
const FORM_FIELDS = ['window', 'rank', 'streak'] as const;

/** The same formula, records or ratio, looked at in the same way. */
function hasSameSource(a: Part, b: MetricDefinition): boolean {
	const isDerived = SOURCE_FIELDS.some((field) => b[field] !== undefined);
	const same = (field: (typeof SOURCE_FIELDS | typeof FORM_FIELDS)[number]): boolean =>
		canonicalJson((a[field] ?? null) as Json) === canonicalJson((b[field] ?? null) as Json);
	return isDerived && [...SOURCE_FIELDS, ...FORM_FIELDS].every(same);
}

/** Correlation of figures of the same people and months, where it is close to one. */
async function correlationsWith(
	ctx: Context,
	definition: Json,
	known: ReadonlyMap<string, MetricDefinition>
): Promise<Map<string, { correlation: number; figures: number }>> {
	const found = new Map<string, { correlation: number; figures: number }>();
	const { metric } = parseMetric(definition, { metrics: known });
	if (!metric) return found;
	const coverage = await loadCoverage(ctx.db.read);
	const isDerived = SOURCE_FIELDS.some((field) => metric[field] !== undefined);
	const latest = latestMonth(coverage);
	// A new metric that will be entered has no figures to compare yet.
	if (latest === null || (!isDerived && !coverage.has(metric.id))) return found;
	const others = [...known.values()].filter(
		({ id, grain }) => id !== metric.id && grain === metric.grain
	);
	const { snapshot } = await takeSnapshot(ctx, {
		range: { from: addMonths(latest, 1 - MONTHS), to: latest },
		length: 'month',
		paths: [metric, ...others].map(({ id }) => `metric.${id}`),
		metrics: [metric]
	});
	const table = tableOfSnapshot(snapshot);
	const own = table.columns.get(`metric.${metric.id}`);
	if (!own) return found;
	for (const { id } of others) {
		const other = table.columns.get(`metric.${id}`);
		if (!other) continue;
		const { correlation, figures } = correlate(own, other, table.rows);
		if (figures >= FEWEST_FIGURES && Math.abs(correlation) >= LIKE_FIGURES) {
			found.set(id, { correlation, figures });
		}
	}
	return found;
}

function latestMonth(coverage: ReadonlyMap<string, MetricCoverage>): string | null {
	return (
		[...coverage.values()]
			.map(({ to }) => to.slice(0, 7))
			.filter((month) => /^\d{4}-\d{2}$/.test(month))
			.sort()
			.at(-1) ?? null
	);
}

/** Pearson's coefficient over the rows in which both columns have a value. */
function correlate(
	a: Column,
	b: Column,
	rows: number
): { readonly correlation: number; readonly figures: number } {
	const pairs: [number, number][] = [];
	for (let row = 0; row < rows; row += 1) {
		const left = valueAt(a, row);
		const right = valueAt(b, row);
		if (typeof left === 'number' && typeof right === 'number') pairs.push([left, right]);
	}
	const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
	const [meanA, meanB] = [mean(0), mean(1)];
	let both = 0;
	let squareA = 0;
	let squareB = 0;
	for (const [left, right] of pairs) {
		both += (left - meanA) * (right - meanB);
		squareA += (left - meanA) ** 2;
		squareB += (right - meanB) ** 2;
	}
	const spread = Math.sqrt(squareA * squareB);
	return { correlation: spread === 0 ? 0 : both / spread, figures: pairs.length };
}
