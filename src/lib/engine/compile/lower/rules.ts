/**
 * Rules as nodes. One entry per operator that nodes can express; the other operators (lists, texts
 * made at run time) are evaluated per dictionary entry where they read a single text column, and
 * are otherwise left to the interpreter.
 */
import type { CallNode, RuleNode } from '../../logic/node.ts';
import { curvePoints } from '../../logic/points.ts';
import type { Scalar } from '../../logic/rule.ts';
import { pathsNamedIn } from '../../logic/variables.ts';
import type { Graph } from '../graph.ts';
import type { ArithmeticOp, GraphNode } from '../graph-node.ts';
import {
	absentMasks,
	literalList,
	looselyEqualMask,
	memberMask,
	orderMask,
	strictlyEqualMask
} from './compare.ts';
import {
	branch,
	floatOf,
	literalText,
	missingOf,
	numberOf,
	truthOf,
	Uncompilable,
	type Lowered
} from './lowered.ts';
import { ceilNode, curveNode, floorNode, roundNode, stepsNode } from './numbers.ts';

/** What lowering needs from outside: the variables, and a second chance for what nodes cannot say. */
export interface LoweringContext {
	readonly graph: Graph;
	/** The nodes of a variable; `null` type where it is absent. */
	variable(path: string): Lowered;
	/** Evaluates a rule per entry of the one dictionary that it reads; null where it reads more. */
	tabulate(node: RuleNode): Lowered | null;
}

type Lower = (call: CallNode, args: readonly Lowered[], lowering: Lowering) => Lowered;

const NULL: Lowered = { type: 'null' };

class Lowering {
	readonly context: LoweringContext;
	readonly graph: Graph;
	/** The words of literals, by the lowered value that stands for them. */
	readonly #literals = new Map<Lowered, string>();

	constructor(context: LoweringContext) {
		this.context = context;
		this.graph = context.graph;
	}

	readonly literalOf = (value: Lowered): string | null => this.#literals.get(value) ?? null;

	literal(value: Scalar): Lowered {
		if (value === null) return NULL;
		if (typeof value === 'number') return { type: 'number', node: this.graph.constant(value) };
		if (typeof value === 'boolean')
			return {
				type: 'boolean',
				holds: this.graph.always(value),
				missing: this.graph.always(false)
			};
		const lowered: Lowered = { type: 'text', text: literalText(this.graph, value) };
		this.#literals.set(lowered, value);
		return lowered;
	}

	lower(node: RuleNode): Lowered {
		switch (node.kind) {
			case 'literal':
				if (node.value !== null && typeof node.value === 'object')
					throw new Uncompilable(node.at, 'a list or an object as a value');
				return this.literal(node.value);
			case 'list':
				throw new Uncompilable(node.at, 'a list as a value');
			case 'var': {
				if (node.path === null) throw new Uncompilable(node.at, 'the whole data');
				const value = this.context.variable(node.path);
				if (!node.fallback) return value;
				return this.orElse(value, this.lower(node.fallback), node.at);
			}
			case 'call':
				return this.#call(node);
		}
	}

	#call(call: CallNode): Lowered {
		const lower = OPERATORS_AS_NODES.get(call.operator);
		try {
			if (!lower) throw new Uncompilable(call.at, `the operator “${call.operator}”`);
			const args = call.args.map((arg, index) =>
				isWrittenOut(call.operator, index) ? NULL : this.lower(arg)
			);
			return lower(call, args, this);
		} catch (problem) {
			const tabulated = problem instanceof Uncompilable ? this.context.tabulate(call) : null;
			if (tabulated) return tabulated;
			throw problem;
		}
	}

	number(value: Lowered | undefined, at: string): GraphNode {
		return numberOf(this.graph, value ?? NULL, at);
	}

	orElse(value: Lowered, standIn: Lowered, at: string): Lowered {
		return branch(this.graph, missingOf(this.graph, value, at), standIn, value);
	}

	/** A boolean that is missing where one of the operands is. */
	comparison(holds: GraphNode, operands: readonly Lowered[], at: string): Lowered {
		const missing = operands
			.map((operand) => missingOf(this.graph, operand, at))
			.reduce((any, next) => this.graph.or(any, next), this.graph.always(false));
		return { type: 'boolean', holds: this.graph.and(holds, this.graph.not(missing)), missing };
	}

	known(holds: GraphNode): Lowered {
		return { type: 'boolean', holds, missing: this.graph.always(false) };
	}
}

