import type { Dictionary } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { placeDictionary } from '#lib/engine/scheme/variables.ts';

/** Every variable that any rule of the scheme may read, for names in sentences and for forms. */
export function allVariables(
	scheme: SchemeDocument | null,
	metrics: ReadonlyMap<string, MetricDefinition>,
	dictionary: Dictionary
): Dictionary {
	const items = (scheme?.items ?? []).map((item) => {
		const name = item.name ?? metrics.get(item.metric)?.name;
		return name ? { id: item.id, name, metric: item.metric } : { id: item.id, metric: item.metric };
	});
	const grades = scheme?.grades ?? [];
	return new Map([
		...placeDictionary('item', { dictionary, metrics }),
		...placeDictionary('outcome', { dictionary, metrics, items, grades })
	]);
}
