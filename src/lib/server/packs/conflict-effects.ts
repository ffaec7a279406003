/**
 * What each choice of a conflict would do to scores: the schemes it touches are scored over the
 * client's last year as they are today, with the client's side, and with the pack's.
 */
import type { Json } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { mergePacks, type PackMerge, type PackMergeInput } from '#lib/packs/merge-packs.ts';
import type { ConflictChoice } from '#lib/packs/merge-types.ts';
import type { Context } from '../context.ts';
import { runThread } from '../jobs/run-thread.ts';
import { findDefaultRange, pathsOf } from '../replays/sides.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import type { EffectCase, EffectSide, EffectsWork } from './effects.thread.ts';
import effectsThread from './effects.thread.ts?thread';
import type { ConflictEffect, UpgradePlan } from './plan-upgrade.ts';
import type { PreparedUpgrade } from './prepare-upgrade.ts';

type Metrics = ReadonlyMap<string, MetricDefinition>;

/** One state of the client: its definitions, and its schemes by `kind:id`. */
interface ClientState {
	readonly metrics: Metrics;
	readonly schemes: ReadonlyMap<string, SchemeDocument>;
}

/** Replays every conflict that can change a score. */
export async function conflictEffects(
	ctx: Context,
	{ merge: input }: PreparedUpgrade,
	merge: PackMerge
): Promise<Pick<UpgradePlan, 'effects' | 'range'>> {
	const settings = await readSettings(ctx.db.read);
	const range = await findDefaultRange(ctx.db.read, 'month', settings);
	if (!range) return { effects: [], range: null };
	const now = stateOf(input, null);
	const keptOurs = stateOf(input, merge);
	const cases: EffectCase[] = [];
	for (const part of merge.parts) {
		if (part.kind !== 'metric' && part.kind !== 'scheme' && part.kind !== 'use') continue;
		for (const { id } of part.conflicts) {
			const choices: Record<string, ConflictChoice> = { [id]: 'theirs' };
			const taken = stateOf(input, mergePacks({ ...input, choices }));
			for (const key of touchedSchemes(`${part.kind}:${part.id}`, now, taken)) {
				const sides = { before: now, ours: keptOurs, theirs: taken };
				const side = (name: keyof typeof sides): Promise<EffectSide | null> =>
					sideOf(ctx, key, sides[name]);
				const [before, ours, theirs] = [
					await side('before'),
					await side('ours'),
					await side('theirs')
				];
				if (before && ours && theirs) {
					cases.push({ conflict: id, scheme: key.split(':')[1] ?? '', before, ours, theirs });
				}
			}
		}
	}
	if (cases.length === 0) return { effects: [], range };
	const work: EffectsWork = { cases };
	return { effects: await runThread<EffectsWork, ConflictEffect[]>(effectsThread, work), range };
}

/** What the client has: today, or after a merge. */
function stateOf(input: PackMergeInput, merge: PackMerge | null): ClientState {
	const contents = new Map<string, Json>(input.present);
	for (const { schemeId, document } of input.inUse) contents.set(`use:${schemeId}`, document);
	for (const [key, content] of merge?.results ?? []) {
		if (content === null) contents.delete(key);
		else contents.set(key, content);
	}
	const metrics = new Map<string, MetricDefinition>();
	for (const [key, content] of contents) {
		if (!key.startsWith('metric:')) continue;
		const metric = content as unknown as MetricDefinition;
		metrics.set(metric.id, metric);
	}
	const schemes = new Map<string, SchemeDocument>();
	for (const [key, content] of contents) {
		if (!key.startsWith('use:') && !key.startsWith('scheme:')) continue;
		const { scheme } = parseScheme(content, { metrics });
		if (scheme) schemes.set(key, scheme);
	}
	return { metrics, schemes };
}

/**
 * The schemes that a conflict is about: itself, or those that read the metric. A template stands
 * for the role only where no scheme in use does.
 */
function touchedSchemes(key: string, now: ClientState, taken: ClientState): string[] {
	if (!key.startsWith('metric:'))
		return now.schemes.has(key) || taken.schemes.has(key) ? [key] : [];
	const id = key.slice('metric:'.length);
	const readers = [...now.schemes].flatMap(([scheme, document]) =>
		readsMetric(document, id, taken.metrics) ? [scheme] : []
	);
	return readers.filter(
		(scheme) => scheme.startsWith('use:') || !readers.includes(scheme.replace(/^scheme:/, 'use:'))
	);
}

function readsMetric(document: SchemeDocument, id: string, metrics: Metrics): boolean {
	const open = new Set(
		pathsOf(document, metrics).flatMap((path) => {
			const metric = /^(?:metric|target|team)\.([a-z0-9_]+)/.exec(path)?.[1];
			return metric === undefined ? [] : [metric];
		})
	);
	for (const metric of open) {
		const definition = metrics.get(metric);
		if (definition) for (const source of metricSources(definition)) open.add(source);
	}
	return open.has(id);
}

/** A scheme with the history it reads under these definitions; null where the state has none. */
async function sideOf(
	ctx: Context,
	key: string,
	{ schemes, metrics }: ClientState
): Promise<EffectSide | null> {
	const document = schemes.get(key);
	if (!document) return null;
	const settings = await readSettings(ctx.db.read);
	const range = await findDefaultRange(ctx.db.read, document.period, settings);
	if (!range) return null;
	const paths = pathsOf(document, metrics).sort();
	const { snapshot } = await takeSnapshot(ctx, {
		range,
		length: document.period,
		paths,
		metrics: [...metrics.values()]
	});
	return { document, snapshot, paths };
}
