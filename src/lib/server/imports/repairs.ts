/** Ways to mend all findings of one kind at once, as changes to the mapping. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { Source } from './check/mapping.ts';
import type { Roll } from './check/roll.ts';
import type { FindingGroup } from './plan.ts';
import { readDate, readNumber, readPeriod, tidyCell } from './read/cells.ts';
import type { FileRow } from './read/reading.ts';

/** What a repair appends to a mapping, as it is sent. */
export interface RepairOffer {
	readonly title: LocalText;
	readonly apply: { readonly repairs: readonly Readonly<Record<string, Json>>[] };
}

function notation(source: Source, set: Readonly<Record<string, Json>>): RepairOffer['apply'] {
	return { repairs: [{ kind: 'notation', field: source.field, set }] };
}

export interface RepairHints {
	readonly kind: string;
	readonly sources: readonly Source[];
	readonly roll: Roll;
	readonly header: readonly string[];
	/** The first rows, to judge columns by. */
	readonly sample: readonly FileRow[];
	readonly isMoneyNegative: boolean;
}

/** Offers for a group, the proposed one first. */
export function offerRepairs(group: FindingGroup, hints: RepairHints): RepairOffer[] {
	const source = hints.sources.find(({ column }) => column === group.column);
	switch (group.code) {
		case 'import_row_conflict':
			return conflictOffers(hints);
		case 'import_employee_unknown':
			return source
				? [
						...looseOffers(group, source, hints.roll),
						...padOffers(group, source, hints.roll),
						drop(group, source)
					]
				: [];
		case 'import_unit_unknown':
			return source ? [...unitOffers(group, source, hints), drop(group, source)] : [];
		case 'import_cell_unreadable':
			return source
				? [...notationOffers(group, source), missing(group, source), drop(group, source)]
				: [];
		case 'import_currency_mark':
			return source ? [markOffer(source)] : [];
		case 'import_value_missing':
			return source ? [dropBlank(source)] : [];
		case 'import_metric_unknown':
		case 'import_parameter_unknown':
		case 'import_subject_unknown':
		case 'import_match_none':
		case 'import_match_ambiguous':
		case 'import_id_scientific':
			return source ? [drop(group, source)] : [];
		case 'import_record_value':
			return source ? [missing(group, source), drop(group, source)] : [];
		default:
			return [];
	}
}

const RECENT = /updat|modif|chang|version|time|更新|修改|变更|版本|时间/i;

function conflictOffers({ kind, header, sample, isMoneyNegative }: RepairHints): RepairOffer[] {
	const conflicts = (keep: string, by?: string) => ({
		repairs: [{ kind: 'conflicts', keep, ...(by === undefined ? {} : { by }) }]
	});
	const dated = header.filter(
		(name, at) =>
			RECENT.test(name) &&
			sample.some((row) => 'value' in readDate(row.cells[at] ?? '')) &&
			sample.every((row) => !('expected' in readDate(row.cells[at] ?? '')))
	);
	const newest = dated.map((by) => ({
		title: { 'zh-CN': `保留“${by}”最新的一行`, en: `Keep the row with the newest “${by}”` },
		apply: conflicts('newest', by)
	}));
	const others = [
		{
			title: { 'zh-CN': '保留文件中最后的一行', en: 'Keep the last row of the file' },
			apply: conflicts('last')
		},
		{
			title: { 'zh-CN': '保留文件中最先的一行', en: 'Keep the first row of the file' },
			apply: conflicts('first')
		}
	];
	if (kind !== 'observations' && kind !== 'targets') return [...newest, ...others];
	const added = {
		title: {
			'zh-CN': '都算数，相加（冲减、补录）',
			en: 'All of them count and are added up (returns, corrections)'
		},
		apply: conflicts('add')
	};
	return isMoneyNegative ? [added, ...newest, ...others] : [...newest, ...others, added];
}

function looseOffers(group: FindingGroup, source: Source, roll: Roll): RepairOffer[] {
	if (source.transform.looseId) return [];
	const mended = group.values.filter(({ value }) => roll.nearestEmployee(value) !== null);
	if (mended.length === 0) return [];
	const rows = mended.reduce((sum, value) => sum + value.rows, 0);
	return [
		{
			title: {
				'zh-CN': `忽略编号前面的零和末尾的 .0（${rows} 行）`,
				en: `Ignore zeros in front of ids and a trailing .0 (${rows} rows)`
			},
			apply: notation(source, { loose_id: true })
		}
	];
}

