import { toNumber } from '../number.ts';
import type { Locale } from '../../diagnostics/diagnostic.ts';
import type { CallNode } from '../node.ts';
import { phrase, type Phrase, type Speaker } from '../phrase.ts';
import { curvePoints, readPoints } from '../points.ts';
import { operator } from './operator.ts';
import { local, number, operand } from './operands.ts';

interface Words {
	readonly steps: string;
	readonly colon: string;
	readonly comma: string;
	readonly otherwise: string;
}

const WORDS: Record<Locale, Words> = {
	'zh-CN': { steps: '分档', colon: '：', comma: '，', otherwise: '其余' },
	en: { steps: 'steps', colon: ': ', comma: ', ', otherwise: 'otherwise' }
};

function describe(speaker: Speaker, call: CallNode): Phrase {
	const words = WORDS[speaker.locale];
	const [x] = call.args;
	const steps = (curvePoints(call.args[1]) ?? []).map(
		([from, value]) => `≥ ${speaker.number(from, x)} → ${speaker.number(value)}`
	);
	if (call.args.length > 2) steps.push(`${words.otherwise} → ${speaker.operand(call, 2)}`);
	return phrase(
		`${words.steps}[${speaker.operand(call, 0)}${words.colon}${steps.join(words.comma)}]`
	);
}

/** `{"steps": [x, [[t0, v0], …], otherwise]}` — the value of the highest t ≤ x. */
export const steps = operator({
	name: 'steps',
	title: local('分档计分', 'score in steps'),
	takes: [
		number('依据', 'measured by'),
		operand('档位', 'steps', 'array', { literal: 'steps' }),
		operand('低于首档时', 'below the first step', 'any', { optional: true })
	],
	gives: 'any',
	nulls: 'first',
	evaluate: ([value = null, list = null, otherwise], run) => {
		const x = toNumber(value, run.charge);
		const points = readPoints(list);
		if (!points) return run.none('invalid_operand');
		if (Number.isNaN(x)) return run.none('not_a_number');
		for (let i = points.length - 1; i >= 0; i--) {
			const [from, result] = points[i] ?? [Number.NaN, 0];
			if (x >= from) {
				run.took(i);
				return result;
			}
		}
		run.took(-1);
		return otherwise ?? run.none('below_first_step');
	},
	describe: { 'zh-CN': describe, en: describe },
	help: local(
		'取不高于依据值的最高一档的分值；低于首档时取「低于首档时」的值，未写则缺失。',
		'Takes the value of the highest step that is reached; below the first one the last operand, or missing without it.'
	),
	examples: [
		{
			rule: {
				steps: [
					0.95,
					[
						[0.8, 60],
						[0.9, 80],
						[1, 100]
					],
					0
				]
			},
			result: 80
		},
		{
			rule: {
				steps: [
					0.9,
					[
						[0.8, 60],
						[0.9, 80]
					]
				]
			},
			result: 80
		},
		{ rule: { steps: [0.5, [[0.8, 60]]] }, result: null },
		{ rule: { steps: [null, [[0.8, 60]], 0] }, result: null }
	]
});
