import type { Json } from '#lib/engine/logic/rule.ts';
import { m } from '#lib/paraglide/messages.js';

/** A value of a record as a cell of a table. */
export function recordValue(value: Json | undefined): string | number | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'boolean') return value ? m.ui_yes() : m.ui_no();
	return typeof value === 'object' ? JSON.stringify(value) : value;
}

export function columnTypeWord(type: string): string {
	const words: Readonly<Record<string, () => string>> = {
		text: m.records_type_text,
		number: m.records_type_number,
		money: m.records_type_money,
		date: m.records_type_date,
		boolean: m.records_type_boolean,
		choice: m.records_type_choice
	};
	return words[type]?.() ?? type;
}

interface Within {
	readonly count: number;
	readonly unit: 'day' | 'week' | 'month';
}

/** “within 3 working days” */
export function withinWord({ count, unit }: Within): string {
	if (unit === 'day') return m.records_within_days({ count });
	return unit === 'week' ? m.records_within_weeks({ count }) : m.records_within_months({ count });
}
