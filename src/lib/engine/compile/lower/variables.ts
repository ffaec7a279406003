/** Variables of a scheme's rules as nodes: columns, what derives from them, what scoring computes. */
import { evaluateRule } from '../../logic/interpret.ts';
import type { RuleNode } from '../../logic/node.ts';
import type { Value } from '../../logic/rule.ts';
import { variablesOf } from '../../logic/variables.ts';
import { parsePeriod, periodFacts } from '../../scheme/period.ts';
import { derivationOf, PERIOD_ID } from '../../table/paths.ts';
import type { SourceColumns } from '../facts.ts';
import type { Graph } from '../graph.ts';
import type { GraphNode } from '../graph-node.ts';
import { indexedText, type Lowered } from './lowered.ts';
import type { LoweringContext } from './rules.ts';

/** Dictionaries up to this size are worth evaluating a rule for each of their texts. */
const LARGEST_TABULATED = 4096;

const NULL: Lowered = { type: 'null' };

export interface VariableOptions {
	readonly columns: SourceColumns;
	readonly fiscalMonth: number;
	/** `item.*`, `items.*`, `base_score`, `score`, `grade`, by path, where they exist. */
	readonly computed: ReadonlyMap<string, Lowered>;
}

/** `actual ÷ target`, missing where the target is 0. */
export function quotientNode(graph: Graph, actual: GraphNode, target: GraphNode): GraphNode {
	return graph.calculate('divide', actual, target);
}

/** The number of a column; missing where the column is absent or holds no numbers. */
export function numberColumn(graph: Graph, columns: SourceColumns, name: string): GraphNode {
	return columns.kind(name) === 'number' ? graph.column(name) : graph.none;
}

function columnVariable(graph: Graph, columns: SourceColumns, path: string): Lowered | null {
	switch (columns.kind(path)) {
		case 'number':
			return { type: 'number', node: graph.column(path) };
		case 'text':
			return {
				type: 'text',
				text: indexedText(graph, graph.code(path), columns.dictionary(path) ?? [])
			};
		case 'boolean': {
			const code = graph.code(path);
			return { type: 'boolean', holds: graph.indexIs(code, 2), missing: graph.indexIs(code, 0) };
		}
		default:
			return null;
	}
}

function derivedVariable(graph: Graph, options: VariableOptions, path: string): Lowered {
	const { columns, fiscalMonth } = options;
	const derivation = derivationOf(path);
	if (!derivation) return NULL;
	if (derivation.kind === 'quotient') {
		const actual = numberColumn(graph, columns, derivation.actual);
		const target = numberColumn(graph, columns, derivation.target);
		return { type: 'number', node: quotientNode(graph, actual, target) };
	}
	if (columns.kind(PERIOD_ID) !== 'text') return NULL;
	const ids = indexedText(graph, graph.code(PERIOD_ID), columns.dictionary(PERIOD_ID) ?? []);
	const node = ids.number((id) => {
		const period = parsePeriod(id);
		return (period && periodFacts(period, fiscalMonth)[derivation.part]) ?? NaN;
	});
	return { type: 'number', node };
}

/** What rules of one place read. */
export function variableContext(graph: Graph, options: VariableOptions): LoweringContext {
	const { columns, computed } = options;
	return {
		graph,
		variable: (path) =>
			computed.get(path) ??
			columnVariable(graph, columns, path) ??
			derivedVariable(graph, options, path),
		tabulate: (node) => tabulate(graph, options, node)
	};
}

/**
 * A rule that reads one text or boolean column and nothing else has one value per entry of the
 * dictionary: the interpreter computes those, and rows look theirs up.
 */
function tabulate(graph: Graph, options: VariableOptions, node: RuleNode): Lowered | null {
	const { columns, computed } = options;
	const [path, ...others] = variablesOf(node);
	if (path === undefined || others.length > 0 || computed.has(path)) return null;
	const dictionary = columns.dictionary(path);
	if (!dictionary || dictionary.length > LARGEST_TABULATED || readsElement(node)) return null;
	const isBoolean = columns.kind(path) === 'boolean';
	const entries: readonly Value[] = [null, ...(isBoolean ? [false, true] : dictionary)];
	const results: Value[] = [];
	for (const entry of entries) {
		const { value, error } = evaluateRule(node, new Map([[path, entry]]));
		if (error) return null;
		results.push(value);
	}
	return fromTable(graph, graph.code(path), results);
}

/** The whole data inside an iteration is the element, outside it is the row: not tabulated. */
function readsElement(node: RuleNode): boolean {
	return node.kind === 'var' && node.path === null;
}

function fromTable(graph: Graph, index: GraphNode, results: readonly Value[]): Lowered | null {
	const allOf = (type: 'number' | 'boolean' | 'string'): boolean =>
		results.every((value) => value === null || typeof value === type);
	const mask = (holds: (value: Value) => boolean): GraphNode =>
		graph.test(
			index,
			results.map((value) => (holds(value) ? 1 : 0))
		);
	if (results.every((value) => value === null)) return NULL;
	if (allOf('number')) {
		const values = results.map((value) => (typeof value === 'number' ? value : NaN));
		return { type: 'number', node: graph.pick(index, values) };
	}
	if (allOf('boolean'))
		return {
			type: 'boolean',
			holds: mask((value) => value === true),
			missing: mask((value) => value === null)
		};
	if (allOf('string')) {
		const text = (of: (text: string) => number, missing: number): number[] =>
			results.map((value) => (typeof value === 'string' ? of(value) : missing));
		return {
			type: 'text',
			text: {
				missing: mask((value) => value === null),
				is: (literal) => mask((value) => value === literal),
				test: (holds) =>
					graph.test(
						index,
						text((value) => (holds(value) ? 1 : 0), 0)
					),
				number: (of) => graph.pick(index, text(of, NaN))
			}
		};
	}
	const holds = mask((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));
	return { type: 'condition', holds };
}
