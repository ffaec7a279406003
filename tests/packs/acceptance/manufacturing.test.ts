/** Cases of the user's article on manufacturing (AT-21 to AT-23, AT-26), with the numbers of the case. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { calculated, cardOf, documentOf, itemScore, packOf, scoreOf, type Given } from './cards.ts';

let pack: Pack;
let production: SchemeDocument;
beforeAll(async () => {
	pack = await packOf('manufacturing');
	production = documentOf(pack, 'production');
});

const worker: Given = {
	'employee.base_pay': 6000,
	'metric.good_output': 950,
	'target.good_output': 950,
	'metric.maintenance_rate': 1
};

describe('AT-21: output attainment 80, equipment maintenance 20', () => {
	test('931 of 950 with maintenance at 90 % give 98 × 0.8 + 90 × 0.2 = 96.4', () => {
		const card = cardOf(production, worker, {
			'metric.good_output': 931,
			'metric.maintenance_rate': 0.9
		});
		expect(card.items.map(({ weight }) => weight)).toEqual([80, 20]);
		expect([itemScore(card, 'output'), itemScore(card, 'maintenance')]).toEqual([98, 90]);
		expect(card.score).toBe(96.4);
	});
	test('attainment above 100 % is capped, as the pack chose', () => {
		expect(scoreOf(production, worker, { 'metric.good_output': 1140 })).toBe(100);
	});
});

describe('AT-22: a target that forgot the failures of the equipment', () => {
	test('1000 at 5 % are 950, at 8 % 920', () => {
		const capable = (rate: number) =>
			calculated(pack, 'capable_output', {
				'metric.planned_output': 1000,
				'metric.equipment_failure_rate': rate
			});
		expect(capable(0.05)).toBe(950);
		expect(capable(0.08)).toBe(920);
	});
	test('it is a proposal: the approved target counts, one beyond the equipment is questioned', () => {
		const at = (target: number) =>
			cardOf(production, worker, {
				'target.good_output': target,
				'metric.capable_output': 950
			});
		expect(at(1000)).toMatchObject({ score: 96, insights: ['target_above_equipment'] });
		expect(at(950)).toMatchObject({ score: 100, insights: [] });
	});
});

describe('AT-23: 8 a day for each of 150 people, and a target of 950 a month', () => {
	test('the stated capacity is 26,400, of which 950 is below 4 %: the scope is asked for', () => {
		const capacity = calculated(pack, 'stated_capacity', {
			'metric.daily_output_per_head': 8,
			'metric.headcount': 150,
			'metric.working_days': 22
		});
		expect(capacity).toBe(26_400);
		expect(950 / 26_400).toBeLessThan(0.04);
		const at = (target: number) =>
			cardOf(production, worker, {
				'target.good_output': target,
				'metric.good_output': target,
				'metric.stated_capacity': 26_400
			}).insights;
		expect(at(950)).toEqual(['target_below_capacity']);
		expect(at(1056)).toEqual([]);
		// Six people make 8 × 22 × 6 = 1,056: any more contradict the target.
		expect(8 * 22 * 6).toBe(1056);
	});
});

describe('AT-26: requirements 10, development 20, test 10 and release 5 days', () => {
	const engineer: Given = {
		'metric.stages_finished': 4,
		'metric.requirements_late': 0,
		'metric.development_late': 0,
		'metric.testing_late': 0,
		'metric.release_late': 0,
		'metric.release_defects': 0,
		'metric.document_rate': 1,
		'metric.projects_online': 2,
		'target.projects_online': 2
	};
	const stage = (figures: Given) => {
		const card = cardOf(documentOf(pack, 'rd-engineer'), engineer, figures, '2026-Q1');
		return { score: itemScore(card, 'milestones'), insights: card.insights };
	};
	test('completion is weighted by the 45 planned days', () => {
		expect(stage({}).score).toBe(100);
		for (const [name, days] of [
			['requirements', 10],
			['development', 20],
			['testing', 10],
			['release', 5]
		] as const) {
			const unfinished = stage({ [`metric.${name}_late`]: null });
			expect(unfinished.score, name).toBeCloseTo(((45 - days) / 45) * 100, 9);
		}
	});
	test('a late stage turns amber and counts half within the grace', () => {
		expect(stage({})).toMatchObject({ insights: [] });
		const late = stage({ 'metric.development_late': 1 });
		expect(late.insights).toEqual(['stage_late']);
		expect(late.score).toBeCloseTo((35 / 45) * 100, 9);
	});
	test('two projects online are the target of a quarter', () => {
		const scheme = documentOf(pack, 'rd-engineer');
		expect(scheme.period).toBe('quarter');
		const grade = (online: number) =>
			cardOf(scheme, engineer, { 'metric.projects_online': online }, '2026-Q1').grade;
		expect([grade(2), grade(0)]).toEqual(['excellent', 'good']);
	});
});

describe('AT-18 and AT-19: advice over several months, and for newcomers', () => {
	test('months in first place are counted over the rank within the unit', () => {
		expect(pack.metrics.get('oee_rank')?.rank).toEqual({ within: 'unit', order: 'high' });
		expect(pack.metrics.get('oee_first_streak')?.streak).toEqual({
			when: { '==': [{ var: 'metric.oee_rank' }, 1] }
		});
		const leader = documentOf(pack, 'line-leader');
		const rule = leader.insights?.find(({ when }) =>
			JSON.stringify(when).includes('oee_first_streak')
		);
		const at = (streak: number) =>
			cardOf(leader, { 'metric.oee_first_streak': streak, ...full(leader) }).insights;
		expect(at(3)).toContain(rule?.id);
		expect(at(2)).not.toContain(rule?.id);
	});
	test('8 hours of training and probation at 60 % call for support', () => {
		const operator = documentOf(pack, 'operator');
		const at = (hours: number, probation: number) =>
			cardOf(operator, {
				'employee.tenure_months': 2,
				'metric.training_hours': hours,
				'metric.probation_attainment': probation,
				...full(operator)
			}).insights;
		expect(at(8, 0.6)).toEqual(['probation_support']);
		expect(at(9, 0.6)).toEqual([]);
		expect(at(8, 0.9)).toEqual([]);
	});
});

/** A figure for every item, so that the scorecard is complete. */
function full(scheme: SchemeDocument): Given {
	return Object.fromEntries(
		scheme.items.flatMap(({ metric }) => [
			[`metric.${metric}`, 1],
			[`target.${metric}`, 1]
		])
	);
}
