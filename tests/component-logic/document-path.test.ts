import { describe, expect, test } from 'vitest';
import { applySteps, getAt, insertAt, removeAt, setAt } from '#lib/designer/document-path.ts';

const document = { b: 1, a: { list: [{ x: 1 }, { x: 2 }] }, 'odd/key': 3 };

describe('editing a document by path', () => {
	test('only the path changes, and key order stays the author’s', () => {
		const next = setAt(document, ['a', 'list', 1, 'x'], 5);
		expect(JSON.stringify(next)).toBe('{"b":1,"a":{"list":[{"x":1},{"x":5}]},"odd/key":3}');
		expect(getAt(next, ['a', 'list', 0])).toBe(document.a.list[0]);
	});

	test('removing and inserting the same element restores the text', () => {
		const removed = removeAt(document, ['a', 'list', 0]);
		expect(insertAt(removed, ['a', 'list', 0], { x: 1 })).toEqual(document);
	});

	test('a repair of the checker is applied by its pointers', () => {
		expect(
			applySteps(document, [
				{ op: 'replace', path: '/odd~1key', value: 4 },
				{ op: 'remove', path: '/a/list/0' },
				{ op: 'add', path: '/a/list/-', value: { x: 9 } }
			])
		).toEqual({ b: 1, a: { list: [{ x: 2 }, { x: 9 }] }, 'odd/key': 4 });
	});
});
