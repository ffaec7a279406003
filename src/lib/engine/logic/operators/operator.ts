/**
 * What an operator is: one record that interpreter, compiler, editor, sentence and help all read.
 */
import type { Locale, LocalText } from '../../diagnostics/diagnostic.ts';
import type { Phrase, Speaker } from '../phrase.ts';
import type { CallNode, RuleNode } from '../node.ts';
import type { Json, Rule, Value, ValueType } from '../rule.ts';

/** Why a node gave null; kept for the trace. */
export type WhyNull =
	| 'missing_variable' // The row has no such value, or it is null.
	| 'written_null' // The rule says null.
	| 'missing_operand' // An operand is null, so nothing can be said.
	| 'divided_by_zero'
	| 'not_a_number' // A word or a boolean where a number was needed.
	| 'too_large' // Beyond the largest double.
	| 'no_branch' // No condition held and there is no “else”.
	| 'below_first_step'
	| 'nothing_found' // Every candidate is null.
	| 'invalid_operand'; // Written in a form that validation refuses.

/** What an operator may do with the evaluation that runs it. */
export interface Run {
	/** Charges memory in cells (characters or list slots); stops the evaluation past the budget. */
	readonly charge: (cells: number) => void;
	/** Notes why there is no value, and gives null. */
	none(why: WhyNull): null;
	/** Notes for the trace which operand or segment decided. */
	took(branch: number): void;
	/** Reads a variable of the current data; missing is null. */
	read(path: string): Value;
}

/** For operators that decide which of their operands are evaluated, or with which data. */
export interface LazyRun extends Run {
	value(node: RuleNode): Value;
	/** Evaluates with other data: the element of a list, or the state of a fold. */
	valueWithin(node: RuleNode, data: Json): Value;
}

/** Operands that must be written out, because meaning and proofs rest on them. */
export type LiteralKind = 'points' | 'steps' | 'digits' | 'end' | 'paths' | 'count';

export interface Operand {
	readonly name: LocalText;
	readonly type: ValueType;
	readonly optional?: true;
	/** Any number more like this one may follow. */
	readonly repeats?: true;
	/** Evaluated with each element (or the state of the fold) as its data. */
	readonly scope?: 'element' | 'fold';
	readonly literal?: LiteralKind;
}

/** An example that the help shows and a test runs: this rule on this data gives this. */
export interface OperatorExample {
	readonly rule: Rule;
	readonly data?: { readonly [path: string]: Json };
	readonly result: Value;
}

interface OperatorRecord {
	/** As it is written in a rule. */
	readonly name: string;
	/** As pickers and help show it. */
	readonly title: LocalText;
	readonly takes: readonly Operand[];
	readonly gives: ValueType;
	/**
	 * Which operands make the result null when they are null: `any` of them, the `first` only, or
	 * `none`, where the operator itself decides.
	 */
	readonly nulls: 'any' | 'first' | 'none';
	/** The unit of the result is the unit of its operands (sums, bounds, rounding, branches). */
	readonly keepsUnit?: true;
	readonly describe: { readonly [locale in Locale]: Describe };
	readonly help: LocalText;
	readonly examples: readonly OperatorExample[];
}

/** Says a call in words. `speaker` says the operands, with parentheses where they are needed. */
export type Describe = (speaker: Speaker, call: CallNode) => Phrase;

/** All operands are evaluated first, left to right. */
export interface StrictOperator extends OperatorRecord {
	readonly evaluate: (operands: readonly Value[], run: Run) => Value;
}

/** The operator evaluates its operands itself. */
export interface LazyOperator extends OperatorRecord {
	readonly evaluateLazily: (args: readonly RuleNode[], run: LazyRun) => Value;
}

export type Operator = StrictOperator | LazyOperator;

/** Declares an operator; one file each, listed in `index.ts`. */
export function operator<O extends Operator>(record: O): O {
	return record;
}

/** Fewest and most operands; most is Infinity where the last repeats. */
export function arityOf({ takes }: Operator): { readonly min: number; readonly max: number } {
	return {
		min: takes.filter((operand) => !operand.optional).length,
		max: takes.some((operand) => operand.repeats) ? Number.POSITIVE_INFINITY : takes.length
	};
}

/** What the operand at `index` is; the last one stands for its repetitions. */
export function operandAt({ takes }: Operator, index: number): Operand | undefined {
	const last = takes[takes.length - 1];
	return takes[index] ?? (last?.repeats ? last : undefined);
}
