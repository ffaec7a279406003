import { desc, eq } from 'drizzle-orm';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { checkMetricCycles, parseMetric } from '#lib/engine/scheme/metric-validate.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { metrics } from '../db/client/schema.ts';
import type { PackOrigin } from '../db/client/tables/metrics.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { loadMetricRevisions, type MetricRevision } from './load-metrics.ts';
import { checkRecordSource } from './check-record-source.ts';
import { metricProblems } from './problems.ts';

export interface SaveMetric {
	/** A metric definition as in `formats.md`; judged by the engine's validator. */
	readonly definition: unknown;
	/** The revision that was seen; 0 to register a new metric. */
	readonly revision: number;
}

export interface MetricSaved {
	readonly id: string;
	readonly revision: number;
	readonly hash: string;
	/** Warnings and hints; errors refuse. */
	readonly diagnostics: readonly Diagnostic[];
}

/**
 * Registers a metric or makes a new revision of it. Published versions keep the definition they
 * were published with. Saving what is stored already changes nothing.
 */
export async function saveMetric(
	ctx: Context,
	actor: Actor,
	input: SaveMetric
): Promise<MetricSaved> {
	admitActor(ctx, actor, 'metric.edit');
	return ctx.db.write((tx) => _saveMetric(tx, ctx, actor, input));
}

/** The same inside a transaction that does more, such as the installation of a pack. */
export async function _saveMetric(
	tx: Tx,
	ctx: Pick<Context, 'clock'>,
	actor: Actor,
	input: SaveMetric & { readonly origin?: PackOrigin }
): Promise<MetricSaved> {
	const known = await loadMetricRevisions(tx);
	const { metric, diagnostics } = parseMetric(input.definition);
	if (!metric || hasErrors(diagnostics)) throw refused(diagnostics);
	const unfit = await checkRecordSource(tx, metric);
	if (hasErrors(unfit)) throw refused(unfit);
	const circles = checkMetricCycles(withMetric(known, metric));
	if (circles.length > 0) throw refused(circles);

	const current = known.get(metric.id);
	const hash = sha256Hex(canonicalJson(metric as unknown as Json));
	if (current?.hash === hash)
		return { id: metric.id, revision: current.revision, hash, diagnostics };
	if (input.revision === 0 && current) {
		throw refuse(metricProblems, 'metric_exists', { details: { metric: metric.id } });
	}
	if (input.revision > 0 && current?.revision !== input.revision) {
		throw refuse(metricProblems, 'metric_stale', {
			details: { seen: input.revision, current: current?.revision ?? 0 },
			current: current?.definition
		});
	}
	// A retired metric that comes back goes on counting where it stopped.
	const [last] = await tx
		.select({ revision: metrics.revision })
		.from(metrics)
		.where(eq(metrics.id, metric.id))
		.orderBy(desc(metrics.revision))
		.limit(1);
	const revision = (last?.revision ?? 0) + 1;
	await tx.insert(metrics).values({
		id: metric.id,
		revision,
		definition: metric,
		hash,
		origin: input.origin ?? current?.origin ?? null,
		recordedAt: momentOf(ctx.clock),
		recordedBy: actor.userId
	});
	await recordEvent(tx, ctx, actor, { type: 'metric_saved', metric: metric.id, revision, hash });
	return { id: metric.id, revision, hash, diagnostics };
}

function withMetric(
	known: ReadonlyMap<string, MetricRevision>,
	metric: MetricDefinition
): ReadonlyMap<string, MetricDefinition> {
	const all = new Map([...known].map(([id, { definition }]) => [id, definition]));
	return all.set(metric.id, metric);
}

function refused(diagnostics: readonly Diagnostic[]) {
	const errors = diagnostics.filter(({ severity }) => severity === 'error');
	return refuse(metricProblems, 'metric_refused', {
		details: { count: errors.length },
		diagnostics
	});
}
