/**
 * The interpreter: complete and slow. Every operator, lists and texts included, within budgets, with
 * a trace on demand. What it gives is what a rule means; the compiler must give the same bits.
 */
import type { BudgetCode } from './diagnostics.ts';
import type { CallNode, RuleNode, VarNode } from './node.ts';
import { withoutNegativeZero } from './number.ts';
import { OPERATORS } from './operators/index.ts';
import type { LazyRun, Operator, WhyNull } from './operators/operator.ts';
import type { Json, Value, Variables } from './rule.ts';
import { MAX_TRACE_NODES, type TraceNode } from './trace.ts';
import { isList, ownPath, seen } from './value.ts';

export type { TraceNode } from './trace.ts';

export interface Budgets {
	/** Nodes evaluated; text and list work counts in proportion. */
	readonly steps: number;
	/** Nodes inside each other, and lists inside lists in the result. */
	readonly depth: number;
	/** Characters and list slots made. */
	readonly cells: number;
}

/** Far beyond any rule of sense; a full budget takes some ten milliseconds. */
export const DEFAULT_BUDGETS: Budgets = { steps: 100_000, depth: 80, cells: 250_000 };

export interface EvaluateOptions {
	readonly trace?: boolean;
	readonly budgets?: Partial<Budgets>;
}

export interface EvaluationError {
	readonly code: BudgetCode;
	/** The node at which the evaluation was stopped. */
	readonly at: string;
}

export interface Evaluated {
	readonly value: Value;
	/** Set when the evaluation was stopped; `value` is null then. */
	readonly error?: EvaluationError;
	readonly trace?: TraceNode;
}

/** Evaluates a rule on the variables of one row. */
export function evaluateRule(
	rule: RuleNode,
	variables: Variables,
	options: EvaluateOptions = {}
): Evaluated {
	return new Evaluation({ variables }, options).run(rule);
}

/**
 * Evaluates a rule on nested JSON, as plain JSON Logic does: a dotted path steps through own
 * properties. For tests of the dialect and for data that comes as one document.
 */
export function evaluateOnJson(
	rule: RuleNode,
	data: Json,
	options: EvaluateOptions = {}
): Evaluated {
	return new Evaluation({ data }, options).run(rule);
}

/** What `var` reads: the row, or nested data (inside an iteration: the element). */
type Source = { readonly variables: Variables } | { readonly data: Json };

/** Carries a budget's end out of the recursion; never leaves this file. */
class Stopped extends Error {
	readonly code: BudgetCode;
	constructor(code: BudgetCode) {
		super(code);
		this.code = code;
	}
}

type Frame = { -readonly [key in keyof TraceNode]: TraceNode[key] } & { inputs: TraceNode[] };

/** Cells of text or list work that count as one step. */
const CELLS_PER_STEP = 64;

class Evaluation implements LazyRun {
	readonly #budgets: Budgets;
	readonly #tracing: boolean;
	#source: Source;
	#steps = 0;
	#cells = 0;
	#depth = 0;
	#at = '';
	#frame: Frame | null = null;
	#traced = 0;
	#why: WhyNull | undefined;
	#branch: number | undefined;

	constructor(source: Source, options: EvaluateOptions) {
		this.#source = source;
		this.#budgets = { ...DEFAULT_BUDGETS, ...options.budgets };
		this.#tracing = options.trace ?? false;
	}

	run(rule: RuleNode): Evaluated {
		const root: Frame = { id: -1, at: '', kind: 'list', value: null, inputs: [] };
		if (this.#tracing) this.#frame = root;
		try {
			const value = this.value(rule);
			this.#at = rule.at;
			this.#refuseEndlessResult(value);
			return this.#withTrace({ value }, root);
		} catch (stopped) {
			if (!(stopped instanceof Stopped)) throw stopped;
			return this.#withTrace({ value: null, error: { code: stopped.code, at: this.#at } }, root);
		}
	}

	#withTrace(result: Evaluated, root: Frame): Evaluated {
		const [trace] = root.inputs;
		return trace ? { ...result, trace } : result;
	}

