/**
 * The person in focus beside the editor: formulas show their value for this person. The preview sets
 * it when somebody is chosen there; without one nothing is shown.
 */
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Rule, Value, Variables } from '#lib/engine/logic/rule.ts';
import { variablesOf } from '#lib/engine/logic/variables.ts';
import { derivedValue } from '#lib/engine/table/row.ts';

export interface PersonAtHand {
	readonly name: string;
	/** What rules read of this person, as far as it was fetched. */
	readonly variables: Variables;
}

class AtHand {
	#person = $state.raw<PersonAtHand | null>(null);

	get person(): PersonAtHand | null {
		return this.#person;
	}
	set person(person: PersonAtHand | null) {
		this.#person = person;
	}
}

/** One editor is open in a page, and one person in focus beside it. */
export const atHand = new AtHand();

export interface PersonValue {
	readonly name: string;
	readonly value: Value;
}

/**
 * What a rule gives for a person; null where there is nobody, nothing to evaluate, or the rule reads
 * what was not fetched. `metric` is that of the item whose own figures the rule reads.
 */
export function personValue(
	person: PersonAtHand | null,
	rule: Rule | null,
	metric?: string
): PersonValue | null {
	if (!person || rule === null) return null;
	const { node } = parseRule(rule);
	const scope = new Map(person.variables);
	for (const path of variablesOf(node)) {
		const own = metric === undefined ? path : ownPath(path, metric);
		const value = scope.get(own) ?? derivedValue(scope, own);
		if (value === undefined) return null;
		scope.set(path, value);
	}
	return { name: person.name, value: evaluateRule(node, scope).value };
}

/** `item.actual` of an item is the figure of its metric. */
function ownPath(path: string, metric: string): string {
	switch (path) {
		case 'item.actual':
			return `metric.${metric}`;
		case 'item.target':
			return `target.${metric}`;
		case 'item.attainment':
			return `attainment.${metric}`;
		default:
			return path;
	}
}
