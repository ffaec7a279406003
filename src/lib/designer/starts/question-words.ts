import { m } from '#lib/paraglide/messages.js';
import type { ColumnRole } from './sheet-columns.ts';
import type { Question } from './questions.ts';

/** A question in words; the name of the item stands before it. */
export function questionWords({ code, text }: Question): string {
	switch (code) {
		case 'metric_unknown':
			return m.starts_ask_metric({ name: text });
		case 'standard_missing':
			return m.starts_ask_no_standard();
		case 'standard_unclear':
			return m.starts_ask_standard({ text });
		case 'needs_target':
			return m.starts_ask_target({ text });
		case 'weight_unreadable':
			return text === '' ? m.starts_ask_no_weight() : m.starts_ask_weight({ text });
		case 'weights_total':
			return m.starts_ask_total({ total: text });
		case 'points_convention':
			return m.starts_ask_points();
		case 'targets_kept':
			return m.starts_ask_targets();
		case 'no_cap':
			return m.starts_ask_cap();
		case 'below_open':
			return m.starts_ask_below();
		case 'above_open':
			return m.starts_ask_above();
		case 'gap':
			return m.starts_ask_gap();
		case 'step_or_linear':
			return m.starts_ask_steps();
		case 'input_unclear':
			return m.starts_ask_input();
	}
}

const ROLE_WORDS: Record<ColumnRole, () => string> = {
	group: m.starts_role_group,
	name: m.starts_role_name,
	weight: m.starts_role_weight,
	standard: m.starts_role_standard,
	target: m.starts_role_target,
	definition: m.starts_role_definition,
	note: m.starts_role_note
};

export function roleWord(role: ColumnRole): string {
	return ROLE_WORDS[role]();
}
