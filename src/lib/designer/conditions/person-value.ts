/**
 * The person in focus, where the page has one: formulas show their value for this person. The page
 * sets it; without one nothing is shown.
 */
import { getContext, hasContext, setContext } from 'svelte';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Rule, Value, Variables } from '#lib/engine/logic/rule.ts';

export interface PersonAtHand {
	readonly name: string;
	/** What rules read of this person; of an item’s own figures as well where it is known. */
	readonly variables: Variables;
}

const KEY = Symbol('person at hand');

/** Tells the formulas below who is in focus. */
export function providePersonAtHand(person: () => PersonAtHand | null): void {
	setContext(KEY, person);
}

export interface PersonValue {
	readonly name: string;
	readonly value: Value;
}

/** Reads the person in focus; call it while a component is being made. */
export function usePersonAtHand(): () => PersonAtHand | null {
	return hasContext(KEY) ? getContext<() => PersonAtHand | null>(KEY) : () => null;
}

/** What a rule gives for a person; null where there is nobody, or nothing to evaluate. */
export function personValue(person: PersonAtHand | null, rule: Rule | null): PersonValue | null {
	if (!person || rule === null) return null;
	return { name: person.name, value: evaluateRule(parseRule(rule).node, person.variables).value };
}
