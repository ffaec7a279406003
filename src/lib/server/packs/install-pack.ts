import { and, desc, eq, isNull } from 'drizzle-orm';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { schemeHash } from '#lib/engine/scheme/hash.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { Pack } from '#lib/packs/pack.ts';
import {
	planInstall,
	partHash,
	presetJson,
	type InstallPlan,
	type PackPartKind,
	type PlannedPart
} from '#lib/packs/plan-install.ts';
import { runPackTests, type PackTestReport } from '#lib/packs/run-pack-tests.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import {
	importPresets,
	installedPacks,
	metrics,
	parameters,
	parameterValues,
	recordTypes,
	templates
} from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { clientPackState } from './client-pack-state.ts';
import { packProblems } from './problems.ts';
import { loadPack, type LoadedPack } from './shipped-packs.ts';

export interface InstallPack {
	readonly pack: string;
	/** The pack that the plan was shown for; another one is refused. */
	readonly hash?: string;
	/** Answers to the pack's parameters; the defaults otherwise. */
	readonly params?: Readonly<Record<string, number>>;
	/** What to do with parts the client has in another form, by `kind:id`. */
	readonly conflicts?: Readonly<Record<string, 'keep' | 'replace'>>;
	readonly folder?: string;
}

export interface PackInstalled {
	readonly plan: InstallPlan;
	/** False when exactly this pack was installed already, and nothing changed. */
	readonly changed: boolean;
}

/** From this month on a pack's parameters hold, so that history can be replayed with them. */
const PARAMS_FROM = '2000-01';

/**
 * Installs a pack at a client: metrics, record types, templates, presets and parameters, in one
 * transaction. Its tests must pass. Nothing published is touched, and installing twice changes
 * nothing. Parts that differ need a decision each (`pack_conflicts`).
 */
export async function installPack(
	ctx: Context,
	actor: Actor,
	input: InstallPack
): Promise<PackInstalled> {
	admitActor(ctx, actor, 'pack.install');
	const loaded = await loadPack(input.pack, input.folder);
	assertSound(loaded.pack, input);
	return ctx.db.write((tx) => _installPack(tx, ctx, actor, loaded, input));
}

const reports = new WeakMap<Pack, PackTestReport>();

/** A pack that was read does not change, so its sentences are run once in a process. */
function testedOnce(pack: Pack): PackTestReport {
	const report = reports.get(pack) ?? runPackTests(pack);
	reports.set(pack, report);
	return report;
}

function assertSound(pack: Pack, input: InstallPack): void {
	if (input.hash !== undefined && input.hash !== pack.hash) {
		throw refuse(packProblems, 'pack_changed');
	}
	const known = pack.manifest.params.map(({ id }) => id);
	for (const param of Object.keys(input.params ?? {})) {
		if (!known.includes(param)) {
			throw refuse(packProblems, 'param_unknown', {
				details: { param: param.slice(0, 60), known: known.join(', ') || '-' }
			});
		}
	}
	const { failed, errors } = testedOnce(pack);
	if (failed + errors > 0) {
		throw refuse(packProblems, 'pack_tests_fail', {
			details: { pack: pack.manifest.id, count: failed + errors }
		});
	}
}

/** The same inside a transaction that does more, such as the seed of a client. */
export async function _installPack(
	tx: Tx,
	ctx: Pick<Context, 'clock'>,
	actor: Actor,
	{ pack, files }: LoadedPack,
	input: InstallPack
): Promise<PackInstalled> {
	const state = await clientPackState(tx, pack);
	const plan = planInstall(pack, state);
	if (plan.isInstalled) return { plan, changed: false };

	const undecided = plan.parts.filter(
		(part) => part.outcome === 'conflict' && !decisionFor(part, input)
	);
	if (undecided.length > 0) {
		throw refuse(packProblems, 'pack_conflicts', {
			details: {
				count: undecided.length,
				parts: undecided.map(({ kind, id }) => `${kind}:${id}`).join(', ')
			},
			current: plan
		});
	}
	const writes = new Set(
		plan.parts
			.filter((part) => part.outcome === 'added' || decisionFor(part, input) === 'replace')
			.map(({ kind, id }) => `${kind}:${id}`)
	);
	const now = momentOf(ctx.clock);
	const installation = new Installation(tx, pack, now, actor.userId, (kind, id) =>
		writes.has(`${kind}:${id}`)
	);
	await installation.write(input.params ?? {});

	await tx
		.update(installedPacks)
		.set({ removedAt: now, removedBy: actor.userId })
		.where(and(eq(installedPacks.packId, pack.manifest.id), isNull(installedPacks.removedAt)));
	await tx.insert(installedPacks).values({
		packId: pack.manifest.id,
		version: pack.manifest.version,
		hash: pack.hash,
		manifest: asObject(pack.manifest),
		files: Object.fromEntries(files),
		params: { ...input.params },
		installedAt: now,
		installedBy: actor.userId
	});
	await recordEvent(tx, ctx, actor, {
		type: 'pack_installed',
		pack: pack.manifest.id,
		version: pack.manifest.version,
		hash: pack.hash,
		replaced: state.installed?.version ?? null
	});
	return { plan, changed: true };
}

