import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { m } from '#lib/paraglide/messages.js';

export function directionWord(metric: MetricDefinition): string {
	switch (metric.direction) {
		case 'higher':
			return m.metrics_direction_higher();
		case 'lower':
			return m.metrics_direction_lower();
		case 'range':
			return m.metrics_direction_range();
		case 'veto':
			return m.metrics_direction_veto();
	}
}

export function classOf(metric: MetricDefinition): string {
	switch (metric.class) {
		case 'result':
			return m.metrics_class_result();
		case 'process':
			return m.metrics_class_process();
		case 'behaviour':
			return m.metrics_class_behaviour();
		case 'veto':
			return m.metrics_class_veto();
	}
}

export function aggregationWord(aggregation: string): string {
	const words: Record<string, () => string> = {
		sum: m.metrics_take_sum,
		mean: m.metrics_take_mean,
		last: m.metrics_take_last,
		max: m.metrics_take_max,
		min: m.metrics_take_min,
		ratio: m.metrics_take_ratio
	};
	return words[aggregation]?.() ?? aggregation;
}
