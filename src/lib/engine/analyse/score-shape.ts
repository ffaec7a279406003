/** Checks the shape of an item's score: defined, in the right direction, with ends that were chosen. */
import { diagnose, type Diagnostic, type Repair } from '../diagnostics/diagnostic.ts';
import { walk, type CallNode, type RuleNode } from '../logic/node.ts';
import { curvePoints } from '../logic/points.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { both, readable } from './entry.ts';
import { itemNames } from './names.ts';
import type { ParsedItem } from './parsed.ts';
import { profilesOf, type Profile, type ProfilePoint, type SeenRange } from './profile.ts';
import { scoreDiagnostics } from './score-diagnostics.ts';
import { isEmpty, type Range } from './range.ts';

/** A change of score that is no rounding noise. */
const VISIBLE = 1e-6;
/** A jump that somebody would dispute, in points. */
const JUMP = 5;

export interface ShapeContext {
	readonly scheme: SchemeDocument;
	readonly metric: MetricDefinition | undefined;
	readonly seen: SeenRange;
	/** Every value that the score can take. */
	readonly range: Range;
}

/** The findings about how one item is scored; each kind at most once. */
export function checkScoreShape(parsed: ParsedItem, context: ShapeContext): Diagnostic[] {
	const profiles = profilesOf(parsed, context.seen, context.metric);
	const found = new Map<string, Diagnostic>();
	const add = (diagnostic: Diagnostic | null): void => {
		if (diagnostic && !found.has(diagnostic.code)) found.set(diagnostic.code, diagnostic);
	};
	const finder = new ShapeFinder(parsed, context);
	for (const profile of profiles) {
		add(finder.undefinedPart(profile));
		add(finder.end(profile));
		add(finder.cap(profile));
		add(finder.direction(profile));
		add(finder.jump(profile));
		add(finder.plateau(profile));
	}
	add(finder.stepOrLine());
	add(finder.reach());
	return [...found.values()];
}

class ShapeFinder {
	readonly #parsed: ParsedItem;
	readonly #context: ShapeContext;
	readonly #at: string;
	readonly #names: { readonly item: string; readonly item_zh: string };

	constructor(parsed: ParsedItem, context: ShapeContext) {
		this.#parsed = parsed;
		this.#context = context;
		this.#at = `${parsed.at}/score`;
		this.#names = itemNames(parsed.item, context.metric);
	}

