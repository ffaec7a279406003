/** Which row of a table is its header, and what each column is about. */
import { narrow } from '#lib/ui/parse-number.ts';
import type { Sheet } from './sheet.ts';

export const COLUMN_ROLES = [
	'group',
	'name',
	'weight',
	'standard',
	'target',
	'definition',
	'note'
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

const WORDS: Readonly<Record<ColumnRole, RegExp>> = {
	group:
		/^(考核)?(维度|类别|类型|分类|大类|指标类别|指标类型|指标维度|category|group|dimension|type)$/,
	name: /^(kpi)?(关键)?(绩效)?(考核)?(指标|指标名称|项目|内容|考核项|事项|kpi|kpi指标|名称|item|indicator|metric|name)$/,
	weight:
		/^(考核|指标)?(权重|占比|比重|分值|标准分|标准分值|配分|满分|weight|weighting|points|share)$/,
	standard:
		/^(考核|评分|计分|打分|评价|计算)(标准|规则|细则|办法|方法|方式|说明|准则)$|^(标准|评分|scoring|standard|criteria|rule|scoringrule|scoringstandard)$/,
	target: /^(考核|年度|月度|季度|本期)?(目标|目标值|指标值|计划值|标准值|基准值|target|goal)$/,
	definition: /^(指标)?(定义|计算公式|公式|口径|指标说明|说明|definition|formula)$/,
	note: /^(备注|数据来源|数据提供部门|来源|责任部门|remark|remarks|note|source)$/
};

/** A header without brackets, units, spaces and full-width forms. */
function plainHeader(cell: string): string {
	return narrow(cell)
		.toLowerCase()
		.replaceAll(/[(（[【].*?[)）\]】]/g, '')
		.replaceAll(/[\s_%:*/、.]/g, '');
}

export function roleOf(cell: string): ColumnRole | null {
	const header = plainHeader(cell);
	return header === '' ? null : (COLUMN_ROLES.find((role) => WORDS[role].test(header)) ?? null);
}

export interface SheetLayout {
	/** Row of the header; −1 where none was found. */
	readonly headerRow: number;
	readonly roles: readonly (ColumnRole | null)[];
}

const LOOKED_AT = 12;

/** The row with most known headers, names of items among them. */
export function findLayout(sheet: Sheet): SheetLayout {
	let best: SheetLayout = { headerRow: -1, roles: [] };
	let bestCount = 1;
	sheet.slice(0, LOOKED_AT).forEach((row, headerRow) => {
		const seen = new Set<ColumnRole>();
		const roles = row.map((cell) => {
			const role = roleOf(cell);
			if (role === null || seen.has(role)) return null;
			seen.add(role);
			return role;
		});
		if (seen.has('name') && seen.size > bestCount) {
			best = { headerRow, roles };
			bestCount = seen.size;
		}
	});
	if (best.headerRow >= 0) return best;
	const widest = Math.max(0, ...sheet.map((row) => row.length));
	return { headerRow: -1, roles: guessRoles(widest) };
}

/** Without a header, the order in which most such tables have their columns. */
function guessRoles(columns: number): readonly (ColumnRole | null)[] {
	const usual: readonly ColumnRole[] = ['name', 'weight', 'standard', 'target'];
	return Array.from({ length: columns }, (_, at) => usual[at] ?? null);
}

export interface SheetRow {
	/** Row of the table, from 1 as spreadsheets count. */
	readonly row: number;
	readonly cells: Readonly<Partial<Record<ColumnRole, string>>>;
}

const TOTAL = /^(合计|总计|小计|合计分|总分|total|sum)/i;

export interface SheetItems {
	readonly rows: readonly SheetRow[];
	/** What the table itself says the weights add up to. */
	readonly statedTotal: string | null;
}

/**
 * The rows that are items. A group covers the empty cells below it (a merged cell); a row without
 * a name continues the item above it (its name was merged), so its standard is joined.
 */
export function readItems(sheet: Sheet, { headerRow, roles }: SheetLayout): SheetItems {
	const rows: SheetRow[] = [];
	let group = '';
	let statedTotal: string | null = null;
	sheet.slice(headerRow + 1).forEach((line, at) => {
		const cells: Partial<Record<ColumnRole, string>> = {};
		roles.forEach((role, column) => {
			const text = line[column] ?? '';
			if (role !== null && text !== '') cells[role] = text;
		});
		if (line.some((cell) => TOTAL.test(cell))) {
			statedTotal = cells.weight ?? statedTotal;
			return;
		}
		if (cells.group) group = cells.group;
		const last = rows.at(-1);
		if (!cells.name) {
			if (last) rows[rows.length - 1] = joined(last, cells);
			return;
		}
		rows.push({
			row: headerRow + 2 + at,
			cells: { ...cells, ...(group === '' ? {} : { group }) }
		});
	});
	return { rows, statedTotal };
}

function joined(row: SheetRow, more: SheetRow['cells']): SheetRow {
	const cells: Partial<Record<ColumnRole, string>> = { ...row.cells };
	for (const role of ['standard', 'target', 'definition', 'note'] as const) {
		const text = more[role];
		if (text) cells[role] = cells[role] ? `${cells[role]}\n${text}` : text;
	}
	if (!cells.weight && more.weight) cells.weight = more.weight;
	return { ...row, cells };
}