function padOffers(group: FindingGroup, source: Source, roll: Roll): RepairOffer[] {
	const lengths = new Map<number, number>();
	for (const { value, rows } of group.values) {
		const id = roll.nearestEmployee(value);
		if (id === null || !/^0\d*$/.test(id) || id.length <= value.length) continue;
		lengths.set(id.length, (lengths.get(id.length) ?? 0) + rows);
	}
	const [best] = [...lengths].sort((a, b) => b[1] - a[1]);
	if (!best) return [];
	const [pad, rows] = best;
	return [
		{
			title: {
				'zh-CN': `编号前面补零到 ${pad} 位（${rows} 行）`,
				en: `Fill ids up with zeros to ${pad} digits (${rows} rows)`
			},
			apply: notation(source, { pad })
		}
	];
}

function unitOffers(group: FindingGroup, source: Source, hints: RepairHints): RepairOffer[] {
	const alike = group.values.flatMap(({ value }) => {
		const to = hints.roll.nearestUnit(value);
		return to === null ? [] : [{ kind: 'replace', field: source.field, from: value, to }];
	});
	const likeness =
		alike.length === 0
			? []
			: [
					{
						title: {
							'zh-CN': `对应到名称相近的部门：${alike.map(({ from, to }) => `${from} → ${to}`).join('，')}`,
							en: `Take units of similar names: ${alike.map(({ from, to }) => `${from} → ${to}`).join(', ')}`
						},
						apply: { repairs: alike }
					}
				];
	if (hints.kind !== 'people') return likeness;
	return [
		...likeness,
		{
			title: { 'zh-CN': '新建这些部门', en: 'Create these units' },
			apply: { repairs: [{ kind: 'create_units' }] }
		}
	];
}

/** Another notation, where most of the cells can be read in it. */
function notationOffers(group: FindingGroup, source: Source): RepairOffer[] {
	const reads = (reader: (cell: string) => object): boolean => {
		const readable = group.values.filter(({ value }) => 'value' in reader(value));
		return readable.length > 0 && readable.length * 2 >= group.values.length;
	};
	const set = (title: LocalText, transform: Readonly<Record<string, Json>>): RepairOffer => ({
		title,
		apply: notation(source, transform)
	});
	const offers: RepairOffer[] = [];
	if (source.type === 'number' && reads((cell) => readNumber(cell, { decimal: 'comma' }))) {
		offers.push(
			set({ 'zh-CN': '小数点写作逗号', en: 'Commas are decimal marks' }, { decimal: 'comma' })
		);
	}
	if (source.type !== 'date' && source.type !== 'period') return offers;
	const reader = source.type === 'date' ? readDate : readPeriod;
	const orders = [
		['day_first', { 'zh-CN': '日在前：31/05/2013', en: 'The day comes first: 31/05/2013' }],
		['month_first', { 'zh-CN': '月在前：05/31/2013', en: 'The month comes first: 05/31/2013' }],
		['yymmdd', { 'zh-CN': '六位日期：130531', en: 'Six digits: 130531' }]
	] as const;
	for (const [date, title] of orders) {
		if (reads((cell) => reader(cell, date))) offers.push(set(title, { date }));
	}
	return offers;
}

function missing(group: FindingGroup, source: Source): RepairOffer {
	return {
		title: { 'zh-CN': '这些写法都视为空', en: 'Take these texts as empty' },
		apply: {
			repairs: group.values.map(({ value }) => ({
				kind: 'replace',
				field: source.field,
				from: value,
				to: null
			}))
		}
	};
}

function drop(group: FindingGroup, source: Source): RepairOffer {
	return {
		title: { 'zh-CN': '不导入这些行', en: 'Leave these rows out' },
		apply: {
			repairs: group.values.map(({ value }) => ({ kind: 'drop', field: source.field, value }))
		}
	};
}

function dropBlank(source: Source): RepairOffer {
	return {
		title: { 'zh-CN': '不导入该列为空的行', en: 'Leave out rows where it is empty' },
		apply: { repairs: [{ kind: 'drop', field: source.field, value: '' }] }
	};
}

function markOffer(source: Source): RepairOffer {
	return {
		title: {
			'zh-CN': '按单元格里的币种标记换算',
			en: 'Convert by the currency marks in the cells'
		},
		apply: notation(source, { currency: 'mark' })
	};
}

/** True when a row about money holds an amount below zero: a correction of another row. */
export function holdsNegative(rows: readonly FileRow[], sources: readonly Source[]): boolean {
	const figures = sources.filter(({ type }) => type === 'number');
	return rows.some((row) =>
		figures.some((source) => {
			const cell = source.cell(row);
			// Looked at by its first sign; reading every number twice would cost seconds.
			if (!/^[-(（−－]/.test(tidyCell(cell))) return false;
			const read = readNumber(cell, source.transform);
			return 'value' in read && read.value < 0;
		})
	);
}
