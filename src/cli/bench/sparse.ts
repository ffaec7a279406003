/** Twelve items of which most are missing for most people and are left out of the base. */
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

const IDS = Array.from({ length: 12 }, (_, i) => `indicator_${String.fromCharCode(97 + i)}`);
const WEIGHTS = [15, 15, 10, 10, 10, 10, 5, 5, 5, 5, 5, 5];

function scoreRule(index: number): Rule {
	if (index % 2 === 1)
		return { clamp: [{ coalesce: [read('item.actual'), read('item.target')] }, 0, 110] };
	return {
		if: [
			{ '!=': [read('item.target'), null] },
			{ min: [{ '*': [100, read('item.attainment')] }, 120] },
			read('item.actual')
		]
	};
}

const document: SchemeDocument = benchDocument('sparse', {
	items: IDS.map((id, index) => ({
		id,
		metric: id,
		class: 'result',
		weight: WEIGHTS[index] ?? 0,
		missing: 'exclude',
		score: scoreRule(index)
	})),
	adjustments: [
		{
			id: 'reported',
			name: words('Reported in time'),
			when: { '!': { missing: ['metric.report', 'metric.survey'] } },
			points: { coalesce: [read('metric.survey'), 1] }
		}
	],
	gates: [
		{
			id: 'few_figures',
			name: words('Few figures'),
			when: { '<': [{ coalesce: [read('metric.report'), 0] }, 0.2] },
			effect: { cap: 95 }
		}
	]
});

const edited: SchemeDocument = {
	...document,
	items: document.items.map((entry, index) =>
		index === 4
			? { ...entry, score: { max: [{ '*': [100, read('item.attainment')] }, 40] } }
			: entry
	)
};

export const sparse: BenchScheme = {
	id: 'sparse',
	about: '12 items, two thirds missing and left out',
	document,
	edited,
	makeTable(rows) {
		const maker = new TableMaker(rows, 15);
		for (const id of IDS)
			maker.number(`metric.${id}`, 30, 130, 1, 0.66).number(`target.${id}`, 50, 110, 0, 0.5);
		return maker
			.number('metric.report', 0, 1, 2, 0.5)
			.number('metric.survey', 0, 3, 1, 0.5)
			.table();
	},
	handWritten(table) {
		const actuals = IDS.map((id) => numbersOf(table, `metric.${id}`));
		const targets = IDS.map((id) => numbersOf(table, `target.${id}`));
		const report = numbersOf(table, 'metric.report');
		const survey = numbersOf(table, 'metric.survey');
		return ({ outcome, score, payout }) => {
			for (let i = 0; i < table.rows; i++) {
				let sum = 0;
				let weights = 0;
				for (let k = 0; k < 12; k++) {
					const actual = at(actuals[k] as Float64Array, i);
					const target = at(targets[k] as Float64Array, i);
					let points: number;
					if (k % 2 === 0)
						points =
							target === target
								? Math.min(100 * (target === 0 ? NaN : actual / target), 120)
								: actual;
					else points = Math.min(Math.max(actual === actual ? actual : target, 0), 110);
					if (points === points) {
						sum += (WEIGHTS[k] as number) * points;
						weights += WEIGHTS[k] as number;
					}
				}
				payout[i] = NaN;
				if (weights === 0) {
					outcome[i] = BY_HAND.incomplete;
					score[i] = NaN;
					continue;
				}
				let total = sum / weights;
				const reported = at(report, i);
				if (reported === reported && at(survey, i) === at(survey, i)) total += at(survey, i);
				total = Math.min(Math.max(total, 0), 120);
				if ((reported === reported ? reported : 0) < 0.2) total = Math.min(total, 95);
				total = roundByHand(total);
				score[i] = total;
				outcome[i] = gradeByHand(total);
			}
		};
	}
};