	#say(
		code: keyof typeof scoreDiagnostics,
		details: Readonly<Record<string, string | number>>,
		repairs: readonly Repair[] = [],
		at = this.#at
	): Diagnostic {
		return diagnose(scoreDiagnostics, code, at, { ...this.#names, ...details }, { repairs });
	}

	undefinedPart({ points }: Profile): Diagnostic | null {
		const first = points.findIndex(({ y }) => y === null);
		if (first < 0 || points.every(({ y }) => y === null)) return null;
		const next = points.findIndex(({ y }, index) => index > first && y !== null);
		const from = first === 0 ? points[0]?.x : points[first - 1]?.x;
		const to = next < 0 ? points.at(-1)?.x : points[next]?.x;
		const range = interval(from ?? 0, to ?? 0, first === 0, next < 0);
		return this.#say('curve_undefined', { range });
	}

	/** What lies below the first point of a curve, or below the origin of a formula. */
	end(profile: Profile): Diagnostic | null {
		const curve = callOf(this.#parsed.score.node, 'curve', profile.axis);
		const drawn = curve ? curvePoints(curve.args[1]) : null;
		const [start] = drawn ?? [];
		if (curve && start) {
			const [x, y] = start;
			if (curve.args.length > 2 || x <= profile.from || y === 0) return null;
			if (this.#context.metric?.direction === 'lower') return null;
			const patch = (below: string): Repair['patch'] => [
				{ op: 'add', path: `${curve.at}/curve/2`, value: below },
				{ op: 'add', path: `${curve.at}/curve/3`, value: 'flat' }
			];
			return this.#say(
				'curve_end_not_chosen',
				{
					range: interval(profile.from, x, true, false),
					from_score: readable(y),
					how: 'stays flat',
					how_zh: '持平'
				},
				[
					{ title: both('选定持平', 'Flat on purpose'), patch: patch('flat') },
					{ title: both('按第一段延长', 'Extend the first segment'), patch: patch('extend') }
				],
				curve.at
			);
		}
		const origin = originOf(this.#parsed.score.node, profile.axis);
		if (origin === null || origin <= profile.from) return null;
		const [low, high] = [profile.at(profile.from), profile.at(origin)];
		const middle = profile.at(profile.from + (origin - profile.from) / 2);
		if (low === null || high === null || middle === null) return null;
		// Where the rule is guarded below its origin, that end was chosen.
		if (!(low < middle && middle < high)) return null;
		return this.#say('curve_end_not_chosen', {
			range: interval(profile.from, origin, true, false),
			from_score: readable(high),
			how: `falls to ${readable(low)}`,
			how_zh: `一路降到 ${readable(low)} 分`
		});
	}

	cap(profile: Profile): Diagnostic | null {
		const curve = callOf(this.#parsed.score.node, 'curve', profile.axis);
		if (curve && curve.args.length > 2) return null;
		const far = Math.max(Math.abs(profile.to), Math.abs(profile.breakpoints.at(-1) ?? 0), 1);
		const [near, middle, end] = [far, far * 2, far * 4].map(profile.at);
		if (near === null || middle === null || end === null) return null;
		if (near === undefined || middle === undefined || end === undefined) return null;
		if (middle - near < VISIBLE || end - middle < VISIBLE || end <= 100) return null;
		const isScale = profile.axis === 'item.actual' && this.#context.metric?.unit === 'ratio';
		if (isScale && near <= 100) return null;
		return this.#say('no_upper_cap', {
			score: readable(end),
			measure: profile.axis,
			at_value: readable(far * 4)
		});
	}

	direction(profile: Profile): Diagnostic | null {
		const direction = this.#context.metric?.direction;
		if (direction !== 'higher' && direction !== 'lower') return null;
		if (!/actual|attainment|^metric\./.test(profile.axis)) return null;
		const wrong = neighbours(profile.points).find(([a, b]) =>
			direction === 'higher' ? b.y < a.y - VISIBLE : b.y > a.y + VISIBLE
		);
		if (!wrong) return null;
		const [before, after] = wrong;
		return this.#say('score_against_direction', {
			measure: profile.axis,
			from: readable(before.x),
			to: readable(after.x),
			before: readable(before.y),
			after: readable(after.y),
			direction,
			direction_zh: direction === 'higher' ? '越高越好' : '越低越好'
		});
	}

	/** A jump between pieces that move; steps and rounding jump on purpose. */
	jump(profile: Profile): Diagnostic | null {
		const stepwise = ['steps', 'floor', 'ceil', 'round'];
		if (stepwise.some((name) => callOf(this.#parsed.score.node, name))) return null;
		const moves = neighbours(profile.points).some(
			([a, b]) => Math.abs(b.y - a.y) > VISIBLE && b.x - a.x > VISIBLE
		);
		if (!moves) return null;
		const jump = neighbours(profile.points).find(
			([a, b]) => Math.abs(b.y - a.y) >= JUMP && b.x - a.x <= Math.abs(b.x) * 1e-12 + 1e-300
		);
		if (!jump) return null;
		const [before, after] = jump;
		return this.#say('score_jump', {
			measure: profile.axis,
			at_value: readable(after.x),
			before: readable(before.y),
			after: readable(after.y)
		});
	}

	plateau(profile: Profile): Diagnostic | null {
		const curve = callOf(this.#parsed.score.node, 'curve', profile.axis);
		const points = curve ? curvePoints(curve.args[1]) : null;
		if (!curve || !points) return null;
		const flat = points.findIndex(([, y], index) => {
			const [before, next, behind] = [points[index - 1], points[index + 1], points[index + 2]];
			return before && next && behind && before[1] !== y && next[1] === y && behind[1] !== y;
		});
		const [start, end] = [points[flat], points[flat + 1]];
		if (flat < 0 || !start || !end) return null;
		return this.#say(
			'score_flat_zone',
			{ range: interval(start[0], end[0], true, true), score: readable(start[1]) },
			[],
			curve.at
		);
	}

	/** “Every 100,000 above 1,000,000 adds 2”, written as a plain formula. */
	stepOrLine(): Diagnostic | null {
		const { node } = this.#parsed.score;
		const chosen = ['floor', 'ceil', 'round', 'steps', 'curve'];
		if (chosen.some((name) => callOf(node, name))) return null;
		let step: number | null = null;
		walk(node, (one) => {
			if (one.kind !== 'call' || one.operator !== '/') return;
			const [above, size] = one.args;
			const isExcess = above?.kind === 'call' && above.operator === '-' && above.args.length === 2;
			if (isExcess && size?.kind === 'literal' && typeof size.value === 'number') step = size.value;
		});
		return step === null ? null : this.#say('step_or_line_not_chosen', { step: readable(step) });
	}

	reach(): Diagnostic | null {
		const { scheme, range } = this.#context;
		if (scheme.weighting !== 'percent' || isEmpty(range) || range.most >= 100) return null;
		const most = readable(range.most);
		const code =
			range.most > 0 && range.most <= 2 ? 'score_looks_like_ratio' : 'full_score_unreachable';
		const { score } = this.#parsed.item;
		const repairs: Repair[] =
			code === 'score_looks_like_ratio'
				? [
						{
							title: both('乘以 100', 'Multiply by 100'),
							patch: [{ op: 'replace', path: this.#at, value: { '*': [score, 100] } }]
						}
					]
				: [];
		return this.#say(code, { most }, repairs);
	}
}

interface Known {
	readonly x: number;
	readonly y: number;
}

function neighbours(points: readonly ProfilePoint[]): [Known, Known][] {
	const pairs: [Known, Known][] = [];
	for (const [index, b] of points.entries()) {
		const a = points[index - 1];
		if (a && a.y !== null && b.y !== null)
			pairs.push([
				{ x: a.x, y: a.y },
				{ x: b.x, y: b.y }
			]);
	}
	return pairs;
}

/** The first call of an operator; with `axis`, one whose first operand is that variable. */
function callOf(node: RuleNode, operator: string, axis?: string): CallNode | null {
	let found: CallNode | null = null;
	walk(node, (one) => {
		if (found || one.kind !== 'call' || one.operator !== operator) return;
		const [subject] = one.args;
		if (axis === undefined || (subject?.kind === 'var' && subject.path === axis)) found = one;
	});
	return found;
}

/** The number that a formula subtracts from the measure. */
function originOf(node: RuleNode, axis: string): number | null {
	let origin: number | null = null;
	walk(node, (one) => {
		if (one.kind !== 'call' || one.operator !== '-') return;
		const [first, second] = one.args;
		const isMeasure = first?.kind === 'var' && first.path === axis;
		if (isMeasure && second?.kind === 'literal' && typeof second.value === 'number') {
			origin = second.value;
		}
	});
	return origin;
}

function interval(from: number, to: number, closedLeft: boolean, closedRight: boolean): string {
	return `${closedLeft ? '[' : '('}${readable(from)}, ${readable(to)}${closedRight ? ']' : ')'}`;
}
