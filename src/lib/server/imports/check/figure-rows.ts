/** Rows of observations or targets, read into figures of one subject, metric and period each. */
import { addMonths, lengthOfPeriod } from '#lib/contract/periods.ts';
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { readDate, readNumber, tidyCell } from '../read/cells.ts';
import type { FileRow } from '../read/reading.ts';
import { conflictRule, recencyOf, settleConflicts } from './conflicts.ts';
import type { BoundMapping, Source } from './mapping.ts';
import { inOwnCurrency, type Money, type MoneyRules } from './money.ts';
import type { Roll } from './roll.ts';
import {
	cellFinding,
	inTurns,
	matchEmployee,
	readCell,
	shortened,
	unreadable,
	type CheckedRow,
	type Tell
} from './row-findings.ts';

export interface ParsedFigure {
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly metric: string;
	readonly period: string;
	readonly value: number;
	/** The text the value came from. */
	readonly raw: string;
	readonly currency: string | null;
	/** The amount and its currency before it was converted. */
	readonly originalValue: number | null;
	readonly originalCurrency: string | null;
	readonly source: string | null;
	readonly evidence: string | null;
	/** Where a longer figure was spread over months: the month from which on it was told. */
	readonly spreadFrom?: string;
}

export interface FigureRules extends MoneyRules {
	readonly kind: 'observations' | 'targets';
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	/** The columns of the file. */
	readonly header: readonly string[];
}

/** What identifies a figure among the facts. */
export function figureKey(figure: {
	readonly subjectKind: string;
	readonly subjectId: string;
	readonly metric: string;
	readonly period: string;
}): string {
	return `${figure.subjectKind}\u0001${figure.subjectId}\u0001${figure.metric}\u0001${figure.period}`;
}

/** Checks every row; a repeat counts once, a contradiction rejects both rows. */
export async function checkFigures(
	rows: readonly FileRow[],
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll,
	rules: FigureRules,
	tell?: Tell
): Promise<CheckedRow<readonly ParsedFigure[]>[]> {
	const names = new Map<string, string>();
	for (const metric of rules.metrics.values()) {
		for (const name of [metric.id, metric.name['zh-CN'], metric.name.en]) {
			names.set(tidyCell(name).toLowerCase(), metric.id);
		}
	}
	const checked = await inTurns(
		rows,
		(row) => checkRow(row, bound, mapping, roll, rules, names),
		tell
	);
	const [place] = bound.sources;
	if (!place) return checked;
	const rule = conflictRule(mapping);
	const settled = await settleConflicts(checked, rows, {
		keyOf: (figure) => `${figureKey(figure)}\u0001${figure.spreadFrom ?? ''}`,
		claim: (figure) => ({
			words: `${figure.subjectId}, ${figure.metric}, ${figure.period}`,
			value: figure.value
		}),
		add: (figure, value, all) => ({
			...figure,
			value,
			raw: all.map(({ raw }) => raw).join(' + '),
			...originals(all)
		}),
		place,
		rule,
		recency: recencyOf(rule, rules.header)
	});
	return mapping.spreadMonths === undefined ? settled : addOverlaps(settled, rows, bound);
}

/** The sum before conversion, where all parts were in one other currency. */
function originals(all: readonly ParsedFigure[]): Omit<Money, 'value'> {
	const currency = all[0]?.originalCurrency ?? null;
	if (currency === null || all.some((figure) => figure.originalCurrency !== currency)) {
		return { originalValue: null, originalCurrency: null };
	}
	const sum = all.reduce((total, { originalValue }) => total + (originalValue ?? 0), 0);
	return { originalValue: Number(sum.toFixed(6)), originalCurrency: currency };
}

interface RowFrame {
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly source: string | null;
	readonly evidence: string | null;
}

