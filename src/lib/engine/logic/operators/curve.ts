import { toNumber } from '../number.ts';
import type { Locale } from '../../diagnostics/diagnostic.ts';
import type { CallNode } from '../node.ts';
import { phrase, type Phrase, type Speaker } from '../phrase.ts';
import { curvePoints, readPoints, type Point } from '../points.ts';
import { operator } from './operator.ts';
import { local, number, operand } from './operands.ts';

/**
 * y at x on the segment that begins at point i: exactly `yᵢ + (x − xᵢ)·k`, so that a point gives
 * its own y to the bit in every backend.
 */
function onSegment(x: number, points: readonly Point[], i: number): number {
	const [x0, y0] = points[i] ?? [0, 0];
	const [x1, y1] = points[i + 1] ?? [0, 0];
	const k = (y1 - y0) / (x1 - x0);
	return y0 + (x - x0) * k;
}

interface Words {
	readonly curve: string;
	readonly colon: string;
	readonly comma: string;
	readonly ends: (below: boolean, above: boolean) => string;
}

const WORDS: Record<Locale, Words> = {
	'zh-CN': {
		curve: '折线',
		colon: '：',
		comma: '，',
		ends: (below, above) =>
			below && above ? '；两端延伸' : below ? '；下端延伸' : above ? '；上端延伸' : '；两端持平'
	},
	en: {
		curve: 'line',
		colon: ': ',
		comma: ', ',
		ends: (below, above) =>
			below && above
				? '; both ends go on'
				: below
					? '; the lower end goes on'
					: above
						? '; the upper end goes on'
						: '; flat at both ends'
	}
};

function isExtended(call: CallNode, index: number): boolean {
	const end = call.args[index];
	return end?.kind === 'literal' && end.value === 'extend';
}

function describe(speaker: Speaker, call: CallNode): Phrase {
	const words = WORDS[speaker.locale];
	const [x] = call.args;
	const points = (curvePoints(call.args[1]) ?? [])
		.map(([from, to]) => `${speaker.number(from, x)} → ${speaker.number(to)}`)
		.join(words.comma);
	const ends = words.ends(isExtended(call, 2), isExtended(call, 3));
	return phrase(`${words.curve}[${speaker.operand(call, 0)}${words.colon}${points}${ends}]`);
}

const END = { optional: true, literal: 'end' } as const;

/** `{"curve": [x, [[x0, y0], …], below, above]}` — piecewise linear; each end flat or extended. */
export const curve = operator({
	name: 'curve',
	title: local('折线计分', 'score along a line'),
	takes: [
		number('依据', 'measured by'),
		operand('折点', 'points', 'array', { literal: 'points' }),
		operand('下端', 'below', 'string', END),
		operand('上端', 'above', 'string', END)
	],
	gives: 'number',
	nulls: 'first',
	evaluate: ([value = null, list = null, below = 'flat', above = 'flat'], run) => {
		const x = toNumber(value, run.charge);
		const points = readPoints(list);
		const [first, last] = [points?.[0], points?.[points.length - 1]];
		if (!points || !first || !last) return run.none('invalid_operand');
		if (Number.isNaN(x)) return run.none('not_a_number');
		const segments = points.length - 1;
		if (x < first[0]) {
			run.took(0);
			return below === 'extend' && segments > 0 ? onSegment(x, points, 0) : first[1];
		}
		if (x >= last[0]) {
			run.took(segments);
			return x > last[0] && above === 'extend' && segments > 0
				? onSegment(x, points, segments - 1)
				: last[1];
		}
		let i = 0;
		while (x >= (points[i + 1]?.[0] ?? Number.POSITIVE_INFINITY)) i++;
		run.took(i);
		return onSegment(x, points, i);
	},
	describe: { 'zh-CN': describe, en: describe },
	help: local(
		'在写明的折点之间按直线取值；折点之外持平，或按首末段延伸（"extend"）。折点正好取其分值。',
		'Follows straight lines between the points written out; beyond them it stays flat or goes on along the first or last segment ("extend"). A point gives exactly its own value.'
	),
	examples: [
		{
			rule: {
				curve: [
					0.9,
					[
						[0.8, 60],
						[1, 100]
					]
				]
			},
			result: 80
		},
		{
			rule: {
				curve: [
					1.5,
					[
						[0.8, 60],
						[1, 100]
					]
				]
			},
			result: 100
		},
		{
			rule: {
				curve: [
					1.5,
					[
						[0, 0],
						[1, 100]
					],
					'flat',
					'extend'
				]
			},
			result: 150
		},
		{
			rule: {
				curve: [
					null,
					[
						[0, 0],
						[1, 100]
					]
				]
			},
			result: null
		}
	]
});
