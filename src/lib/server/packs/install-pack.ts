import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { checkMetricCycles } from '#lib/engine/scheme/metric-validate.ts';
import { adaptPack } from '#lib/packs/adapt-pack.ts';
import type { PackAnswers } from '#lib/packs/answers.ts';
import type { Pack } from '#lib/packs/pack.ts';
import {
	packParts,
	planInstall,
	type InstallPlan,
	valueOfPart,
	type PackPartKind
} from '#lib/packs/plan-install.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { installedPacks } from '../db/client/schema.ts';
import type { Queries, Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { metricProblems } from '../metrics/problems.ts';
import { clientPackState } from './client-pack-state.ts';
import { failingSentences } from './known-packs.ts';
import { offeredPack } from './offered-packs.ts';
import { paramValues, seasonYears, unitIds, unknownUnits } from './param-values.ts';
import { PACK_DEADLINE_MS, PartWriter, type PartHead } from './part-writer.ts';
import { presentParts, type PresentPart } from './present-parts.ts';
import { packProblems } from './problems.ts';
import type { LoadedPack } from './shipped-packs.ts';

export interface InstallPack extends PackAnswers {
	readonly pack: string;
	/** The newest at hand unless given. */
	readonly version?: string;
	/** The pack that the plan was shown for; another one is refused. */
	readonly hash?: string;
	/** What to do with parts the client has in another form, by `kind:id`. */
	readonly conflicts?: Readonly<Record<string, 'keep' | 'replace'>>;
	readonly folder?: string;
}

export interface PackInstalled {
	readonly plan: InstallPlan;
	/** False when exactly this pack was installed already, and nothing changed. */
	readonly changed: boolean;
}

/**
 * Installs a pack at a client: metrics, record types, templates, presets and parameters, in one
 * transaction. Its tests must pass. Nothing published is touched, and installing twice changes
 * nothing. Parts that differ need a decision each (`pack_conflicts`); what is replaced is kept, so
 * that an uninstallation can put it back.
 */
export async function installPack(
	ctx: Context,
	actor: Actor,
	input: InstallPack
): Promise<PackInstalled> {
	admitActor(ctx, actor, 'pack.install');
	const offered = await offeredPack(ctx.db.read, input);
	if (input.hash !== undefined && input.hash !== offered.pack.hash) {
		throw refuse(packProblems, 'pack_changed');
	}
	assertTested(offered.pack);
	return ctx.db.write((tx) => _installPack(tx, ctx, actor, offered, input), {
		deadlineMs: PACK_DEADLINE_MS
	});
}

/** Refuses a pack whose sentences fail. */
export function assertTested(pack: Pack): void {
	const count = failingSentences(pack);
	if (count > 0) {
		throw refuse(packProblems, 'pack_tests_fail', {
			details: { pack: pack.manifest.id, count }
		});
	}
}

/** The answers among the input of an installation, as they are stored. */
export function storedAnswers(input: PackAnswers): PackAnswers {
	const { currency, period, grades, params } = input;
	return {
		...(currency === undefined ? {} : { currency }),
		...(period === undefined ? {} : { period }),
		...(grades === undefined ? {} : { grades }),
		...(params === undefined ? {} : { params })
	};
}

/** The pack with the answers put in; answers that do not fit are refused with their places. */
export async function answeredPack(
	queries: Queries,
	pack: Pack,
	answers: PackAnswers
): Promise<Pack> {
	const adapted = adaptPack(pack, answers);
	const findings = [...adapted.findings, ...(await unknownUnits(queries, answers))];
	if (hasErrors(findings)) {
		throw refuse(packProblems, 'answers_refused', {
			details: { count: findings.length },
			diagnostics: findings
		});
	}
	return adapted.pack;
}

/** The same inside a transaction that does more, such as the seed of a client. */
export async function _installPack(
	tx: Tx,
	ctx: Pick<Context, 'clock'>,
	actor: Actor,
	offered: LoadedPack & { readonly signer?: string | null },
	input: InstallPack
): Promise<PackInstalled> {
	const answers = storedAnswers(input);
	const { manifest } = offered.pack;
	const pack = await answeredPack(tx, offered.pack, answers);
	const state = await clientPackState(tx, pack);
	const plan = planInstall(pack, state);
	if (plan.isInstalled) return { plan, changed: false };
	if (state.installed) {
		throw refuse(packProblems, 'pack_installed_already', {
			details: { pack: manifest.id, version: state.installed.version }
		});
	}
	assertDecided(plan, input);
	const now = momentOf(ctx.clock);
	const present = await presentParts(tx);
	const replaced = await writeParts(tx, { pack, plan, answers, present, now, actor, input });
	await assertNoMetricCircles(tx);
	await tx.insert(installedPacks).values({
		packId: manifest.id,
		version: manifest.version,
		hash: pack.hash,
		manifest: asObject(manifest),
		files: Object.fromEntries(offered.files),
		params: asObject(answers),
		replaced: asObject(replaced),
		signer: offered.signer ?? null,
		installedAt: now,
		installedBy: actor.userId
	});
	await recordEvent(tx, ctx, actor, {
		type: 'pack_installed',
		pack: manifest.id,
		version: manifest.version,
		hash: pack.hash,
		replaced: null
	});
	return { plan, changed: true };
}

/** The pack's metrics and those that the client kept are made from each other only one way. */
async function assertNoMetricCircles(tx: Tx): Promise<void> {
	const circles = checkMetricCycles(await loadMetrics(tx));
	if (circles.length === 0) return;
	throw refuse(metricProblems, 'metric_refused', {
		details: { count: circles.length },
		diagnostics: circles
	});
}

function assertDecided(plan: InstallPlan, input: InstallPack): void {
	const undecided = plan.parts.filter(
		(part) => part.outcome === 'conflict' && !decisionFor(part, input)
	);
	if (undecided.length === 0) return;
	throw refuse(packProblems, 'pack_conflicts', {
		details: {
			count: undecided.length,
			parts: undecided.map(({ kind, id }) => `${kind}:${id}`).join(', ')
		},
		current: plan
	});
}

function decisionFor(
	{ kind, id }: { readonly kind: PackPartKind; readonly id: string },
	{ conflicts }: InstallPack
): 'keep' | 'replace' | undefined {
	return conflicts?.[`${kind}:${id}`];
}

interface Writing {
	readonly pack: Pack;
	readonly plan: InstallPlan;
	readonly answers: PackAnswers;
	readonly present: ReadonlyMap<string, PresentPart>;
	readonly now: string;
	readonly actor: Actor;
	readonly input: InstallPack;
}

/** Writes what is added or replaces; gives what was replaced. */
async function writeParts(tx: Tx, work: Writing): Promise<Record<string, PresentPart>> {
	const { pack, plan, answers, present, now, actor, input } = work;
	const writer = new PartWriter(tx, now, actor.userId);
	const origin = { pack: pack.manifest.id, version: pack.manifest.version };
	const outcomes = new Map(plan.parts.map((part) => [`${part.kind}:${part.id}`, part.outcome]));
	const years = await seasonYears(tx, now);
	const units = await unitIds(tx);
	const replaced: Record<string, PresentPart> = {};
	for (const { kind, id, name, content } of packParts(pack)) {
		const key = `${kind}:${id}`;
		const outcome = outcomes.get(key);
		const isReplaced = outcome === 'conflict' && decisionFor({ kind, id }, input) === 'replace';
		if (outcome !== 'added' && !isReplaced) continue;
		const before = present.get(key);
		if (before) replaced[key] = before;
		await writer.write({ kind, id, name, origin, ...attributeNameOf(pack, kind, id) }, content);
		const param = kind === 'param' && pack.manifest.params.find((one) => one.id === id);
		if (!param) continue;
		await writer.values(id, paramValues(param, answers, years, units), `pack:${origin.pack}`);
	}
	return replaced;
}

/** What the pack calls the attribute whose value a part names. */
export function attributeNameOf(
	{ manifest }: Pack,
	kind: PackPartKind,
	id: string
): Pick<PartHead, 'attributeName'> {
	if (kind !== 'value') return {};
	const { attribute } = valueOfPart(id);
	const known = manifest.requires.attributes.find((one) => one.id === attribute);
	return known ? { attributeName: known.name } : {};
}

/** A record that was read from JSON or YAML as the JSON that it is. */
function asObject(value: unknown): JsonObject {
	return JSON.parse(JSON.stringify(value as Json)) as JsonObject;
}

/** The document of a template with the pack it came from written into it, as a draft starts. */
export function documentFromTemplate(
	document: SchemeDocument,
	origin: PlannedOrigin
): SchemeDocument {
	return {
		...document,
		origin: { pack: origin.pack, version: origin.version, scheme: document.id }
	};
}

type PlannedOrigin = Pick<NonNullable<SchemeDocument['origin']>, 'pack' | 'version'>;
