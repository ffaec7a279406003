/**
 * Repairs of wrong weights. They change written numbers, or where a number also serves other people
 * put a branch for the region in front of it. Each is proved again before it is offered.
 */
import type { LocalText, PatchStep, Repair } from '../diagnostics/diagnostic.ts';
import { evaluateRule } from '../logic/interpret.ts';
import type { RuleNode } from '../logic/node.ts';
import type { Rule, Variables } from '../logic/rule.ts';
import { isTruthy } from '../logic/value.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { basisPoints } from '../scheme/validate.ts';
import { applyPatch } from './apply-patch.ts';
import { both, readable } from './entry.ts';
import { itemNames } from './names.ts';
import { parseRulesOf, type ParsedScheme } from './parsed.ts';
import { regionRules } from './region-words.ts';
import { weigh, withDerived, withItem } from './weigh.ts';
import {
	FULL,
	MAX_WRONG,
	proveWeights,
	type ProofOptions,
	type WrongRegion
} from './weight-proof.ts';

/** A weight that is written as a number on the branch at hand. */
interface WrittenWeight {
	readonly index: number;
	readonly at: string;
	readonly points: number;
	readonly locked: boolean;
}

/** Items that are offered to be taken from, or kept as they are, one at a time. */
const MAX_CHOICES = 3;

export interface RepairOptions extends ProofOptions {
	/** The scheme before the edit: items whose weight was just changed are kept as they are. */
	readonly baseline?: SchemeDocument;
	/** Items without a name of their own are called by their metric's. */
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
}

/** Repairs for a region whose weights are numbers that do not total 100. */
export function weightRepairs(
	parsed: ParsedScheme,
	region: WrongRegion,
	wrongBefore: number,
	options: RepairOptions
): Repair[] {
	const weights = writtenWeights(parsed, region);
	const excess = (region.total ?? FULL) - FULL;
	const free = weights.filter(({ locked }) => !locked);
	// With that many wrong regions no single number mends them.
	const isHopeless = region.total === null || wrongBefore >= MAX_WRONG;
	if (isHopeless || free.length === 0) return [byHand(weights)];
	const edited = free.filter(({ index }) => wasEdited(parsed, index, options.baseline));
	const movable =
		edited.length > 0 && edited.length < free.length
			? free.filter((weight) => !edited.includes(weight))
			: free;
	const byWeight = movable.toSorted((a, b) => b.points - a.points);
	const candidates: Candidate[] = [];
	for (const weight of byWeight.slice(0, MAX_CHOICES)) {
		if (weight.points - excess < 0) continue;
		candidates.push({
			kind: 'take',
			subject: weight,
			points: new Map([[weight.at, weight.points - excess]])
		});
	}
	candidates.push({ kind: 'scale', subject: null, points: scaled(movable, excess) });
	if (edited.length === 0) {
		for (const kept of byWeight.slice(0, MAX_CHOICES)) {
			const others = movable.filter((weight) => weight !== kept);
			if (others.length < 2) continue;
			candidates.push({ kind: 'keep', subject: kept, points: scaled(others, excess) });
		}
	}
	const isOffered = (patch: readonly PatchStep[]): boolean =>
		patch.length > 0 && helps(parsed, patch, region, wrongBefore, options);
	const repairs = candidates
		.filter(({ points }) => points.size > 0 && [...points.values()].every((value) => value >= 0))
		.filter(isFirstOfItsKind(weights))
		.flatMap((candidate) => {
			const title = titleOf(candidate, weights, parsed, options);
			const patch = numbersPatch(candidate, weights);
			if (isOffered(patch)) return [{ kind: candidate.kind, title, patch }];
			// The number also serves other people: then the new one is for this region only.
			const branch = branchPatch(candidate, weights, parsed, region);
			const only = both(`${title['zh-CN']}（仅此情形）`, `${title.en} (in this case only)`);
			return isOffered(branch) ? [{ kind: candidate.kind, title: only, patch: branch }] : [];
		});
	return [...inOfferedOrder(repairs), byHand(weights)];
}

interface Candidate {
	readonly kind: 'take' | 'scale' | 'keep';
	readonly subject: WrittenWeight | null;
	/** New basis points by place. */
	readonly points: ReadonlyMap<string, number>;
}

/** Passes a candidate unless an earlier one leads to the same weights by other words. */
function isFirstOfItsKind(weights: readonly WrittenWeight[]): (candidate: Candidate) => boolean {
	const seen = new Set<string>();
	return ({ points }) => {
		const result = weights.map(({ at, points: before }) => points.get(at) ?? before).join('/');
		if (seen.has(result)) return false;
		seen.add(result);
		return true;
	};
}

/** The first “take”, then “scale”, then the other choices. */
function inOfferedOrder(repairs: readonly (Repair & { kind: string })[]): Repair[] {
	const first = repairs.find(({ kind }) => kind === 'take');
	const scale = repairs.filter(({ kind }) => kind === 'scale');
	const rest = repairs.filter((repair) => repair !== first && !scale.includes(repair));
	return [...(first ? [first] : []), ...scale, ...rest].map(({ title, patch }) => ({
		title,
		patch
	}));
}

/** Where each item's weight on this branch is written; items that calculate it are left out. */
function writtenWeights(parsed: ParsedScheme, { employee }: WrongRegion): WrittenWeight[] {
	const row = withDerived(employee);
	return parsed.items.flatMap(({ item, weight }, index): WrittenWeight[] => {
		const written = weight ? writtenAt(weight.node, withItem(row, weight)) : null;
		if (!written) return [];
		const points = basisPoints(written.value);
		return [{ index, at: written.at, points, locked: item.locked === true }];
	});
}