function checkRow(
	row: FileRow,
	bound: BoundMapping,
	mapping: ImportMapping,
	roll: Roll,
	rules: FigureRules,
	names: ReadonlyMap<string, string>
): CheckedRow<readonly ParsedFigure[]> {
	const problems: Diagnostic[] = [];
	const texts = new Map<string, string>();
	for (const source of bound.sources) {
		if (isFigure(source) || source.field === 'period') continue;
		const read = readCell(source, row);
		if ('expected' in read) problems.push(unreadable(read.expected, row, source));
		else if ('value' in read) texts.set(source.field, String(read.value));
	}
	const subject = subjectOf(row, bound, mapping, texts, roll, problems);
	const money = texts.get('currency')?.toUpperCase() ?? null;
	const frame: RowFrame = {
		subjectKind: subject?.kind ?? 'employee',
		subjectId: subject?.id ?? '',
		source: texts.get('source') ?? null,
		evidence: texts.get('evidence') ?? null
	};
	const figures: ParsedFigure[] = [];
	for (const source of bound.sources.filter(isFigure)) {
		const metric = metricOf(row, source, texts, bound, rules, names, problems);
		if (!metric) continue;
		const read = readNumber(source.cell(row), source.transform);
		if ('missing' in read) continue;
		if ('expected' in read) {
			problems.push(unreadable(read.expected, row, source));
			continue;
		}
		const period = periodOfRow(row, bound, metric, rules, mapping, problems);
		if (period === null) continue;
		const isMoney = metric.unit === 'money';
		const amount = isMoney
			? inOwnCurrency(read.value, period, row, source, money, rules, problems)
			: { value: read.value, originalValue: null, originalCurrency: null };
		if (!amount) continue;
		questionRange(amount.value, metric, row, source, problems);
		const figure = {
			...frame,
			originalValue: amount.originalValue,
			originalCurrency: amount.originalCurrency,
			metric: metric.id,
			currency: isMoney ? rules.currency : null,
			raw: shortened(source.cell(row))
		};
		figures.push(
			...spread(amount.value, period, mapping.spreadMonths).map((part) => ({ ...figure, ...part }))
		);
	}
	// Every cell of the period may be unread because all figures of the row are empty.
	const rejected = subject === null || problems.some(({ severity }) => severity === 'error');
	return {
		line: row.line,
		status: rejected ? 'rejected' : 'accepted',
		parsed: rejected ? null : figures,
		problems
	};
}

function isFigure(source: Source): boolean {
	return source.field === 'value' || /^(metric|target)\./.test(source.field);
}

function subjectOf(
	row: FileRow,
	bound: BoundMapping,
	mapping: ImportMapping,
	texts: ReadonlyMap<string, string>,
	roll: Roll,
	problems: Diagnostic[]
): { kind: 'employee' | 'unit'; id: string } | null {
	const employee = texts.get('employee');
	const unit = texts.get('unit');
	const place = bound.sources.find(({ field }) => field === 'employee' || field === 'unit');
	if (!place) return null;
	if (employee !== undefined && mapping.matchOn !== undefined) {
		const id = matchEmployee(row, place, mapping.matchOn, employee, roll, problems);
		return id === null ? null : { kind: 'employee', id };
	}
	if (employee !== undefined) {
		const id = roll.employeeOf(employee, place.transform.looseId === true);
		if (id !== null) return { kind: 'employee', id };
		const nearest = roll.nearestEmployee(employee);
		problems.push(
			cellFinding('import_employee_unknown', row, place, {
				found: shortened(employee),
				hint_zh: nearest ? `（可能是 ${nearest}：可在映射中选择“宽松匹配编号”）` : '',
				hint_en: nearest ? ` (perhaps ${nearest}: choose “loose ids” in the mapping)` : ''
			})
		);
		return null;
	}
	if (unit !== undefined) {
		const unitPlace = bound.sources.find(({ field }) => field === 'unit') ?? place;
		const id = roll.unitOf(unit, unitPlace.transform.looseId === true);
		if (id !== null) return { kind: 'unit', id };
		problems.push(cellFinding('import_unit_unknown', row, unitPlace, { found: shortened(unit) }));
		return null;
	}
	if (!problems.some(({ at }) => at.startsWith(`/${row.line}/`))) {
		problems.push(cellFinding('import_value_missing', row, place, { field: place.field }));
	}
	return null;
}

