import { describe, expect, test } from 'vitest';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { findMetrics, loadPinyin } from '#lib/designer/library/metric-search.ts';

function metric(
	id: string,
	zh: string,
	en: string,
	metricClass: MetricDefinition['class'] = 'result'
): MetricDefinition {
	return {
		id,
		name: { 'zh-CN': zh, en },
		unit: 'count',
		direction: 'higher',
		class: metricClass,
		grain: 'employee',
		period: 'month',
		aggregation: 'sum'
	};
}

const METRICS = [
	metric('collected_revenue', '回款销售额', 'Collected revenue'),
	metric('repeat_rate', '客户复购率', 'Customer repeat rate'),
	metric('customer_visits', '客户拜访', 'Customer visits', 'process')
];
const ORIGINS = new Map([
	[
		'repeat_rate',
		{ pack: 'freight', name: { 'zh-CN': '货代', en: 'Freight' }, industry: 'freight-forwarding' }
	]
]);

const idsOf = async (text: string, pack = '', metricClass = '') =>
	findMetrics(METRICS, ORIGINS, { text, pack, metricClass }, await loadPinyin()).map(
		({ id }) => id
	);

describe('the library finds a metric', () => {
	for (const [typed, found] of [
		['复购', ['repeat_rate']],
		['REPEAT', ['repeat_rate']],
		['collected_rev', ['collected_revenue']],
		['hkxse', ['collected_revenue']],
		['fugou', ['repeat_rate']],
		['kh', ['repeat_rate', 'customer_visits']],
		['ｋｈｂｆ', ['customer_visits']],
		['rate customer', ['repeat_rate']],
		['什么都不是', []]
	] as const) {
		test(`by “${typed}”`, async () => expect(await idsOf(typed)).toEqual(found));
	}

	test('nothing typed shows all, as they were registered', async () => {
		expect(await idsOf('  ')).toEqual(['collected_revenue', 'repeat_rate', 'customer_visits']);
	});

	test('by pack, own metrics apart, and by class', async () => {
		expect(await idsOf('', 'freight')).toEqual(['repeat_rate']);
		expect(await idsOf('', 'own')).toEqual(['collected_revenue', 'customer_visits']);
		expect(await idsOf('客户', '', 'process')).toEqual(['customer_visits']);
	});

	test('before the pinyin is there, by everything else', () => {
		const filter = { text: 'hkxse', pack: '', metricClass: '' };
		expect(findMetrics(METRICS, ORIGINS, filter, null)).toEqual([]);
		expect(findMetrics(METRICS, ORIGINS, { ...filter, text: '回款' }, null)).toHaveLength(1);
	});
});
