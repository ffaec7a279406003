/**
 * One subject, one period, one scorecard: section 5 of the rules of scoring, step by step.
 *
 * This is the plain form that every faster way must agree with to the bit, so the order of
 * additions and multiplications here is part of the contract.
 */
import { evaluateRule } from '../logic/interpret.ts';
import { roundHalfAway } from '../logic/number.ts';
import type { Rule, Value, Variables } from '../logic/rule.ts';
import { isTruthy } from '../logic/value.ts';
import { basisPoints } from '../scheme/validate.ts';
import { attainment } from '../table/paths.ts';
import { derivedValue } from '../table/row.ts';
import type { Evaluated } from './memo.ts';
import type { PreparedItem, PreparedRule, PreparedScheme } from './prepare.ts';
import type { Scorecard, ScorecardItem, ScorecardStatus, ScoreReason } from './scorecard.ts';

export { prepareScheme } from './prepare.ts';
export type { PreparedScheme } from './prepare.ts';

/** Evaluates a rule as it was written, e.g. by the reference library. */
export type RuleEvaluator = (rule: Rule, variables: Variables) => Value;

export interface ScoreRowOptions {
	/** Weights that do not total 100 are scaled instead of refused, and the scorecard says so. */
	readonly preview?: boolean;
	readonly evaluate?: 'interpreter' | RuleEvaluator;
	/** First month of the fiscal year: decides a derived `period.quarter`. */
	readonly fiscalMonth?: number;
	/** Looks up a value that only the row decides, or evaluates and keeps it. */
	readonly remember?: (rule: Rule, metric: string, evaluate: () => Evaluated) => Evaluated;
}

/** All that is known of a row while it is being scored. */
interface Scoring {
	readonly prepared: PreparedScheme;
	readonly scope: Map<string, Value>;
	readonly evaluate: (rule: PreparedRule) => Evaluated;
	/** For rules that only the row and the item's metric decide. */
	readonly evaluateEarly: (rule: PreparedRule, metric: string) => Evaluated;
}

interface MutableItem {
	id: string;
	actual: number | null;
	target: number | null;
	attainment: number | null;
	weight: number | null;
	score: number | null;
	points: number | null;
	imputed?: boolean;
	excluded?: boolean;
}

/** A number as scoring takes it; texts, booleans and what is not finite are missing. */
export function asNumber(value: Value | undefined): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Scores one subject from its variables; derived ones are added where they are absent. */
export function scoreRow(
	prepared: PreparedScheme,
	variables: Variables,
	options: ScoreRowOptions = {}
): Scorecard {
	const scope = new Map(variables);
	for (const path of prepared.derivedPaths)
		if (!scope.has(path)) {
			const value = derivedValue(scope, path, options.fiscalMonth);
			if (value !== undefined) scope.set(path, value);
		}
	const evaluate = evaluatorOf(scope, options.evaluate);
	const { remember } = options;
	const evaluateEarly = remember
		? (rule: PreparedRule, metric: string) => remember(rule.rule, metric, () => evaluate(rule))
		: evaluate;
	const scoring: Scoring = { prepared, scope, evaluate, evaluateEarly };

	const applies = evaluateEarly(prepared.appliesTo, '');
	if ('reason' in applies) return unscored('error', [applies.reason], []);
	if (!isTruthy(applies.value)) return unscored('uncovered', [{ code: 'not_covered' }], []);

	const { items, errors, total } = scoreItems(scoring);
	if (errors.length > 0) return unscored('error', errors, items);
	const scaled = prepared.percent && total !== 10000;
	if (scaled && !options.preview) return unscored('error', [{ code: 'weights_not_100' }], items);

	const missing = applyMissing(prepared, items);
	if (missing.length > 0) return withScaled(unscored('incomplete', missing, items), scaled);
	const base = baseOf(prepared, items);
	if (base === null)
		return withScaled(unscored('incomplete', [{ code: 'no_items' }], items), scaled);

	return withScaled(finish(scoring, items, base), scaled);
}

