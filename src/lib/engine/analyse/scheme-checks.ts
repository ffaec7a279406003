/** Checks between the parts of a scheme: shared metrics, copies, bound numbers, missing data. */
import { diagnose, type Diagnostic, type Repair } from '../diagnostics/diagnostic.ts';
import { canonicalJson } from '../logic/canonical.ts';
import { walk, type RuleNode } from '../logic/node.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { both, readable } from './entry.ts';
import { itemNames } from './names.ts';
import type { ParsedScheme } from './parsed.ts';
import { ruleDiagnostics } from './rule-diagnostics.ts';

type Metrics = ReadonlyMap<string, MetricDefinition> | undefined;

/** A metric that more than one item uses. */
export function checkSharedMetrics(scheme: SchemeDocument, metrics: Metrics): Diagnostic[] {
	const users = new Map<string, number[]>();
	for (const [index, { metric }] of scheme.items.entries()) {
		const before = users.get(metric);
		if (before) before.push(index);
		else users.set(metric, [index]);
	}
	return [...users]
		.filter(([, indexes]) => indexes.length > 1)
		.map(([metric, indexes]) => {
			const names = indexes.flatMap((index) => {
				const item = scheme.items[index];
				return item ? [itemNames({ ...item }, item.name ? undefined : metrics?.get(metric))] : [];
			});
			return diagnose(ruleDiagnostics, 'metric_used_twice', `/items/${indexes[1] ?? 0}/metric`, {
				metric,
				items: names.map(({ item }) => item).join(', '),
				items_zh: names.map(({ item_zh }) => `「${item_zh}」`).join('和')
			});
		});
}

/** Adjustments, or gates, that stand on one condition. */
export function checkCopies({ adjustments, gates }: ParsedScheme): Diagnostic[] {
	const find = <T>(parts: readonly T[], key: (part: T) => string): [T, T][] => {
		const seen = new Map<string, T>();
		return parts.flatMap((part): [T, T][] => {
			const known = seen.get(key(part));
			if (known !== undefined) return [[known, part]];
			seen.set(key(part), part);
			return [];
		});
	};
	const say = (name: Named, other: Named, at: string): Diagnostic =>
		diagnose(ruleDiagnostics, 'duplicate_rule', at, {
			name: name.en,
			name_zh: name['zh-CN'],
			other: other.en,
			other_zh: other['zh-CN']
		});
	return [
		...find(adjustments, ({ adjustment }) => canonicalJson(adjustment.when)).map(([one, other]) =>
			say(other.adjustment.name, one.adjustment.name, other.at)
		),
		...find(gates, ({ gate }) => canonicalJson([gate.when, Object.keys(gate.effect)])).map(
			([one, other]) => say(other.gate.name, one.gate.name, other.at)
		)
	];
}

interface Named {
	readonly 'zh-CN': string;
	readonly en: string;
}

/** Missing-data policies that leave somebody scored on one item alone. */
export function checkMissingPolicies(scheme: SchemeDocument, metrics: Metrics): Diagnostic[] {
	const { items, weighting } = scheme;
	if (weighting !== 'percent' || items.length < 2) return [];
	const staying = items.filter(({ missing }) => missing !== 'exclude');
	if (staying.length > 1) return [];
	const weight = (index: number): number => {
		const own = items[index]?.weight;
		return typeof own === 'number' ? own : 100;
	};
	const [sole] = staying;
	const indexes = items.map((_, index) => index).filter((index) => weight(index) > 0);
	const index = sole
		? items.indexOf(sole)
		: (indexes.toSorted((a, b) => weight(a) - weight(b))[0] ?? 0);
	const item = items[index];
	if (!item || (sole && weight(index) >= 50)) return [];
	return [
		diagnose(ruleDiagnostics, 'score_on_one_item', `/items/${index}/missing`, {
			...itemNames(item, metrics?.get(item.metric)),
			weight: typeof item.weight === 'number' ? readable(item.weight) : '?'
		})
	];
}

/** Values that targets and parameters have now, by variable path. */
export type KnownValues = ReadonlyMap<string, readonly number[]>;

/** Numbers that everybody writes; equal to a target by accident rather than by meaning. */
const COMMON: readonly number[] = [0, 1, 2, 3, 5, 10, 12, 60, 80, 90, 100];

/** Written numbers that equal a target or a parameter, and would not move with it. */
export function checkBoundNumbers(parsed: ParsedScheme, values: KnownValues): Diagnostic[] {
	const found: Diagnostic[] = [];
	const params = [...values].filter(([path]) => path.startsWith('param.'));
	const look = (node: RuleNode, own: readonly (readonly [string, readonly number[]])[]): void => {
		const drawn = new Set<RuleNode>();
		const said = new Set<number>();
		walk(node, (one) => {
			if (one.kind === 'list') for (const item of one.items) drawn.add(item);
			if (one.kind !== 'literal' || typeof one.value !== 'number') return;
			const literal = one.value;
			if (COMMON.includes(Math.abs(literal)) || said.has(literal)) return;
			const match = own.find(([, known]) => known.includes(literal));
			if (!match) return;
			said.add(literal);
			const [variable] = match;
			const repairs: Repair[] = drawn.has(one)
				? []
				: [
						{
							title: both(`绑定到 ${variable}`, `Bind it to ${variable}`),
							patch: [{ op: 'replace', path: one.at, value: { var: variable } }]
						}
					];
			const details = { literal: readable(literal), variable };
			found.push(diagnose(ruleDiagnostics, 'literal_equals_target', one.at, details, { repairs }));
		});
	};
	for (const { item, score, weight } of parsed.items) {
		const target = values.get(`target.${item.metric}`);
		const own = target ? [['item.target', target] as const, ...params] : params;
		look(score.node, own);
		if (weight) look(weight.node, own);
	}
	const targets = [...values].filter(([path]) => path.startsWith('target.'));
	for (const { when, points } of parsed.adjustments) {
		look(when.node, [...targets, ...params]);
		look(points.node, params);
	}
	for (const { when } of parsed.gates) look(when.node, [...targets, ...params]);
	return found;
}
