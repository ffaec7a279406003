/** An edit through a view changes the edited part of a rule and keeps the bytes of every other part. */
import { describe, expect, test } from 'vitest';
import {
	allParts,
	holderOf,
	readParts,
	samePath,
	type ConditionPart,
	type GroupPart,
	type TestPart
} from '#lib/designer/conditions/condition-tree.ts';
import {
	addPart,
	choiceOf,
	duplicatePart,
	indentPart,
	movePart,
	outdentPart,
	removePart,
	setChoice,
	setJoin,
	setOperand,
	setVariable,
	unwrapGroup,
	wrapPart
} from '#lib/designer/conditions/edit-condition.ts';
import { getAt } from '#lib/designer/document-path.ts';
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';
import { Random, seedOf } from '../engine/generators/random.ts';
import { randomCondition, randomRule } from '../engine/generators/rules.ts';
import { packRules } from './support/pack-rules.ts';

const a: Rule = { '>=': [{ var: ['metric.a'] }, 1] };
const b: Rule = { '<': [{ var: 'metric.b' }, 2] };
const c: Rule = { in: [{ var: 'employee.site' }, ['A']] };
const odd: Rule = { '<': [0, { var: 'x' }, 1] };
const dictionary: Dictionary = new Map([
	['metric.a', { type: 'number' }],
	['metric.c', { type: 'number' }],
	['employee.site', { type: 'string', values: ['A', 'B'] }]
]);

function part(rule: Rule, index: number): ConditionPart {
	const found = allParts(readParts(rule))[index];
	if (!found) throw new Error(`There is no part ${index}.`);
	return found;
}
function group(rule: Rule, index = 0): GroupPart {
	const found = part(rule, index);
	if (found.kind !== 'group') throw new Error('The part is no group.');
	return found;
}
function testOf(rule: Rule, index: number): TestPart {
	const found = part(rule, index);
	if (found.kind !== 'test') throw new Error('The part is no test.');
	return found;
}

describe('edits of a condition', () => {
	const rule: Rule = { and: [a, { or: [b, c] }, odd] };

	test('a join is changed around the same parts', () => {
		const next = setJoin(rule, group(rule, 2), 'none').rule;
		expect(next).toEqual({ and: [a, { '!': [{ or: [b, c] }] }, odd] });
		expect(getAt(next, ['and', 1, '!', 0, 'or', 0])).toBe(b);
		expect(setJoin(next, group(next, 2), 'any').rule).toEqual(rule);
	});

	test('parts are added, duplicated and removed', () => {
		expect(addPart(rule, group(rule), b).rule).toEqual({ and: [a, { or: [b, c] }, odd, b] });
		expect(addPart(a, part(a, 0), b)).toEqual({ rule: { and: [a, b] }, path: ['and', 1] });
		expect(addPart(true, part(true, 0), b).rule).toEqual(b);
		expect(duplicatePart(rule, ['and', 2]).rule).toEqual({ and: [a, { or: [b, c] }, odd, odd] });
		expect(removePart(rule, ['and', 1, 'or', 0]).rule).toEqual({ and: [a, c, odd] });
		expect(removePart({ and: [a, b] }, ['and', 0]).rule).toEqual(b);
		expect(removePart(a, []).rule).toBe(true);
	});

	test('a part moves into the group beside it, out of its own, and past a group', () => {
		expect(movePart(rule, ['and', 0], 1)).toEqual({
			rule: { and: [{ or: [a, b, c] }, odd] },
			path: ['and', 0, 'or', 0]
		});
		expect(movePart(rule, ['and', 0], 1, true)?.rule).toEqual({ and: [{ or: [b, c] }, a, odd] });
		expect(movePart(rule, ['and', 1, 'or', 1], 1)).toEqual({
			rule: { and: [a, { or: [b] }, c, odd] },
			path: ['and', 2]
		});
		expect(movePart(rule, ['and', 1, 'or', 0], -1)).toEqual({
			rule: { and: [a, b, { or: [c] }, odd] },
			path: ['and', 1]
		});
		expect(movePart(rule, ['and', 0], -1)).toBeNull();
	});

	test('a part is indented, outdented, wrapped and unwrapped', () => {
		expect(indentPart(rule, ['and', 2]).rule).toEqual({ and: [a, { or: [b, c, odd] }] });
		expect(indentPart(rule, ['and', 0]).rule).toEqual({ and: [{ or: [a] }, { or: [b, c] }, odd] });
		expect(outdentPart(rule, ['and', 1, 'or', 0])?.rule).toEqual({ and: [a, { or: [c] }, b, odd] });
		expect(outdentPart({ and: [{ or: [a] }, b] }, ['and', 0, 'or', 0])?.rule).toEqual({
			and: [a, b]
		});
		const wrapped = wrapPart(rule, ['and', 0]).rule;
		expect(unwrapGroup(wrapped, group(wrapped, 1))?.rule).toEqual(rule);
		expect(unwrapGroup(rule, group(rule, 2))).toBeNull();
	});

	test('a comparison keeps the operands that still fit, as they are written', () => {
		const between = setChoice(a, testOf(a, 0), 'between', dictionary).rule;
		expect(between).toEqual({ between: [{ var: ['metric.a'] }, 1, 1] });
		const list = setChoice(c, testOf(c, 0), 'not_in', dictionary).rule;
		expect(list).toEqual({ '!': [{ in: [{ var: 'employee.site' }, ['A']] }] });
		expect(choiceOf(testOf(list, 0))).toBe('not_in');
		expect(setChoice(list, testOf(list, 0), '==', dictionary).rule).toEqual({
			'==': [{ var: 'employee.site' }, 'A']
		});
		const missing = setChoice(a, testOf(a, 0), 'missing', dictionary).rule;
		expect(choiceOf(testOf(missing, 0))).toBe('missing');
		expect(setChoice(missing, testOf(missing, 0), '>=', dictionary).rule).toEqual({
			'>=': [{ var: ['metric.a'] }, 0]
		});
	});

	test('another variable keeps a number, and starts anew where the type changes', () => {
		expect(setVariable(a, testOf(a, 0), 'metric.c', dictionary).rule).toEqual({
			'>=': [{ var: 'metric.c' }, 1]
		});
		expect(setVariable(a, testOf(a, 0), 'employee.site', dictionary).rule).toEqual({
			'==': [{ var: 'employee.site' }, 'A']
		});
	});
});

