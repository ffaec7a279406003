/**
 * How one decision table is laid out: its hit policy in words, the order and widths of its columns.
 * It is presentation, kept in `view` under the place of the rule, and never changes what is computed:
 * “only one row may fit” is the same rule as “the first row counts”, read more strictly.
 */
import type { Json, JsonObject, Rule } from '#lib/engine/logic/rule.ts';
import { isList, isObject } from '../document-path.ts';
import type { Combination, DecisionTable, TableColumn } from './decision-table.ts';
import { combineRows } from './edit-table.ts';

/** The first row that fits, the only one, the sum of all, or the highest. */
export type Policy = 'first' | 'unique' | 'sum' | 'highest';
export const POLICIES: readonly Policy[] = ['first', 'unique', 'sum', 'highest'];

export interface TableLayout {
	/** Overlaps are mistakes here. */
	readonly unique: boolean;
	/** Column keys; columns that are not named follow as they are written. */
	readonly order: readonly string[];
	/** Pixels by column key. */
	readonly widths: Readonly<Record<string, number>>;
}

export const PLAIN_LAYOUT: TableLayout = { unique: false, order: [], widths: {} };

export const LEAST_WIDTH = 96;
export const MOST_WIDTH = 480;
/** The key under which the width of the result column is kept. */
export const RESULT_COLUMN = 'result';

export function readLayout(document: JsonObject, at: string): TableLayout {
	const view = document['view'];
	const tables = isObject(view) ? view['tables'] : undefined;
	const stored = isObject(tables) && Object.hasOwn(tables, at) ? tables[at] : undefined;
	if (!isObject(stored)) return PLAIN_LAYOUT;
	const { policy, columns, widths } = stored;
	return {
		unique: policy === 'unique',
		order: isList(columns) ? columns.filter((key) => typeof key === 'string') : [],
		widths: Object.fromEntries(
			Object.entries(isObject(widths) ? widths : {}).flatMap(([key, width]) =>
				typeof width === 'number' ? [[key, clampWidth(width)]] : []
			)
		)
	};
}

/** The document with the layout of one table; what is plain leaves no trace. */
export function writeLayout(document: JsonObject, at: string, layout: TableLayout): JsonObject {
	const view = isObject(document['view']) ? document['view'] : {};
	const { [at]: _before, ...others } = isObject(view['tables']) ? view['tables'] : {};
	const { unique, order, widths } = layout;
	const stored: JsonObject = {
		...(unique ? { policy: 'unique' } : {}),
		...(order.length > 0 ? { columns: [...order] } : {}),
		...(Object.keys(widths).length > 0 ? { widths: { ...widths } } : {})
	};
	const tables: JsonObject = Object.keys(stored).length > 0 ? { ...others, [at]: stored } : others;
	return withMember(document, 'view', withMember(view, 'tables', tables));
}

/** With a member that is left out where it says nothing. */
function withMember(object: JsonObject, key: string, member: JsonObject): JsonObject {
	if (Object.keys(member).length > 0) return { ...object, [key]: member };
	return Object.fromEntries(Object.entries(object).filter(([name]): boolean => name !== key)) as {
		readonly [key: string]: Json;
	};
}

export function clampWidth(width: number): number {
	return Math.round(Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width)));
}

export function arrangeColumns(
	columns: readonly TableColumn[],
	order: readonly string[]
): readonly TableColumn[] {
	const rank = (key: string) => {
		const at = order.indexOf(key);
		return at < 0 ? order.length : at;
	};
	return columns.toSorted((a, b) => rank(a.key) - rank(b.key));
}

/** The keys with one column a place to the left or to the right. */
export function moveColumn(keys: readonly string[], key: string, by: 1 | -1): readonly string[] {
	const from = keys.indexOf(key);
	const to = from + by;
	if (from < 0 || to < 0 || to >= keys.length) return keys;
	return keys.with(from, keys[to] ?? key).with(to, key);
}

export function policyOf(table: DecisionTable, { unique }: TableLayout): Policy {
	return table.combines === 'first' && unique ? 'unique' : table.combines;
}

/** The rule under another policy; “only one” and “the first” are the same rule. */
export function withPolicy(rule: Rule, table: DecisionTable, policy: Policy): Rule {
	const combines: Combination = policy === 'unique' ? 'first' : policy;
	return combineRows(rule, table, combines);
}
