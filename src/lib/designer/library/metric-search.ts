/** Finding a metric by what people type: its names, its id, or the initials of its pinyin. */
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { Pinyin } from '#lib/ui/pinyin.ts';

export { loadPinyin, type Pinyin } from '#lib/ui/pinyin.ts';

/** Where a metric came from; none for one of the client's own. */
export interface MetricOrigin {
	readonly pack: string;
	readonly name: { readonly 'zh-CN': string; readonly en: string };
	readonly industry: string;
}

/** How much data there is of a metric. */
export interface MetricData {
	readonly from: string;
	readonly to: string;
	readonly subjects: number;
}

export interface LibraryFilter {
	readonly text: string;
	/** Id of a pack, `own` for the client's own, or empty for all. */
	readonly pack: string;
	/** A class of metrics, or empty for all. */
	readonly metricClass: string;
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().trim();

/** How well a metric answers to a text: 0 not at all, more is better. */
export function matchMetric(
	metric: Pick<MetricDefinition, 'id' | 'name'>,
	text: string,
	pinyin: Pinyin | null
): number {
	const wanted = plain(text);
	if (wanted === '') return 1;
	const names = [metric.name['zh-CN'], metric.name.en, metric.id].map(plain);
	if (names.some((name) => name.startsWith(wanted))) return 4;
	if (names.some((name) => name.includes(wanted))) return 3;
	const words = wanted.split(/[\s_-]+/);
	if (words.length > 1 && words.every((word) => names.some((name) => name.includes(word))))
		return 3;
	if (!pinyin || !/^[a-z\s]+$/.test(wanted)) return 0;
	const sounds = pinyin(metric.name['zh-CN']);
	const letters = wanted.replaceAll(/\s/g, '');
	if (sounds.initials.startsWith(letters)) return 3;
	return sounds.initials.includes(letters) || sounds.full.includes(letters) ? 2 : 0;
}

/** The metrics that answer to a filter, the best matches first, else as registered. */
export function findMetrics(
	metrics: Iterable<MetricDefinition>,
	origins: ReadonlyMap<string, MetricOrigin>,
	{ text, pack, metricClass }: LibraryFilter,
	pinyin: Pinyin | null
): readonly MetricDefinition[] {
	return [...metrics]
		.filter(({ id }) => pack === '' || (origins.get(id)?.pack ?? 'own') === pack)
		.filter((metric) => metricClass === '' || metric.class === metricClass)
		.map((metric) => ({ metric, match: matchMetric(metric, text, pinyin) }))
		.filter(({ match }) => match > 0)
		.sort((a, b) => b.match - a.match)
		.map(({ metric }) => metric);
}
