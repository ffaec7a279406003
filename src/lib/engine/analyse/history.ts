/** What the history says of a scheme: spread, overlap, boundaries, branches and missing data. */
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { evaluateRule } from '../logic/interpret.ts';
import { childrenOf, type RuleNode } from '../logic/node.ts';
import type { Dictionary, Value } from '../logic/rule.ts';
import { ruleSentence } from '../logic/sentence.ts';
import { isTruthy } from '../logic/value.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { prepareScheme, scoreRow } from '../score/score-row.ts';
import { withDerivedColumns } from '../table/derive.ts';
import { valueAt, variablesOfRow } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import { ConcernedRows } from './concerned.ts';
import { dataDiagnostics } from './data-diagnostics.ts';
import { readable } from './entry.ts';
import { itemNames, variableNames } from './names.ts';
import { fromWords, type DataNeeds } from './needs.ts';
import type { ParsedScheme } from './parsed.ts';
import { allRules } from './reach.ts';
import { correlation, covariance, mean } from './statistics.ts';
import { withItem } from './weigh.ts';

/** Rows that are scored at most, evenly spread over the history. */
const MAX_ROWS = 2_000;
/** Rows below which spread and correlation say nothing. */
const MIN_ROWS = 8;
const SAME_MEASURE = 0.95;
/** Percentage points by which an effective weight may differ from the written one. */
const WEIGHT_DRIFT = 20;
/** Points below a boundary that count as a hair. */
const HAIR = 0.1;
/** Share of missing values from which it is worth saying. */
const PARTLY_MISSING = 0.05;

type Metrics = ReadonlyMap<string, MetricDefinition> | undefined;

interface ScoredRow {
	readonly row: ReadonlyMap<string, Value>;
	readonly scorecard: Scorecard;
}

/** Findings that need a history. */
export function checkHistory(
	parsed: ParsedScheme,
	needs: DataNeeds,
	history: Table,
	metrics: Metrics,
	dictionary?: Dictionary
): Diagnostic[] {
	const table = withDerivedColumns(history);
	const scored = scoreSample(parsed, table);
	return [
		...supplyFindings(needs, table, new ConcernedRows(parsed, table), dictionary),
		...branchFindings(
			parsed,
			scored.map(({ row }) => row)
		),
		...spreadFindings(parsed, scored, metrics),
		...boundaryFindings(parsed, scored)
	];
}

function scoreSample({ scheme }: ParsedScheme, table: Table): ScoredRow[] {
	const prepared = prepareScheme(scheme);
	const step = Math.max(1, Math.ceil(table.rows / MAX_ROWS));
	const rows: ScoredRow[] = [];
	for (let index = 0; index < table.rows; index += step) {
		const row = variablesOfRow(table, index);
		const scorecard = scoreRow(prepared, row, { preview: true });
		if (scorecard.status !== 'uncovered') rows.push({ row, scorecard });
	}
	return rows;
}

function supplyFindings(
	{ needs }: DataNeeds,
	table: Table,
	concerned: ConcernedRows,
	dictionary: Dictionary | undefined
): Diagnostic[] {
	return needs.flatMap((need): Diagnostic[] => {
		const { path, usedBy } = need;
		const column = table.columns.get(path);
		const at = usedBy[0] ?? '';
		const rows = concerned.of(need);
		if (rows.length === 0) return [];
		const missing = rows.filter((row) => !column || valueAt(column, row) === null);
		const names = variableNames(path, dictionary);
		const from = fromWords([need]);
		if (missing.length === rows.length) {
			const details = { ...names, from: from.en, from_zh: from['zh-CN'] };
			return [diagnose(dataDiagnostics, 'variable_never_supplied', at, details)];
		}
		if (missing.length / rows.length < PARTLY_MISSING) return [];
		const ids = table.columns.get('employee.id');
		const people = [...new Set(missing.map((row) => (ids ? String(valueAt(ids, row)) : '')))];
		const named = people.slice(0, 5).join(', ');
		return [
			diagnose(dataDiagnostics, 'data_partly_missing', at, {
				...names,
				rows: rows.length,
				missing: missing.length,
				share: readable(Math.round((missing.length / rows.length) * 100)),
				people: people.length > 5 ? `${named} +${people.length - 5}` : named
			})
		];
	});
}

/** How often one branch of a rule was taken. */
export interface BranchHits {
	/** JSON Pointer of the condition, or of the last result for “else”. */
	readonly at: string;
	readonly condition: RuleNode | null;
	readonly hits: number;
	/** Rows on which the rule was evaluated that far. */
	readonly rows: number;
}

/** Hits per branch of every `if` over these rows. */
export function countHits(
	parsed: ParsedScheme,
	rows: readonly ReadonlyMap<string, Value>[]
): BranchHits[] {
	const hits = new Map<
		string,
		{ at: string; condition: RuleNode | null; hits: number; rows: number }
	>();
	const count = (at: string, condition: RuleNode | null, hit: boolean): void => {
		const known = hits.get(at) ?? { at, condition, hits: 0, rows: 0 };
		known.rows++;
		if (hit) known.hits++;
		hits.set(at, known);
	};
	const visit = (node: RuleNode, row: ReadonlyMap<string, Value>): void => {
		if (node.kind !== 'call' || (node.operator !== 'if' && node.operator !== '?:')) {
			for (const child of childrenOf(node)) visit(child, row);
			return;
		}
		let open = true;
		for (let index = 0; index < node.args.length; index += 2) {
			const [test, then] = [node.args[index], node.args[index + 1]];
			if (!test) break;
			if (!then) {
				count(test.at, null, open);
				if (open) visit(test, row);
				break;
			}
			const hit: boolean = open && isTruthy(evaluateRule(test, row).value);
			count(test.at, test, hit);
			if (hit) visit(then, row);
			open &&= !hit;
		}
	};
	const rules = allRules(parsed).filter((rule) => hasBranch(rule.node));
	for (const row of rows) {
		for (const rule of rules) visit(rule.node, withItem(row, rule));
	}
	return [...hits.values()];
}

