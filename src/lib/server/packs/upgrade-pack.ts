import { and, eq, isNull } from 'drizzle-orm';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { checkMetricCycles, parseMetric } from '#lib/engine/scheme/metric-validate.ts';
import type { PackAnswers } from '#lib/packs/answers.ts';
import { mergePacks, type PackMerge } from '#lib/packs/merge-packs.ts';
import type { ConflictChoice, MergedPart } from '#lib/packs/merge-types.ts';
import type { PackPartKind } from '#lib/packs/plan-install.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { installedPacks } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { _createDraft } from '../schemes/create-draft.ts';
import { assertTested, attributeNameOf } from './install-pack.ts';
import { offeredPack } from './offered-packs.ts';
import { paramValues, seasonYears, unitIds } from './param-values.ts';
import { PACK_DEADLINE_MS, PartWriter } from './part-writer.ts';
import { describeUpgrade, type UpgradePlan } from './plan-upgrade.ts';
import { prepareUpgrade, type PreparedUpgrade } from './prepare-upgrade.ts';
import { getInstalled, installedPack } from './present-parts.ts';
import { packProblems } from './problems.ts';

export interface UpgradePack {
	readonly pack: string;
	readonly version?: string;
	/** `state` of the plan that was shown; a plan that has become stale is refused. */
	readonly state?: string;
	/** A choice for every conflict, by its id. */
	readonly choices?: Readonly<Record<string, ConflictChoice>>;
	/** Answers for what is new; what was answered before stays. */
	readonly answers?: PackAnswers;
	readonly folder?: string;
}

export interface PackUpgraded {
	readonly plan: Omit<UpgradePlan, 'effects' | 'range'>;
	/** False when exactly this version was installed already, and nothing changed. */
	readonly changed: boolean;
	/** Drafts that were made of schemes in use, waiting for somebody to replay and submit them. */
	readonly drafts: readonly { readonly id: string; readonly schemeId: string }[];
}

/**
 * Takes a newer version of an installed pack over, in one transaction. What only one side changed is
 * merged, what both changed needs a choice each (`upgrade_undecided`). Published versions are never
 * touched: a scheme in use becomes a new draft beside what people work on. The three sides are read
 * again inside the transaction, so a plan that went stale meanwhile is refused.
 */
export async function upgradePack(
	ctx: Context,
	actor: Actor,
	input: UpgradePack
): Promise<PackUpgraded> {
	admitActor(ctx, actor, 'pack.install');
	const offered = await offeredPack(ctx.db.read, input);
	assertTested(offered.pack);
	// Read before the transaction, which waits for nothing but the database.
	await installedPack(await getInstalled(ctx.db.read, offered.pack.manifest.id));
	return ctx.db.write(
		async (tx) => {
			const prepared = await prepareUpgrade(tx, offered, input.answers);
			const merge = mergePacks({ ...prepared.merge, choices: input.choices ?? {} });
			const {
				effects: _effects,
				range: _range,
				...plan
			} = await describeUpgrade(tx, prepared, merge);
			if (plan.isInstalled) return { plan, changed: false, drafts: [] };
			if (input.state !== undefined && input.state !== prepared.state) {
				throw refuse(packProblems, 'plan_stale', { current: plan });
			}
			assertDecided(merge, input.choices ?? {}, plan);
			assertSound(prepared, merge);
			const written = await writeMerge(tx, ctx, actor, prepared, merge);
			await writeInstallation(tx, ctx, actor, prepared, merge, input);
			await recordEvent(tx, ctx, actor, {
				type: 'pack_upgraded',
				pack: plan.pack,
				from: plan.from.version,
				to: plan.to.version,
				hash: plan.to.hash,
				written: merge.results.size,
				drafts: written.map(({ id }) => id),
				choices: Object.entries(input.choices ?? {}).map(
					([conflict, side]) => `${conflict}=${side}`
				)
			});
			return { plan, changed: true, drafts: written };
		},
		{ deadlineMs: PACK_DEADLINE_MS }
	);
}

function assertDecided(
	{ parts, undecided }: PackMerge,
	choices: Readonly<Record<string, ConflictChoice>>,
	plan: PackUpgraded['plan']
): void {
	const known = parts.flatMap(({ conflicts }) => conflicts.map(({ id }) => id));
	const unknown = Object.keys(choices).find((id) => !known.includes(id));
	if (unknown !== undefined) {
		throw refuse(packProblems, 'choice_unknown', {
			details: { conflict: unknown.slice(0, 120), known: known.join(', ') || '-' }
		});
	}
	if (undecided.length === 0) return;
	throw refuse(packProblems, 'upgrade_undecided', {
		details: { count: undecided.length, conflicts: undecided.join(', ') },
		current: plan
	});
}

