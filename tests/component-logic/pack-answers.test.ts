/** Only what somebody changed is sent to an installation; the rest stays what the pack proposes. */
import { expect, test } from 'vitest';
import type { PackField } from '#lib/packs/answers.ts';
import { answersOf, startAnswers } from '../../src/routes/clients/[client]/packs/answers.ts';

function field(id: string, kind: PackField['kind'], proposed: PackField['default']): PackField {
	return {
		id,
		kind,
		name: { 'zh-CN': id, en: id },
		note: null,
		unit: null,
		default: proposed,
		min: null,
		max: null,
		choices: [],
		perUnit: kind === 'param',
		schemes: []
	};
}

const SEASON = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
const FIELDS = [
	field('currency', 'currency', 'CNY'),
	field('period', 'period', null),
	field('grades.good', 'grade', 80),
	field('params.line', 'param', 12),
	field('params.season', 'param', SEASON)
];

test('an untouched form answers nothing', () => {
	expect(answersOf(FIELDS, startAnswers(FIELDS))).toEqual({});
});

test('each kind of question is answered under its own name', () => {
	const entered = startAnswers(FIELDS);
	Object.assign(entered['currency'] ?? {}, { text: 'USD' });
	Object.assign(entered['period'] ?? {}, { text: 'quarter' });
	Object.assign(entered['grades.good'] ?? {}, { value: 85 });
	Object.assign(entered['params.line'] ?? {}, { value: 18 });
	expect(answersOf(FIELDS, entered)).toEqual({
		currency: 'USD',
		period: 'quarter',
		grades: { good: 85 },
		params: { line: { value: 18 } }
	});
});

test('a unit has a figure of its own without changing that of the others', () => {
	const entered = startAnswers(FIELDS);
	entered['params.line']?.units.push({ unit: 'sales', value: 6 }, { unit: '', value: 9 });
	expect(answersOf(FIELDS, entered)).toEqual({ params: { line: { units: { sales: 6 } } } });
});

test('twelve months are sent when one of them changed, and not while one is empty', () => {
	const entered = startAnswers(FIELDS);
	const season = entered['params.season'];
	if (!season) throw new Error('no season');
	season.months = SEASON.map((value, month) => (month === 1 ? 0.7 : value));
	expect(answersOf(FIELDS, entered).params?.['season']).toEqual({
		months: [1, 0.7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
	});
	season.months = SEASON.map((value, month) => (month === 1 ? null : value));
	expect(answersOf(FIELDS, entered)).toEqual({});
});

test('a parameter whose seasons are switched off becomes one figure', () => {
	const entered = startAnswers(FIELDS);
	Object.assign(entered['params.season'] ?? {}, { months: null, value: 1 });
	expect(answersOf(FIELDS, entered)).toEqual({ params: { season: { value: 1 } } });
});
