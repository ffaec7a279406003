/**
 * What need not be done twice when many variants of one scheme score the same rows: parsing a rule
 * that variants share, and evaluating it where only the row decides (who is scored, weights and
 * scores of items). Valid for one table in one order; rules are known by identity.
 */
import type { Rule, Value } from '../logic/rule.ts';
import type { PreparedRule } from './prepare.ts';
import type { ScoreReason } from './scorecard.ts';

/** A value, or why there is none. */
export type Evaluated = { readonly value: Value } | { readonly reason: ScoreReason };

export class ScoringMemo {
	readonly #rules = new WeakMap<object, Map<string, PreparedRule>>();
	readonly #values = new WeakMap<object, Map<string, Evaluated[]>>();

	/** The prepared form of a rule at a place. */
	rule(rule: Rule, at: string, prepare: () => PreparedRule): PreparedRule {
		if (typeof rule !== 'object' || rule === null) return prepare();
		let places = this.#rules.get(rule);
		if (!places) this.#rules.set(rule, (places = new Map()));
		let prepared = places.get(at);
		if (!prepared) places.set(at, (prepared = prepare()));
		return prepared;
	}

	/** The value of a rule in a row; `metric` is that of the item whose `item.*` it reads. */
	value(rule: Rule, metric: string, row: number, evaluate: () => Evaluated): Evaluated {
		if (typeof rule !== 'object' || rule === null) return evaluate();
		let metrics = this.#values.get(rule);
		if (!metrics) this.#values.set(rule, (metrics = new Map()));
		let rows = metrics.get(metric);
		if (!rows) metrics.set(metric, (rows = []));
		return (rows[row] ??= evaluate());
	}
}
