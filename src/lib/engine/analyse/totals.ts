/** Which totals are possible, and what that says about grades, gates and adjustments. */
import { diagnose, type Diagnostic, type Repair } from '../diagnostics/diagnostic.ts';
import { TOTAL_DEFAULTS, type SchemeGate, type SchemeItem } from '../scheme/document.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { both, readable } from './entry.ts';
import type { ParsedScheme } from './parsed.ts';
import { ANY_NUMBER, hull, isEmpty, rangeOfRule, type Range } from './range.ts';
import { totalDiagnostics } from './total-diagnostics.ts';

export interface TotalRanges {
	/** What each item can score, `missing` policies included. */
	readonly items: readonly Range[];
	readonly base: Range;
	/** Before the clamp, adjustments included. */
	readonly adjusted: Range;
	/** After clamp and gates: what can stand on a scorecard. */
	readonly total: Range;
}

/** The intervals of possible scores. They are safe: no scorecard lies outside them. */
export function totalRanges(parsed: ParsedScheme): TotalRanges {
	const { scheme } = parsed;
	const items = parsed.items.map(({ item, score }) =>
		withMissing(
			rangeOfRule(score.node, () => ANY_NUMBER),
			item
		)
	);
	const base = baseRange(parsed, items);
	const itemRange = (path: string): Range => {
		const id = /^items\.(.+)\.score$/.exec(path)?.[1];
		const index = scheme.items.findIndex((item) => item.id === id);
		if (path === 'base_score') return base;
		return items[index] ?? ANY_NUMBER;
	};
	const adjusted = parsed.adjustments.reduce<Range>((sum, { points }) => {
		const range = rangeOfRule(points.node, itemRange);
		if (isEmpty(range)) return sum;
		return {
			...sum,
			least: sum.least + Math.min(0, range.least),
			most: sum.most + Math.max(0, range.most)
		};
	}, base);
	const { min, max } = { ...TOTAL_DEFAULTS, ...scheme.total };
	let total: Range = {
		least: Math.min(Math.max(adjusted.least, min), max),
		most: Math.max(Math.min(adjusted.most, max), min),
		missing: base.missing
	};
	for (const { effect } of scheme.gates ?? []) {
		if ('cap' in effect) total = { ...total, least: Math.min(total.least, effect.cap) };
		else if ('score' in effect) {
			total = hull([total, { least: effect.score, most: effect.score, missing: false }]);
		}
	}
	return { items, base, adjusted, total };
}

function withMissing(range: Range, item: SchemeItem): Range {
	const policy = item.missing ?? 'block';
	const instead = policy === 'zero' ? 0 : typeof policy === 'object' ? policy.score : null;
	if (instead === null) return range;
	return hull([range, { least: instead, most: instead, missing: false }]);
}

function baseRange({ scheme }: ParsedScheme, items: readonly Range[]): Range {
	const scored = items.filter((range) => !isEmpty(range));
	if (scheme.weighting === 'points') {
		return scored.reduce(
			(sum, range) => ({
				least: sum.least + range.least,
				most: sum.most + range.most,
				missing: sum.missing || range.missing
			}),
			{ least: 0, most: 0, missing: false }
		);
	}
	const weights = scheme.items.map(({ weight }) => weight);
	const fixed = weights.filter((weight) => typeof weight === 'number');
	const excludes = scheme.items.some(({ missing }) => missing === 'exclude');
	const sum = fixed.reduce((total, weight) => total + weight, 0);
	if (fixed.length < weights.length || excludes || sum <= 0) return hull(scored);
	const mean = (end: (range: Range) => number): number =>
		fixed.reduce((total, weight, index) => {
			const range = items[index];
			return range && !isEmpty(range) && weight > 0 ? total + (weight / sum) * end(range) : total;
		}, 0);
	return {
		least: mean(({ least }) => least),
		most: mean(({ most }) => most),
		missing: items.some(({ missing }) => missing)
	};
}