/** Operands that are read from the rule itself and not evaluated. */
function isWrittenOut(operator: string, index: number): boolean {
	if (operator === 'missing' || operator === 'missing_some') return true;
	if (operator === 'curve') return index > 0;
	return index === 1 && (operator === 'steps' || operator === 'round' || operator === 'in');
}

const numberResult = (node: GraphNode): Lowered => ({ type: 'number', node });

function calculation(op: ArithmeticOp): Lower {
	return ({ at }, [a, b], lowering) =>
		numberResult(lowering.graph.calculate(op, lowering.number(a, at), lowering.number(b, at)));
}

function extreme(op: 'min' | 'max'): Lower {
	return ({ at }, args, lowering) => {
		const [first, ...rest] = args.map((arg) => lowering.number(arg, at));
		if (!first) return NULL;
		return numberResult(rest.reduce((a, b) => lowering.graph.arithmetic(op, a, b), first));
	};
}

function ordering(op: 'less' | 'at_most', swapped: boolean): Lower {
	return ({ at }, args, lowering) => {
		const ordered = swapped ? args.toReversed() : args;
		let holds = lowering.graph.always(true);
		for (let i = 0; i + 1 < ordered.length; i++) {
			const [a = NULL, b = NULL] = [ordered[i], ordered[i + 1]];
			const next = orderMask(lowering.graph, op, a, b, lowering.literalOf, at);
			holds = lowering.graph.and(holds, next);
		}
		return lowering.comparison(holds, args, at);
	};
}

function equality(mask: typeof looselyEqualMask, negated: boolean): Lower {
	return ({ at }, [a = NULL, b = NULL], lowering) => {
		const equal = mask(lowering.graph, a, b, lowering.literalOf, at);
		return lowering.known(negated ? lowering.graph.not(equal) : equal);
	};
}

/** Falls through to the last value; `stops` says where an earlier one is the result. */
function chain(stops: (truth: GraphNode, graph: Graph) => GraphNode): Lower {
	return (_, args, lowering) =>
		args.reduceRight((later, value) =>
			branch(lowering.graph, stops(truthOf(lowering.graph, value), lowering.graph), value, later)
		);
}

const conditional: Lower = (_, args, { graph }) => {
	let result: Lowered = args.length % 2 === 1 ? (args[args.length - 1] ?? NULL) : NULL;
	for (let i = args.length - (args.length % 2) - 2; i >= 0; i -= 2) {
		const [condition = NULL, value = NULL] = [args[i], args[i + 1]];
		result = branch(graph, truthOf(graph, condition), value, result);
	}
	return result;
};

function writtenNumber(call: CallNode, index: number): number {
	const node = call.args[index];
	if (node?.kind === 'literal' && typeof node.value === 'number') return node.value;
	throw new Uncompilable(call.at, 'a number that is not written out');
}

function isExtended(call: CallNode, index: number): boolean {
	const node = call.args[index];
	return node?.kind === 'literal' && node.value === 'extend';
}

function truth(of: (holds: GraphNode, graph: Graph) => GraphNode): Lower {
	return (_, [value = NULL], lowering) =>
		lowering.known(of(truthOf(lowering.graph, value), lowering.graph));
}

function namedValues(call: CallNode, lowering: Lowering): Lowered[] {
	return pathsNamedIn(call).map(({ path }) => lowering.context.variable(path));
}

