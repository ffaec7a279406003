/** The rules of one scheme as nodes, and the list of those that only the interpreter can run. */
import type { PreparedItem, PreparedRule } from '../../score/prepare.ts';
import type { SourceColumns } from '../facts.ts';
import type { Graph } from '../graph.ts';
import type { GraphNode } from '../graph-node.ts';
import { truthOf, Uncompilable, type Lowered } from './lowered.ts';
import { lowerRule } from './rules.ts';
import { variableContext } from './variables.ts';

/** Which earlier results a rule may read. */
export type RulePhase = 'item' | 'total' | 'outcome';

/** A rule that nodes cannot express, where and why. */
export interface InterpretedRule {
	readonly at: string;
	readonly reason: string;
	readonly phase: RulePhase;
	/** The column that holds its results once they are interpreted. */
	readonly column: string;
	readonly rule: PreparedRule;
	/** Set for rules of an item. */
	readonly item: PreparedItem | null;
	/** Only the truth of the result counts. */
	readonly condition: boolean;
}

export type ComputedVariables = ReadonlyMap<string, Lowered>;

/** Where a rule stands. */
export interface RuleScope {
	readonly phase: RulePhase;
	readonly computed: ComputedVariables;
	readonly item?: PreparedItem;
}

/**
 * Name of the column that holds the results of an interpreted rule. Rules of items and conditions of
 * coverage depend on the table alone, so their columns are named by what they say and serve every
 * scheme that says the same.
 */
function interpretedColumn(rule: PreparedRule, { phase, item }: RuleScope): string {
	if (phase !== 'item') return `rule:${rule.at}`;
	return `rule:${item?.metric ?? ''}:${writtenRule(rule)}`;
}

/** Texts of rules, which may be long and are asked for with every edit. */
const written = new WeakMap<PreparedRule, string>();

/** What a rule says, as a key. */
export function writtenRule(rule: PreparedRule): string {
	const known = written.get(rule);
	if (known !== undefined) return known;
	const text = JSON.stringify(rule.rule);
	written.set(rule, text);
	return text;
}

export class SchemeRules {
	readonly interpreted: InterpretedRule[] = [];
	readonly #graph: Graph;
	readonly #columns: SourceColumns;
	readonly #fiscalMonth: number;

	constructor(graph: Graph, columns: SourceColumns, fiscalMonth: number) {
		this.#graph = graph;
		this.#columns = columns;
		this.#fiscalMonth = fiscalMonth;
	}

	/** A rule that gives a number; any other value counts as missing. */
	number(rule: PreparedRule, scope: RuleScope): GraphNode {
		const lowered = this.#lower(rule, scope, false);
		return lowered.type === 'number' ? lowered.node : this.#graph.none;
	}

	/** A rule whose truth decides. */
	condition(rule: PreparedRule, scope: RuleScope): GraphNode {
		return truthOf(this.#graph, this.#lower(rule, scope, true));
	}

	#lower(rule: PreparedRule, scope: RuleScope, condition: boolean): Lowered {
		const { phase, computed, item } = scope;
		const column = interpretedColumn(rule, scope);
		if (this.#columns.kind(column) === 'number')
			return { type: 'number', node: this.#graph.column(column) };
		try {
			if (rule.problem) throw new Uncompilable(rule.problem.at, rule.problem.code);
			const context = variableContext(this.#graph, {
				columns: this.#columns,
				fiscalMonth: this.#fiscalMonth,
				computed
			});
			const lowered = lowerRule(rule.node, context);
			if (!condition && lowered.type === 'condition')
				throw new Uncompilable(rule.at, 'values of several types');
			return lowered;
		} catch (problem) {
			if (!(problem instanceof Uncompilable)) throw problem;
			const reason = problem.message;
			this.interpreted.push({
				at: rule.at,
				reason,
				phase,
				column,
				rule,
				item: item ?? null,
				condition
			});
			return { type: 'null' };
		}
	}
}