/** Bands without a gap, and none that cannot be reached. */
export function checkGrades({ scheme }: ParsedScheme, { total }: TotalRanges): Diagnostic[] {
	const found: Diagnostic[] = [];
	const { grades } = scheme;
	const lowest = grades.at(-1);
	if (lowest && lowest.from > total.least) {
		const repair: Repair = {
			title: both(
				`加上“待改进”，从 ${readable(total.least)} 分起`,
				`Add “below standard” from ${readable(total.least)}`
			),
			patch: [
				{
					op: 'add',
					path: '/grades/-',
					value: {
						id: freeId('below_standard', grades),
						name: { 'zh-CN': '待改进', en: 'below standard' },
						from: total.least
					}
				}
			]
		};
		const details = { from: readable(total.least), to: readable(lowest.from) };
		found.push(diagnose(totalDiagnostics, 'grade_gap', '/grades', details, { repairs: [repair] }));
	}
	for (const [index, grade] of grades.entries()) {
		const better = grades[index - 1];
		const details = {
			grade: grade.name.en,
			grade_zh: grade.name['zh-CN'],
			from: readable(grade.from),
			least: readable(total.least),
			most: readable(total.most)
		};
		const at = `/grades/${index}`;
		if (grade.from > total.most)
			found.push(diagnose(totalDiagnostics, 'grade_unreachable', at, details));
		else if (better && better.from <= total.least) {
			found.push(diagnose(totalDiagnostics, 'grade_never_given', at, details));
		}
	}
	return found;
}

function freeId(wanted: string, taken: readonly { readonly id: string }[]): string {
	let id = wanted;
	for (let next = 2; taken.some((one) => one.id === id); next++) id = `${wanted}_${next}`;
	return id;
}

/** Gates that change nothing, and bonuses that the clamp takes back. */
export function checkEffects(parsed: ParsedScheme, ranges: TotalRanges): Diagnostic[] {
	const found: Diagnostic[] = [];
	for (const { gate, at } of parsed.gates) {
		const why = withoutEffect(gate, parsed, ranges);
		if (!why) continue;
		const details = { name: gate.name.en, name_zh: gate.name['zh-CN'], ...why };
		found.push(diagnose(totalDiagnostics, 'gate_without_effect', `${at}/effect`, details));
	}
	const { max } = { ...TOTAL_DEFAULTS, ...parsed.scheme.total };
	for (const { adjustment, at, points } of parsed.adjustments) {
		const range = rangeOfRule(points.node, () => ANY_NUMBER);
		const swallowed = !isEmpty(range) && range.least > 0 && ranges.base.most >= max;
		if (!swallowed || !Number.isFinite(ranges.base.most)) continue;
		found.push(
			diagnose(totalDiagnostics, 'adjustment_swallowed', at, {
				name: adjustment.name.en,
				name_zh: adjustment.name['zh-CN'],
				max: readable(max),
				most: readable(ranges.base.most)
			})
		);
	}
	return found;
}

function withoutEffect(
	{ effect }: SchemeGate,
	{ scheme }: ParsedScheme,
	{ adjusted }: TotalRanges
): { readonly why: string; readonly why_zh: string } | null {
	const { max } = { ...TOTAL_DEFAULTS, ...scheme.total };
	const most = Math.min(adjusted.most, max);
	if ('cap' in effect && effect.cap >= most) {
		const [cap, limit] = [readable(effect.cap), readable(most)];
		return {
			why: `its cap of ${cap} is not below the highest possible total of ${limit}`,
			why_zh: `封顶 ${cap} 分不低于可能的最高总分 ${limit} 分`
		};
	}
	if ('grade' in effect && scheme.grades[0]?.id === effect.grade) {
		return { why: 'it allows the best grade', why_zh: '它允许最好的等级' };
	}
	return null;
}

/** The metric of an item, where the definitions are known. */
export function metricOf(
	item: SchemeItem,
	metrics?: ReadonlyMap<string, MetricDefinition>
): MetricDefinition | undefined {
	return metrics?.get(item.metric);
}
