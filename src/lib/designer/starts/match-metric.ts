/** Which metric a name in somebody's table means. */
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { narrow } from '#lib/ui/parse-number.ts';

function plainName(name: string): string {
	return narrow(name)
		.toLowerCase()
		.replaceAll(/[(（[【].*?[)）\]】]/g, '')
		.replaceAll(/[\s_\-/、%:*]/g, '');
}

function namesOf({ id, name }: MetricDefinition): readonly string[] {
	return [name['zh-CN'], name.en, id].map(plainName);
}

/** The one metric of this very name; a likeness is never enough. */
export function findMetric(
	name: string,
	metrics: ReadonlyMap<string, MetricDefinition>
): MetricDefinition | null {
	const wanted = plainName(name);
	if (wanted === '') return null;
	const found = [...metrics.values()].filter((metric) => namesOf(metric).includes(wanted));
	return found.length === 1 ? (found[0] ?? null) : null;
}

const MOST_NEAR = 3;
/** Half of the pairs of letters in common: below that a likeness is chance. */
const ALIKE = 0.5;

/** Metrics whose names are alike, the likest first: to be asked about. */
export function nearMetrics(
	name: string,
	metrics: ReadonlyMap<string, MetricDefinition>
): readonly string[] {
	const wanted = plainName(name);
	return [...metrics.values()]
		.map((metric) => ({
			id: metric.id,
			likeness: Math.max(...namesOf(metric).map((known) => likeness(wanted, known)))
		}))
		.filter((candidate) => candidate.likeness >= ALIKE)
		.sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1))
		.slice(0, MOST_NEAR)
		.map(({ id }) => id);
}

/** The share of neighbouring letters that two names have in common (Dice); 1 where one holds the other. */
function likeness(a: string, b: string): number {
	if (a.length > 1 && b.length > 1 && (a.includes(b) || b.includes(a))) return 0.9;
	const pairs = (text: string) =>
		new Set(
			Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
		);
	const [left, right] = [pairs(a), pairs(b)];
	if (left.size + right.size === 0) return 0;
	const common = [...left].filter((pair) => right.has(pair)).length;
	return (2 * common) / (left.size + right.size);
}
