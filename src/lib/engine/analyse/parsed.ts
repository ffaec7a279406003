/** A scheme with its rules parsed once, for all analyses. */
import { pointer } from '../diagnostics/diagnostic.ts';
import { parseRule } from '../logic/parse.ts';
import type { RuleNode } from '../logic/node.ts';
import type { Rule } from '../logic/rule.ts';
import type {
	SchemeAdjustment,
	SchemeDocument,
	SchemeGate,
	SchemeInsight,
	SchemeItem
} from '../scheme/document.ts';
import type { ScopedRule } from './abstract.ts';

export interface ParsedItem {
	readonly item: SchemeItem;
	readonly at: string;
	readonly weight: ScopedRule | null;
	readonly score: ScopedRule;
}

export interface ParsedScheme {
	readonly scheme: SchemeDocument;
	readonly applies: ScopedRule;
	readonly items: readonly ParsedItem[];
	readonly adjustments: readonly {
		readonly adjustment: SchemeAdjustment;
		readonly at: string;
		readonly when: ScopedRule;
		readonly points: ScopedRule;
	}[];
	readonly gates: readonly {
		readonly gate: SchemeGate;
		readonly at: string;
		readonly when: ScopedRule;
	}[];
	readonly insights: readonly {
		readonly insight: SchemeInsight;
		readonly at: string;
		readonly when: ScopedRule;
	}[];
	readonly payout: ScopedRule | null;
}

function scoped(rule: Rule, at: string, metric: string | null = null): ScopedRule {
	const node: RuleNode = parseRule(rule, { at }).node;
	return { node, metric };
}

/** Parses every rule of a scheme that has already been validated. */
export function parseRulesOf(scheme: SchemeDocument): ParsedScheme {
	return {
		scheme,
		applies: scoped(scheme.applies_to, '/applies_to'),
		items: scheme.items.map((item, index) => {
			const at = pointer('/items', index);
			return {
				item,
				at,
				weight: item.weight === undefined ? null : scoped(item.weight, `${at}/weight`, item.metric),
				score: scoped(item.score, `${at}/score`, item.metric)
			};
		}),
		adjustments: (scheme.adjustments ?? []).map((adjustment, index) => {
			const at = pointer('/adjustments', index);
			return {
				adjustment,
				at,
				when: scoped(adjustment.when, `${at}/when`),
				points: scoped(adjustment.points, `${at}/points`)
			};
		}),
		gates: (scheme.gates ?? []).map((gate, index) => {
			const at = pointer('/gates', index);
			return { gate, at, when: scoped(gate.when, `${at}/when`) };
		}),
		insights: (scheme.insights ?? []).map((insight, index) => {
			const at = pointer('/insights', index);
			return { insight, at, when: scoped(insight.when, `${at}/when`) };
		}),
		payout: scheme.payout ? scoped(scheme.payout.amount, '/payout/amount') : null
	};
}
