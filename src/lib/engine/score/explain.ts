/**
 * One scorecard in words: each item with its rule and the person's own numbers in it, the branch
 * that was taken, what fired, what was missing, and how the total came about, in both languages.
 */
import { LOCALES, type LocalText } from '../diagnostics/diagnostic.ts';
import { evaluateRule } from '../logic/interpret.ts';
import { walk, type RuleNode } from '../logic/node.ts';
import { numberText } from '../logic/number-text.ts';
import type { Dictionary, Value, Variables } from '../logic/rule.ts';
import { ruleSentence } from '../logic/sentence.ts';
import type { TraceNode } from '../logic/trace.ts';
import { variablesOf } from '../logic/variables.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { placeDictionary } from '../scheme/variables.ts';
import type { RulePlace } from '../scheme/shape.ts';
import { derivedValue } from '../table/row.ts';
import type { PreparedRule, PreparedScheme } from './prepare.ts';
import { reasonText } from './reasons.ts';
import type { Scorecard, ScorecardItem } from './scorecard.ts';
import { stepsOfTotal } from './total-steps.ts';

/** A fork in a rule and the way it went. */
export interface TakenBranch {
	/** JSON Pointer of the operator that decided. */
	readonly at: string;
	readonly operator: string;
	readonly branch: number;
	readonly sentence: LocalText;
}

export interface ExplainedRule {
	readonly at: string;
	/** The rule with the person's values behind each variable. */
	readonly sentence: LocalText;
	readonly value: Value;
	readonly branches: readonly TakenBranch[];
	/** Variables that the rule reads and this person lacks. */
	readonly missing: readonly { readonly path: string; readonly name: LocalText }[];
	readonly trace?: TraceNode;
}

export interface ExplainedItem extends ScorecardItem {
	readonly name: LocalText;
	readonly metric: string;
	/** Absent where the scheme adds points. */
	readonly weightRule?: ExplainedRule;
	/** Absent where the item's weight is 0 or bad: its score was not asked for. */
	readonly scoreRule?: ExplainedRule;
}

export interface ScorecardExplanation {
	readonly items: readonly ExplainedItem[];
	readonly adjustments: readonly {
		readonly id: string;
		readonly name: LocalText;
		readonly fired: boolean;
		readonly points: number | null;
		readonly when: ExplainedRule;
	}[];
	readonly gates: readonly {
		readonly id: string;
		readonly name: LocalText;
		readonly fired: boolean;
		readonly when: ExplainedRule;
	}[];
	readonly payout: ExplainedRule | null;
	readonly insights: readonly { readonly id: string; readonly message: LocalText }[];
	/** Why there is no score, one sentence a reason. */
	readonly reasons: readonly LocalText[];
	/** From the items to the grade, step by step. */
	readonly total: readonly LocalText[];
}

export interface ExplainOptions {
	readonly dictionary?: Dictionary;
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
	/** Keeps the full trace of every rule. */
	readonly trace?: boolean;
	readonly fiscalMonth?: number;
}

/** Explains a scorecard that was scored from these variables. */
export function explainScorecard(
	prepared: PreparedScheme,
	variables: Variables,
	scorecard: Scorecard,
	options: ExplainOptions = {}
): ScorecardExplanation {
	const subject = subjectScope(prepared, variables, options);
	const explainer = new Explainer(prepared, options);
	const total = totalScope(subject, scorecard);
	const outcome = new Map(total).set('score', scorecard.score).set('grade', scorecard.grade);
	const names = itemNames(prepared, options.metrics);
	const { document } = prepared;
	const scored = scorecard.status === 'scored';

	const items = scorecard.items.map((row, index): ExplainedItem => {
		const item = prepared.items[index];
		const name = names.get(row.id) ?? { 'zh-CN': row.id, en: row.id };
		if (!item) return { ...row, name, metric: row.id };
		const scope = new Map(subject)
			.set('item.actual', row.actual)
			.set('item.target', row.target)
			.set('item.attainment', row.attainment);
		const counts = !prepared.percent || (row.weight !== null && row.weight > 0);
		return {
			...row,
			name,
			metric: item.metric,
			...(item.weight
				? { weightRule: explainer.rule(item.weight, scope, 'item', item.metric) }
				: {}),
			...(counts ? { scoreRule: explainer.rule(item.score, scope, 'item', item.metric) } : {})
		};
	});
	const fired = new Map(scorecard.adjustments.map(({ id, points }) => [id, points]));
	return {
		items,
		adjustments: scored
			? prepared.adjustments.map(({ id, when }, index) => ({
					id,
					name: document.adjustments?.[index]?.name ?? { 'zh-CN': id, en: id },
					fired: fired.has(id),
					points: fired.get(id) ?? null,
					when: explainer.rule(when, total, 'total')
				}))
			: [],
		gates: scored
			? prepared.gates.map(({ id, when }, index) => ({
					id,
					name: document.gates?.[index]?.name ?? { 'zh-CN': id, en: id },
					fired: scorecard.gates.includes(id),
					when: explainer.rule(when, total, 'total')
				}))
			: [],
		payout:
			scored && prepared.payout ? explainer.rule(prepared.payout.amount, outcome, 'outcome') : null,
		insights: scorecard.insights.flatMap((id) => {
			const insight = document.insights?.find((known) => known.id === id);
			return insight ? [{ id, message: insight.message }] : [];
		}),
		reasons: scorecard.reasons.map((reason) => reasonText(reason, names)),
		total: scored ? stepsOfTotal(prepared, scorecard, names) : []
	};
}

