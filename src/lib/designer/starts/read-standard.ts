/**
 * A scoring standard in words as a rule, where it can mean one thing only. What it leaves open is
 * told as doubts; what is not understood wholly is not understood.
 */
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parseQuantity } from '#lib/ui/parse-number.ts';
import { tidy } from '../curves/curve-handles.ts';
import { writeScore, type EditableForm, type NamedInput } from '../curves/score-form.ts';
import { plainStandard, readClauses, type Clause, type Tier } from './standard-clauses.ts';

/** What a standard leaves open; each becomes a question to the author. */
export type Doubt =
	'no_cap' | 'below_open' | 'above_open' | 'gap' | 'step_or_linear' | 'input_unclear';

export type StandardReading =
	| { readonly kind: 'rule'; readonly rule: Rule; readonly doubts: readonly Doubt[] }
	| { readonly kind: 'needs_target' }
	| { readonly kind: 'unclear' };

export interface StandardContext {
	readonly metric: Pick<MetricDefinition, 'name' | 'unit' | 'direction'> | undefined;
	/** Name of the item in the table. */
	readonly name: string;
	/** Its target as the table writes it. */
	readonly target: string | undefined;
}

const UNCLEAR: StandardReading = { kind: 'unclear' };
const FULL = 100;

export function readStandard(text: string, context: StandardContext): StandardReading {
	const clauses = readClauses(text);
	if (!clauses) return UNCLEAR;
	const of = <Kind extends Clause['kind']>(kind: Kind) =>
		clauses.filter((clause): clause is Extract<Clause, { kind: Kind }> => clause.kind === kind);
	const tiers = of('tier');
	const steps = of('each');
	const plain = plainStandard(text);
	if (steps.length === 1 && steps[0])
		return steps[0].adds
			? baseAndSteps(steps[0], tiers, clauses, plain, context)
			: deduction(steps[0], tiers, clauses, plain, context);
	if (steps.length > 1) return UNCLEAR;
	if (of('pass').length === 1 && clauses.length === of('pass').length + of('fail').length)
		return passFail(of('pass')[0]?.score ?? FULL, of('fail')[0]?.score ?? 0, context);
	if (of('proportional').length === 1 && tiers.length === 0) return proportional(clauses, context);
	const [otherwise] = of('otherwise');
	if (tiers.length > 0 && clauses.length === tiers.length + of('otherwise').length)
		return ladder(tiers, otherwise?.score ?? null, plain, context);
	return UNCLEAR;
}

function rule(form: EditableForm, doubts: readonly Doubt[] = []): StandardReading {
	return { kind: 'rule', rule: writeScore(form), doubts };
}

const ATTAINMENT = /完成率|达成率|完成比例|完成度|目标的|目标值的/;
const RATE = /率|占比|比例|rate|share/i;

/** A percentage is of the target, or the metric itself is one. */
function inputOf(
	isPercent: boolean,
	text: string,
	{ metric, name }: StandardContext
): { readonly input: NamedInput; readonly isSure: boolean } {
	if (!isPercent) return { input: 'item.actual', isSure: true };
	const isRatio = metric ? metric.unit === 'ratio' : RATE.test(name);
	const speaksOfTarget = ATTAINMENT.test(text);
	const isItself = ATTAINMENT.test(metric?.name['zh-CN'] ?? name);
	if (speaksOfTarget && !isItself) return { input: 'item.attainment', isSure: true };
	if (isRatio) return { input: 'item.actual', isSure: metric !== undefined || isItself };
	return { input: 'item.attainment', isSure: metric !== undefined };
}

function unsure(isSure: boolean): readonly Doubt[] {
	return isSure ? [] : ['input_unclear'];
}

function ladder(
	tiers: readonly Tier[],
	otherwise: number | null,
	text: string,
	context: StandardContext
): StandardReading {
	if (tiers.length + (otherwise === null ? 0 : 1) < 2) return UNCLEAR;
	if (new Set(tiers.map(({ isPercent }) => isPercent)).size > 1) return UNCLEAR;
	const sorted = tiers.toSorted((a, b) => a.low - b.low || a.high - b.high);
	const doubts = new Set<Doubt>();
	for (const [index, tier] of sorted.entries()) {
		const next = sorted[index + 1];
		if (!next) continue;
		// “100% 以上得满分，90% 以上得 80 分”: the higher tier takes what is above it.
		if (tier.high === Infinity && tier.low < next.low) continue;
		if (next.low < tier.high) return UNCLEAR;
		if (next.low > tier.high) doubts.add('gap');
	}
	const { input, isSure } = inputOf(tiers[0]?.isPercent ?? false, text, context);
	for (const doubt of unsure(isSure)) doubts.add(doubt);
	const lowest = sorted[0];
	const rest = lowest?.low === -Infinity ? (lowest.score ?? FULL) : otherwise;
	if (rest === null) doubts.add('below_open');
	const highest = sorted.at(-1);
	if (highest && highest.high !== Infinity) doubts.add('above_open');
	if (sorted.some(({ takesHigh }) => takesHigh)) return fromBelow(sorted, input, [...doubts]);
	const steps = sorted
		.filter(({ low }) => low !== -Infinity)
		.map(({ low, score }) => [low, score ?? FULL] as const);
	return rule({ kind: 'steps', input, steps, otherwise: rest }, [...doubts]);
}

