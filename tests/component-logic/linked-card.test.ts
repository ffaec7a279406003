/** The caret in the text and the card in hand name each other, whatever order the document has. */
import { describe, expect, test } from 'vitest';
import { countQuestion } from '#lib/designer/conditions/value-counts.svelte.ts';
import {
	cardAt,
	pointerOfCard,
	variableAt,
	viewOfCard
} from '#lib/designer/json-view/linked-card.ts';
import type { SchemeDocument, SchemeItem } from '#lib/engine/scheme/document.ts';

const item = (id: string, weight: SchemeItem['weight']): SchemeItem => ({
	id,
	metric: id,
	class: 'result',
	score: 100,
	...(weight === undefined ? {} : { weight })
});
const when = { '==': [{ var: 'employee.level' }, 'new'] };
const name = { 'zh-CN': '名', en: 'name' };
const scheme: SchemeDocument = {
	format: 'quanheng.scheme/1',
	id: 'x',
	name,
	period: 'month',
	applies_to: true,
	weighting: 'percent',
	items: [item('revenue', { if: [when, 30, 60] }), item('repeat', 40)],
	adjustments: [{ id: 'team', name, when: true, points: 5 }],
	gates: [{ id: 'safety', name, when: true, effect: { cap: 60 } }],
	grades: [{ id: 'good', name, from: 0 }]
};
const at = (pointer: string) => cardAt(scheme, pointer.split('/').slice(1));

describe('the card of a place', () => {
	test.each([
		['/items/1/score/curve/0', 'items/repeat', 'items'],
		['/items/0/weight/if/0/==/1', 'items/revenue/weight/0', 'items'],
		['/items/0/weight/if/1', 'items/revenue/weight/0', 'items'],
		['/items/0/weight/if/2', 'items/revenue/weight/1', 'items'],
		['/items/1/weight', 'items/repeat/weight/0', 'items'],
		['/adjustments/0/when', 'adjustments/team', 'rules'],
		['/gates/0/effect/cap', 'gates/safety', 'rules'],
		['/grades/0/from', 'grades/good', 'grades'],
		['/total/max', 'total', 'grades'],
		['/payout/amount/if/0', 'payout', 'grades'],
		['/applies_to', 'applies_to', 'grades']
	])('%s is in %s', (pointer, card, view) => {
		expect(at(pointer)).toBe(card);
		expect(viewOfCard(card)).toBe(view);
	});

	test.each(['/format', '', '/items', '/items/9', '/view/groups/0'])('%j is in none', (pointer) => {
		expect(at(pointer)).toBeNull();
	});

	test.each([
		['items/repeat', '/items/1'],
		['items/revenue/weight/0', '/items/0/weight/if/1'],
		['items/revenue/weight/1', '/items/0/weight/if/2'],
		['items/repeat/weight/1', '/items/1/weight'],
		['gates/safety', '/gates/0'],
		['payout', '/payout'],
		['gates/gone', null]
	])('%s is written at %j', (card, pointer) => {
		expect(pointerOfCard(scheme, card)).toBe(pointer);
	});
});

test('a path of a variable is known by where it stands', () => {
	expect(variableAt('metric.a', ['items', '0', 'score', 'var'])).toBe('metric.a');
	expect(variableAt('metric.a', ['score', 'var', '0'])).toBe('metric.a');
	expect(variableAt('metric.a', ['items', '0', 'metric'])).toBeNull();
	expect(variableAt(1, ['var'])).toBeNull();
});

test('the values of a text are counted, numbers and texts without known values are not', () => {
	const subject = { var: 'employee.site' };
	const info = { type: 'string' as const, values: ['A', 'B'] };
	expect(countQuestion({ subject, info, place: 'scope' })).toEqual({
		conditions: [{ '==': [subject, 'A'] }, { '==': [subject, 'B'] }],
		everybody: true
	});
	expect(countQuestion({ subject, info: { type: 'number' }, place: 'item' })).toBeNull();
	expect(countQuestion({ subject, info: { type: 'string' }, place: 'item' })).toBeNull();
	expect(countQuestion({ subject, info: undefined, place: 'item' })).toBeNull();
});
