/**
 * What edits of one draft have in common: the version in force, the history it is compared on, and
 * the words that rules may use. Read once for each state of the client's data, so that an edit
 * costs one small read and one hop to the thread that scores.
 */
import type { PeriodRange } from '#lib/contract/base.ts';
import type { PeriodLength, SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Dictionary, Json } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { EMPLOYEE_ID, PERIOD_ID } from '#lib/engine/table/paths.ts';
import type { Context } from '../context.ts';
import { units } from '../db/client/schema.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import type { DraftRow } from '../schemes/read.ts';
import { readSettings, type ClientSettings } from '../settings/client-settings.ts';
import { latestDataRevision } from '../snapshots/data-revision.ts';
import { takeSnapshot, type TakenSnapshot } from '../snapshots/take-snapshot.ts';
import { readVersion } from '../versions/read.ts';
import { UNIT_PATH } from './population.ts';
import type { PreviewGround } from './preview-scorer.ts';
import { defaultRange, pathsOf } from './sides.ts';

export interface DraftGround {
	/** Names it to the thread; another state of data, version or variables is another ground. */
	readonly key: string;
	readonly revision: string;
	readonly range: PeriodRange;
	readonly period: PeriodLength;
	readonly paths: readonly string[];
	readonly baseline: SchemeDocument | null;
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary: Dictionary;
	readonly settings: ClientSettings;
	readonly unitNames: ReadonlyMap<string, LocalText>;
}

/** What a ground is asked for. */
export interface GroundRequest {
	readonly draft: Pick<DraftRow, 'id' | 'schemeId' | 'baseVersion'>;
	readonly period: PeriodLength;
	/** What the document reads is part of the ground; null asks for what is there. */
	readonly document: Json | null;
	/** Variables that the ground was found to lack. */
	readonly paths: readonly string[];
}

/** Drafts being edited at once, the longest unused let go first. */
const MOST_GROUNDS = 32;

/** Promises, so that two first requests read once. */
const grounds = new Map<string, Promise<DraftGround>>();
let made = 0;

/** The ground of a draft as the data are now; read anew when they changed or more is needed. */
export async function draftGround(ctx: Context, request: GroundRequest): Promise<DraftGround> {
	const { draft, period } = request;
	const slot = JSON.stringify([ctx.dataDir, ctx.clientId, draft.id, period, draft.baseVersion]);
	const revision = await latestDataRevision(ctx.db);
	const before = await grounds.get(slot)?.catch(() => null);
	const isEnough =
		before?.revision === revision && request.paths.every((path) => before.paths.includes(path));
	if (before && isEnough) {
		keep(slot, Promise.resolve(before));
		return before;
	}
	const read = readGround(ctx, request, revision, before?.paths ?? []);
	keep(slot, read);
	return read;
}

function keep(slot: string, ground: Promise<DraftGround>): void {
	grounds.delete(slot);
	grounds.set(slot, ground);
	const [oldest] = grounds.keys();
	if (grounds.size > MOST_GROUNDS && oldest !== undefined) grounds.delete(oldest);
}

async function readGround(
	ctx: Context,
	{ draft, period, paths, document }: GroundRequest,
	revision: string,
	pathsBefore: readonly string[]
): Promise<DraftGround> {
	const queries = ctx.db.read;
	const [metrics, dictionary, settings, named] = await Promise.all([
		loadMetrics(queries),
		clientDictionary(queries),
		readSettings(queries),
		queries.select({ id: units.id, name: units.name }).from(units)
	]);
	const version =
		draft.baseVersion === null
			? null
			: await readVersion(queries, draft.schemeId, draft.baseVersion);
	// A scheme of another period length has no row in common with this one.
	const baseline = version?.document.period === period ? version.document : null;
	const wanted = new Set([EMPLOYEE_ID, PERIOD_ID, UNIT_PATH, ...paths, ...pathsBefore]);
	const { scheme } = parseScheme(document, { metrics, dictionary });
	for (const side of [baseline, scheme])
		if (side) for (const path of pathsOf(side, metrics)) wanted.add(path);
	return {
		key: `${ctx.clientId} ${draft.id} ${++made}`,
		revision,
		range: await defaultRange(queries, period, settings),
		period,
		paths: [...wanted].sort(),
		baseline,
		metrics,
		dictionary,
		settings,
		unitNames: new Map(named.map(({ id, name }) => [id, name]))
	};
}

/** The history of a ground; taken from what is kept, or built. */
export function snapshotOfGround(
	ctx: Context,
	{ range, period, paths }: DraftGround
): Promise<TakenSnapshot> {
	return takeSnapshot(ctx, { range, length: period, paths });
}

/** A ground with its history, as the thread takes it. */
export async function openGround(ctx: Context, ground: DraftGround): Promise<PreviewGround> {
	const { snapshot } = await snapshotOfGround(ctx, ground);
	const { paths, baseline, metrics, dictionary } = ground;
	return { snapshot, paths, baseline, metrics, dictionary };
}
