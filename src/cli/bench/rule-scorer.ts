/**
 * Scores a table with any engine that evaluates one rule on one row. The glue around the rules is as
 * thin as it can be and rows are prepared beforehand, so that the time measured is the engine's own.
 */
import type { Rule, Value } from '#lib/engine/logic/rule.ts';
import { roundHalfAway } from '#lib/engine/logic/number.ts';
import type { PreparedScheme } from '#lib/engine/score/prepare.ts';
import { gradeIndex } from '#lib/engine/score/score-row.ts';
import { attainment } from '#lib/engine/table/paths.ts';
import { derivedValue, variablesOfRow } from '#lib/engine/table/row.ts';
import type { Table } from '#lib/engine/table/table.ts';
import type { LoopResult } from './material.ts';

/** An engine for single rules; `D` is the form in which it likes its data. */
export interface RuleEngine<D> {
	compile(rule: Rule): (data: D) => unknown;
	row(variables: ReadonlyMap<string, Value>): D;
	set(data: D, path: string, value: Value): void;
}

interface Policies {
	readonly noGrade: number;
	readonly incomplete: number;
	readonly uncovered: number;
	readonly error: number;
}

const number = (value: unknown): number =>
	typeof value === 'number' && Number.isFinite(value) ? value : NaN;

/** A loop over prepared rows that fills the totals. */
export function ruleScorer<D>(
	prepared: PreparedScheme,
	table: Table,
	rows: number,
	engine: RuleEngine<D>
): (result: LoopResult) => void {
	const rule = ({ rule: written }: { readonly rule: Rule }): ((data: D) => unknown) =>
		engine.compile(written);
	const applies = rule(prepared.appliesTo);
	const items = prepared.items.map((item) => ({
		...item,
		weightOf: item.weight && rule(item.weight),
		scoreOf: rule(item.score)
	}));
	const adjustments = prepared.adjustments.map(({ when, points }) => ({
		when: rule(when),
		points: rule(points)
	}));
	const gates = prepared.gates.map((gate) => ({ ...gate, holds: rule(gate.when) }));
	const amount = prepared.payout && rule(prepared.payout.amount);
	const data = Array.from({ length: rows }, (_, row) => {
		const variables = variablesOfRow(table, row, prepared.paths);
		for (const path of prepared.derivedPaths)
			variables.set(path, derivedValue(variables, path) ?? null);
		const values = items.map(({ actualPath, targetPath }) => {
			const actual = number(variables.get(actualPath));
			const target = number(variables.get(targetPath));
			const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
			return [known(actual), known(target), attainment(known(actual), known(target))] as const;
		});
		return { row: engine.row(variables), values };
	});
	const count = prepared.grades.length;
	const codes: Policies = {
		noGrade: count,
		incomplete: count + 1,
		uncovered: count + 2,
		error: count + 3
	};

	function scoreOne(index: number, result: LoopResult): number {
		const entry = data[index];
		if (!entry) return codes.error;
		const { row, values } = entry;
		if (!applies(row)) return codes.uncovered;
		let sum = 0;
		let weights = 0;
		let total = 0;
		let counted = 0;
		let isBlocked = false;
		for (let i = 0; i < items.length; i++) {
			const item = items[i];
			const [actual, target, attained] = values[i] ?? [null, null, null];
			if (!item) continue;
			engine.set(row, 'item.actual', actual);
			engine.set(row, 'item.target', target);
			engine.set(row, 'item.attainment', attained);
			const weight = item.weightOf ? number(item.weightOf(row)) : 1;
			if (!(weight >= 0)) return codes.error;
			total += Math.round(roundHalfAway(weight, 2) * 100);
			if (weight === 0) continue;
			let score = number(item.scoreOf(row));
			if (Number.isNaN(score)) {
				if (item.missing === 'exclude') continue;
				if (item.missing === 'block') isBlocked = true;
				else score = item.missing === 'zero' ? 0 : item.missing.score;
			}
			sum += prepared.percent ? weight * score : score;
			weights += weight;
			counted++;
		}
		if (prepared.percent && total !== 10000) return codes.error;
		if (isBlocked || counted === 0) return codes.incomplete;
		let score = prepared.percent ? sum / weights : sum;
		engine.set(row, 'base_score', score);
		for (const { when, points } of adjustments)
			if (when(row)) {
				const added = number(points(row));
				if (!Number.isNaN(added)) score += added;
			}
		score = Math.min(Math.max(score, prepared.total.min), prepared.total.max);
		let worst = -1;
		for (const { holds, effect, grade } of gates) {
			if (!holds(row)) continue;
			if ('cap' in effect) score = Math.min(score, effect.cap);
			else if ('score' in effect) score = effect.score;
			else worst = Math.max(worst, grade);
		}
		score = roundHalfAway(score, prepared.total.decimals);
		const grade = gradeIndex(prepared, score, worst);
		result.score[index] = score;
		if (amount && prepared.payout) {
			engine.set(row, 'score', score);
			engine.set(row, 'grade', prepared.grades[grade]?.id ?? null);
			const paid = number(amount(row));
			result.payout[index] = Number.isNaN(paid)
				? NaN
				: roundHalfAway(paid, prepared.payout.decimals);
		}
		return grade === -1 ? codes.noGrade : grade;
	}

	return (result) => {
		for (let index = 0; index < rows; index++) {
			result.score[index] = NaN;
			result.payout[index] = NaN;
			result.outcome[index] = scoreOne(index, result);
		}
	};
}
