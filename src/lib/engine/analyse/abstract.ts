/**
 * Rules as decision diagrams: what a rule gives in every cell of the variables it tests.
 *
 * What cannot be cut stays open: an open value is one the diagram does not know, an open condition
 * one that may turn out either way. A proof that holds for both ways holds; a refutation that rests
 * on an open condition has to be confirmed with a real employee.
 */
import { canonicalJson } from '../logic/canonical.ts';
import { evaluateRule } from '../logic/interpret.ts';
import type { CallNode, LiteralNode, RuleNode, VarNode } from '../logic/node.ts';
import { printRule } from '../logic/print.ts';
import type { Scalar, Value } from '../logic/rule.ts';
import { isTruthy } from '../logic/value.ts';
import { pathsNamedIn, variablesOf } from '../logic/variables.ts';
import {
	cutDomain,
	representative,
	type Cell,
	type Domain,
	type KnownRange,
	type Marks
} from './cells.ts';
import { Diagram, type DiagramBound, type NodeRef } from './diagram.ts';
import { knownRange, resolvePath } from './known.ts';
import {
	asTest,
	collectMarks,
	constantOf,
	isConstant,
	type VariableTest
} from './tests-of-rules.ts';

/** What a rule gives somewhere: a known value, or one that depends on more than the cells. */
export type Outcome =
	| { readonly kind: 'value'; readonly value: Value }
	| { readonly kind: 'open'; readonly at: string };

/** A rule with the metric of the item it belongs to, which `item.*` stands for. */
export interface ScopedRule {
	readonly node: RuleNode;
	readonly metric: string | null;
}

export function outcomeKey(outcome: Outcome): string {
	return outcome.kind === 'open' ? `open ${outcome.at}` : JSON.stringify(outcome.value);
}

export function holds(outcome: Outcome): boolean {
	return outcome.kind === 'value' && isTruthy(outcome.value);
}

const known = (value: Value): Outcome => ({ kind: 'value', value });

/** What is known of each variable before any data. */
export type KnownOf = (path: string) => KnownRange;

/** The variables of some rules, cut at everything that these rules compare them with. */
export function domainsOf(rules: readonly ScopedRule[], knownOf: KnownOf): Domain[] {
	const marks = new Map<string, Marks>();
	for (const { node, metric } of rules) {
		collectMarks(node, (path) => resolvePath(path, metric), marks);
	}
	return [...marks].map(([path, mark]) => cutDomain(path, mark, knownOf(path)));
}

/** The value that stands for a cell when tests are evaluated. */
export function valueIn(domain: Domain, cell: Cell): Scalar {
	const named = new Set(domain.cells.flatMap((one) => (one.kind === 'text' ? [one.value] : [])));
	return representative(cell, domain.whole, named);
}

/** Turns rules into diagrams over one set of domains. */
export class RuleAbstraction<L> {
	readonly diagram: Diagram<L | Outcome>;
	readonly #variables = new Map<string, number>();
	/** The conditions that stay open, by the key of their domain. */
	readonly openConditions = new Map<string, ScopedRule>();

	constructor(
		rules: readonly ScopedRule[],
		keyOf: (outcome: L | Outcome) => string,
		knownOf: KnownOf = knownRange,
		bound?: DiagramBound
	) {
		this.diagram = new Diagram(domainsOf(rules, knownOf), keyOf, bound);
		for (const [index, { path }] of this.diagram.domains.entries())
			this.#variables.set(path, index);
	}

	/** The diagram of a rule as a condition: its outcomes are true and false. */
	condition(rule: ScopedRule): NodeRef {
		const { node } = rule;
		if (node.kind === 'call') {
			const [first] = node.args;
			if ((node.operator === '!' || node.operator === '!!') && first) {
				const truth = this.condition({ ...rule, node: first });
				return node.operator === '!!' ? truth : this.#choose(truth, this.#false, this.#true);
			}
			if (node.operator === 'and') return this.#all(rule, node.args);
			if (node.operator === 'or') return this.#any(rule, node.args);
			if (isBranch(node)) return this.#branches(rule, node, (one) => this.condition(one));
		}
		const value = this.value(rule);
		if (!this.#mayBeOpen(value)) return this.#truthOf(value);
		const truth =
			node.kind === 'var' && !node.fallback
				? this.#truthOfVariable(rule, node)
				: this.#openCondition(rule);
		const isOpen = this.diagram.combine([value], ([one]) =>
			known(one !== undefined && isOpenOutcome(one))
		);
		return this.#choose(isOpen, truth, this.#truthOf(value));
	}

	/** The diagram of what a rule gives. */
	value(rule: ScopedRule): NodeRef {
		const { node } = rule;
		if (isConstant(node)) return this.diagram.leaf(known(constantOf(node)));
		if (node.kind === 'var') return this.#variable(rule, node);
		if (node.kind !== 'call') return this.#open(rule);
		if (isBranch(node)) return this.#branches(rule, node, (one) => this.value(one));
		if (node.operator === 'and' || node.operator === 'or') return this.#connected(rule, node);
		if (node.operator === '!' || node.operator === '!!') return this.condition(rule);
		const test = asTest(node);
		if (test) return this.#test(rule, test);
		if (pathsNamedIn(node).length > 0) return this.#missing(rule, node);
		if (variablesOf(node).length === 0 || hasScope(node)) return this.#open(rule);
		return this.#calculation(rule, node);
	}

	get #true(): NodeRef {
		return this.diagram.leaf(known(true));
	}