/** Tiers that take their upper limit: no list of steps says that, so the tests are written out. */
function fromBelow(
	tiers: readonly Tier[],
	input: NamedInput,
	doubts: readonly Doubt[]
): StandardReading {
	const x: Rule = { var: input };
	const bounded = tiers.filter(({ high }) => high !== Infinity);
	const top = tiers.find(({ high }) => high === Infinity);
	const branches = bounded.flatMap((tier): Rule[] => [
		{ [tier.takesHigh || (top?.takesHigh && top.low === tier.high) ? '<=' : '<']: [x, tier.high] },
		tier.score ?? FULL
	]);
	const last = top ? (top.score ?? FULL) : null;
	return {
		kind: 'rule',
		rule: { if: [{ '==': [x, null] }, null, ...branches, last] },
		doubts
	};
}

type Each = Extract<Clause, { kind: 'each' }>;

function capOf(clauses: readonly Clause[]): number | null {
	const cap = clauses.find((clause) => clause.kind === 'cap');
	return cap?.kind === 'cap' && !cap.isPercent ? cap.value : null;
}

/** “100 万得 60 分，每超 10 万加 2 分，最高 100 分” */
function baseAndSteps(
	each: Each,
	tiers: readonly Tier[],
	clauses: readonly Clause[],
	text: string,
	context: StandardContext
): StandardReading {
	const known = clauses.every(({ kind }) => ['each', 'tier', 'cap'].includes(kind));
	const [start] = tiers;
	if (!known || tiers.length !== 1 || !start || start.low === -Infinity) return UNCLEAR;
	if (start.isPercent !== each.isPercent || each.side === 'below') return UNCLEAR;
	const { input, isSure } = inputOf(start.isPercent, text, context);
	const cap = capOf(clauses);
	const doubts: readonly Doubt[] = [
		'step_or_linear',
		'below_open',
		...(cap === null ? (['no_cap'] as const) : []),
		...unsure(isSure)
	];
	return rule(
		{
			kind: 'base_step',
			input,
			base: start.score ?? FULL,
			perStep: each.points,
			from: start.low,
			stepSize: each.size,
			counting: 'whole',
			cap,
			floor: null,
			below: 'undefined'
		},
		doubts
	);
}

/** “每低于目标 1% 扣 2 分，扣完为止” */
function deduction(
	each: Each,
	tiers: readonly Tier[],
	clauses: readonly Clause[],
	text: string,
	context: StandardContext
): StandardReading {
	const known = clauses.every(({ kind }) => ['each', 'tier', 'floor', 'full'].includes(kind));
	const [met] = tiers;
	if (!known || tiers.length > 1) return UNCLEAR;
	const full = clauses.find((clause) => clause.kind === 'full');
	const start = met?.score ?? (full?.kind === 'full' ? full.score : FULL);
	const { input, isSure } =
		each.side === 'count'
			? { input: 'item.actual' as const, isSure: true }
			: inputOf(each.isPercent, text, context);
	const from = limitOf(each, met, input, context);
	if (from === null) return { kind: 'needs_target' };
	const side = each.side === 'below' ? 'below' : 'above';
	const doubts: readonly Doubt[] = [
		...(each.side === 'count' ? [] : (['step_or_linear'] as const)),
		...unsure(isSure)
	];
	return rule(
		{
			kind: 'deduction',
			input,
			start,
			each: each.points,
			from,
			per: each.size,
			side,
			counting: each.side === 'count' && each.size === 1 ? 'pro_rata' : 'whole',
			floor: 0
		},
		doubts
	);
}

/** Where deductions begin: a tier says it, a count begins at none, else the target does. */
function limitOf(
	each: Each,
	met: Tier | undefined,
	input: NamedInput,
	{ target }: StandardContext
): number | null {
	if (met) {
		const limit = each.side === 'below' ? met.low : met.high;
		return Number.isFinite(limit) ? limit : null;
	}
	if (each.fromZero) return 0;
	if (input === 'item.attainment') return 1;
	const figure = /\d+(?:\.\d+)?(?:%|万|亿)?/.exec(plainStandard(target ?? ''))?.[0];
	return figure === undefined ? null : parseQuantity(figure);
}

function passFail(pass: number, fail: number, { metric }: StandardContext): StandardReading {
	return rule({
		kind: 'pass_fail',
		input: 'item.attainment',
		comparison: metric?.direction === 'lower' ? '<=' : '>=',
		threshold: 1,
		pass,
		fail,
		guarded: true
	});
}

function proportional(clauses: readonly Clause[], { metric }: StandardContext): StandardReading {
	const known = clauses.every(({ kind }) => ['proportional', 'cap', 'full'].includes(kind));
	if (!known || metric?.direction === 'lower') return UNCLEAR;
	const cap = clauses.find((clause) => clause.kind === 'cap');
	const full = clauses.find((clause) => clause.kind === 'full');
	return rule(
		{
			kind: 'proportional',
			input: 'item.attainment',
			factor: full?.kind === 'full' ? tidy(full.score) : FULL,
			cap: cap?.kind === 'cap' ? cap.value : null,
			capOn: cap?.kind === 'cap' && !cap.isPercent ? 'score' : 'input'
		},
		cap ? [] : ['no_cap']
	);
}
