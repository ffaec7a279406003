/** Names for messages, in both languages. */
import type { Dictionary } from '../logic/rule.ts';
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

/** The name of a variable as the details of a finding; its path where nobody named it. */
export function variableNames(
	path: string,
	dictionary?: Dictionary
): { readonly variable: string; readonly name: string; readonly name_zh: string } {
	const name = dictionary?.get(path)?.name;
	return { variable: path, name: name?.en ?? path, name_zh: name?.['zh-CN'] ?? path };
}