function evaluatorOf(
	scope: Variables,
	evaluate: ScoreRowOptions['evaluate'] = 'interpreter'
): (rule: PreparedRule) => Evaluated {
	return (rule) => {
		if (rule.problem) return { reason: rule.problem };
		if (evaluate !== 'interpreter') return { value: evaluate(rule.rule, scope) };
		const { value, error } = evaluateRule(rule.node, scope);
		return error ? { reason: { code: error.code, at: error.at } } : { value };
	};
}

function withScaled(scorecard: Scorecard, scaled: boolean): Scorecard {
	return scaled ? { ...scorecard, scaled } : scorecard;
}

/** A scorecard without a score; items keep what is known of them, but no points. */
function unscored(
	status: ScorecardStatus,
	reasons: readonly ScoreReason[],
	items: readonly MutableItem[]
): Scorecard {
	return {
		status,
		reasons,
		items: items.map((item): ScorecardItem => ({ ...item, points: null })),
		base: null,
		adjustments: [],
		gates: [],
		score: null,
		grade: null,
		payout: null,
		insights: []
	};
}

/** Weights, then scores. A bad weight does not keep the other items from being evaluated. */
function scoreItems(scoring: Scoring): {
	items: MutableItem[];
	errors: ScoreReason[];
	/** Sum of the weights in basis points. */
	total: number;
} {
	const { prepared, scope, evaluateEarly } = scoring;
	const errors: ScoreReason[] = [];
	let total = 0;
	const items = prepared.items.map((item): MutableItem => {
		const actual = asNumber(scope.get(item.actualPath));
		const target = asNumber(scope.get(item.targetPath));
		const row: MutableItem = {
			id: item.id,
			actual,
			target,
			attainment: attainment(actual, target),
			weight: null,
			score: null,
			points: null
		};
		scope.set('item.actual', row.actual);
		scope.set('item.target', row.target);
		scope.set('item.attainment', row.attainment);
		if (prepared.percent) {
			const weight = item.weight ? evaluateEarly(item.weight, item.metric) : { value: null };
			if ('reason' in weight) {
				errors.push({ ...weight.reason, item: item.id });
				return row;
			}
			row.weight = asNumber(weight.value);
			if (row.weight === null || row.weight < 0) {
				errors.push({ code: 'bad_weight', item: item.id });
				return row;
			}
			total += basisPoints(row.weight);
			if (row.weight === 0) return row;
		}
		const score = evaluateEarly(item.score, item.metric);
		if ('reason' in score) errors.push({ ...score.reason, item: item.id });
		else row.score = asNumber(score.value);
		return row;
	});
	for (const name of ['item.actual', 'item.target', 'item.attainment']) scope.delete(name);
	return { items, errors, total };
}

/** Why an item has no score, as far as its own values tell. */
export function missingReason(
	item: PreparedItem,
	actual: number | null,
	target: number | null
): ScoreReason {
	if (item.reads.actual && actual === null) return { code: 'missing_actual', item: item.id };
	if (item.reads.target && target === null) return { code: 'missing_target', item: item.id };
	if (item.reads.attainment && target === 0) return { code: 'zero_target', item: item.id };
	return { code: 'missing_score', item: item.id };
}

/** Items of weight 0 neither count nor miss; the policies of the others decide. */
function applyMissing(prepared: PreparedScheme, items: readonly MutableItem[]): ScoreReason[] {
	const reasons: ScoreReason[] = [];
	prepared.items.forEach((item, index) => {
		const row = items[index];
		if (!row || row.score !== null || row.weight === 0) return;
		if (item.missing === 'block') reasons.push(missingReason(item, row.actual, row.target));
		else if (item.missing === 'exclude') row.excluded = true;
		else {
			row.score = item.missing === 'zero' ? 0 : item.missing.score;
			row.imputed = true;
		}
	});
	return reasons;
}

