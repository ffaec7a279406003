/** Twenty items: capped attainment, sums and products, few decisions. */
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

const ITEMS = 20;
const ids = Array.from({ length: ITEMS }, (_, i) => `measure_${String.fromCharCode(97 + i)}`);

/** Every third item is a share, every third a capped attainment, every third a clamped line. */
function scoreRule(index: number): Rule {
	if (index % 3 === 0) return { '*': [{ min: [read('item.attainment'), 1.2] }, 100] };
	if (index % 3 === 1)
		return { clamp: [{ '-': [130, { '*': [3, read('item.actual')] }] }, 0, 120] };
	return {
		curve: [
			read('item.attainment'),
			[
				[0.5, 0],
				[1, 100],
				[1.3, 130]
			]
		]
	};
}

const document: SchemeDocument = benchDocument('wide', {
	items: ids.map((id, index) => ({
		id,
		metric: id,
		class: 'process',
		weight: 5,
		score: scoreRule(index),
		...(index % 4 === 3 ? { missing: 'zero' as const } : {})
	})),
	adjustments: [
		{
			id: 'team',
			name: words('Team'),
			when: { '>=': [read('team.output.attainment'), 1.1] },
			points: { min: [{ '*': [{ '-': [read('team.output.attainment'), 1] }, 20] }, 5] }
		}
	],
	payout: {
		currency: 'CNY',
		amount: { '*': [read('employee.base_pay'), { '/': [read('score'), 100] }] }
	}
});

const edited: SchemeDocument = {
	...document,
	items: document.items.map((entry, index) =>
		index === 7 ? { ...entry, score: { '+': [60, { '*': [2, read('item.actual')] }] } } : entry
	)
};

function line(x: number): number {
	if (x < 0.5) return 0;
	if (x < 1) return 0 + (x - 0.5) * ((100 - 0) / (1 - 0.5));
	if (x < 1.3) return 100 + (x - 1) * ((130 - 100) / (1.3 - 1));
	return x >= 1.3 ? 130 : NaN;
}

const quotient = (actual: number, target: number): number => (target === 0 ? NaN : actual / target);

export const wide: BenchScheme = {
	id: 'wide',
	about: '20 items, capped attainments and lines',
	document,
	edited,
	makeTable(rows) {
		const maker = new TableMaker(rows, 12);
		ids.forEach((id, index) => {
			if (index % 3 === 1) maker.number(`metric.${id}`, 0, 40, 1, index % 4 === 3 ? 0.05 : 0);
			else
				maker
					.number(`metric.${id}`, 40, 150, 2, index % 4 === 3 ? 0.05 : 0.0005)
					.number(`target.${id}`, 90, 110, 0);
		});
		return maker
			.number('team.output.actual', 400, 700, 0)
			.number('team.output.target', 500, 550, 0)
			.number('employee.base_pay', 4000, 30000, 2)
			.table();
	},
	handWritten(table) {
		const none = new Float64Array(table.rows);
		const actuals = ids.map((id) => numbersOf(table, `metric.${id}`));
		const targets = ids.map((id, index) =>
			index % 3 === 1 ? none : numbersOf(table, `target.${id}`)
		);
		const teamActual = numbersOf(table, 'team.output.actual');
		const teamTarget = numbersOf(table, 'team.output.target');
		const basePay = numbersOf(table, 'employee.base_pay');
		return ({ outcome, score, payout }) => {
			for (let i = 0; i < table.rows; i++) {
				let sum = 0;
				for (let k = 0; k < ITEMS; k++) {
					const actual = at(actuals[k] as Float64Array, i);
					let points: number;
					if (k % 3 === 0)
						points = Math.min(quotient(actual, at(targets[k] as Float64Array, i)), 1.2) * 100;
					else if (k % 3 === 1) points = Math.min(Math.max(130 - 3 * actual, 0), 120);
					else points = line(quotient(actual, at(targets[k] as Float64Array, i)));
					if (k % 4 === 3 && points !== points) points = 0;
					sum += 5 * points;
				}
				const base = sum / 100;
				if (base !== base) {
					outcome[i] = BY_HAND.incomplete;
					score[i] = NaN;
					payout[i] = NaN;
					continue;
				}
				let total = base;
				const team = quotient(at(teamActual, i), at(teamTarget, i));
				if (team >= 1.1) total += Math.min((team - 1) * 20, 5);
				total = roundByHand(Math.min(Math.max(total, 0), 120));
				score[i] = total;
				outcome[i] = gradeByHand(total);
				payout[i] = roundByHand(at(basePay, i) * (total / 100));
			}
		};
	}
};
