import type { MetricDirection } from '#lib/engine/scheme/metric.ts';
import { m } from '#lib/paraglide/messages.js';

/** Which way a metric is better. */
export function directionWord(direction: MetricDirection): string {
	const words: Readonly<Record<MetricDirection, () => string>> = {
		higher: m.metrics_direction_higher,
		lower: m.metrics_direction_lower,
		range: m.metrics_direction_range,
		veto: m.metrics_direction_veto
	};
	return words[direction]();
}

/** An industry of a pack as a word; a pack of another industry says it itself. */
export function industryWord(industry: string): string {
	switch (industry) {
		case 'freight-forwarding':
			return m.canvas_industry_freight();
		case 'manufacturing':
			return m.canvas_industry_manufacturing();
		case 'fintech':
			return m.canvas_industry_fintech();
		default:
			return industry;
	}
}
