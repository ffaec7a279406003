import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getAt, tokensOf } from '#lib/designer/document-path.ts';
import { jsonPlaces, placeOf } from '#lib/designer/json-view/json-places.ts';
import type { Json } from '#lib/engine/logic/rule.ts';

const SEED = 20_261_122;

describe('places in JSON text', () => {
	test('the text at a pointer is the value at that pointer', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2), (value, indent) => {
				const text = JSON.stringify(value, null, indent);
				for (const [pointer, { from, to }] of jsonPlaces(text)) {
					if (pointer.includes('__proto__')) continue;
					expect(JSON.stringify(JSON.parse(text.slice(from, to)))).toBe(
						JSON.stringify(getAt(JSON.parse(text) as Json, tokensOf(pointer)))
					);
				}
			}),
			{ seed: SEED }
		);
	});

	test('a pointer to something absent is marked at what surrounds it', () => {
		const text = '{"items":[{"id":"a"}]}';
		const place = placeOf(jsonPlaces(text), '/items/0/weight');
		expect(place && text.slice(place.from, place.to)).toBe('{"id":"a"}');
	});
});