function hasBranch(node: RuleNode): boolean {
	const isBranch = node.kind === 'call' && (node.operator === 'if' || node.operator === '?:');
	return isBranch || childrenOf(node).some(hasBranch);
}

/** Conditions on totals are not known per row here, so only items and whom it applies to count. */
function branchFindings(
	parsed: ParsedScheme,
	rows: readonly ReadonlyMap<string, Value>[]
): Diagnostic[] {
	if (rows.length < MIN_ROWS) return [];
	const own: ParsedScheme = { ...parsed, adjustments: [], gates: [], insights: [], payout: null };
	return countHits(own, rows).flatMap(({ at, condition, hits, rows: seen }): Diagnostic[] => {
		if (hits > 0 || seen < MIN_ROWS || !condition) return [];
		return [
			diagnose(dataDiagnostics, 'branch_never_hit', at, {
				rows: seen,
				condition: ruleSentence(condition, { locale: 'en' }),
				condition_zh: ruleSentence(condition, { locale: 'zh-CN' })
			})
		];
	});
}

function spreadFindings(
	{ scheme }: ParsedScheme,
	scored: readonly ScoredRow[],
	metrics: Metrics
): Diagnostic[] {
	const cards = scored
		.map(({ scorecard }) => scorecard)
		.filter(({ status }) => status === 'scored');
	if (cards.length < MIN_ROWS) return [];
	const found: Diagnostic[] = [];
	const names = (index: number) => {
		const item = scheme.items[index];
		return item ? itemNames(item, metrics?.get(item.metric)) : { item: '', item_zh: '' };
	};
	for (const [index] of scheme.items.entries()) {
		const parts = cards.flatMap((card) => card.items[index] ?? []);
		const scores = parts.flatMap(({ score }) => score ?? []);
		const [first = 0] = scores;
		if (scores.length >= MIN_ROWS && scores.every((score) => score === first)) {
			const details = { ...names(index), score: readable(first) };
			found.push(diagnose(dataDiagnostics, 'item_without_spread', `/items/${index}`, details));
			continue;
		}
		if (scheme.weighting !== 'percent') continue;
		// Only among those for whom the item counts: other branches differ for other reasons.
		const counting = cards.filter((card) => (card.items[index]?.weight ?? 0) > 0);
		const bases = counting.map(({ base }) => base ?? 0);
		const variance = covariance(bases, bases);
		if (counting.length < MIN_ROWS || variance <= 0) continue;
		const nominal = mean(counting.map((card) => card.items[index]?.weight ?? 0));
		const points = counting.map((card) => card.items[index]?.points ?? 0);
		const effective = (covariance(points, bases) / variance) * 100;
		if (Math.abs(effective - nominal) < WEIGHT_DRIFT) continue;
		const [shown, written] = [effective, nominal].map((share) => readable(Math.round(share)));
		const details = { ...names(index), effective: shown ?? '', nominal: written ?? '' };
		found.push(diagnose(dataDiagnostics, 'effective_weight_differs', `/items/${index}`, details));
	}
	for (let one = 0; one < scheme.items.length; one++) {
		for (let other = one + 1; other < scheme.items.length; other++) {
			const pairs = cards.flatMap(({ items }): [number, number][] => {
				const [a, b] = [items[one]?.score ?? null, items[other]?.score ?? null];
				return a === null || b === null ? [] : [[a, b]];
			});
			if (pairs.length < MIN_ROWS) continue;
			const r = correlation(
				pairs.map(([a]) => a),
				pairs.map(([, b]) => b)
			);
			if (r === null || Math.abs(r) <= SAME_MEASURE) continue;
			const { item: otherName, item_zh: otherZh } = names(other);
			found.push(
				diagnose(dataDiagnostics, 'items_measure_same', `/items/${other}`, {
					...names(one),
					other: otherName,
					other_zh: otherZh,
					r: readable(Math.round(r * 100) / 100),
					rows: pairs.length
				})
			);
		}
	}
	return found;
}

function boundaryFindings({ scheme }: ParsedScheme, scored: readonly ScoredRow[]): Diagnostic[] {
	return scheme.grades.flatMap((grade, index): Diagnostic[] => {
		const close = scored.filter(
			({ scorecard: { score } }) =>
				score !== null && score < grade.from && grade.from - score < HAIR
		);
		if (close.length === 0) return [];
		return [
			diagnose(dataDiagnostics, 'near_grade_boundary', `/grades/${index}`, {
				people: close.length,
				grade: grade.name.en,
				grade_zh: grade.name['zh-CN'],
				from: readable(grade.from),
				hair: HAIR
			})
		];
	});
}
