import type { PeriodRange } from '#lib/contract/base.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Dictionary, Json } from '#lib/engine/logic/rule.ts';
import { variablesOf } from '#lib/engine/logic/variables.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { placeDictionary } from '#lib/engine/scheme/variables.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { runThread } from '../jobs/run-thread.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { countHits, type HitCondition, type HitCounts, type HitNeighbour } from './count-hits.ts';
import type { HitThreadInput } from './hits.thread.ts';
import hitsThread from './hits.thread.ts?thread';
import { replayProblems } from './problems.ts';
import { defaultRange, pathsOf, periodsOfRange } from './sides.ts';

export interface ConditionHits {
	/** The document in the editor, saved or not. */
	readonly document: Json;
	readonly conditions: readonly HitCondition[];
	readonly first: boolean;
	readonly everybody: boolean;
	readonly range?: PeriodRange | undefined;
}

export interface HitsOfCondition {
	readonly id: string;
	readonly hidden: 'unsound' | 'pay' | 'small' | null;
	readonly people: number | null;
	readonly rows: number | null;
	readonly unknown: number | null;
	readonly meets: readonly HitNeighbour[];
	readonly misses: readonly HitNeighbour[];
}

export interface HitsResult {
	readonly range: PeriodRange;
	readonly people: number;
	readonly rows: number;
	readonly conditions: readonly HitsOfCondition[];
}

/** Groups below this are no figures for those who may not see the people in them. */
const SMALLEST_GROUP = 5;
/** Evaluations that the main thread does by itself sooner than a thread starts. */
const MOST_INLINE = 12_000;
const LONGEST_MS = 30_000;

/** Variables that tell somebody's pay. */
const PAY = new Set(['employee.base_pay', 'payout']);

/**
 * Counts for whom the conditions of the document at hand held in the last year, and names the people
 * just on either side. Stores nothing. Ends when `signal` says that nobody waits any more.
 */
export async function conditionHits(
	ctx: Context,
	actor: Actor,
	input: ConditionHits,
	signal?: AbortSignal
): Promise<HitsResult> {
	admitActor(ctx, actor, 'draft.read');
	const [metrics, dictionary, settings] = await Promise.all([
		loadMetrics(ctx.db.read),
		clientDictionary(ctx.db.read),
		readSettings(ctx.db.read)
	]);
	const { scheme, diagnostics } = parseScheme(input.document, { metrics, dictionary });
	if (!scheme)
		throw refuse(replayProblems, 'draft_unsound', {
			details: { count: diagnostics.filter(({ severity }) => severity === 'error').length },
			diagnostics
		});
	const known = knownVariables(scheme, metrics, dictionary);
	const seesPay = hasPermission(actor, 'pay.read');
	const judged = input.conditions.map((condition) => judge(condition, known, seesPay));
	const conditions = judged.flatMap(({ hidden, condition }) => (hidden ? [] : [condition]));
	const range = input.range ?? (await defaultRange(ctx.db.read, scheme.period, settings));
	const paths = new Set([...pathsOf(scheme, metrics), 'employee.name']);
	for (const { paths: read } of judged) for (const path of read) paths.add(path);
	const { snapshot } = await takeSnapshot(ctx, {
		range,
		length: scheme.period,
		paths: [...paths].sort()
	});
	const work = {
		scheme,
		periods: periodsOfRange(range, scheme.period, settings),
		conditions,
		first: input.first,
		everybody: input.everybody
	};
	const isShort = snapshot.layout.rows * (conditions.length + 1) <= MOST_INLINE;
	const counted = isShort
		? countHits(tableOfSnapshot(snapshot), work)
		: await runThread<HitThreadInput, HitCounts>(
				hitsThread,
				{ snapshot, work },
				{ timeoutMs: LONGEST_MS, ...(signal ? { signal } : {}) }
			);
	const seesPeople = hasPermission(actor, 'people.read');
	return {
		range,
		people: counted.people,
		rows: counted.rows,
		conditions: judged.map(({ condition, hidden }) =>
			project(condition.id, hidden, counted, seesPeople)
		)
	};
}

interface Judged {
	readonly condition: HitCondition;
	readonly hidden: 'unsound' | 'pay' | null;
	/** Columns that the condition adds to what the scheme reads anyway. */
	readonly paths: readonly string[];
}

/** Whether a condition may be counted for this reader, and what it reads. */
function judge(condition: HitCondition, dictionary: Dictionary, seesPay: boolean): Judged {
	const { node, diagnostics } = parseRule(condition.when, { dictionary });
	if (diagnostics.some(({ severity }) => severity === 'error'))
		return { condition, hidden: 'unsound', paths: [] };
	const read = variablesOf(node);
	if (!seesPay && read.some((path) => PAY.has(path)))
		return { condition, hidden: 'pay', paths: [] };
	const supplied = read.filter((path) => /^(?:employee|metric|target|team|param)\./.test(path));
	const sources = read.flatMap((path) => {
		const metric = /^attainment\.(.+)$/.exec(path)?.[1];
		if (metric !== undefined) return [`metric.${metric}`, `target.${metric}`];
		const team = /^team\.(.+)\.attainment$/.exec(path)?.[1];
		return team === undefined ? [] : [`team.${team}.actual`, `team.${team}.target`];
	});
	return { condition, hidden: null, paths: [...supplied, ...sources] };
}

/** Every variable that any rule of the scheme may read. */
function knownVariables(
	scheme: SchemeDocument,
	metrics: ReadonlyMap<string, MetricDefinition>,
	dictionary: Dictionary
): Dictionary {
	const { items, grades } = scheme;
	return new Map([
		...placeDictionary('item', { dictionary, metrics }),
		...placeDictionary('outcome', { dictionary, metrics, items, grades })
	]);
}

function project(
	id: string,
	hidden: 'unsound' | 'pay' | null,
	{ counts, people }: HitCounts,
	seesPeople: boolean
): HitsOfCondition {
	const count = counts.find((one) => one.id === id);
	const none = { people: null, rows: null, unknown: null, meets: [], misses: [] };
	if (hidden || !count) return { id, hidden: hidden ?? 'unsound', ...none };
	if (seesPeople) return { ...count, hidden: null };
	const isSmall = [count.people, people - count.people].some(
		(group) => group > 0 && group < SMALLEST_GROUP
	);
	if (isSmall) return { id, hidden: 'small', ...none };
	return { ...count, hidden: null, meets: [], misses: [] };
}
