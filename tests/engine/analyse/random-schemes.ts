/** Random schemes whose weights branch on attributes, and random employees, for property tests. */
import fc from 'fast-check';
import type { Json, Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';

const NUMBERS = ['employee.tenure_months', 'metric.output', 'attainment.sales', 'param.line'];
const TEXTS = ['employee.region', 'employee.position'];
const WORDS = ['Europe', 'Asia', 'sales', '5', ''];

const bound = fc.constantFrom(0, 3, 6, 12, 0.8, 1, 100);
const numberPath = fc.constantFrom(...NUMBERS);
const textPath = fc.constantFrom(...TEXTS, 'employee.level');
const word = fc.constantFrom(...WORDS);

const comparison: fc.Arbitrary<Rule> = fc.oneof(
	fc
		.tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), numberPath, bound)
		.map(([operator, path, value]) => ({ [operator]: [{ var: path }, value] })),
	fc
		.tuple(numberPath, bound, bound)
		.map(([path, low, high]) => ({ between: [{ var: path }, low, high] })),
	fc
		.tuple(fc.constantFrom('==', '!=', '===', '!=='), textPath, word)
		.map(([operator, path, value]) => ({ [operator]: [{ var: path }, value] })),
	fc
		.tuple(textPath, fc.array(word, { minLength: 1, maxLength: 3 }))
		.map(([path, list]) => ({ in: [{ var: path }, list] })),
	fc.constantFrom<Rule>(
		{ var: 'employee.is_lead' },
		{ '==': [{ var: 'employee.is_lead' }, true] },
		{ '>=': [{ var: 'employee.level' }, 5] },
		{ missing: ['employee.region'] },
		{ missing_some: [1, ['employee.region', 'metric.output']] },
		{ '>=': [{ '*': [{ var: 'attainment.sales' }, 100] }, 80] },
		{ '<': [{ var: ['employee.hired_on', '2020-01-01'] }, '2024-07-01'] },
		{ '>': [{ coalesce: [{ var: 'metric.output' }, 0] }, 3] },
		{ '>': [{ var: 'metric.output' }, { var: 'param.line' }] },
		{ var: 'employee.region' },
		{ '<': [{ var: 'employee.code' }, 'M'] },
		{ '>': [{ var: 'employee.code' }, 5] },
		{ '==': [{ var: 'employee.code' }, true] },
		{ '==': [{ var: 'employee.level' }, '5'] }
	)
);

const condition: fc.Arbitrary<Rule> = fc.letrec<{ any: Rule }>((tie) => ({
	any: fc.oneof(
		{ maxDepth: 2, depthIdentifier: 'condition' },
		comparison,
		fc.tuple(tie('any'), tie('any')).map(([a, b]): Rule => ({ and: [a, b] })),
		fc.tuple(tie('any'), tie('any')).map(([a, b]): Rule => ({ or: [a, b] })),
		tie('any').map((a): Rule => ({ '!': [a] }))
	)
})).any;

/** A condition shared by weights that mostly cancel out, so that proofs succeed now and then. */
function branchingWeights(
	tests: readonly Rule[],
	shifts: readonly number[],
	noise: number
): Rule[] {
	const [first = 0, second = 0, third = 0] = shifts;
	const [one = true, two = true] = tests;
	return [
		{ if: [one, 50 + first, two, 50, 60 - second] },
		{ if: [one, 30 - first + noise, two, 30, 20 + second] },
		third === 0 ? 20 : { steps: [{ var: 'attainment.sales' }, [[0, 20]], 20] }
	];
}

export const randomScheme: fc.Arbitrary<SchemeDocument> = fc
	.tuple(
		fc.oneof(fc.constant<Rule>(true), condition),
		fc.array(condition, { minLength: 2, maxLength: 2 }),
		fc.array(fc.constantFrom(0, 5, 10), { minLength: 3, maxLength: 3 }),
		fc.constantFrom(0, 0, 0, 0, 5, null),
		fc.option(condition, { nil: null })
	)
	.map(([applies, tests, shifts, noise, extra]) => {
		const weights = branchingWeights(tests, shifts, noise ?? 0);
		if (extra !== null && noise === null) weights[2] = { if: [extra, 20, { '-': [30, 10] }] };
		else if (extra !== null && noise === 5) weights[2] = { if: [extra, 20, 15] };
		return schemeWith(weights, applies);
	});

/** A scheme of nothing but weights. */
export function schemeWith(weights: readonly Json[], applies: Json = true): SchemeDocument {
	return {
		format: 'quanheng.scheme/1',
		id: 'random',
		name: { 'zh-CN': '随机', en: 'random' },
		period: 'month',
		applies_to: applies,
		weighting: 'percent',
		items: weights.map((weight, index) => ({
			id: `item_${index}`,
			metric: index === 0 ? 'sales' : 'output',
			class: 'result',
			weight,
			score: 100
		})),
		grades: []
	};
}

export const randomEmployeeData: fc.Arbitrary<Map<string, Json>> = fc
	.tuple(
		fc.option(fc.constantFrom(0, 2, 3, 4, 6, 7, 12, 13, 100), { nil: null }),
		fc.option(fc.oneof(bound, fc.double({ min: -5, max: 200, noNaN: true })), { nil: null }),
		fc.option(fc.constantFrom(0, 0.5, 0.8, 0.79999, 0.8000001, 1, 2, 100), { nil: null }),
		fc.option(bound, { nil: null }),
		fc.option(fc.oneof(word, fc.constant('Africa'), fc.constant('0')), { nil: null }),
		fc.option(word, { nil: null }),
		fc.option(fc.oneof<fc.Arbitrary<Json>[]>(word, bound, fc.constant('7'), fc.constant('x')), {
			nil: null
		}),
		fc.option(fc.boolean(), { nil: null }),
		fc.option(fc.constantFrom<Json>('A', 'Z', '7', '3', '1', 9, true, ''), { nil: null }),
		fc.option(fc.constantFrom('2019-12-31', '2024-06-30', '2024-07-01', '2025-01-01'), {
			nil: null
		})
	)
	.map(([tenure, output, sales, line, region, position, level, lead, code, hired]) => {
		const data = new Map<string, Json>();
		const set = (path: string, value: Json): void => {
			if (value !== null) data.set(path, value);
		};
		set('employee.tenure_months', tenure);
		set('metric.output', output === 0 ? 0 : output);
		set('attainment.sales', sales);
		set('param.line', line);
		set('employee.region', region);
		set('employee.position', position);
		set('employee.level', level);
		set('employee.is_lead', lead);
		set('employee.code', code);
		set('employee.hired_on', hired);
		return data;
	});
