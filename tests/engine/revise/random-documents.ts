/** Random valid schemes that are alike enough to differ and to merge. */
import fc from 'fast-check';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';

const text = (word: string) => ({ 'zh-CN': `${word}项`, en: word });
const weight = fc.constantFrom<Json>(10, 20, 30, {
	if: [{ '<': [{ var: 'employee.tenure_months' }, 6] }, 5, 10]
});
const score = fc.constantFrom<Json>(
	100,
	{ var: 'item.actual' },
	{ var: ['item.actual'] },
	{
		curve: [
			{ var: 'item.attainment' },
			[
				[0, 0],
				[1, 100]
			]
		]
	}
);

const item = (id: string) =>
	fc.record(
		{
			id: fc.constant(id),
			metric: fc.constantFrom('sales', 'output'),
			class: fc.constantFrom('result', 'process'),
			weight,
			score,
			missing: fc.constantFrom<Json>('zero', 'exclude', { score: 60 }),
			name: fc.constantFrom(text('alpha'), text('beta'))
		},
		{ requiredKeys: ['id', 'metric', 'class', 'weight', 'score'] }
	);

/** Some of the ids, in some order. */
const some = (ids: readonly string[], least: number): fc.Arbitrary<string[]> =>
	fc.shuffledSubarray([...ids], { minLength: least });

const listOf = (
	ids: readonly string[],
	least: number,
	element: (id: string) => fc.Arbitrary<Json>
) => some(ids, least).chain((chosen) => fc.tuple(...chosen.map(element)));

const condition = fc.constantFrom<Json>(true, { '>': [{ var: 'metric.sales' }, 1] });
const gate = (id: string) =>
	fc.record({
		id: fc.constant(id),
		name: fc.constant(text(id)),
		when: condition,
		effect: fc.constantFrom<Json>({ cap: 60 }, { score: 0 })
	});

const grades = fc
	.subarray([95, 90, 80, 70, 60])
	.map((bounds) =>
		bounds.map((from) => ({ id: `from_${from}`, name: text(`from ${from}`), from }))
	);

export const randomDocument: fc.Arbitrary<SchemeDocument> = fc
	.record(
		{
			format: fc.constant('quanheng.scheme/1'),
			id: fc.constant('sales'),
			name: fc.constantFrom(text('sales'), text('trade')),
			period: fc.constantFrom('month', 'quarter'),
			applies_to: condition,
			weighting: fc.constant('percent'),
			items: listOf(['a', 'b', 'c', 'd'], 1, item),
			gates: listOf(['g', 'h', 'k'], 0, gate),
			total: fc.record({ max: fc.constantFrom(100, 120) }, { requiredKeys: [] }),
			grades,
			view: fc.record({ width: fc.constantFrom(1, 2) }, { requiredKeys: [] })
		},
		{
			requiredKeys: ['format', 'id', 'name', 'period', 'applies_to', 'weighting', 'items', 'grades']
		}
	)
	.map((document) => document as unknown as SchemeDocument);