/** The base and the points of the items; null when no item is left to count. */
function baseOf(prepared: PreparedScheme, items: readonly MutableItem[]): number | null {
	let sum = 0;
	let weights = 0;
	let count = 0;
	for (const item of items) {
		if (item.score === null) continue;
		count++;
		if (prepared.percent) {
			const weight = item.weight ?? 0;
			sum += weight * item.score;
			weights += weight;
		} else {
			sum += item.score;
			item.points = item.score;
		}
	}
	if (count === 0) return null;
	if (!prepared.percent) return sum;
	for (const item of items)
		if (item.score !== null) item.points = ((item.weight ?? 0) * item.score) / weights + 0;
	return sum / weights + 0;
}

/** Steps 5 to 10: adjust, clamp, gates, round, grade, payout, and the insights. */
function finish(scoring: Scoring, items: readonly MutableItem[], base: number): Scorecard {
	const { prepared, scope, evaluate } = scoring;
	const fail = (reason: ScoreReason): Scorecard => unscored('error', [reason], items);
	if (!Number.isFinite(base)) return fail({ code: 'not_finite' });
	for (const item of items) {
		scope.set(`items.${item.id}.score`, item.score);
		scope.set(`items.${item.id}.weight`, item.weight);
		scope.set(`items.${item.id}.points`, item.points);
		scope.set(`items.${item.id}.attainment`, item.attainment);
	}
	scope.set('base_score', base);

	let score = base;
	const adjustments: { id: string; points: number | null }[] = [];
	for (const { id, when, points } of prepared.adjustments) {
		const holds = evaluate(when);
		if ('reason' in holds) return fail(holds.reason);
		if (!isTruthy(holds.value)) continue;
		const added = evaluate(points);
		if ('reason' in added) return fail(added.reason);
		const amount = asNumber(added.value);
		adjustments.push({ id, points: amount });
		score += amount ?? 0;
	}
	if (!Number.isFinite(score)) return fail({ code: 'not_finite' });
	score = Math.min(Math.max(score, prepared.total.min), prepared.total.max);

	const gates: string[] = [];
	let worstGrade = -1;
	for (const gate of prepared.gates) {
		const holds = evaluate(gate.when);
		if ('reason' in holds) return fail(holds.reason);
		if (!isTruthy(holds.value)) continue;
		gates.push(gate.id);
		if ('cap' in gate.effect) score = Math.min(score, gate.effect.cap);
		else if ('score' in gate.effect) score = gate.effect.score;
		else worstGrade = Math.max(worstGrade, gate.grade);
	}
	score = roundHalfAway(score, prepared.total.decimals);
	const grade = gradeOf(prepared, score, worstGrade);
	scope.set('score', score);
	scope.set('grade', grade);

	let payout: number | null = null;
	if (prepared.payout) {
		const amount = evaluate(prepared.payout.amount);
		if ('reason' in amount) return fail(amount.reason);
		const value = asNumber(amount.value);
		payout = value === null ? null : roundHalfAway(value, prepared.payout.decimals);
	}
	const insights: string[] = [];
	for (const { id, when } of prepared.insights) {
		const holds = evaluate(when);
		if ('reason' in holds) return fail(holds.reason);
		if (isTruthy(holds.value)) insights.push(id);
	}
	return {
		status: 'scored',
		reasons: [],
		items: items.map((item): ScorecardItem => ({ ...item })),
		base,
		adjustments,
		gates,
		score,
		grade,
		payout,
		insights
	};
}

/** The first grade that starts at or below the score, no better than the worst a gate named. */
function gradeOf(prepared: PreparedScheme, score: number, worst: number): string | null {
	const index = gradeIndex(prepared, score, worst);
	return prepared.grades[index]?.id ?? null;
}

/** Index of the grade of a rounded score; -1 below the last grade. */
export function gradeIndex(prepared: PreparedScheme, score: number, worst = -1): number {
	const found = prepared.grades.findIndex((grade) => grade.from <= score);
	return found === -1 ? -1 : Math.max(found, worst);
}