const OPERATORS_AS_NODES: ReadonlyMap<string, Lower> = new Map<string, Lower>([
	['if', conditional],
	['?:', conditional],
	['and', chain((holds, graph) => graph.not(holds))],
	['or', chain((holds) => holds)],
	['!', truth((holds, graph) => graph.not(holds))],
	['!!', truth((holds) => holds)],
	['==', equality(looselyEqualMask, false)],
	['!=', equality(looselyEqualMask, true)],
	['===', equality(strictlyEqualMask, false)],
	['!==', equality(strictlyEqualMask, true)],
	['<', ordering('less', false)],
	['<=', ordering('at_most', false)],
	['>', ordering('less', true)],
	['>=', ordering('at_most', true)],
	[
		'between',
		(call, [value = NULL, low = NULL, high = NULL], lowering) =>
			ordering('at_most', false)(call, [low, value, high], lowering)
	],
	[
		'in',
		(call, [needle = NULL], lowering) => {
			const list = literalList(call.args[1]);
			if (!list) throw new Uncompilable(call.at, 'a list that is not written out');
			return lowering.known(memberMask(lowering.graph, needle, list, call.at));
		}
	],
	[
		'+',
		({ at }, args, { graph }) =>
			numberResult(
				graph.finite(
					args
						.map((arg) => floatOf(graph, arg, at))
						.reduce((sum, term) => graph.arithmetic('add', sum, term))
				)
			)
	],
	[
		'*',
		({ at }, args, { graph }) =>
			numberResult(
				graph.finite(
					args
						.map((arg) => floatOf(graph, arg, at))
						.reduce((product, factor) => graph.arithmetic('multiply', product, factor))
				)
			)
	],
	[
		'-',
		(call, args, lowering) => {
			if (args.length > 1) return calculation('subtract')(call, args, lowering);
			const zero = lowering.graph.constant(0);
			const value = lowering.number(args[0], call.at);
			return numberResult(lowering.graph.arithmetic('subtract', zero, value));
		}
	],
	['/', calculation('divide')],
	['%', calculation('modulo')],
	['min', extreme('min')],
	['max', extreme('max')],
	[
		'clamp',
		({ at }, [value, low, high], lowering) => {
			const { graph } = lowering;
			const raised = graph.arithmetic('max', lowering.number(value, at), lowering.number(low, at));
			return numberResult(graph.arithmetic('min', raised, lowering.number(high, at)));
		}
	],
	[
		'abs',
		({ at }, [value], lowering) => numberResult(lowering.graph.absolute(lowering.number(value, at)))
	],
	[
		'floor',
		({ at }, [value], lowering) =>
			numberResult(floorNode(lowering.graph, lowering.number(value, at)))
	],
	[
		'ceil',
		({ at }, [value], lowering) =>
			numberResult(ceilNode(lowering.graph, lowering.number(value, at)))
	],
	[
		'round',
		(call, [value], lowering) =>
			numberResult(
				roundNode(lowering.graph, lowering.number(value, call.at), writtenNumber(call, 1))
			)
	],
	[
		'curve',
		(call, [value], lowering) => {
			const points = curvePoints(call.args[1]);
			if (!points) throw new Uncompilable(call.at, 'points that are not written out');
			const ends = { below: isExtended(call, 2), above: isExtended(call, 3) };
			return numberResult(curveNode(lowering.graph, lowering.number(value, call.at), points, ends));
		}
	],
	[
		'steps',
		(call, [value, , otherwise = NULL], lowering) => {
			const steps = curvePoints(call.args[1]);
			if (!steps) throw new Uncompilable(call.at, 'steps that are not written out');
			if (otherwise.type !== 'number' && otherwise.type !== 'null')
				throw new Uncompilable(call.at, 'values of several types');
			const below = otherwise.type === 'number' ? otherwise.node : lowering.graph.none;
			return numberResult(stepsNode(lowering.graph, lowering.number(value, call.at), steps, below));
		}
	],
	[
		'coalesce',
		({ at }, args, lowering) =>
			args.reduceRight((later, value) => lowering.orElse(value, later, at))
	],
	[
		'missing',
		(call, _, lowering) => {
			const { graph } = lowering;
			const absent = absentMasks(graph, namedValues(call, lowering), call.at);
			const holds = absent.reduce((any, next) => graph.or(any, next), graph.always(false));
			return { type: 'condition', holds };
		}
	],
	[
		'missing_some',
		(call, _, lowering) => {
			const { graph } = lowering;
			const absent = absentMasks(graph, namedValues(call, lowering), call.at);
			const count = absent
				.map((mask) => graph.asNumber(mask))
				.reduce((sum, next) => graph.arithmetic('add', sum, next), graph.constant(0));
			const allowed = graph.constant(absent.length - writtenNumber(call, 0));
			const tooMany = graph.compare('less', allowed, count);
			const any = graph.compare('less', graph.constant(0), count);
			return { type: 'condition', holds: graph.and(tooMany, any) };
		}
	]
]);

/** Operators that nodes can express; the rest is tabulated or interpreted. */
export const COMPILED_OPERATORS: readonly string[] = [...OPERATORS_AS_NODES.keys()];

/** The nodes of a rule. Throws `Uncompilable` where the interpreter must run it. */
export function lowerRule(node: RuleNode, context: LoweringContext): Lowered {
	return new Lowering(context).lower(node);
}