/** Names of the items: their own, else the metric's, else the id. */
export function itemNames(
	prepared: PreparedScheme,
	metrics?: ReadonlyMap<string, MetricDefinition>
): Map<string, LocalText> {
	return new Map(
		prepared.document.items.map((item) => [
			item.id,
			item.name ?? metrics?.get(item.metric)?.name ?? { 'zh-CN': item.id, en: item.id }
		])
	);
}

function subjectScope(
	prepared: PreparedScheme,
	variables: Variables,
	options: ExplainOptions
): Map<string, Value> {
	const scope = new Map(variables);
	for (const path of prepared.derivedPaths)
		if (!scope.has(path)) scope.set(path, derivedValue(scope, path, options.fiscalMonth) ?? null);
	return scope;
}

function totalScope(subject: ReadonlyMap<string, Value>, scorecard: Scorecard): Map<string, Value> {
	const scope = new Map(subject);
	for (const item of scorecard.items)
		for (const part of ['score', 'weight', 'points', 'attainment'] as const)
			scope.set(`items.${item.id}.${part}`, item[part]);
	return scope.set('base_score', scorecard.base);
}

/** Operators whose trace says which way they went. */
const FORKS: ReadonlySet<string> = new Set(['if', 'curve', 'steps']);

class Explainer {
	readonly #prepared: PreparedScheme;
	readonly #options: ExplainOptions;
	readonly #dictionaries = new Map<string, Dictionary>();

	constructor(prepared: PreparedScheme, options: ExplainOptions) {
		this.#prepared = prepared;
		this.#options = options;
	}

	rule(rule: PreparedRule, scope: Variables, place: RulePlace, metric?: string): ExplainedRule {
		const dictionary = this.#dictionary(place, metric);
		const { value, trace } = evaluateRule(rule.node, scope, { trace: true });
		const missing = variablesOf(rule.node)
			.filter((path) => (scope.get(path) ?? null) === null)
			.map((path) => {
				const name = dictionary.get(path)?.name;
				return { path, name: name ?? { 'zh-CN': path, en: path } };
			});
		return {
			at: rule.at,
			sentence: inBoth((locale) => ruleSentence(rule.node, { locale, dictionary, values: scope })),
			value,
			branches: trace ? branchesOf(rule.node, trace, scope, dictionary) : [],
			missing,
			...(this.#options.trace && trace ? { trace } : {})
		};
	}

	#dictionary(place: RulePlace, metric: string | undefined): Dictionary {
		const key = `${place} ${metric ?? ''}`;
		let dictionary = this.#dictionaries.get(key);
		if (!dictionary) {
			const { document } = this.#prepared;
			dictionary = placeDictionary(place, {
				...(this.#options.dictionary ? { dictionary: this.#options.dictionary } : {}),
				...(this.#options.metrics ? { metrics: this.#options.metrics } : {}),
				items: document.items,
				grades: document.grades,
				...(metric === undefined ? {} : { metric })
			});
			this.#dictionaries.set(key, dictionary);
		}
		return dictionary;
	}
}

function inBoth(say: (locale: (typeof LOCALES)[number]) => string): LocalText {
	return { 'zh-CN': say('zh-CN'), en: say('en') };
}

function branchesOf(
	root: RuleNode,
	trace: TraceNode,
	scope: Variables,
	dictionary: Dictionary
): TakenBranch[] {
	const nodes = new Map<string, RuleNode>();
	walk(root, (node) => nodes.set(node.at, node));
	const taken: TakenBranch[] = [];
	const visit = (traced: TraceNode): void => {
		const node = nodes.get(traced.at);
		if (node?.kind === 'call' && FORKS.has(node.operator) && traced.branch !== undefined)
			taken.push({
				at: traced.at,
				operator: node.operator,
				branch: traced.branch,
				sentence: branchSentence(node, traced.branch, scope, dictionary)
			});
		traced.inputs.forEach(visit);
	};
	visit(trace);
	return taken;
}

function branchSentence(
	node: Extract<RuleNode, { kind: 'call' }>,
	branch: number,
	values: Variables,
	dictionary: Dictionary
): LocalText {
	if (node.operator !== 'if') return pointsSentence(node, branch);
	const condition = branch % 2 === 1 ? node.args[branch - 1] : undefined;
	if (!condition) return { 'zh-CN': '以上条件都不成立', en: 'none of the conditions holds' };
	return inBoth((locale) => {
		const said = ruleSentence(condition, { locale, dictionary, values });
		return locale === 'zh-CN' ? `成立：${said}` : `holds: ${said}`;
	});
}

/** The segment of a curve or the step of a staircase, by its written points. */
function pointsSentence(node: Extract<RuleNode, { kind: 'call' }>, branch: number): LocalText {
	const list = node.args[1];
	const xs = (list?.kind === 'list' ? list.items : []).map((point) => {
		const x = point.kind === 'list' ? point.items[0] : undefined;
		return x?.kind === 'literal' && typeof x.value === 'number' ? numberText(x.value) : '?';
	});
	const from = xs[branch];
	const to = xs[branch + 1];
	if (from === undefined)
		return { 'zh-CN': `低于首档 ${xs[0] ?? ''}`, en: `below the first step ${xs[0] ?? ''}` };
	if (to === undefined) return { 'zh-CN': `${from} 及以上`, en: `${from} and above` };
	return node.operator === 'steps'
		? { 'zh-CN': `${from} 至不足 ${to}`, en: `from ${from} to below ${to}` }
		: { 'zh-CN': `${from} 与 ${to} 之间`, en: `between ${from} and ${to}` };
}
