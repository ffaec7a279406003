/** The variables that a rule may read, as people choose them: by name, grouped by what they tell. */
import type { Dictionary, VariableInfo } from '#lib/engine/logic/rule.ts';
import { m } from '#lib/paraglide/messages.js';
import { matchMetric, type Pinyin } from '../library/metric-search.ts';

/**
 * Where a rule stands, which decides what it may read: the scope of a scheme, an item, what follows
 * the items, or what follows the score.
 */
export type RulePlace = 'scope' | 'item' | 'outcome' | 'payout';

export interface VariableChoice {
	readonly path: string;
	readonly name: { readonly 'zh-CN': string; readonly en: string };
	readonly info: VariableInfo;
	readonly group: VariableGroup;
}

export const VARIABLE_GROUPS = [
	'item',
	'metric',
	'target',
	'attainment',
	'team',
	'employee',
	'param',
	'outcome',
	'period'
] as const;
export type VariableGroup = (typeof VARIABLE_GROUPS)[number];

function groupOf(path: string): VariableGroup {
	const [head = ''] = path.split('.');
	return VARIABLE_GROUPS.find((group) => group === head) ?? 'outcome';
}

const NEVER: Readonly<Record<RulePlace, (path: string, group: VariableGroup) => boolean>> = {
	scope: (_, group) => group === 'item' || group === 'outcome',
	item: (_, group) => group === 'outcome',
	outcome: (path, group) => group === 'item' || path === 'score' || path === 'grade',
	payout: (_, group) => group === 'item'
};

export function variableChoices(
	dictionary: Dictionary,
	place: RulePlace
): readonly VariableChoice[] {
	return [...dictionary].flatMap(([path, info]) => {
		const group = groupOf(path);
		if (NEVER[place](path, group)) return [];
		return [{ path, info, group, name: info.name ?? { 'zh-CN': path, en: path } }];
	});
}

/** Choices that answer to a text, in their groups; the best matches first within one. */
export function findChoices(
	choices: readonly VariableChoice[],
	text: string,
	pinyin: Pinyin | null
): readonly { readonly group: VariableGroup; readonly choices: readonly VariableChoice[] }[] {
	const matched = choices
		.map((choice) => ({
			choice,
			match: matchMetric({ id: choice.path, name: choice.name }, text, pinyin)
		}))
		.filter(({ match }) => match > 0)
		.sort((a, b) => b.match - a.match);
	return VARIABLE_GROUPS.flatMap((group) => {
		const own = matched.filter(({ choice }) => choice.group === group);
		return own.length > 0 ? [{ group, choices: own.map(({ choice }) => choice) }] : [];
	});
}

export function groupWord(group: VariableGroup): string {
	switch (group) {
		case 'item':
			return m.conditions_group_item();
		case 'metric':
			return m.conditions_group_metric();
		case 'target':
			return m.conditions_group_target();
		case 'attainment':
			return m.conditions_group_attainment();
		case 'team':
			return m.conditions_group_team();
		case 'employee':
			return m.conditions_group_employee();
		case 'param':
			return m.conditions_group_param();
		case 'period':
			return m.conditions_group_period();
		case 'outcome':
			return m.conditions_group_outcome();
	}
}