function decisionFor(part: PlannedPart, input: InstallPack): 'keep' | 'replace' | undefined {
	return input.conflicts?.[`${part.kind}:${part.id}`];
}

/** A record that was read from JSON or YAML as the JSON that it is. */
function asObject(value: unknown): JsonObject {
	return value as JsonObject;
}

/** The writing part: each kind of part into its table. */
class Installation {
	readonly #tx: Tx;
	readonly #pack: Pack;
	readonly #now: string;
	readonly #by: string;
	readonly #wants: (kind: PackPartKind, id: string) => boolean;
	readonly #origin: { readonly pack: string; readonly version: string };

	constructor(
		tx: Tx,
		pack: Pack,
		now: string,
		by: string,
		wants: (kind: PackPartKind, id: string) => boolean
	) {
		this.#tx = tx;
		this.#pack = pack;
		this.#now = now;
		this.#by = by;
		this.#wants = wants;
		this.#origin = { pack: pack.manifest.id, version: pack.manifest.version };
	}

	async write(params: Readonly<Record<string, number>>): Promise<void> {
		await this.#metrics();
		await this.#records();
		await this.#templates();
		await this.#presets();
		await this.#params(params);
	}

	async #metrics(): Promise<void> {
		for (const metric of this.#pack.metrics.values()) {
			if (!this.#wants('metric', metric.id)) continue;
			const [last] = await this.#tx
				.select({ revision: metrics.revision })
				.from(metrics)
				.where(eq(metrics.id, metric.id))
				.orderBy(desc(metrics.revision))
				.limit(1);
			await this.#tx.insert(metrics).values({
				id: metric.id,
				revision: (last?.revision ?? 0) + 1,
				definition: metric,
				hash: partHash(asObject(metric)),
				origin: this.#origin,
				recordedAt: this.#now,
				recordedBy: this.#by
			});
		}
	}

	async #records(): Promise<void> {
		for (const record of this.#pack.records.values()) {
			if (!this.#wants('record', record.id)) continue;
			const [last] = await this.#tx
				.select({ revision: recordTypes.revision })
				.from(recordTypes)
				.where(eq(recordTypes.id, record.id))
				.orderBy(desc(recordTypes.revision))
				.limit(1);
			await this.#tx.insert(recordTypes).values({
				id: record.id,
				revision: (last?.revision ?? 0) + 1,
				definition: asObject(record),
				origin: this.#origin,
				recordedAt: this.#now,
				recordedBy: this.#by
			});
		}
	}

	async #templates(): Promise<void> {
		for (const { document } of this.#pack.schemes.values()) {
			if (!this.#wants('scheme', document.id)) continue;
			const row = {
				name: document.name,
				document,
				hash: schemeHash(document),
				origin: this.#origin,
				createdAt: this.#now,
				createdBy: this.#by,
				retiredAt: null
			};
			await this.#tx
				.insert(templates)
				.values({ id: document.id, ...row })
				.onConflictDoUpdate({ target: templates.id, set: row });
		}
	}

	async #presets(): Promise<void> {
		for (const preset of this.#pack.presets.values()) {
			if (!this.#wants('preset', preset.id)) continue;
			const row = {
				kind: preset.for,
				name: preset.name,
				definition: asObject(presetJson(preset)),
				origin: this.#origin,
				createdAt: this.#now,
				createdBy: this.#by
			};
			await this.#tx
				.insert(importPresets)
				.values({ id: preset.id, ...row })
				.onConflictDoUpdate({ target: importPresets.id, set: row });
		}
	}

	/** The value given (or the default) holds from the beginning, unless the client has values. */
	async #params(given: Readonly<Record<string, number>>): Promise<void> {
		for (const param of this.#pack.manifest.params) {
			if (!this.#wants('param', param.id)) continue;
			const row = { name: param.name, unit: param.unit, origin: this.#origin };
			await this.#tx
				.insert(parameters)
				.values({ id: param.id, ...row, createdAt: this.#now })
				.onConflictDoUpdate({ target: parameters.id, set: row });
			const [value] = await this.#tx
				.select({ id: parameterValues.id })
				.from(parameterValues)
				.where(and(eq(parameterValues.parameterId, param.id), isNull(parameterValues.withdrawnAt)))
				.limit(1);
			if (value) continue;
			await this.#tx.insert(parameterValues).values({
				parameterId: param.id,
				unitId: null,
				validFrom: PARAMS_FROM,
				value: given[param.id] ?? param.default,
				source: `pack:${this.#origin.pack}`,
				recordedAt: this.#now,
				recordedBy: this.#by
			});
		}
	}
}

/** The document of a template with the pack it came from written into it, as a draft starts. */
export function documentFromTemplate(
	document: SchemeDocument,
	origin: { readonly pack: string; readonly version: string }
): SchemeDocument {
	return {
		...document,
		origin: { pack: origin.pack, version: origin.version, scheme: document.id }
	};
}
