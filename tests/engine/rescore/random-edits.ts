/** Edits as a designer makes them: weights, rules, gates, adjustments, grades, the range of totals. */
import type { SchemeDocument, SchemeItem } from '#lib/engine/scheme/document.ts';
import type { Random } from '../generators/random.ts';
import { randomSchemeCondition, randomSchemeNumber } from '../generators/scheme.ts';

type Edit = (random: Random, document: SchemeDocument) => SchemeDocument;

function withItem(
	random: Random,
	document: SchemeDocument,
	change: (item: SchemeItem) => SchemeItem
): SchemeDocument {
	const chosen = random.int(0, document.items.length - 1);
	return {
		...document,
		items: document.items.map((item, index) => (index === chosen ? change(item) : item))
	};
}

const EDITS: readonly Edit[] = [
	(random, document) =>
		document.weighting === 'percent'
			? withItem(random, document, (item) => ({ ...item, weight: random.int(0, 100) }))
			: document,
	(random, document) =>
		withItem(random, document, (item) => ({ ...item, score: randomSchemeNumber(random) })),
	(random, document) =>
		withItem(random, document, (item) => ({
			...item,
			missing: random.pick(['block', 'zero', { score: random.int(0, 100) }] as const)
		})),
	(random, document) => ({
		...document,
		gates: [
			{
				id: 'new_gate',
				name: { 'zh-CN': 'gate', en: 'gate' },
				when: randomSchemeCondition(random),
				effect: { cap: random.int(40, 100) }
			}
		]
	}),
	(random, document) => ({
		...document,
		adjustments: [
			{
				id: 'new_adjustment',
				name: { 'zh-CN': 'adjustment', en: 'adjustment' },
				when: randomSchemeCondition(random),
				points: random.int(-10, 10)
			}
		]
	}),
	(random, document) => ({
		...document,
		grades: document.grades.map((grade, index) => ({
			...grade,
			from: grade.from + (index === 0 ? random.int(0, 5) : 0)
		}))
	}),
	(random, document) => ({ ...document, total: { ...document.total, max: random.int(100, 130) } })
];

/** The document after one random edit. */
export function randomEdit(random: Random, document: SchemeDocument): SchemeDocument {
	return random.pick(EDITS)(random, document);
}
