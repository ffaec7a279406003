import { describe, expect, test } from 'vitest';
import type { Rule } from '#lib/engine/logic/rule.ts';
import { readCondition, writeCondition } from '#lib/designer/conditions/condition-form.ts';

const low: Rule = { '<': [{ var: 'metric.repeat_rate' }, 0.2] };
const accident: Rule = { '>=': [{ var: 'metric.accidents' }, 1] };

describe('conditions as forms', () => {
	test.each<Rule>([low, { and: [low, accident] }, { or: [low, accident] }])(
		'%j is read and written back without a change',
		(rule) => {
			const form = readCondition(rule);
			expect(form && JSON.stringify(writeCondition(form))).toBe(JSON.stringify(rule));
		}
	);

	test.each<Rule>([
		true,
		{ and: [low] },
		{ and: [low, { '!': [accident] }] },
		{ '<': [1, { var: 'x' }] },
		{ '<': [{ var: ['x', 0] }, 1] }
	])('a condition that the form does not say wholly (%j) stays untouched', (rule) => {
		expect(readCondition(rule)).toBeNull();
	});
});
