/** Who at a client needs a definition: schemes, drafts, templates, other definitions, figures. */
import { count, isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { drafts, observations, records, targets, versions } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { presentParts, type PresentPart } from './present-parts.ts';

const word = (chinese: string, english: string): LocalText => ({ 'zh-CN': chinese, en: english });

/**
 * Of the definitions that are to go, those that have to stay, and why, by `kind:id`. What stays
 * needs its own sources in turn, so the answer is found round by round.
 */
export async function partUses(
	queries: Queries,
	leaving: ReadonlySet<string>
): Promise<Map<string, LocalText>> {
	const parts = await presentParts(queries);
	const uses = await factUses(queries);
	for (const { document, name } of await livingDocuments(queries)) {
		for (const key of keysRead(document)) if (!uses.has(key)) uses.set(key, name);
	}
	for (;;) {
		const before = uses.size;
		for (const [key, part] of parts) {
			if (leaving.has(key) && !uses.has(key)) continue;
			for (const source of sourcesOf(part)) {
				if (source !== key && !uses.has(source)) uses.set(source, neededBy(part));
			}
		}
		if (uses.size === before) break;
	}
	return new Map([...uses].filter(([key]) => leaving.has(key)));
}

function neededBy({ kind, name, id }: PresentPart): LocalText {
	return kind === 'scheme'
		? word(`模板「${name['zh-CN']}」用到它`, `the template ${name.en} reads it`)
		: word(`「${name['zh-CN']}」由它得出`, `${name.en} (${id}) is made from it`);
}

/** Definitions that figures or records refer to. */
async function factUses(queries: Queries): Promise<Map<string, LocalText>> {
	const uses = new Map<string, LocalText>();
	const figures = (rows: number): LocalText =>
		word(`已有 ${rows} 条数据`, `there are ${rows} figures of it`);
	for (const table of [observations, targets]) {
		const rows = await queries
			.select({ metric: table.metric, rows: count() })
			.from(table)
			.where(isNull(table.withdrawnAt))
			.groupBy(table.metric);
		for (const { metric, rows: number } of rows) uses.set(`metric:${metric}`, figures(number));
	}
	const single = await queries
		.select({ type: records.type, rows: count() })
		.from(records)
		.where(isNull(records.withdrawnAt))
		.groupBy(records.type);
	for (const { type, rows } of single) uses.set(`record:${type}`, figures(rows));
	return uses;
}

/** Documents that somebody works with: published versions and open drafts. */
async function livingDocuments(
	queries: Queries
): Promise<{ readonly document: Json; readonly name: LocalText }[]> {
	const published = await queries
		.select({ scheme: versions.schemeId, number: versions.number, document: versions.document })
		.from(versions);
	const open = await queries
		.select({ scheme: drafts.schemeId, document: drafts.document })
		.from(drafts)
		.where(isNull(drafts.closedAt));
	return [
		...published.map(({ scheme, number, document }) => ({
			document: document as unknown as Json,
			name: word(`方案 ${scheme} 第 ${number} 版用到它`, `version ${number} of ${scheme} reads it`)
		})),
		...open.map(({ scheme, document }) => ({
			document,
			name: word(`方案 ${scheme} 的草稿用到它`, `a draft of ${scheme} reads it`)
		}))
	];
}

function sourcesOf({ kind, content }: PresentPart): string[] {
	if (kind === 'scheme') return keysRead(content);
	if (kind !== 'metric') return [];
	const metric = content as unknown as MetricDefinition;
	const record = metric.from_records?.record;
	return [
		...metricSources(metric).map((id) => `metric:${id}`),
		...keysRead(content),
		...(record === undefined ? [] : [`record:${record}`])
	];
}

/** Variables a document names. Drafts may be unsound, so their text is read, not their rules. */
const VARIABLE = /"(metric|target|attainment|team|param)\.([a-z0-9_]+)/g;
const ITEM_METRIC = /"metric":"([a-z0-9_]+)"/g;

function keysRead(document: Json): string[] {
	const text = JSON.stringify(document);
	const keys = new Set<string>();
	for (const [, namespace = '', id = ''] of text.matchAll(VARIABLE)) {
		keys.add(`${namespace === 'param' ? 'param' : 'metric'}:${id}`);
	}
	for (const [, id = ''] of text.matchAll(ITEM_METRIC)) keys.add(`metric:${id}`);
	return [...keys];
}
