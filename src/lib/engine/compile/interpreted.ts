/**
 * Rules that nodes cannot express are interpreted row by row before the kernel runs; their results
 * become columns and the rest of the scheme stays compiled. Phase by phase, because a rule may read
 * what items gave, or the score itself.
 */
import { evaluateRule } from '../logic/interpret.ts';
import type { Value } from '../logic/rule.ts';
import { isTruthy } from '../logic/value.ts';
import type { PreparedScheme } from '../score/prepare.ts';
import { asNumber } from '../score/score-row.ts';
import { attainment } from '../table/paths.ts';
import { derivedValue, variablesOfRow } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import type { Backend } from './backend.ts';
import type { SourceColumns } from './facts.ts';
import type { InterpretedRule, RulePhase } from './lower/scheme-rules.ts';
import { outputName, scorecardProgram } from './outputs.ts';
import { buildSchemeGraph, type SchemeGraphOptions, type SchemeNodes } from './scheme-graph.ts';

export interface ResolvedScheme {
	readonly nodes: SchemeNodes;
	readonly interpreted: readonly InterpretedRule[];
	/** Rows in which an interpreted rule could not be evaluated: the plain way decides there. */
	readonly troubled: ReadonlySet<number>;
	/** Kernels of these nodes must be told the weights before they run. */
	readonly hasOpenWeights: boolean;
}

const PHASES: readonly RulePhase[] = ['item', 'total', 'outcome'];

/** The graph of a scheme with every rule either in it or interpreted beside it. */
export function resolveScheme(
	prepared: PreparedScheme,
	table: Table,
	columns: SourceColumns,
	backend: Backend,
	wanted: SchemeGraphOptions
): ResolvedScheme {
	const interpreted: InterpretedRule[] = [];
	const troubled = new Set<number>();
	let options = wanted;
	let nodes = buildSchemeGraph(prepared, columns, options);
	if (nodes.interpreted.length > 0 && options.hasOpenWeights) {
		// What rules are interpreted with comes from kernels that nobody tells the weights.
		options = { ...options, hasOpenWeights: false };
		nodes = buildSchemeGraph(prepared, columns, options);
	}
	for (const phase of PHASES) {
		const rules = nodes.interpreted.filter((rule) => rule.phase === phase);
		if (rules.length === 0) continue;
		const results = phase === 'item' ? null : runSoFar(nodes, table, backend);
		interpretRules(rules, { prepared, table, options, nodes, results, troubled }, columns);
		interpreted.push(...rules);
		nodes = buildSchemeGraph(prepared, columns, options);
	}
	return { nodes, interpreted, troubled, hasOpenWeights: options.hasOpenWeights ?? false };
}

/** Scorecards as far as they do not depend on rules that are still to be interpreted. */
function runSoFar(nodes: SchemeNodes, table: Table, backend: Backend): Backend {
	backend.prepare(scorecardProgram(nodes)).run(0, table.rows);
	return backend;
}

interface Interpretation {
	readonly prepared: PreparedScheme;
	readonly table: Table;
	readonly options: SchemeGraphOptions;
	readonly nodes: SchemeNodes;
	/** Results of the earlier phases; null in the first. */
	readonly results: Backend | null;
	readonly troubled: Set<number>;
}

function interpretRules(
	rules: readonly InterpretedRule[],
	interpretation: Interpretation,
	columns: SourceColumns
): void {
	const { prepared, table, options, results, troubled } = interpretation;
	const targets = rules.map(() => new Float64Array(table.rows));
	const readResults = results && resultsReader(prepared, interpretation.nodes, results);
	for (let row = 0; row < table.rows; row++) {
		const scope = variablesOfRow(table, row, prepared.paths);
		for (const path of prepared.derivedPaths)
			if (!scope.has(path)) scope.set(path, derivedValue(scope, path, options.fiscalMonth) ?? null);
		readResults?.(row, scope);
		rules.forEach(({ rule, item, condition }, index) => {
			if (rule.problem) {
				troubled.add(row);
				return;
			}
			if (item) {
				const actual = asNumber(scope.get(item.actualPath));
				const target = asNumber(scope.get(item.targetPath));
				scope.set('item.actual', actual);
				scope.set('item.target', target);
				scope.set('item.attainment', attainment(actual, target));
			}
			const { value, error } = evaluateRule(rule.node, scope);
			for (const name of ['item.actual', 'item.target', 'item.attainment']) scope.delete(name);
			if (error) troubled.add(row);
			const result = condition ? Number(isTruthy(value)) : (asNumber(value) ?? NaN);
			const column = targets[index];
			if (column) column[row] = result;
		});
	}
	rules.forEach(({ column }, index) =>
		columns.add(column, { kind: 'number', values: targets[index] ?? new Float64Array() })
	);
}

/** Adds `items.*`, `base_score`, `score` and `grade` of a row to what rules read. */
function resultsReader(
	prepared: PreparedScheme,
	nodes: SchemeNodes,
	results: Backend
): (row: number, scope: Map<string, Value>) => void {
	const numbers = (name: string): ((row: number) => number | null) => {
		const column = results.numbers(name);
		return (row) => asNumber(column[row]);
	};
	const items = prepared.items.map((item) => ({
		item,
		score: numbers(outputName.itemScore(item.id)),
		weight: numbers(outputName.itemWeight(item.id)),
		points: numbers(outputName.itemPoints(item.id))
	}));
	const base = numbers(outputName.base);
	const score = numbers(outputName.score);
	const outcome = results.bytes(outputName.outcome);
	return (row, scope) => {
		for (const { item, ...read } of items) {
			const actual = asNumber(scope.get(item.actualPath));
			const target = asNumber(scope.get(item.targetPath));
			scope.set(`items.${item.id}.score`, read.score(row));
			scope.set(`items.${item.id}.weight`, read.weight(row));
			scope.set(`items.${item.id}.points`, read.points(row));
			scope.set(`items.${item.id}.attainment`, attainment(actual, target));
		}
		scope.set('base_score', base(row));
		scope.set('score', score(row));
		scope.set('grade', prepared.grades[outcome[row] ?? nodes.outcomes.noGrade]?.id ?? null);
	};
}
