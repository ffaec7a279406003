/** Names for messages, in both languages. */
import type { SchemeItem } from '../scheme/document.ts';
import type { MetricDefinition } from '../scheme/metric.ts';

/** The name of an item as the details of a finding: its own, its metric's, or its id. */
export function itemNames(
	item: SchemeItem,
	metric?: MetricDefinition
): { readonly item: string; readonly item_zh: string } {
	const name = item.name ?? metric?.name;
	return { item: name?.en ?? item.id, item_zh: name?.['zh-CN'] ?? item.id };
}