/** A choice may put a definition together that no reader would take; drafts may have findings. */
function assertSound({ present }: PreparedUpgrade, { results }: PackMerge): void {
	const metrics = new Map<string, MetricDefinition>();
	const put = (content: Json): void => {
		const metric = content as unknown as MetricDefinition;
		metrics.set(metric.id, metric);
	};
	for (const [key, { content }] of present) if (key.startsWith('metric:')) put(content);
	for (const [key, content] of results) {
		if (!key.startsWith('metric:') || content === null) continue;
		const { diagnostics } = parseMetric(content);
		if (hasErrors(diagnostics)) throw unsound(key, diagnostics);
		put(content);
	}
	const circles = checkMetricCycles(metrics);
	const [circle] = circles;
	if (circle) throw unsound(`metric:${circle.at.slice(1)}`, circles);
}

function unsound(part: string, diagnostics: ReturnType<typeof checkMetricCycles>) {
	return refuse(packProblems, 'result_unsound', {
		details: { part, count: diagnostics.length },
		diagnostics
	});
}

/** Writes every result; schemes in use become drafts. */
async function writeMerge(
	tx: Tx,
	ctx: Pick<Context, 'clock' | 'ids'>,
	actor: Actor,
	{ pack, present, merge: { inUse }, answers }: PreparedUpgrade,
	{ parts, results }: PackMerge
): Promise<{ id: string; schemeId: string }[]> {
	const now = momentOf(ctx.clock);
	const writer = new PartWriter(tx, now, actor.userId);
	const origin = { pack: pack.manifest.id, version: pack.manifest.version };
	const years = await seasonYears(tx, now);
	const units = await unitIds(tx);
	const drafts: { id: string; schemeId: string }[] = [];
	for (const part of parts) {
		const result = results.get(`${part.kind}:${part.id}`);
		if (result === undefined) continue;
		if (part.kind === 'use') {
			const scheme = inUse.find(({ schemeId }) => schemeId === part.id)?.packScheme ?? part.id;
			const document = { ...(result as JsonObject), origin: { ...origin, scheme } };
			const made = await _createDraft(tx, ctx, actor, { kind: 'document', document });
			drafts.push({ id: made.id, schemeId: made.schemeId });
			continue;
		}
		await writePart(writer, { ...part, kind: part.kind }, result, { pack, present, origin });
		const param = part.kind === 'param' && pack.manifest.params.find(({ id }) => id === part.id);
		if (param && part.outcome === 'added') {
			await writer.values(
				param.id,
				paramValues(param, answers, years, units),
				`pack:${origin.pack}`
			);
		}
	}
	return drafts;
}

async function writePart(
	writer: PartWriter,
	part: Omit<MergedPart, 'kind'> & { readonly kind: PackPartKind },
	result: Json | null,
	{
		pack,
		present,
		origin
	}: Pick<PreparedUpgrade, 'pack' | 'present'> & {
		readonly origin: { pack: string; version: string };
	}
): Promise<void> {
	const { kind, id, name } = part;
	const before = present.get(`${kind}:${id}`);
	const head = { kind, id, name, origin, ...attributeNameOf(pack, kind, id) };
	if (result === null) await writer.retire(head, before?.content ?? null);
	else await writer.write(head, result);
}

/** The installation before ends; what it and this one replaced can still be put back. */
async function writeInstallation(
	tx: Tx,
	ctx: Pick<Context, 'clock'>,
	actor: Actor,
	{ installed, offered, pack, present, answers }: PreparedUpgrade,
	{ parts }: PackMerge,
	{ choices }: UpgradePack
): Promise<void> {
	const now = momentOf(ctx.clock);
	await tx
		.update(installedPacks)
		.set({ removedAt: now, removedBy: actor.userId })
		.where(and(eq(installedPacks.packId, pack.manifest.id), isNull(installedPacks.removedAt)));
	const replacedNow = parts.flatMap(({ kind, id, conflicts }) => {
		const key = `${kind}:${id}`;
		const isTaken = conflicts.some(
			(one) => one.reason === 'both_added' && choices?.[one.id] === 'theirs'
		);
		const before = present.get(key);
		return isTaken && before ? [[key, before] as const] : [];
	});
	await tx.insert(installedPacks).values({
		packId: pack.manifest.id,
		version: pack.manifest.version,
		hash: pack.hash,
		manifest: asObject(pack.manifest),
		files: Object.fromEntries(offered.files),
		params: asObject(answers),
		replaced: { ...installed.replaced, ...asObject(Object.fromEntries(replacedNow)) },
		signer: offered.signer,
		installedAt: now,
		installedBy: actor.userId
	});
}

/** A record that was read from JSON or YAML as the JSON that it is. */
function asObject(value: unknown): JsonObject {
	return JSON.parse(JSON.stringify(value)) as JsonObject;
}