	/** A field, so that operators can hand it on without binding. */
	readonly charge = (cells: number): void => {
		this.#cells += cells;
		if (this.#cells > this.#budgets.cells) throw new Stopped('memory_budget');
		this.#steps += Math.floor(cells / CELLS_PER_STEP);
		if (this.#steps > this.#budgets.steps) throw new Stopped('step_budget');
	};

	none(why: WhyNull): null {
		this.#why = why;
		return null;
	}

	took(branch: number): void {
		this.#branch = branch;
	}

	read(path: string): Value {
		const source = this.#source;
		if ('variables' in source) return path === '' ? null : seen(source.variables.get(path));
		return seen(ownPath(source.data, path));
	}

	valueWithin(node: RuleNode, data: Json): Value {
		const outer = this.#source;
		this.#source = { data };
		const value = this.value(node);
		this.#source = outer;
		return value;
	}

	value(node: RuleNode): Value {
		this.#at = node.at;
		if (++this.#steps > this.#budgets.steps) throw new Stopped('step_budget');
		if (++this.#depth > this.#budgets.depth) throw new Stopped('depth_budget');
		const value = this.#frame ? this.#evaluateTraced(node, this.#frame) : this.#evaluate(node);
		this.#depth--;
		return value;
	}

	#evaluateTraced(node: RuleNode, parent: Frame): Value {
		if (this.#traced >= MAX_TRACE_NODES) {
			parent.truncated = true;
			this.#frame = null;
			const value = this.#evaluate(node);
			this.#frame = parent;
			return value;
		}
		const name = node.kind === 'call' ? node.operator : node.kind === 'var' ? node.path : null;
		const frame: Frame = {
			id: this.#traced++,
			at: node.at,
			kind: node.kind,
			...(name === null ? {} : { name }),
			value: null,
			inputs: []
		};
		parent.inputs.push(frame);
		this.#frame = frame;
		frame.value = this.#evaluate(node);
		if (this.#why !== undefined) frame.why = this.#why;
		if (this.#branch !== undefined) frame.branch = this.#branch;
		this.#why = undefined;
		this.#branch = undefined;
		this.#frame = parent;
		return frame.value;
	}

	/** Evaluates a node and leaves in `#why` and `#branch` what the trace says of it. */
	#evaluate(node: RuleNode): Value {
		switch (node.kind) {
			case 'literal':
				this.#explain(node.value === null ? 'written_null' : undefined);
				return node.value;
			case 'list': {
				this.charge(node.items.length);
				const values = node.items.map((item) => this.value(item));
				this.#explain(undefined);
				return values;
			}
			case 'var':
				return this.#readVariable(node);
			case 'call':
				return this.#call(node);
		}
	}

	#explain(why: WhyNull | undefined, branch?: number): void {
		this.#why = why;
		this.#branch = branch;
	}

	#readVariable(node: VarNode): Value {
		let value = this.read(node.path ?? '');
		if (value === null && node.fallback) value = this.value(node.fallback);
		this.#explain(value === null ? 'missing_variable' : undefined);
		return value;
	}

	#call(node: CallNode): Value {
		const operator = OPERATORS.get(node.operator);
		if (!operator) throw new Stopped('unknown_operator');
		const value =
			'evaluateLazily' in operator ? this.#lazily(operator, node) : this.#strictly(operator, node);
		if (typeof value === 'number' && !Number.isFinite(value)) {
			this.#explain(Number.isNaN(value) ? 'not_a_number' : 'too_large', this.#branch);
			return null;
		}
		if (value !== null) this.#why = undefined;
		else this.#why ??= 'missing_operand';
		return typeof value === 'number' ? withoutNegativeZero(value) : value;
	}

	#lazily(operator: Extract<Operator, { evaluateLazily: unknown }>, node: CallNode): Value {
		// Operands evaluated on the way leave their own explanation; what the operator says comes last.
		const said: { why?: WhyNull; branch?: number } = {};
		const run: LazyRun = {
			charge: this.charge,
			none: (why) => {
				said.why = why;
				return null;
			},
			took: (branch) => {
				said.branch = branch;
			},
			read: (path) => this.read(path),
			value: (arg) => this.value(arg),
			valueWithin: (arg, data) => this.valueWithin(arg, data)
		};
		const value = operator.evaluateLazily(node.args, run);
		this.#at = node.at;
		this.#explain(value === null ? (said.why ?? 'missing_operand') : undefined, said.branch);
		return value;
	}

	#strictly(operator: Exclude<Operator, { evaluateLazily: unknown }>, node: CallNode): Value {
		const operands = node.args.map((arg) => this.value(arg));
		this.#at = node.at;
		this.#explain(undefined);
		const decisive =
			operator.nulls === 'any' ? operands : operator.nulls === 'first' ? operands.slice(0, 1) : [];
		if (decisive.includes(null)) return this.none('missing_operand');
		return operator.evaluate(operands, this);
	}

	/**
	 * Lists that a fold has put into each other, twice a time, are small in memory and endless to
	 * print: the result is measured as a reader would see it, each shared part only once.
	 */
	#refuseEndlessResult(value: Value): void {
		const known = new Map<object, Extent>();
		const measure = (part: Json, depth: number): Extent => {
			if (part === null || typeof part !== 'object') return SCALAR_EXTENT;
			if (depth > this.#budgets.depth) throw new Stopped('depth_budget');
			const before = known.get(part);
			if (before) {
				if (depth + before.height > this.#budgets.depth) throw new Stopped('depth_budget');
				return before;
			}
			const parts = isList(part) ? part : Object.values(part);
			let cells = parts.length;
			let height = 0;
			for (let i = 0; i < parts.length; i++) {
				const extent = measure(parts[i] ?? null, depth + 1);
				cells += extent.cells;
				height = Math.max(height, extent.height + 1);
				if (cells > this.#budgets.cells) throw new Stopped('memory_budget');
			}
			const extent = { cells, height };
			known.set(part, extent);
			return extent;
		};
		measure(value, 0);
	}
}

/** How much of a result there is to read. */
interface Extent {
	readonly cells: number;
	readonly height: number;
}

const SCALAR_EXTENT: Extent = { cells: 0, height: 0 };
