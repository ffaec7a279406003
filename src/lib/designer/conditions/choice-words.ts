/** What sentences and menus call comparisons, joins and problems. */
import type { Join } from '#lib/engine/logic/condition.ts';
import { m } from '#lib/paraglide/messages.js';
import type { NoTableReason } from './decision-table.ts';
import type { Choice } from './edit-condition.ts';
import type { FormulaProblem } from './formula-problem.ts';
import type { Policy } from './table-layout.ts';

/** A sign once with its word: ≥(不低于). */
export function choiceWord(choice: Choice): string {
	switch (choice) {
		case '>=':
			return m.conditions_at_least();
		case '>':
			return m.conditions_above();
		case '<=':
			return m.conditions_at_most();
		case '<':
			return m.conditions_below();
		case '==':
			return m.conditions_is();
		case '!=':
			return m.conditions_is_not();
		case 'between':
			return m.conditions_between();
		case 'in':
			return m.conditions_one_of();
		case 'not_in':
			return m.conditions_none_of();
		case 'missing':
			return m.conditions_missing();
		case 'present':
			return m.conditions_present();
		case '===':
			return m.conditions_same();
		case '!==':
			return m.conditions_not_same();
	}
}

export function joinWord(join: Join): string {
	if (join === 'all') return m.conditions_all();
	return join === 'any' ? m.conditions_any() : m.conditions_none();
}

export function policyWord(policy: Policy): string {
	switch (policy) {
		case 'first':
			return m.conditions_policy_first();
		case 'unique':
			return m.conditions_policy_unique();
		case 'sum':
			return m.conditions_policy_sum();
		case 'highest':
			return m.conditions_policy_highest();
	}
}

export function policyHint(policy: Policy): string {
	switch (policy) {
		case 'first':
			return m.conditions_policy_first_hint();
		case 'unique':
			return m.conditions_policy_unique_hint();
		case 'sum':
			return m.conditions_policy_sum_hint();
		case 'highest':
			return m.conditions_policy_highest_hint();
	}
}

/** Why a row never decides anything. */
export function deadWord(policy: Policy): string {
	if (policy === 'first') return m.conditions_dead_row();
	return policy === 'highest' ? m.conditions_dead_row_highest() : m.conditions_dead_row_never();
}

export function overlapWord(policy: Policy, rows: string): string {
	switch (policy) {
		case 'first':
			return m.conditions_overlaps({ rows });
		case 'unique':
			return m.conditions_overlaps_unique({ rows });
		case 'sum':
			return m.conditions_overlaps_sum({ rows });
		case 'highest':
			return m.conditions_overlaps_highest({ rows });
	}
}

/** What holds where no row fits. */
export function gapWord(policy: Policy, hasOtherwise: boolean): string {
	if (policy === 'sum') return m.conditions_gap_sum();
	return hasOtherwise ? m.conditions_gap_otherwise() : m.conditions_gap_missing();
}

export function noTableWord(reason: NoTableReason): string {
	switch (reason) {
		case 'no_branches':
			return m.conditions_table_no_branches();
		case 'too_short':
			return m.conditions_table_too_short();
		case 'mixed_row':
			return m.conditions_table_mixed_row();
		case 'not_a_test':
			return m.conditions_table_not_a_test();
	}
}

/** What is wrong with a formula, without its place; null where validation says it in its own words. */
export function formulaWord({ code, details }: FormulaProblem): string | null {
	switch (code) {
		case 'unknown_sign':
			return m.conditions_formula_unknown_sign({ sign: details['sign'] ?? '' });
		case 'text_not_closed':
			return m.conditions_formula_text_not_closed();
		case 'text_broken':
			return m.conditions_formula_text_broken();
		case 'path_not_closed':
			return m.conditions_formula_path_not_closed();
		case 'operand_expected':
			return m.conditions_formula_operand_expected();
		case 'end_expected':
			return m.conditions_formula_end_expected({ found: details['found'] ?? '' });
		case 'closing_expected':
			return m.conditions_formula_closing_expected({ sign: details['sign'] ?? '' });
		case 'unknown_function':
			return details['near']
				? m.conditions_formula_unknown_near({
						name: details['name'] ?? '',
						near: details['near']
					})
				: m.conditions_formula_unknown_function({ name: details['name'] ?? '' });
		case 'comparison_chain':
			return m.conditions_formula_comparison_chain();
		case 'too_deep':
			return m.conditions_formula_too_deep();
		case 'empty':
			return m.conditions_formula_empty();
		case 'refused':
			return null;
	}
}
