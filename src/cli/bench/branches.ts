/** One item with a hundred branches over position, region and attainment, and three plain ones. */
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
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
	type BenchScheme
} from './material.ts';

const POSITIONS = ['sales', 'service', 'operator', 'documents', 'customs'];
const REGIONS = ['north', 'south', 'east', 'overseas'];
const LEVELS = [0.6, 0.8, 0.95, 1.05, 1.2];

interface Branch {
	readonly position: number;
	readonly region: number;
	readonly below: number;
	readonly base: number;
	readonly slope: number;
}

const BRANCHES: Branch[] = POSITIONS.flatMap((_, position) =>
	REGIONS.flatMap((__, region) =>
		LEVELS.map((below, level) => ({
			position,
			region,
			below,
			base: 20 + level * 18 + position + region,
			slope: 4 + level + region
		}))
	)
);

const volume: Rule = {
	if: [
		...BRANCHES.flatMap(({ position, region, below, base, slope }): Rule[] => [
			{
				and: [
					{ '==': [read('employee.position'), POSITIONS[position] ?? ''] },
					{ '==': [read('employee.region'), REGIONS[region] ?? ''] },
					{ '<': [read('item.attainment'), below] }
				]
			},
			{ '+': [base, { '*': [slope, read('item.attainment')] }] }
		]),
		{ min: [{ '*': [100, read('item.attainment')] }, 120] }
	]
};

const document: SchemeDocument = benchDocument('branches', {
	items: [
		{ id: 'volume', metric: 'volume', class: 'result', weight: 40, score: volume },
		{
			id: 'quality',
			metric: 'quality',
			class: 'process',
			weight: 30,
			score: { '*': [100, read('item.actual')] }
		},
		{
			id: 'speed',
			metric: 'speed',
			class: 'process',
			weight: 20,
			score: { clamp: [{ '*': [100, read('item.attainment')] }, 0, 120] }
		},
		{
			id: 'conduct',
			metric: 'conduct',
			class: 'behaviour',
			weight: 10,
			score: read('item.actual'),
			missing: { score: 80 }
		}
	]
});

const edited: SchemeDocument = {
	...document,
	items: document.items.map((entry, index) =>
		index === 1 ? { ...entry, score: { max: [50, { '*': [100, read('item.actual')] }] } } : entry
	)
};

/** The same branches nested by position, region and level, their numbers in tables. */
const INTERCEPTS = Float64Array.from(BRANCHES, ({ base }) => base);
const SLOPES = Float64Array.from(BRANCHES, ({ slope }) => slope);

function volumeByHand(position: number, region: number, x: number): number {
	if (position >= 0 && region >= 0 && x < 1.2) {
		const level = x < 0.6 ? 0 : x < 0.8 ? 1 : x < 0.95 ? 2 : x < 1.05 ? 3 : 4;
		const branch = (position * 4 + region) * 5 + level;
		return at(INTERCEPTS, branch) + at(SLOPES, branch) * x;
	}
	return Math.min(100 * x, 120);
}

export const branches: BenchScheme = {
	id: 'branches',
	about: '100 branches over position, region and attainment',
	document,
	edited,
	makeTable: (rows) =>
		new TableMaker(rows, 13)
			.text('employee.position', POSITIONS, 0.01)
			.text('employee.region', REGIONS)
			.number('metric.volume', 30, 150, 1, 0.002)
			.number('target.volume', 80, 120, 0)
			.number('metric.quality', 0.5, 1, 3)
			.number('metric.speed', 20, 60, 1)
			.number('target.speed', 40, 50, 0)
			.number('metric.conduct', 60, 100, 0, 0.3)
			.table(),
	handWritten(table) {
		const position = codesOf(table, 'employee.position');
		const region = codesOf(table, 'employee.region');
		const volumeActual = numbersOf(table, 'metric.volume');
		const volumeTarget = numbersOf(table, 'target.volume');
		const quality = numbersOf(table, 'metric.quality');
		const speedActual = numbersOf(table, 'metric.speed');
		const speedTarget = numbersOf(table, 'target.speed');
		const conduct = numbersOf(table, 'metric.conduct');
		return ({ outcome, score, payout }) => {
			for (let i = 0; i < table.rows; i++) {
				const target = at(volumeTarget, i);
				const x = target === 0 ? NaN : at(volumeActual, i) / target;
				const speed = at(speedTarget, i);
				const y = speed === 0 ? NaN : at(speedActual, i) / speed;
				const behaviour = at(conduct, i);
				const sum =
					40 * volumeByHand(at(position, i), at(region, i), x) +
					30 * (100 * at(quality, i)) +
					20 * Math.min(Math.max(100 * y, 0), 120) +
					10 * (behaviour === behaviour ? behaviour : 80);
				const base = sum / 100;
				payout[i] = NaN;
				if (base !== base) {
					outcome[i] = BY_HAND.incomplete;
					score[i] = NaN;
					continue;
				}
				const total = roundByHand(Math.min(Math.max(base, 0), 120));
				score[i] = total;
				outcome[i] = gradeByHand(total);
			}
		};
	}
};
