/** Metrics that are the same under two names: then people compare what they should not, or twice. */
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { canonicalJson } from '../logic/canonical.ts';
import type { Json } from '../logic/rule.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { ruleDiagnostics } from './rule-diagnostics.ts';

/** Pairs of metrics with one calculation, or with one name. */
export function checkMetrics(metrics: ReadonlyMap<string, MetricDefinition>): Diagnostic[] {
	const found: Diagnostic[] = [];
	const seen = new Map<string, MetricDefinition>();
	for (const metric of metrics.values()) {
		const keys = [calculationOf(metric), `name ${wordsOf(metric.name.en)} ${metric.name['zh-CN']}`];
		for (const key of keys) {
			if (key === null) continue;
			const other = seen.get(key);
			if (!other) {
				seen.set(key, metric);
				continue;
			}
			found.push(
				diagnose(ruleDiagnostics, 'metrics_alike', `/${metric.id}`, {
					metric: metric.id,
					other: other.id
				})
			);
			break;
		}
	}
	return found;
}

/** How a derived metric comes about; null for one that is observed. */
function calculationOf(metric: MetricDefinition): string | null {
	const { formula, from_records, numerator, denominator, window, rank, streak, grain } = metric;
	const isDerived = formula !== undefined || from_records !== undefined || numerator !== undefined;
	if (!isDerived) return null;
	const parts = { formula, from_records, numerator, denominator, window, rank, streak, grain };
	const written = Object.entries(parts).filter(([, value]) => value !== undefined);
	return `calculation ${canonicalJson(Object.fromEntries(written) as Json)}`;
}

function wordsOf(name: string): string {
	return name
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
