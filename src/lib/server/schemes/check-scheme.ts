import type { PeriodRange } from '../../contract/base.ts';
import type { Json } from '../../engine/logic/rule.ts';
import type { SchemeDocument } from '../../engine/scheme/document.ts';
import type { MetricDefinition } from '../../engine/scheme/metric.ts';
import { parseScheme } from '../../engine/scheme/validate.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { runThread } from '../jobs/run-thread.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { findDefaultRange, pathsOf } from '../replays/sides.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot, type TakenSnapshot } from '../snapshots/take-snapshot.ts';
import type { CheckedSides } from './check-sides.ts';
import type { CheckWork } from './check.thread.ts';
import checkThread from './check.thread.ts?thread';
import { readSide, type SchemeSide } from './scheme-side.ts';

export interface CheckScheme {
	/** Saved or not; it may have any findings. */
	readonly document: Json;
	readonly baseline?: SchemeSide | null | undefined;
	/** `true` looks at the last year of figures, where there are any. */
	readonly history: boolean | PeriodRange;
}

export interface SchemeCheck extends CheckedSides {
	readonly history: (PeriodRange & { readonly rows: number }) | null;
}

/** Everything that can be said of a document before anybody is scored. Stores nothing. */
export async function checkScheme(
	ctx: Context,
	actor: Actor,
	{ document, baseline, history }: CheckScheme
): Promise<SchemeCheck> {
	admitActor(ctx, actor, 'draft.read');
	const [metrics, dictionary] = await Promise.all([
		loadMetrics(ctx.db.read),
		clientDictionary(ctx.db.read)
	]);
	const { scheme } = parseScheme(document, { metrics, dictionary });
	const taken = scheme && (await historyOf(ctx, scheme, metrics, history));
	const checked = await runThread<CheckWork, CheckedSides>(checkThread, {
		document,
		baseline: baseline ? await readSide(ctx, baseline) : null,
		metrics,
		dictionary,
		snapshot: taken?.snapshot ?? null
	});
	return {
		...checked,
		history: taken && { ...taken.range, rows: taken.snapshot.layout.rows }
	};
}

/** The rows to look at; null where none were asked for, or the client has no figures yet. */
async function historyOf(
	ctx: Context,
	scheme: SchemeDocument,
	metrics: ReadonlyMap<string, MetricDefinition>,
	wanted: boolean | PeriodRange
): Promise<(TakenSnapshot & { readonly range: PeriodRange }) | null> {
	if (wanted === false) return null;
	const settings = await readSettings(ctx.db.read);
	const range =
		wanted === true ? await findDefaultRange(ctx.db.read, scheme.period, settings) : wanted;
	if (!range) return null;
	const paths = [...new Set(pathsOf(scheme, metrics))].sort();
	const taken = await takeSnapshot(ctx, { range, length: scheme.period, paths });
	return taken.snapshot.layout.rows === 0 ? null : { ...taken, range };
}
