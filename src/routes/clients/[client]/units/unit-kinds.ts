/** Words for what a unit is; a kind that an import brought stands for itself. */
import { m } from '#lib/paraglide/messages.js';

const WORDS: Readonly<Record<string, () => string>> = {
	group: m.registers_kind_group,
	company: m.registers_kind_company,
	subsidiary: m.registers_kind_subsidiary,
	department: m.registers_kind_department,
	team: m.registers_kind_team
};

export const UNIT_KINDS: readonly string[] = Object.keys(WORDS);

export function kindWord(kind: string): string {
	return WORDS[kind]?.() ?? kind;
}
