import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { SchemeItem } from '#lib/engine/scheme/document.ts';
import { startForm, writeScore } from '../curves/score-form.ts';
import { freeId } from '../scheme-shape.ts';

/** What an item for a metric begins with: in proportion to its target, incomplete without data. */
export function newItem(metric: MetricDefinition, taken: readonly SchemeItem[]): SchemeItem {
	const input = metric.direction === 'higher' ? 'item.attainment' : 'item.actual';
	return {
		id: freeId(metric.id, taken),
		metric: metric.id,
		class: metric.class === 'veto' ? 'result' : metric.class,
		score: writeScore(startForm('proportional', input)),
		missing: 'block'
	};
}