	get #false(): NodeRef {
		return this.diagram.leaf(known(false));
	}

	#choose(whether: NodeRef, then: NodeRef, otherwise: NodeRef): NodeRef {
		return this.diagram.choose(whether, then, otherwise, (one) => holds(one as Outcome));
	}

	#all(rule: ScopedRule, args: readonly RuleNode[]): NodeRef {
		return args.reduceRight(
			(rest, node) => this.#choose(this.condition({ ...rule, node }), rest, this.#false),
			this.#true
		);
	}

	#any(rule: ScopedRule, args: readonly RuleNode[]): NodeRef {
		return args.reduceRight(
			(rest, node) => this.#choose(this.condition({ ...rule, node }), this.#true, rest),
			this.#false
		);
	}

	/** `and` gives the first operand that is false, `or` the first that is true, else the last. */
	#connected(rule: ScopedRule, call: CallNode): NodeRef {
		const values = call.args.map((node) => this.value({ ...rule, node }));
		let result = values.at(-1) ?? this.diagram.leaf(known(null));
		for (let index = call.args.length - 2; index >= 0; index--) {
			const node = call.args[index];
			const value = values[index];
			if (!node || value === undefined) continue;
			const truth = this.condition({ ...rule, node });
			result =
				call.operator === 'and'
					? this.#choose(truth, result, value)
					: this.#choose(truth, value, result);
		}
		return result;
	}

	#branches(rule: ScopedRule, call: CallNode, read: (rule: ScopedRule) => NodeRef): NodeRef {
		const { args } = call;
		const hasElse = args.length % 2 === 1;
		const last = args.at(-1);
		let result = hasElse && last ? read({ ...rule, node: last }) : this.diagram.leaf(known(null));
		for (let index = args.length - (hasElse ? 3 : 2); index >= 0; index -= 2) {
			const [test, then] = [args[index], args[index + 1]];
			if (!test || !then) continue;
			const condition = this.condition({ ...rule, node: test });
			result = this.#choose(condition, read({ ...rule, node: then }), result);
		}
		return result;
	}

	/** A variable's own value: known where its cell is a single value. */
	#variable(rule: ScopedRule, node: VarNode): NodeRef {
		const found = node.path === null ? null : this.#domain(rule, node.path);
		if (!found || (node.fallback && !isConstant(node.fallback))) return this.#open(rule);
		const { domain, index } = found;
		return this.diagram.of(index, (at) => {
			const cell = domain.cells[at];
			if (!cell) return known(null);
			if (cell.kind === 'missing') return known(node.fallback ? constantOf(node.fallback) : null);
			return isSingle(cell) ? known(valueIn(domain, cell)) : openOutcome(rule);
		});
	}

	#truthOfVariable(rule: ScopedRule, node: VarNode): NodeRef {
		const found = node.path === null ? null : this.#domain(rule, node.path);
		if (!found) return this.#openCondition(rule);
		const { domain, index } = found;
		return this.diagram.of(index, (at) => {
			const cell = domain.cells[at];
			return known(cell !== undefined && isTruthy(valueIn(domain, cell)));
		});
	}

	#test(rule: ScopedRule, test: VariableTest): NodeRef {
		const found = this.#domain(rule, test.path);
		if (!found) return this.#open(rule);
		const { domain, index } = found;
		const onlyNumbers = domain.cells.every(({ kind }) => kind === 'number' || kind === 'missing');
		if (test.calculated && !onlyNumbers) return this.#open(rule);
		// Between two named texts some texts read as numbers and some do not.
		const mixed = test.numeric && domain.cells.some(({ kind }) => kind === 'text_range');
		if (mixed) return this.#open(rule);
		const paths = variablesOf(rule.node);
		return this.diagram.of(index, (at) => {
			const cell = domain.cells[at];
			if (!cell) return known(null);
			const value = valueIn(domain, cell);
			const row = new Map(paths.map((path) => [path, value]));
			return known(evaluateRule(rule.node, row).value);
		});
	}

	/** `missing` and `missing_some` ask of several variables only whether they are there. */
	#missing(rule: ScopedRule, call: CallNode): NodeRef {
		const paths = [...new Set(pathsNamedIn(call).map(({ path }) => path))];
		const others = call.args.filter((arg) => variablesOf(arg).length > 0);
		if (others.length > 0) return this.#open(rule);
		const present = paths.map((path) => {
			const found = this.#domain(rule, path);
			if (!found) return this.#open(rule);
			return this.diagram.of(found.index, (at) => {
				const cell = found.domain.cells[at];
				return known(
					cell === undefined
						? null
						: valueIn(found.domain, cell) === ''
							? ''
							: cell.kind === 'missing'
								? null
								: 1
				);
			});
		});
		return this.diagram.combine(present, (values) => {
			if (values.some(isOpenOutcome)) return openOutcome(rule);
			const row = new Map(paths.map((path, index) => [path, valueOf(values[index])]));
			return known(evaluateRule(call, row).value);
		});
	}

	/** Any other operator: known where all its operands are. */
	#calculation(rule: ScopedRule, call: CallNode): NodeRef {
		const moving = call.args.filter((arg) => !isConstant(arg));
		const values = moving.map((node) => this.value({ ...rule, node }));
		return this.diagram.combine(values, (outcomes) => {
			if (outcomes.some(isOpenOutcome)) return openOutcome(rule);
			const args = call.args.map((arg) => {
				const index = moving.indexOf(arg);
				return index < 0 ? arg : literal(arg.at, valueOf(outcomes[index]));
			});
			return known(evaluateRule({ ...call, args }, new Map()).value);
		});
	}

	#open(rule: ScopedRule): NodeRef {
		return this.diagram.leaf(openOutcome(rule));
	}

	/** A condition that may turn out either way; the same condition is one variable everywhere. */
	#openCondition(rule: ScopedRule): NodeRef {
		const ofItem = variablesOf(rule.node).some((path) => path.startsWith('item.'));
		const key = `${ofItem ? (rule.metric ?? '') : ''} ${canonicalJson(printRule(rule.node))}`;
		let index = this.#variables.get(key);
		if (index === undefined) {
			const cells = [false, true].map((truth) => ({ kind: 'open' as const, truth }));
			index = this.diagram.addDomain({ path: key, cells, whole: false, open: true });
			this.#variables.set(key, index);
			this.openConditions.set(key, rule);
		}
		return this.diagram.of(index, (cell) => known(cell === 1));
	}

	#domain(rule: ScopedRule, path: string): { domain: Domain; index: number } | null {
		const index = this.#variables.get(resolvePath(path, rule.metric));
		const domain = index === undefined ? undefined : this.diagram.domains[index];
		return index === undefined || !domain ? null : { domain, index };
	}

	#mayBeOpen(ref: NodeRef): boolean {
		return this.diagram.outcomes(ref).some((one) => isOpenOutcome(one));
	}

	#truthOf(value: NodeRef): NodeRef {
		return this.diagram.combine([value], ([one]) =>
			known(one !== undefined && holds(one as Outcome))
		);
	}
}

function isBranch(call: CallNode): boolean {
	return call.operator === 'if' || call.operator === '?:';
}

/** Operators whose operands see the elements of a list rather than the row. */
function hasScope(call: CallNode): boolean {
	return ['map', 'filter', 'reduce', 'all', 'some', 'none'].includes(call.operator);
}

function isSingle(cell: Cell): boolean {
	return (
		cell.kind === 'text' ||
		cell.kind === 'boolean' ||
		(cell.kind === 'number' && cell.from === cell.to)
	);
}

function isOpenOutcome(outcome: unknown): boolean {
	return (outcome as Outcome).kind === 'open';
}

function openOutcome(rule: ScopedRule): Outcome {
	return { kind: 'open', at: rule.node.at };
}

function valueOf(outcome: unknown): Value {
	const one = outcome as Outcome | undefined;
	return one?.kind === 'value' ? one.value : null;
}

function literal(at: string, value: Value): LiteralNode {
	return { kind: 'literal', at, value };
}
