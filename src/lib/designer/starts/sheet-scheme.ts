/**
 * A table of items, weights and standards as a draft with its questions. What the table says in
 * words stays with each item as a note; what is not understood has no score until somebody decides.
 */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject, Rule } from '#lib/engine/logic/rule.ts';
import { SCHEME_FORMAT, type PeriodLength } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { narrow, parseNumber } from '#lib/ui/parse-number.ts';
import { freeId } from '../scheme-shape.ts';
import { findMetric, nearMetrics } from './match-metric.ts';
import type { Question, QuestionCode } from './questions.ts';
import { readStandard } from './read-standard.ts';
import type { SheetItems, SheetRow } from './sheet-columns.ts';

export interface SheetStart {
	readonly id: string;
	readonly name: LocalText;
	readonly period: PeriodLength;
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	/** A word for an id from a name in any language. */
	readonly slug: (name: string) => string;
	/** The column was called a number of points, not a weight. */
	readonly arePoints: boolean;
}

/** One item as it was understood, for the reader to compare with the table. */
export interface SheetLine {
	readonly row: number;
	readonly item: string;
	readonly name: string;
	readonly metric: MetricDefinition | null;
	readonly weight: number | null;
	readonly standard: string;
	/** Null where nothing was understood. */
	readonly rule: Rule;
}

export interface SheetScheme {
	readonly document: JsonObject;
	readonly lines: readonly SheetLine[];
	readonly questions: readonly Question[];
	/** Of all readable weights, in percent. */
	readonly total: number;
}

/** Weights as percentages: `30%`, `30`, `30分`; shares of 1 where all of them are. */
function readWeights(rows: readonly SheetRow[]): readonly (number | null)[] {
	const figures = rows.map(({ cells }) =>
		parseNumber(narrow(cells.weight ?? '').replace(/(分|points?)$/i, ''))
	);
	const plain = figures.filter((figure) => figure !== null && figure.form !== 'percent');
	const sum = plain.reduce((total, figure) => total + (figure?.value ?? 0), 0);
	const areShares =
		plain.length === figures.length &&
		sum <= 1.01 &&
		plain.every((figure) => (figure?.value ?? 0) <= 1);
	return figures.map((figure) =>
		figure === null ? null : Number((figure.value * (areShares ? 100 : 1)).toFixed(2))
	);
}

export function schemeOfSheet({ rows }: SheetItems, start: SheetStart): SheetScheme {
	const weights = readWeights(rows);
	const questions: Question[] = [];
	const ask = (code: QuestionCode, item: string | null, text: string, near?: readonly string[]) =>
		questions.push({
			id: `${item ?? 'scheme'}-${code}`,
			code,
			item,
			text,
			...(near && near.length > 0 ? { near } : {})
		});
	const items: JsonObject[] = [];
	const lines = rows.map((row, index): SheetLine => {
		const { name = '', standard = '', target } = row.cells;
		const metric = findMetric(name, start.metrics);
		const taken = items.map(({ id }) => ({ id: String(id) }));
		const id = freeId(metric?.id ?? start.slug(name), taken);
		const weight = weights[index] ?? null;
		if (!metric) ask('metric_unknown', id, name, nearMetrics(name, start.metrics));
		if (weight === null) ask('weight_unreadable', id, row.cells.weight ?? '');
		let rule: Rule = null;
		if (standard === '') ask('standard_missing', id, '');
		else {
			const reading = readStandard(standard, { metric: metric ?? undefined, name, target });
			if (reading.kind === 'rule') {
				rule = reading.rule;
				for (const doubt of reading.doubts) ask(doubt, id, standard);
			} else
				ask(reading.kind === 'needs_target' ? 'needs_target' : 'standard_unclear', id, standard);
		}
		items.push(itemOf(row, id, metric, weight ?? 0, rule));
		return { row: row.row, item: id, name, metric, weight, standard, rule };
	});
	const total = Number(weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0).toFixed(2));
	if (rows.length > 0 && total !== 100) ask('weights_total', null, String(total));
	if (start.arePoints) ask('points_convention', null, '');
	if (rows.some(({ cells }) => cells.target)) ask('targets_kept', null, '');
	return { document: documentOf(start, items, rows, questions), lines, questions, total };
}

function itemOf(
	{ cells }: SheetRow,
	id: string,
	metric: MetricDefinition | null,
	weight: number,
	score: Rule
): JsonObject {
	const { name = '', standard, target, definition, note } = cells;
	const written = { standard, target, definition, note };
	const kept = Object.fromEntries(Object.entries(written).filter(([, text]) => text !== undefined));
	const isOwnName = metric && (metric.name['zh-CN'] === name || metric.name.en === name);
	return {
		id,
		metric: metric?.id ?? id,
		...(isOwnName ? {} : { name: { 'zh-CN': name, en: name } }),
		class: metric && metric.class !== 'veto' ? metric.class : 'result',
		weight,
		score,
		missing: 'block',
		...(Object.keys(kept).length > 0 ? { note: kept as Json } : {})
	};
}

/** Columns of dimensions become groups of the canvas. */
function groupsOf(
	items: readonly JsonObject[],
	rows: readonly SheetRow[],
	slug: SheetStart['slug']
): Json {
	const groups = new Map<string, Json[]>();
	rows.forEach(({ cells }, index) => {
		const id = items[index]?.['id'];
		if (cells.group && id !== undefined)
			groups.set(cells.group, [...(groups.get(cells.group) ?? []), id]);
	});
	const taken: { id: string }[] = [];
	return [...groups].map(([name, members]) => {
		const id = freeId(slug(name), taken);
		taken.push({ id });
		return { id, name: { 'zh-CN': name, en: name }, items: members };
	});
}

function documentOf(
	{ id, name, period, slug }: SheetStart,
	items: readonly JsonObject[],
	rows: readonly SheetRow[],
	questions: readonly Question[]
): JsonObject {
	const groups = groupsOf(items, rows, slug);
	return {
		format: SCHEME_FORMAT,
		id,
		name: { ...name },
		period,
		applies_to: true,
		weighting: 'percent',
		items: [...items],
		grades: [],
		view: {
			...(Array.isArray(groups) && groups.length > 0 ? { groups } : {}),
			questions: questions as unknown as Json
		}
	};
}