function metricOf(
	row: FileRow,
	source: Source,
	texts: ReadonlyMap<string, string>,
	bound: BoundMapping,
	rules: FigureRules,
	names: ReadonlyMap<string, string>,
	problems: Diagnostic[]
): MetricDefinition | null {
	if (source.known?.metric) return source.known.metric;
	const named = texts.get('metric');
	const place = bound.sources.find(({ field }) => field === 'metric') ?? source;
	if (named === undefined) {
		problems.push(cellFinding('import_value_missing', row, place, { field: 'metric' }));
		return null;
	}
	const metric = rules.metrics.get(names.get(tidyCell(named).toLowerCase()) ?? '');
	if (!metric)
		problems.push(cellFinding('import_metric_unknown', row, place, { found: shortened(named) }));
	return metric ?? null;
}

/** The period of the row in the grain of the metric; null with a finding where it does not fit. */
function periodOfRow(
	row: FileRow,
	bound: BoundMapping,
	metric: MetricDefinition,
	rules: FigureRules,
	mapping: ImportMapping,
	problems: Diagnostic[]
): string | null {
	const source = bound.sources.find(({ field }) => field === 'period');
	if (!source) return null;
	const byDay = metric.period === 'day' && rules.kind === 'observations';
	const read = byDay ? readDate(source.cell(row), source.transform.date) : readCell(source, row);
	const once = (finding: Diagnostic): null => {
		if (!problems.some(({ at, code }) => at === finding.at && code === finding.code))
			problems.push(finding);
		return null;
	};
	if ('missing' in read)
		return once(cellFinding('import_value_missing', row, source, { field: 'period' }));
	if ('expected' in read) return once(unreadable(read.expected, row, source));
	const period = String(read.value);
	const length = lengthOfPeriod(period);
	const fits =
		rules.kind === 'targets'
			? mapping.spreadMonths === undefined || length === 'month'
			: length === metric.period;
	if (fits) return period;
	return once(
		cellFinding('import_period_grain', row, source, {
			grain: metric.period,
			found: shortened(period)
		})
	);
}

function questionRange(
	value: number,
	metric: MetricDefinition,
	row: FileRow,
	source: Source,
	problems: Diagnostic[]
): void {
	if (!metric.valid) return;
	const [low, high] = metric.valid;
	if (value >= low && value <= high) return;
	problems.push(cellFinding('import_value_questioned', row, source, { found: value, low, high }));
}

/** Equal parts over the months from the period on; the last takes the residue, so the sum is whole. */
function spread(
	value: number,
	period: string,
	months: number | undefined
): { period: string; value: number; spreadFrom?: string }[] {
	if (months === undefined) return [{ period, value }];
	const part = value / months;
	let rest = value;
	return Array.from({ length: months }, (_, i) => {
		const own = i === months - 1 ? rest : part;
		rest -= part;
		return { period: addMonths(period, i), value: own, spreadFrom: period };
	});
}

/**
 * Two quotas that both cover a month both count: their parts add up, and no part of a quota is
 * lost. The later row carries the sum, and says so.
 */
function addOverlaps(
	checked: readonly CheckedRow<readonly ParsedFigure[]>[],
	rows: readonly FileRow[],
	bound: BoundMapping
): CheckedRow<readonly ParsedFigure[]>[] {
	const totals = new Map<string, number>();
	const place = bound.sources.find(({ field }) => field === 'period');
	const carrier = new Map<string, number>();
	for (const row of checked) {
		if (row.status !== 'accepted') continue;
		for (const figure of row.parsed ?? []) {
			const key = figureKey(figure);
			totals.set(key, (totals.get(key) ?? 0) + figure.value);
			carrier.set(key, row.line);
		}
	}
	return checked.map((row, i) => {
		const file = rows[i];
		if (row.status !== 'accepted' || !row.parsed || !file || !place) return row;
		const figures = row.parsed
			.filter((figure) => carrier.get(figureKey(figure)) === row.line)
			.map((figure) => ({ ...figure, value: totals.get(figureKey(figure)) ?? figure.value }));
		const overlaps = figures.filter((figure) =>
			row.parsed?.some((own) => own.period === figure.period && own.value !== figure.value)
		);
		const problems = overlaps.map((figure) =>
			cellFinding('import_spread_overlap', file, place, {
				key: `${figure.subjectId}, ${figure.metric}`,
				found: figure.period
			})
		);
		return { ...row, parsed: figures, problems: [...row.problems, ...problems] };
	});
}
