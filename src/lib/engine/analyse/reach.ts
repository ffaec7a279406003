/** Which conditions and branches can happen at all, decided on the diagram of all rules together. */
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { childrenOf, type CallNode } from '../logic/node.ts';
import type { Dictionary } from '../logic/rule.ts';
import { ruleSentence } from '../logic/sentence.ts';
import {
	RuleAbstraction,
	holds,
	outcomeKey,
	type KnownOf,
	type Outcome,
	type ScopedRule
} from './abstract.ts';
import { DiagramTooLarge, type NodeRef } from './diagram.ts';
import { knownRange } from './known.ts';
import type { ParsedScheme } from './parsed.ts';
import { isEmpty, type Range } from './range.ts';
import { ruleDiagnostics } from './rule-diagnostics.ts';
import { totalDiagnostics } from './total-diagnostics.ts';
import type { TotalRanges } from './totals.ts';

/** Conditions that never or always hold, branches that are never reached. */
export function checkReach(
	parsed: ParsedScheme,
	ranges: TotalRanges,
	dictionary?: Dictionary
): Diagnostic[] {
	const finder = new ReachFinder(parsed, ranges, dictionary);
	try {
		return finder.run();
	} catch (error) {
		if (!(error instanceof DiagramTooLarge)) throw error;
		return [...finder.found, diagnose(ruleDiagnostics, 'rules_not_analysed', '')];
	}
}

/** Every rule of a scheme. */
export function allRules(parsed: ParsedScheme): ScopedRule[] {
	return [
		parsed.applies,
		...parsed.items.flatMap(({ weight, score }) => (weight ? [weight, score] : [score])),
		...parsed.adjustments.flatMap(({ when, points }) => [when, points]),
		...parsed.gates.map(({ when }) => when),
		...(parsed.payout ? [parsed.payout] : []),
		...parsed.insights.map(({ when }) => when)
	];
}

/** Ranges of item scores and totals, which follow from the scheme itself. */
function knownOf(parsed: ParsedScheme, ranges: TotalRanges, dictionary?: Dictionary): KnownOf {
	const scores = new Map<string, Range>(
		parsed.items.flatMap(({ item }, index) => {
			const range = ranges.items[index];
			return range ? [[`items.${item.id}.score`, range] as const] : [];
		})
	);
	scores.set('base_score', ranges.base).set('score', ranges.total);
	return (path) => {
		const known = knownRange(path, dictionary);
		const range = scores.get(path);
		if (!range || isEmpty(range)) return known;
		return { ...known, least: range.least, most: range.most };
	};
}

class ReachFinder {
	readonly found: Diagnostic[] = [];
	readonly #parsed: ParsedScheme;
	readonly #dictionary: Dictionary | undefined;
	readonly #abstraction: RuleAbstraction<Outcome>;

	constructor(parsed: ParsedScheme, ranges: TotalRanges, dictionary?: Dictionary) {
		this.#parsed = parsed;
		this.#dictionary = dictionary;
		const known = knownOf(parsed, ranges, dictionary);
		this.#abstraction = new RuleAbstraction<Outcome>(allRules(parsed), outcomeKey, known);
	}

	run(): Diagnostic[] {
		const { applies, items, adjustments, gates, payout, insights } = this.#parsed;
		const here = this.#abstraction.condition(applies);
		if (here === this.#never) {
			this.found.push(diagnose(ruleDiagnostics, 'scheme_applies_to_nobody', '/applies_to'));
			return this.found;
		}
		for (const { weight, score } of items) {
			if (weight) this.#visit(weight, here);
			this.#visit(score, here);
		}
		for (const { adjustment, when, points } of adjustments) {
			this.#effect('adjustment', adjustment.name, when, here);
			this.#visit(when, here);
			this.#visit(points, this.#both(here, this.#abstraction.condition(when)));
		}
		for (const { gate, when } of gates) {
			this.#effect('gate', gate.name, when, here);
			this.#visit(when, here);
		}
		if (payout) this.#visit(payout, here);
		for (const { when } of insights) this.#visit(when, here);
		return this.found;
	}

	get #never(): NodeRef {
		return this.#abstraction.diagram.leaf({ kind: 'value', value: false });
	}

	#both(one: NodeRef, other: NodeRef): NodeRef {
		return this.#abstraction.diagram.choose(one, other, this.#never, holds);
	}

	#without(one: NodeRef, other: NodeRef): NodeRef {
		const { diagram } = this.#abstraction;
		const not = diagram.choose(
			other,
			this.#never,
			diagram.leaf({ kind: 'value', value: true }),
			holds
		);
		return this.#both(one, not);
	}

	#effect(
		kind: 'gate' | 'adjustment',
		name: { readonly 'zh-CN': string; readonly en: string },
		when: ScopedRule,
		here: NodeRef
	): void {
		const condition = this.#abstraction.condition(when);
		const details = { name: name.en, name_zh: name['zh-CN'] };
		if (this.#both(here, condition) === this.#never) {
			this.found.push(diagnose(totalDiagnostics, `${kind}_never`, when.node.at, details));
		} else if (this.#without(here, condition) === this.#never) {
			this.found.push(diagnose(totalDiagnostics, `${kind}_always`, when.node.at, details));
		}
	}

	/** Looks for branches below a rule that is evaluated where `here` holds. */
	#visit(rule: ScopedRule, here: NodeRef): void {
		if (here === this.#never) return;
		const { node } = rule;
		if (node.kind === 'call' && (node.operator === 'if' || node.operator === '?:')) {
			this.#branches(rule, node, here);
			return;
		}
		for (const child of childrenOf(node)) this.#visit({ ...rule, node: child }, here);
	}

	#branches(rule: ScopedRule, call: CallNode, here: NodeRef): void {
		let rest = here;
		for (let index = 0; index + 1 < call.args.length; index += 2) {
			const [test, then] = [call.args[index], call.args[index + 1]];
			if (!test || !then) return;
			const scoped = { ...rule, node: test };
			const condition = this.#abstraction.condition(scoped);
			const taken = this.#both(rest, condition);
			const left = this.#without(rest, condition);
			if (taken === this.#never) this.#report('branch_never_reached', scoped);
			else if (left === this.#never && !isElse(call, index)) {
				this.#report('condition_always_true', scoped);
			}
			this.#visit(scoped, rest);
			this.#visit({ ...rule, node: then }, taken);
			rest = left;
			if (rest === this.#never) return;
		}
		const last = call.args.length % 2 === 1 ? call.args.at(-1) : undefined;
		if (last) this.#visit({ ...rule, node: last }, rest);
	}

	#report(code: 'branch_never_reached' | 'condition_always_true', { node }: ScopedRule): void {
		const dictionary = this.#dictionary ? { dictionary: this.#dictionary } : {};
		this.found.push(
			diagnose(ruleDiagnostics, code, node.at, {
				condition: ruleSentence(node, { locale: 'en', ...dictionary }),
				condition_zh: ruleSentence(node, { locale: 'zh-CN', ...dictionary })
			})
		);
	}
}

/** A written `true` in front of the last result is a way to say “else”. */
function isElse(call: CallNode, index: number): boolean {
	const test = call.args[index];
	return test?.kind === 'literal' && index + 2 === call.args.length;
}
