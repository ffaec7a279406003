/**
 * Whom a need concerns: a variable that only one item's score reads is not missing for people to
 * whom the scheme does not apply, nor for those in whose branch the item weighs nothing.
 */
import { evaluateRule } from '../logic/interpret.ts';
import type { Value } from '../logic/rule.ts';
import { isTruthy } from '../logic/value.ts';
import { variablesOf } from '../logic/variables.ts';
import { variablesOfRow } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import type { ScopedRule } from './abstract.ts';
import { resolvePath } from './known.ts';
import type { DataNeed } from './needs.ts';
import type { ParsedScheme } from './parsed.ts';
import { isConstant } from './tests-of-rules.ts';
import { withItem } from './weigh.ts';

/** Rows of a table by the need that they have; `table` has its derived columns. */
export class ConcernedRows {
	readonly #parsed: ParsedScheme;
	readonly #table: Table;
	readonly #applied: readonly number[];
	readonly #weighing = new Map<number, ReadonlySet<number>>();
	readonly #known = new Map<string, readonly number[]>();

	constructor(parsed: ParsedScheme, table: Table) {
		this.#parsed = parsed;
		this.#table = table;
		this.#applied = this.#where(
			Array.from({ length: table.rows }, (_, row) => row),
			parsed.applies,
			isTruthy
		);
	}

	/** Rows in which something that counts reads the variable. */
	of({ usedBy }: DataNeed): readonly number[] {
		const items = usedBy.map((at) => /^\/items\/(\d+)\/score(?:\/|$)/.exec(at)?.[1]);
		if (items.some((index) => index === undefined)) return this.#applied;
		const indexes = [...new Set(items.map(Number))].sort((a, b) => a - b);
		const key = indexes.join(' ');
		const known = this.#known.get(key);
		if (known) return known;
		const weighing = indexes.map((index) => this.#whereItemWeighs(index));
		const rows = this.#applied.filter((row) => weighing.some((one) => one.has(row)));
		this.#known.set(key, rows);
		return rows;
	}

	#whereItemWeighs(index: number): ReadonlySet<number> {
		const known = this.#weighing.get(index);
		if (known) return known;
		const weight = this.#parsed.items[index]?.weight;
		const rows = new Set(
			weight ? this.#where(this.#applied, weight, (value) => value !== 0) : this.#applied
		);
		this.#weighing.set(index, rows);
		return rows;
	}

	#where(
		rows: readonly number[],
		rule: ScopedRule,
		holds: (value: Value) => boolean
	): readonly number[] {
		if (isConstant(rule.node)) {
			return holds(evaluateRule(rule.node, new Map()).value) ? rows : [];
		}
		const paths = variablesOf(rule.node).map((path) => resolvePath(path, rule.metric));
		return rows.filter((row) => {
			const variables = withItem(variablesOfRow(this.#table, row, paths), rule);
			return holds(evaluateRule(rule.node, variables).value);
		});
	}
}
