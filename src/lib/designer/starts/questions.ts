/**
 * What a table left open, kept with the draft (`view.questions`) until somebody decides. Questions
 * that the draft has answered meanwhile are no longer asked.
 */
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { isList, isObject, setAt } from '../document-path.ts';
import { branchTotal, readWeights } from '../weights/weight-table.ts';
import type { Doubt } from './read-standard.ts';

export type QuestionCode =
	| Doubt
	| 'metric_unknown'
	| 'standard_missing'
	| 'standard_unclear'
	| 'needs_target'
	| 'weight_unreadable'
	| 'weights_total'
	| 'points_convention'
	| 'targets_kept';

export interface Question {
	readonly id: string;
	readonly code: QuestionCode;
	/** Id of the item whose card answers it; null where it is about the whole scheme. */
	readonly item: string | null;
	/** The words of the table that it is about. */
	readonly text: string;
	/** Ids of metrics that may be meant. */
	readonly near?: readonly string[];
}

function storedQuestions(document: JsonObject): readonly Json[] {
	const view = document['view'];
	const list = isObject(view) ? view['questions'] : undefined;
	return isList(list) ? list : [];
}

function isQuestion(value: Json): boolean {
	return isObject(value) && typeof value['id'] === 'string' && typeof value['code'] === 'string';
}

/** The questions that are still open. */
export function openQuestions(
	document: JsonObject,
	scheme: SchemeDocument,
	metrics: ReadonlyMap<string, MetricDefinition>
): readonly Question[] {
	const all = storedQuestions(document).filter(isQuestion) as unknown as readonly Question[];
	return all.filter((question) => isOpen(question, scheme, metrics));
}

function isOpen(
	{ code, item: id }: Question,
	scheme: SchemeDocument,
	metrics: ReadonlyMap<string, MetricDefinition>
): boolean {
	const item = scheme.items.find((one) => one.id === id);
	if (id !== null && !item) return false;
	switch (code) {
		case 'metric_unknown':
			return item !== undefined && !metrics.has(item.metric);
		case 'standard_missing':
		case 'standard_unclear':
		case 'needs_target':
			return item?.score === null;
		case 'weights_total':
			return hasOtherTotal(scheme);
		default:
			return true;
	}
}

function hasOtherTotal({ items }: SchemeDocument): boolean {
	const table = readWeights(items);
	return table.branches.some((_, branch) => branchTotal(table, branch) !== 10_000);
}

/** The document without a question that somebody has settled. */
export function settleQuestion(document: JsonObject, id: string): Json {
	const rest = storedQuestions(document).filter((one) => !isObject(one) || one['id'] !== id);
	return setAt(document, ['view', 'questions'], rest);
}
