/** Makes the nodes of a graph (`graph-node.ts`): each once, constants folded. */
import {
	applyArithmetic,
	type ArithmeticOp,
	type ColumnFacts,
	type GraphKind,
	type GraphNode,
	type GraphOp
} from './graph-node.ts';
import {
	ANYTHING,
	hull,
	intervalOf,
	isBounded,
	isNonZero,
	magnitude,
	widened,
	ZERO_TO_ONE,
	type Interval
} from './interval.ts';
import { canSink, isChosenNumber } from './sink.ts';

type Parts = Partial<
	Pick<GraphNode, 'value' | 'name' | 'values' | 'interval' | 'size' | 'nullable'>
>;

const NO_VALUES: readonly number[] = [];

/** Makes nodes, each once, and folds what is constant with the arithmetic of the back ends. */
export class Graph {
	readonly #nodes = new Map<string, GraphNode>();
	readonly facts: ColumnFacts;

	constructor(facts: ColumnFacts) {
		this.facts = facts;
	}

	get size(): number {
		return this.#nodes.size;
	}

	#node(kind: GraphKind, op: GraphOp, args: readonly GraphNode[], parts: Parts = {}): GraphNode {
		const { value = 0, name = '', values = NO_VALUES } = parts;
		let key: string = op;
		for (const arg of args) key += `,${arg.id}`;
		key += `;${value};${name}`;
		if (values.length > 0) key += `;${values.join()}`;
		const known = this.#nodes.get(key);
		if (known) return known;
		const node: GraphNode = {
			id: this.#nodes.size,
			kind,
			op,
			args,
			value,
			name,
			values,
			interval: parts.interval ?? ANYTHING,
			size: parts.size ?? 0,
			nullable: parts.nullable ?? false
		};
		this.#nodes.set(key, node);
		return node;
	}

	constant(value: number): GraphNode {
		const finite = Number.isFinite(value) ? value + 0 : NaN;
		return this.#node('number', 'constant', [], {
			value: finite,
			interval: Number.isNaN(finite) ? { low: 0, high: 0 } : widened(finite, finite),
			nullable: Number.isNaN(finite)
		});
	}

	/** A constant of the engine itself: no author moves it, so its bounds are exact. */
	fixed(value: number): GraphNode {
		const interval = { low: value, high: value };
		return this.#node('number', 'constant', [], { value, name: 'fixed', interval });
	}

	/** The constant that is missing. */
	get none(): GraphNode {
		return this.constant(NaN);
	}

	/**
	 * A number that an author moves between runs. Nothing of its value goes into the graph but its
	 * bounds, so that one kernel serves every value within them.
	 */
	open(name: string, interval: Interval): GraphNode {
		return this.#node('number', 'open', [], { name, interval });
	}

	column(name: string): GraphNode {
		const facts = this.facts.number(name);
		if (!facts) throw new Error(`There is no number column “${name}”.`);
		return this.#node('number', 'column', [], { name, ...facts });
	}

	/** A raw operation of the machine; `calculate` is what rules mean. */
	arithmetic(op: ArithmeticOp, a: GraphNode, b: GraphNode): GraphNode {
		if (a.op === 'constant' && b.op === 'constant') {
			const result = applyArithmetic(op, a.value, b.value);
			if (!Number.isFinite(result) && !Number.isNaN(result)) return this.#raw(op, a, b);
			return this.constant(result);
		}
		return this.#raw(op, a, b);
	}

	#raw(op: ArithmeticOp, a: GraphNode, b: GraphNode): GraphNode {
		const interval = intervalOf(op, a.interval, b.interval);
		const divides = op === 'divide' || op === 'modulo';
		const nullable =
			a.nullable || b.nullable || (divides && !isNonZero(b.interval)) || !isBounded(interval);
		return this.#node('number', op, [a, b], { interval, nullable });
	}

	/** An operation of a rule: what is not finite is missing. */
	calculate(op: ArithmeticOp, a: GraphNode, b: GraphNode): GraphNode {
		return this.finite(this.arithmetic(op, a, b));
	}

	/** Missing where the operand is infinite; nothing to do where it cannot be. */
	finite(a: GraphNode): GraphNode {
		if (a.op === 'constant' || a.op === 'finite') return a;
		if (a.args.every((arg) => arg.op === 'constant') && a.args.length === 2) return this.none;
		if (isBounded(a.interval)) return a;
		return this.#node('number', 'finite', [a], { interval: a.interval, nullable: true });
	}

	floor(a: GraphNode): GraphNode {
		if (a.op === 'constant') return this.constant(Math.floor(a.value));
		const { low, high } = a.interval;
		return this.#node('number', 'floor', [a], {
			interval: { low: Math.floor(low), high },
			nullable: a.nullable
		});
	}

	ceil(a: GraphNode): GraphNode {
		if (a.op === 'constant') return this.constant(Math.ceil(a.value));
		const { low, high } = a.interval;
		return this.#node('number', 'ceil', [a], {
			interval: { low, high: Math.ceil(high) },
			nullable: a.nullable
		});
	}

	absolute(a: GraphNode): GraphNode {
		if (a.op === 'constant') return this.constant(Math.abs(a.value));
		if (a.interval.low >= 0) return a;
		return this.#node('number', 'absolute', [a], {
			interval: { low: 0, high: magnitude(a.interval) },
			nullable: a.nullable
		});
	}

	/** `a`, which is not negative, with the sign of `b`. */
	signedLike(a: GraphNode, b: GraphNode): GraphNode {
		if (b.interval.low >= 0) return a;
		if (a.op === 'constant' && b.op === 'constant')
			return this.constant(b.value < 0 ? -a.value : a.value);
		return this.#node('number', 'signed_like', [a, b], {
			interval: { low: -a.interval.high, high: a.interval.high },
			nullable: a.nullable
		});
	}

	select(condition: GraphNode, yes: GraphNode, no: GraphNode): GraphNode {
		if (condition.op === 'always') return condition.value ? yes : no;
		if (yes === no) return yes;
		const inner = condition.args[0];
		if (condition.op === 'not' && inner) return this.select(inner, no, yes);
		if (canSink(yes, no)) return this.#sink(condition, yes, no);
		const [innerCondition, innerYes, innerNo] = no.args;
		if (no.op === 'select' && innerCondition && innerYes && innerNo && canSink(yes, innerYes))
			return this.#select(
				this.or(condition, innerCondition),
				this.#sink(condition, yes, innerYes),
				innerNo
			);
		return this.#select(condition, yes, no);
	}

	#select(condition: GraphNode, yes: GraphNode, no: GraphNode): GraphNode {
		return this.#node('number', 'select', [condition, yes, no], {
			interval: hull(yes.interval, no.interval),
			nullable: yes.nullable || no.nullable
		});
	}

	/** One operation on chosen numbers instead of a choice between two results of it: the same bits. */
	#sink(condition: GraphNode, yes: GraphNode, no: GraphNode): GraphNode {
		if (yes === no) return yes;
		if (isChosenNumber(yes) && isChosenNumber(no)) return this.#select(condition, yes, no);
		const args = yes.args.map((arg, i) => this.#sink(condition, arg, no.args[i] ?? arg));
		const interval = hull(yes.interval, no.interval);
		const nullable = yes.nullable || no.nullable;
		return this.#node('number', yes.op, args, { interval, nullable });
	}

	/** The same operation on other operands that stand for the same values. */
	rebuild(node: GraphNode, args: readonly GraphNode[]): GraphNode {
		return this.#node(node.kind, node.op, args, node);
	}

	asNumber(condition: GraphNode): GraphNode {
		if (condition.op === 'always') return this.constant(condition.value);
		return this.#node('number', 'as_number', [condition], { interval: ZERO_TO_ONE });
	}

	/** `values[index]`; a missing value is NaN. */
	pick(index: GraphNode, values: readonly number[]): GraphNode {
		if (index.op === 'whole') return this.constant(values[index.value] ?? NaN);
		const known = values.filter((value) => !Number.isNaN(value));
		return this.#node('number', 'pick', [index], {
			values,
			interval: known.map((value) => widened(value, value)).reduce(hull, widened(0, 0)),
			nullable: known.length < values.length
		});
	}

	/** The value where it is there, else what stands in for it. */
	orElse(value: GraphNode, standIn: GraphNode): GraphNode {
		return this.select(this.isMissing(value), standIn, value);
	}

	always(value: boolean): GraphNode {
		return this.#node('mask', 'always', [], { value: value ? 1 : 0 });
	}

	/** A comparison of two numbers; false where one is missing. */
	compare(op: 'less' | 'at_most' | 'equal', a: GraphNode, b: GraphNode): GraphNode {
		if (a.op === 'constant' && b.op === 'constant') {
			const holds =
				op === 'less'
					? a.value < b.value
					: op === 'at_most'
						? a.value <= b.value
						: a.value === b.value;
			return this.always(holds);
		}
		if (a.op === 'constant' && Number.isNaN(a.value)) return this.always(false);
		if (b.op === 'constant' && Number.isNaN(b.value)) return this.always(false);
		const [low, high] = [a.interval, b.interval];
		if (op !== 'equal' && low.low > high.high) return this.always(false);
		if (op !== 'equal' && low.high < high.low && !a.nullable && !b.nullable)
			return this.always(true);
		if (op === 'equal' && b.id < a.id) return this.#node('mask', op, [b, a]);
		return this.#node('mask', op, [a, b]);
	}

	isMissing(a: GraphNode): GraphNode {
		if (!a.nullable) return this.always(false);
		if (a.op === 'constant') return this.always(Number.isNaN(a.value));
		const operand = a.args[0];
		// A division tested for zero is missing exactly where its result is; nothing simpler is known.
		if (a.op === 'absolute' && operand) return this.isMissing(operand);
		return this.#node('mask', 'is_missing', [a]);
	}

	indexIs(index: GraphNode, value: number): GraphNode {
		if (value < 0 || value >= index.size) return this.always(false);
		if (index.op === 'whole') return this.always(index.value === value);
		return this.#node('mask', 'index_is', [index], { value });
	}

	/** True where `values[index]` is 1. */
	test(index: GraphNode, values: readonly number[]): GraphNode {
		if (index.op === 'whole') return this.always(values[index.value] === 1);
		const hits = values.reduce((count, value) => count + value, 0);
		if (hits === 0) return this.always(false);
		if (hits === values.length) return this.always(true);
		// A combined index is only looked up by.
		if (index.op === 'combine') return this.#node('mask', 'test', [index], { values });
		if (hits === 1) return this.indexIs(index, values.indexOf(1));
		if (hits === values.length - 1) return this.not(this.indexIs(index, values.indexOf(0)));
		return this.#node('mask', 'test', [index], { values });
	}

	not(a: GraphNode): GraphNode {
		if (a.op === 'always') return this.always(a.value === 0);
		const inner = a.args[0];
		if (a.op === 'not' && inner) return inner;
		return this.#node('mask', 'not', [a]);
	}

	and(a: GraphNode, b: GraphNode): GraphNode {
		if (a.op === 'always') return a.value ? b : a;
		if (b.op === 'always') return b.value ? a : b;
		if (a === b) return a;
		return b.id < a.id ? this.#node('mask', 'and', [b, a]) : this.#node('mask', 'and', [a, b]);
	}

	or(a: GraphNode, b: GraphNode): GraphNode {
		if (a.op === 'always') return a.value ? a : b;
		if (b.op === 'always') return b.value ? b : a;
		if (a === b) return a;
		return b.id < a.id ? this.#node('mask', 'or', [b, a]) : this.#node('mask', 'or', [a, b]);
	}

	whole(value: number): GraphNode {
		return this.#node('index', 'whole', [], { value, size: value + 1 });
	}

	/** Position of a text (or boolean) in its dictionary + 1; 0 is missing. */
	code(name: string): GraphNode {
		const dictionary = this.facts.dictionary(name);
		if (!dictionary) throw new Error(`There is no text column “${name}”.`);
		return this.#node('index', 'code', [], { name, size: dictionary.length + 1 });
	}

	countAtMost(a: GraphNode, thresholds: readonly number[]): GraphNode {
		if (a.op === 'constant')
			return this.whole(thresholds.filter((threshold) => threshold <= a.value).length);
		return this.#node('index', 'count_at_most', [a], {
			values: thresholds,
			size: thresholds.length + 1
		});
	}

	countAbove(a: GraphNode, thresholds: readonly number[]): GraphNode {
		if (a.op === 'constant')
			return this.whole(thresholds.filter((threshold) => threshold > a.value).length);
		return this.#node('index', 'count_above', [a], {
			values: thresholds,
			size: thresholds.length + 1
		});
	}

	/** A whole number that is known to lie between 0 and size − 1; missing becomes 0. */
	asIndex(a: GraphNode, size: number): GraphNode {
		return this.#node('index', 'as_index', [a], { size });
	}

	larger(a: GraphNode, b: GraphNode): GraphNode {
		if (a === b || (b.op === 'whole' && b.value === 0)) return a;
		if (a.op === 'whole' && b.op === 'whole') return this.whole(Math.max(a.value, b.value));
		return this.#node('index', 'larger', [a, b], { size: Math.max(a.size, b.size) });
	}

	choose(condition: GraphNode, yes: GraphNode, no: GraphNode): GraphNode {
		if (condition.op === 'always') return condition.value ? yes : no;
		if (yes === no) return yes;
		return this.#node('index', 'choose', [condition, yes, no], {
			size: Math.max(yes.size, no.size)
		});
	}

	/** One index for two: a · size + b, where b takes fewer than `size` values. */
	combine(a: GraphNode, b: GraphNode, size = b.size): GraphNode {
		return this.#node('index', 'combine', [a, b], { value: size, size: a.size * size });
	}
}
