/** Weights, scores, gates and adjustments that are decided by words: ratings, levels, sites, dates. */
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument, SchemeItem } from '#lib/engine/scheme/document.ts';
import {
	at,
	benchDocument,
	BY_HAND,
	codesOf,
	gradeByHand,
	numbersOf,
	read,
	roundByHand,
	TableMaker,
	words,
	type BenchScheme
} from './material.ts';

const RATINGS = ['A', 'B', 'C', 'D'];
const LEVELS = ['P4', 'P5', 'P6', 'P7', 'M1', 'M2'];
const SITES = ['Shanghai', 'Ningbo', 'Shenzhen', 'Qingdao', 'Singapore', 'Rotterdam', 'Hamburg'];
const POSITIONS = ['sales', 'service', 'operator', 'documents', 'customs', 'finance'];
const STATUSES = ['active', 'probation', 'notice'];
const HIRED = Array.from({ length: 300 }, (_, i) => {
	const month = String((i % 12) + 1).padStart(2, '0');
	return `${2000 + Math.floor(i / 12)}-${month}-01`;
});
const ITEMS = ['attitude', 'teamwork', 'safety', 'learning', 'service_rating'] as const;

function rating(path: string, a: number): Rule {
	return {
		if: [
			{ '==': [read(path), 'A'] },
			a,
			{ '==': [read(path), 'B'] },
			a - 15,
			{ '==': [read(path), 'C'] },
			a - 40,
			{ '==': [read(path), 'D'] },
			0
		]
	};
}

const isManager: Rule = { in: [read('employee.level'), ['M1', 'M2']] };
const isAbroad: Rule = { in: [read('employee.site'), ['Singapore', 'Rotterdam', 'Hamburg']] };

function item(id: string, weight: Rule, score: Rule): SchemeItem {
	return { id, metric: id, class: 'behaviour', weight, score };
}

