/** Reads metric definitions: each alone, and all together for circles between derived metrics. */
import { diagnose, hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseRule } from '../logic/parse.ts';
import type { Dictionary } from '../logic/rule.ts';
import { variablesOf } from '../logic/variables.ts';
import { schemeDiagnostics } from './diagnostics.ts';
import { METRIC_SHAPE } from './metric-shape.ts';
import type { MetricDefinition } from './metric.ts';
import { hintDetails, readShape } from './read-shape.ts';
import { placeDictionary } from './variables.ts';

export interface ParseMetricOptions {
	/** The other metrics of the client or the pack; without them any metric may be referred to. */
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary?: Dictionary;
}

export interface MetricReading {
	readonly metric: MetricDefinition | null;
	readonly diagnostics: Diagnostic[];
}

/** Reads unknown JSON as a metric definition. */
export function parseMetric(input: unknown, options: ParseMetricOptions = {}): MetricReading {
	const { diagnostics, rules } = readShape(input, METRIC_SHAPE);
	if (hasErrors(diagnostics)) return { metric: null, diagnostics };
	// The walk above has established the structure that the type states.
	const metric = input as MetricDefinition;
	for (const { rule, at, place, gives } of rules)
		diagnostics.push(
			...parseRule(rule, { at, expects: gives, dictionary: placeDictionary(place, options) })
				.diagnostics
		);
	diagnostics.push(...checkFields(metric, options));
	return { metric, diagnostics };
}

interface Why {
	readonly why: string;
	readonly why_zh: string;
}

function checkFields(metric: MetricDefinition, options: ParseMetricOptions): Diagnostic[] {
	const found: Diagnostic[] = [];
	const conflict = (key: string, other: string, why: Why): void => {
		const at = key in metric ? `/${key}` : '';
		found.push(diagnose(schemeDiagnostics, 'field_conflict', at, { key, other, ...why }));
	};
	if ((metric.direction === 'range') !== (metric.range !== undefined))
		conflict('range', 'direction', {
			why: 'a range is given exactly when the direction is "range".',
			why_zh: '方向为 "range" 时才有、也必须有区间。'
		});
	const isRatio = metric.aggregation === 'ratio';
	for (const part of ['numerator', 'denominator'] as const)
		if (isRatio !== (metric[part] !== undefined))
			conflict(part, 'aggregation', {
				why: 'the aggregation "ratio" needs numerator and denominator, others have neither.',
				why_zh: '按 "ratio" 汇总须写分子与分母，其他方式都不写。'
			});
	const sources = (['formula', 'from_records'] as const).filter((key) => metric[key] !== undefined);
	if (sources.length > 1)
		conflict('formula', 'from_records', {
			why: 'a metric has one source.',
			why_zh: '一个指标只有一个来源。'
		});
	const records = metric.from_records;
	const taken = records?.column ?? records?.value;
	if (records && taken === undefined && !['count', 'share'].includes(records.take))
		conflict('from_records', 'column', {
			why: `taking the ${records.take} needs a column.`,
			why_zh: `取 ${records.take} 需要指定列。`
		});
	if (records?.column !== undefined && records.value !== undefined)
		conflict('from_records', 'column', {
			why: 'a value is taken from a column or computed, not both.',
			why_zh: '取值要么来自一列，要么由多列算出，不能两者都写。'
		});
	for (const part of ['numerator', 'denominator'] as const) {
		const id = metric[part];
		if (id !== undefined && options.metrics && !options.metrics.has(id))
			found.push(
				diagnose(schemeDiagnostics, 'metric_unknown', `/${part}`, {
					metric: id,
					...hintDetails(id, options.metrics.keys())
				})
			);
	}
	return found;
}

/** Metrics that a metric is made from: its formula, its streak, its numerator and denominator. */
export function metricSources(metric: MetricDefinition): string[] {
	const sources = new Set<string>();
	for (const rule of [metric.formula, metric.streak?.when]) {
		if (rule === undefined) continue;
		for (const path of variablesOf(parseRule(rule).node))
			if (path.startsWith('metric.')) sources.add(path.slice('metric.'.length));
	}
	for (const id of [metric.numerator, metric.denominator]) if (id !== undefined) sources.add(id);
	// A streak looks at the metric's own values; only a formula or a ratio over itself is a circle.
	const ownFormula = metric.formula ?? null;
	if (ownFormula === null && metric.numerator !== metric.id && metric.denominator !== metric.id)
		sources.delete(metric.id);
	return [...sources].sort();
}

/** Circles between derived metrics; each is named once, with its path. */
export function checkMetricCycles(metrics: ReadonlyMap<string, MetricDefinition>): Diagnostic[] {
	const found: Diagnostic[] = [];
	const state = new Map<string, 'open' | 'done'>();
	const path: string[] = [];
	const visit = (id: string): void => {
		if (state.get(id) === 'done') return;
		if (state.get(id) === 'open') {
			const circle = [...path.slice(path.indexOf(id)), id];
			found.push(
				diagnose(schemeDiagnostics, 'metric_cycle', `/${id}`, { path: circle.join(' → ') })
			);
			return;
		}
		const metric = metrics.get(id);
		if (!metric) return;
		state.set(id, 'open');
		path.push(id);
		for (const source of metricSources(metric)) visit(source);
		path.pop();
		state.set(id, 'done');
	};
	for (const id of [...metrics.keys()].sort()) visit(id);
	return found;
}