/** The text of a rule with one place cut out. */
function without(rule: Rule, path: readonly (string | number)[]): string {
	const place = getAt(rule, path);
	let seen = 0;
	return JSON.stringify(rule, (_, value: unknown) =>
		value === place && typeof value === 'object' && seen++ === 0 ? '✂' : value
	);
}

describe('every rule of the packs and 1,000 random rules', () => {
	const seed = seedOf(613);
	const random = new Random(seed);
	const rules = [
		...packRules(),
		...Array.from({ length: 1_000 }, (_, index) => ({
			place: `seed ${seed}, rule ${index}`,
			rule: random.chance(0.7) ? randomCondition(random) : randomRule(random)
		}))
	];

	test('are opened and closed without a byte changed', () => {
		for (const { place, rule } of rules) {
			const before = JSON.stringify(rule);
			for (const one of allParts(readParts(rule))) {
				const written = getAt(rule, one.path);
				expect(written, `${place} ${one.path.join('/')}`).toBeDefined();
				if (one.kind === 'opaque') expect(one.rule, place).toBe(written);
				if (one.kind !== 'test') continue;
				const [operand] = one.operands;
				if (operand?.kind === 'value')
					expect(JSON.stringify(setOperand(rule, one, 0, operand).rule), place).toBe(before);
			}
			expect(JSON.stringify(rule), place).toBe(before);
		}
	});

	test('change only where they are edited', () => {
		for (const { place, rule } of rules) {
			const root = readParts(rule);
			const tests = allParts(root).filter((one) => one.kind === 'test');
			const [test] = tests;
			if (!test) continue;
			const next = setOperand(rule, test, 1, { kind: 'value', value: 123.25 }).rule;
			expect(without(next, test.path), place).toBe(without(rule, test.path));
			const holder = holderOf(root, test.path);
			if (!holder) continue;
			const removed = removePart(rule, test.path).rule;
			const siblings = holder.group.children.filter((one) => !samePath(one.path, test.path));
			const text = JSON.stringify(removed);
			for (const { path } of siblings)
				expect(text.includes(JSON.stringify(getAt(rule, path))), place).toBe(true);
		}
	});
});
