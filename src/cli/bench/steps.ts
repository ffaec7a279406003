/** Points that are added up: steps per item, deductions per event, floors of ratios. */
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import {
	at,
	benchDocument,
	BY_HAND,
	gradeByHand,
	numbersOf,
	read,
	roundByHand,
	TableMaker,
	words,
	type BenchScheme
} from './material.ts';

const OUTPUT_STEPS: [number, number][] = [
	[0.5, 5],
	[0.6, 10],
	[0.7, 15],
	[0.8, 20],
	[0.9, 26],
	[1, 32],
	[1.1, 36],
	[1.2, 40]
];
const YIELD_STEPS: [number, number][] = [
	[0.9, 8],
	[0.95, 14],
	[0.97, 18],
	[0.985, 22],
	[0.995, 25]
];

function deduction(
	id: string,
	each: number,
	most: number
): NonNullable<SchemeDocument['adjustments']>[number] {
	return {
		id,
		name: words(id),
		when: { '>': [read(`metric.${id}`), 0] },
		points: { max: [{ '*': [-each, read(`metric.${id}`)] }, -most] }
	};
}

const revenue: Rule = {
	'+': [10, { '*': [2, { floor: { '/': [{ '-': [read('item.actual'), 1000000] }, 100000] } }] }]
};

const document: SchemeDocument = benchDocument('steps', {
	weighting: 'points',
	items: [
		{
			id: 'output',
			metric: 'output',
			class: 'result',
			score: { steps: [read('item.attainment'), OUTPUT_STEPS, 0] }
		},
		{
			id: 'yield_rate',
			metric: 'yield_rate',
			class: 'process',
			score: { steps: [read('item.actual'), YIELD_STEPS, 0] }
		},
		{ id: 'revenue', metric: 'revenue', class: 'result', score: { clamp: [revenue, 0, 30] } },
		{
			id: 'ideas',
			metric: 'ideas',
			class: 'behaviour',
			score: { min: [{ '*': [{ ceil: { '/': [read('item.actual'), 3] } }, 2] }, 8] },
			missing: 'zero'
		}
	],
	adjustments: [
		deduction('late_days', 0.5, 5),
		deduction('absences', 2, 10),
		deduction('defects', 1, 8),
		deduction('complaints', 3, 15),
		{
			id: 'praise',
			name: words('Praise'),
			when: { between: [read('metric.praise'), 1, 99] },
			points: { round: [{ '*': [0.7, read('metric.praise')] }, 1] }
		}
	],
	gates: [
		{
			id: 'serious',
			name: words('Serious accident'),
			when: { '>=': [read('metric.accidents'), 1] },
			effect: { score: 0 }
		}
	],
	payout: {
		currency: 'CNY',
		amount: {
			if: [
				{ '>=': [read('score'), 60] },
				{ '*': [{ '-': [read('score'), 50] }, read('param.point_value')] },
				0
			]
		}
	}
});

const edited: SchemeDocument = {
	...document,
	items: document.items.map((entry, index) =>
		index === 1 ? { ...entry, score: { '*': [25, { min: [read('item.actual'), 1] }] } } : entry
	)
};

function outputByHand(x: number): number {
	if (x < 0.8) {
		if (x < 0.6) return x < 0.5 ? 0 : 5;
		return x < 0.7 ? 10 : 15;
	}
	if (x < 1) return x < 0.9 ? 20 : 26;
	if (x < 1.1) return 32;
	return x < 1.2 ? 36 : x >= 1.2 ? 40 : NaN;
}

function yieldByHand(x: number): number {
	if (x < 0.97) return x < 0.9 ? 0 : x < 0.95 ? 8 : 14;
	if (x < 0.985) return 18;
	return x < 0.995 ? 22 : x >= 0.995 ? 25 : NaN;
}

const hair = (x: number): number => Math.max(1e-9, Math.abs(x) * 2 ** -51);

/** One decimal, for the praise. */
function roundToTenths(x: number): number {
	const y = Math.abs(x) * 10;
	return Math.floor(y + (0.5 + Math.max(1e-9, y * 2 ** -51))) / 10;
}

export const steps: BenchScheme = {
	id: 'steps',
	about: 'points: steps, floors, deductions per event',
	document,
	edited,
	makeTable: (rows) =>
		new TableMaker(rows, 16)
			.number('metric.output', 400, 1300, 0, 0.003)
			.number('target.output', 900, 1000, 0)
			.number('metric.yield_rate', 0.85, 1, 4)
			.number('metric.revenue', 900000, 2200000, 0)
			.number('metric.ideas', 0, 14, 0, 0.3)
			.number('metric.late_days', 0, 12, 0)
			.number('metric.absences', 0, 3, 0)
			.number('metric.defects', 0, 4, 0)
			.number('metric.complaints', 0, 2, 0)
			.number('metric.praise', 0, 6, 0)
			.number('metric.accidents', 0, 1, 0, 0.9)
			.number('param.point_value', 40, 60, 0)
			.table(),
	handWritten(table) {
		const output = numbersOf(table, 'metric.output');
		const outputTarget = numbersOf(table, 'target.output');
		const yieldRate = numbersOf(table, 'metric.yield_rate');
		const income = numbersOf(table, 'metric.revenue');
		const ideas = numbersOf(table, 'metric.ideas');
		const lateDays = numbersOf(table, 'metric.late_days');
		const absences = numbersOf(table, 'metric.absences');
		const defects = numbersOf(table, 'metric.defects');
		const complaints = numbersOf(table, 'metric.complaints');
		const praise = numbersOf(table, 'metric.praise');
		const accidents = numbersOf(table, 'metric.accidents');
		const pointValue = numbersOf(table, 'param.point_value');
		return ({ outcome, score, payout }) => {
			for (let i = 0; i < table.rows; i++) {
				const target = at(outputTarget, i);
				const ratio = (at(income, i) - 1000000) / 100000;
				const earned = 10 + 2 * Math.floor(ratio + hair(ratio));
				const thirds = at(ideas, i) / 3;
				const idea = Math.min(Math.ceil(thirds - hair(thirds)) * 2, 8);
				const base =
					outputByHand(target === 0 ? NaN : at(output, i) / target) +
					yieldByHand(at(yieldRate, i)) +
					Math.min(Math.max(earned, 0), 30) +
					(idea === idea ? idea : 0);
				if (base !== base) {
					outcome[i] = BY_HAND.incomplete;
					score[i] = NaN;
					payout[i] = NaN;
					continue;
				}
				let total = base;
				if (at(lateDays, i) > 0) total += Math.max(-0.5 * at(lateDays, i), -5);
				if (at(absences, i) > 0) total += Math.max(-2 * at(absences, i), -10);
				if (at(defects, i) > 0) total += Math.max(-1 * at(defects, i), -8);
				if (at(complaints, i) > 0) total += Math.max(-3 * at(complaints, i), -15);
				const praised = at(praise, i);
				if (praised >= 1 && praised <= 99) total += roundToTenths(0.7 * praised);
				total = Math.min(Math.max(total, 0), 120);
				if (at(accidents, i) >= 1) total = 0;
				total = roundByHand(total);
				score[i] = total;
				outcome[i] = gradeByHand(total);
				payout[i] = roundByHand(total >= 60 ? (total - 50) * at(pointValue, i) : 0);
			}
		};
	}
};