const document: SchemeDocument = benchDocument('texts', {
	applies_to: { '!=': [read('employee.status'), 'notice'] },
	items: [
		item('attitude', { if: [isManager, 10, 20] }, rating('employee.rating_attitude', 100)),
		item('teamwork', { if: [isManager, 30, 20] }, rating('employee.rating_teamwork', 110)),
		item('safety', 20, {
			if: [
				{ and: [isAbroad, { '==': [read('employee.rating_safety'), 'A'] }] },
				120,
				rating('employee.rating_safety', 100)
			]
		}),
		item('learning', 20, {
			if: [
				{ '<': [read('employee.hired_on'), '2010-01-01'] },
				{ max: [70, rating('employee.rating_learning', 100)] },
				rating('employee.rating_learning', 105)
			]
		}),
		item('service_rating', 20, {
			'+': [rating('employee.rating_service', 90), { '*': [2, read('item.actual')] }]
		})
	],
	adjustments: [
		{
			id: 'abroad',
			name: words('Abroad'),
			when: { and: [isAbroad, { '!=': [read('employee.position'), 'finance'] }] },
			points: { if: [isManager, 3, 2] }
		}
	],
	gates: [
		{
			id: 'probation',
			name: words('Probation'),
			when: { '==': [read('employee.status'), 'probation'] },
			effect: { grade: 'excellent' }
		},
		{
			id: 'unsafe',
			name: words('Unsafe'),
			when: {
				and: [
					{ '==': [read('employee.rating_safety'), 'D'] },
					{ in: [read('employee.position'), ['operator', 'service', 'customs']] }
				]
			},
			effect: { cap: 59 }
		}
	],
	payout: {
		currency: 'CNY',
		amount: {
			'*': [
				read('employee.base_pay'),
				{
					if: [
						{ in: [read('grade'), ['outstanding', 'excellent']] },
						{ if: [isManager, 2, 1.5] },
						{ '==': [read('grade'), 'good'] },
						1,
						{ '==': [read('grade'), 'fair'] },
						0.6,
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
		index === 0
			? {
					...entry,
					score: { if: [isAbroad, 95, rating('employee.rating_attitude', 98)] }
				}
			: entry
	)
};

function ratingByHand(code: number, a: number): number {
	return code === 0 ? a : code === 1 ? a - 15 : code === 2 ? a - 40 : code === 3 ? 0 : NaN;
}

export const texts: BenchScheme = {
	id: 'texts',
	about: 'weights, scores and gates decided by words',
	document,
	edited,
	makeTable(rows) {
		const maker = new TableMaker(rows, 14)
			.text('employee.level', LEVELS)
			.text('employee.site', SITES, 0.01)
			.text('employee.position', POSITIONS)
			.text('employee.status', STATUSES, 0.02)
			.text('employee.hired_on', HIRED)
			.text('employee.rating_attitude', RATINGS)
			.text('employee.rating_teamwork', RATINGS)
			.text('employee.rating_safety', RATINGS)
			.text('employee.rating_learning', RATINGS)
			.text('employee.rating_service', RATINGS, 0.003);
		for (const id of ITEMS) maker.number(`metric.${id}`, 0, 5, 1);
		return maker.number('employee.base_pay', 4000, 30000, 2).table();
	},
	handWritten(table) {
		const level = codesOf(table, 'employee.level');
		const site = codesOf(table, 'employee.site');
		const position = codesOf(table, 'employee.position');
		const status = codesOf(table, 'employee.status');
		const hired = codesOf(table, 'employee.hired_on');
		const attitude = codesOf(table, 'employee.rating_attitude');
		const teamwork = codesOf(table, 'employee.rating_teamwork');
		const safety = codesOf(table, 'employee.rating_safety');
		const learning = codesOf(table, 'employee.rating_learning');
		const service = codesOf(table, 'employee.rating_service');
		const serviceActual = numbersOf(table, 'metric.service_rating');
		const basePay = numbersOf(table, 'employee.base_pay');
		const isEarly = Uint8Array.from(HIRED, (day) => (day < '2010-01-01' ? 1 : 0));
		return ({ outcome, score, payout }) => {
			for (let i = 0; i < table.rows; i++) {
				payout[i] = NaN;
				score[i] = NaN;
				if (at(status, i) === 2) {
					outcome[i] = BY_HAND.uncovered;
					continue;
				}
				const manager = at(level, i) >= 4;
				const abroad = at(site, i) >= 4;
				const safe = at(safety, i);
				const early = at(isEarly, at(hired, i)) === 1;
				const learnt = at(learning, i);
				const sum =
					(manager ? 10 : 20) * ratingByHand(at(attitude, i), 100) +
					(manager ? 30 : 20) * ratingByHand(at(teamwork, i), 110) +
					20 * (abroad && safe === 0 ? 120 : ratingByHand(safe, 100)) +
					20 * (early ? Math.max(70, ratingByHand(learnt, 100)) : ratingByHand(learnt, 105)) +
					20 * (ratingByHand(at(service, i), 90) + 2 * at(serviceActual, i));
				const base = sum / 100;
				if (base !== base) {
					outcome[i] = BY_HAND.incomplete;
					continue;
				}
				let total = base;
				if (abroad && at(position, i) !== 5) total += manager ? 3 : 2;
				total = Math.min(Math.max(total, 0), 120);
				const post = at(position, i);
				if (safe === 3 && (post === 2 || post === 1 || post === 4)) total = Math.min(total, 59);
				total = roundByHand(total);
				let grade = gradeByHand(total);
				if (at(status, i) === 1 && grade < 1) grade = 1;
				score[i] = total;
				outcome[i] = grade;
				const factor = grade <= 1 ? (manager ? 2 : 1.5) : grade === 2 ? 1 : grade === 3 ? 0.6 : 0;
				payout[i] = roundByHand(at(basePay, i) * factor);
			}
		};
	}
};
