/** Eight items scored along curves, a bonus, a deduction, a cap and a payout: the ordinary scheme. */
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument, SchemeItem } from '#lib/engine/scheme/document.ts';
import {
	at,
	benchDocument,
	booleansOf,
	BY_HAND,
	gradeByHand,
	numbersOf,
	read,
	roundByHand,
	TableMaker,
	words,
	type BenchScheme
} from './material.ts';

type Points = readonly (readonly [number, number])[];

const RISING: Points = [
	[0.6, 0],
	[0.8, 60],
	[1, 100],
	[1.2, 120]
];
const FALLING: Points = [
	[0, 120],
	[2, 100],
	[5, 60],
	[10, 0]
];
const SHARE: Points = [
	[0.5, 0],
	[0.9, 80],
	[0.97, 100],
	[1, 110]
];

const WEIGHTS = [25, 15, 15, 10, 10, 10, 10, 5] as const;
const RESULTS = ['revenue', 'margin', 'collection', 'new_customers'] as const;
const ERRORS = ['complaints', 'late_files'] as const;
const SHARES = ['on_time', 'accuracy'] as const;

function item(id: string, index: number, x: Rule, points: Points): SchemeItem {
	return {
		id,
		metric: id,
		class: 'result',
		weight: WEIGHTS[index] ?? 0,
		score: { curve: [x, points] }
	};
}

const items: SchemeItem[] = [
	...RESULTS.map((id, i) => item(id, i, read('item.attainment'), RISING)),
	...ERRORS.map((id, i) => item(id, 4 + i, read('item.actual'), FALLING)),
	...SHARES.map((id, i) => item(id, 6 + i, read('item.actual'), SHARE))
];

const document: SchemeDocument = benchDocument('curves', {
	items,
	adjustments: [
		{
			id: 'long_service',
			name: words('Long service'),
			when: { '>=': [read('employee.tenure_months'), 36] },
			points: 1
		},
		{
			id: 'overdue',
			name: words('Overdue'),
			when: { '>': [read('metric.overdue'), 0] },
			points: { '*': [-0.5, { min: [read('metric.overdue'), 10] }] }
		}
	],
	gates: [
		{
			id: 'accident',
			name: words('Accident'),
			when: read('employee.accident'),
			effect: { cap: 60 }
		}
	],
	payout: {
		currency: 'CNY',
		amount: {
			'*': [
				read('employee.base_pay'),
				{
					steps: [
						read('score'),
						[
							[60, 0.5],
							[80, 1],
							[90, 1.2],
							[95, 1.5]
						],
						0
					]
				}
			]
		}
	}
});

const edited: SchemeDocument = {
	...document,
	items: document.items.map((entry, index) =>
		index === 3
			? { ...entry, score: { min: [{ '*': [read('item.attainment'), 100] }, 120] } }
			: entry
	)
};

function rising(x: number): number {
	if (x < 0.6) return 0;
	if (x < 0.8) return 0 + (x - 0.6) * ((60 - 0) / (0.8 - 0.6));
	if (x < 1) return 60 + (x - 0.8) * ((100 - 60) / (1 - 0.8));
	if (x < 1.2) return 100 + (x - 1) * ((120 - 100) / (1.2 - 1));
	return x >= 1.2 ? 120 : NaN;
}

function falling(x: number): number {
	if (x < 0) return 120;
	if (x < 2) return 120 + (x - 0) * ((100 - 120) / (2 - 0));
	if (x < 5) return 100 + (x - 2) * ((60 - 100) / (5 - 2));
	if (x < 10) return 60 + (x - 5) * ((0 - 60) / (10 - 5));
	return x >= 10 ? 0 : NaN;
}

function share(x: number): number {
	if (x < 0.5) return 0;
	if (x < 0.9) return 0 + (x - 0.5) * ((80 - 0) / (0.9 - 0.5));
	if (x < 0.97) return 80 + (x - 0.9) * ((100 - 80) / (0.97 - 0.9));
	if (x < 1) return 100 + (x - 0.97) * ((110 - 100) / (1 - 0.97));
	return x >= 1 ? 110 : NaN;
}

/** Attainment as the rules have it: missing where the target is 0. */
function quotient(actual: number, target: number): number {
	return target === 0 ? NaN : actual / target;
}

export const curves: BenchScheme = {
	id: 'curves',
	about: '8 items along curves, bonus, deduction, cap, payout',
	document,
	edited,
	makeTable(rows) {
		const maker = new TableMaker(rows, 11);
		for (const id of RESULTS)
			maker.number(`metric.${id}`, 20, 160, 2, 0.004).number(`target.${id}`, 80, 120, 0);
		for (const id of ERRORS) maker.number(`metric.${id}`, 0, 11, 0);
		for (const id of SHARES) maker.number(`metric.${id}`, 0.6, 1.02, 4);
		return maker
			.number('metric.overdue', 0, 6, 0)
			.number('employee.tenure_months', 0, 120, 0)
			.number('employee.base_pay', 4000, 30000, 2)
			.boolean('employee.accident', 0.02)
			.table();
	},
	handWritten(table) {
		const actual = RESULTS.map((id) => numbersOf(table, `metric.${id}`)) as Float64Array[];
		const target = RESULTS.map((id) => numbersOf(table, `target.${id}`)) as Float64Array[];
		const [a0, a1, a2, a3] = actual as [Float64Array, Float64Array, Float64Array, Float64Array];
		const [t0, t1, t2, t3] = target as [Float64Array, Float64Array, Float64Array, Float64Array];
		const complaints = numbersOf(table, 'metric.complaints');
		const lateFiles = numbersOf(table, 'metric.late_files');
		const onTime = numbersOf(table, 'metric.on_time');
		const accuracy = numbersOf(table, 'metric.accuracy');
		const overdue = numbersOf(table, 'metric.overdue');
		const tenure = numbersOf(table, 'employee.tenure_months');
		const basePay = numbersOf(table, 'employee.base_pay');
		const accident = booleansOf(table, 'employee.accident');
		return ({ outcome, score, payout }) => {
			for (let i = 0; i < table.rows; i++) {
				const base =
					(25 * rising(quotient(at(a0, i), at(t0, i))) +
						15 * rising(quotient(at(a1, i), at(t1, i))) +
						15 * rising(quotient(at(a2, i), at(t2, i))) +
						10 * rising(quotient(at(a3, i), at(t3, i))) +
						10 * falling(at(complaints, i)) +
						10 * falling(at(lateFiles, i)) +
						10 * share(at(onTime, i)) +
						5 * share(at(accuracy, i))) /
					100;
				if (base !== base) {
					outcome[i] = BY_HAND.incomplete;
					score[i] = NaN;
					payout[i] = NaN;
					continue;
				}
				let total = base;
				if (at(tenure, i) >= 36) total += 1;
				if (at(overdue, i) > 0) total += -0.5 * Math.min(at(overdue, i), 10);
				total = Math.min(Math.max(total, 0), 120);
				if (at(accident, i) === 1) total = Math.min(total, 60);
				total = roundByHand(total);
				score[i] = total;
				outcome[i] = gradeByHand(total);
				const factor =
					total >= 95 ? 1.5 : total >= 90 ? 1.2 : total >= 80 ? 1 : total >= 60 ? 0.5 : 0;
				payout[i] = roundByHand(at(basePay, i) * factor);
			}
		};
	}
};
