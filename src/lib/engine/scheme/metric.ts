/** A metric definition, as in a pack's `metrics/<id>.yaml`, in the database and frozen in a version. */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import type { Rule } from '../logic/rule.ts';

export type MetricDirection = 'higher' | 'lower' | 'range' | 'veto';
export type MetricAggregation = 'sum' | 'mean' | 'last' | 'max' | 'min' | 'ratio';
export type TargetAggregation = 'sum' | 'mean' | 'last';

export interface MetricDefinition {
	readonly id: string;
	readonly name: LocalText;
	readonly description?: LocalText;
	/** `ratio`, `count`, `score`, `hours`, `days`, `money` or free text such as `TEU`. */
	readonly unit: string;
	readonly direction: MetricDirection;
	readonly range?: readonly [number, number];
	readonly class: 'result' | 'process' | 'behaviour' | 'veto';
	readonly grain: 'employee' | 'unit';
	readonly period: 'day' | 'month' | 'quarter' | 'year';
	readonly aggregation: MetricAggregation;
	readonly numerator?: string;
	readonly denominator?: string;
	readonly target_aggregation?: TargetAggregation;
	readonly formula?: Rule;
	readonly window?: {
		readonly periods: number;
		readonly take: 'sum' | 'mean' | 'min' | 'max' | 'last' | 'count';
	};
	readonly rank?: { readonly within: 'unit' | 'client'; readonly order: 'high' | 'low' };
	readonly streak?: { readonly when: Rule };
	readonly from_records?: {
		readonly record: string;
		readonly take: 'sum' | 'count' | 'distinct' | 'mean' | 'median' | 'share';
		readonly column?: string;
		/** Arithmetic over `record.*`, taken instead of a column: hours times people. */
		readonly value?: Rule;
		readonly where?: Rule;
		readonly date: string;
	};
	readonly valid?: readonly [number, number];
	readonly decimals?: number;
	readonly owner?: string;
	readonly entered_by?: string;
	readonly source?: LocalText;
	readonly evidence?: LocalText;
	readonly gaming?: LocalText;
	readonly controllable?: boolean;
	readonly reference?: string;
}