function writtenAt(node: RuleNode, row: Variables): { at: string; value: number } | null {
	if (node.kind === 'literal') {
		return typeof node.value === 'number' ? { at: node.at, value: node.value } : null;
	}
	if (node.kind !== 'call' || (node.operator !== 'if' && node.operator !== '?:')) return null;
	for (let index = 0; index < node.args.length; index += 2) {
		const [test, then] = [node.args[index], node.args[index + 1]];
		if (!test) return null;
		if (!then) return writtenAt(test, row);
		if (isTruthy(evaluateRule(test, row).value)) return writtenAt(then, row);
	}
	return null;
}

function wasEdited(parsed: ParsedScheme, index: number, baseline?: SchemeDocument): boolean {
	const item = parsed.scheme.items[index];
	const before = baseline?.items.find(({ id }) => id === item?.id);
	return (
		item !== undefined &&
		before !== undefined &&
		JSON.stringify(before.weight) !== JSON.stringify(item.weight)
	);
}

/** Scales weights so that they give up `excess` together: largest remainder, ties in item order. */
function scaled(weights: readonly WrittenWeight[], excess: number): Map<string, number> {
	const sum = weights.reduce((total, { points }) => total + points, 0);
	const wanted = sum - excess;
	if (sum <= 0 || wanted < 0) return new Map();
	const shares = weights.map(({ at, points }, order) => {
		const exact = (points * wanted) / sum;
		return { at, order, whole: Math.floor(exact), rest: exact - Math.floor(exact) };
	});
	let left = wanted - shares.reduce((total, { whole }) => total + whole, 0);
	const result = new Map(shares.map(({ at, whole }) => [at, whole]));
	for (const { at, whole } of shares.toSorted((a, b) => b.rest - a.rest || a.order - b.order)) {
		if (left-- > 0) result.set(at, whole + 1);
	}
	return result;
}

function titleOf(
	{ kind, subject, points }: Candidate,
	weights: readonly WrittenWeight[],
	parsed: ParsedScheme,
	{ metrics }: RepairOptions
): LocalText {
	const figures = figuresOf(weights, points);
	const item = subject ? parsed.items[subject.index]?.item : undefined;
	const names = item ? itemNames(item, metrics?.get(item.metric)) : { item: '', item_zh: '' };
	return {
		take: both(
			`全部由「${names.item_zh}」承担：${figures}`,
			`Take it from ${names.item}: ${figures}`
		),
		scale: both(`按比例缩放未锁定的项：${figures}`, `Scale the unlocked items: ${figures}`),
		keep: both(
			`保持「${names.item_zh}」，按比例缩放其余：${figures}`,
			`Keep ${names.item} and scale the others: ${figures}`
		)
	}[kind];
}

/** The weights after a change, without the items that weigh nothing before and after. */
function figuresOf(
	weights: readonly WrittenWeight[],
	changed: ReadonlyMap<string, number>
): string {
	return weights
		.map(({ at, points }) => ({ before: points, after: changed.get(at) ?? points }))
		.filter(({ before, after }) => before !== 0 || after !== 0)
		.map(({ after }) => readable(after / 100))
		.join('/');
}

/** Changes the written numbers themselves. */
function numbersPatch({ points }: Candidate, weights: readonly WrittenWeight[]): PatchStep[] {
	return weights.flatMap(({ at, points: before }): PatchStep[] => {
		const after = points.get(at);
		if (after === undefined || after === before) return [];
		return [{ op: 'replace', path: at, value: after / 100 }];
	});
}

/** Puts a branch for the region in front of each weight that changes. */
function branchPatch(
	{ points }: Candidate,
	weights: readonly WrittenWeight[],
	parsed: ParsedScheme,
	{ choices, sampled }: WrongRegion
): PatchStep[] {
	const rules = regionRules(choices);
	const [only] = rules;
	if (only === undefined || sampled) return [];
	const condition: Rule = rules.length === 1 ? only : { and: rules };
	return weights.flatMap(({ at, index, points: before }): PatchStep[] => {
		const after = points.get(at);
		const item = parsed.items[index];
		if (after === undefined || after === before || item?.item.weight === undefined) return [];
		const value: Rule = { if: [condition, after / 100, item.item.weight] };
		return [{ op: 'replace', path: `${item.at}/weight`, value }];
	});
}

/** No patch: whoever chooses this is taken to the weights. */
function byHand(weights: readonly WrittenWeight[]): Repair {
	const figures = figuresOf(weights, new Map());
	return {
		title: both(`自行设定（现在 ${figures}）`, `Set by hand (now ${figures})`),
		patch: []
	};
}

/** A repair is offered if it mends this employee and breaks nobody else. */
function helps(
	parsed: ParsedScheme,
	patch: readonly PatchStep[],
	{ employee }: WrongRegion,
	wrongBefore: number,
	options: ProofOptions
): boolean {
	const mended = applyPatch(parsed.scheme, patch);
	if (mended === null) return false;
	const after = parseRulesOf(mended);
	if (weigh(after, employee).total !== FULL) return false;
	const proof = proveWeights(after, { ...options, limit: wrongBefore + 1, quick: true });
	const isDecided = proof.status !== 'not_proven';
	return isDecided && proof.wrong.length < wrongBefore;
}
