/** What `quanheng pack plan|install|upgrade|uninstall|receive` do: the use cases of the pages. */
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { findInstalled } from '#lib/server/packs/present-parts.ts';
import { systemActor, type Actor, type Context } from '#lib/server/context.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { planPack } from '#lib/server/packs/plan-pack.ts';
import { planUninstall } from '#lib/server/packs/plan-uninstall.ts';
import { planUpgrade } from '#lib/server/packs/plan-upgrade.ts';
import { receivePack } from '#lib/server/packs/receive-pack.ts';
import { uninstallPack } from '#lib/server/packs/uninstall-pack.ts';
import { upgradePack } from '#lib/server/packs/upgrade-pack.ts';
import { failure } from '../failure.ts';
import { EXIT, localeOf, type ExitCode, type Io } from '../io.ts';
import { isArchivePath, readBytes } from '../pack-input.ts';
import type { PackClientOptions } from './options.ts';
import { answersOf, choicesOf, decisionsOf } from './pack-answers.ts';
import { installLines, uninstallLines, upgradeLines } from './pack-lines.ts';
import { contextOf, withInstance } from './with-instance.ts';

/** Runs `work` at the client, with the pack received first where it is a zip. */
async function atClient(
	io: Io,
	pack: string,
	options: PackClientOptions,
	work: (ctx: Context, actor: Actor, id: string, version: string | undefined) => Promise<ExitCode>
): Promise<ExitCode> {
	const bytes = isArchivePath(pack) ? await readBytes(io, pack) : null;
	return withInstance(io, options, async (instance) => {
		const ctx = await contextOf(instance, options.client);
		const actor = systemActor(options.client);
		if (!bytes) return work(ctx, actor, pack, options.to);
		const received = await receivePack(ctx, actor, { bytes });
		return work(ctx, actor, received.pack, received.version);
	});
}

async function print(
	io: Io,
	options: PackClientOptions,
	record: unknown,
	lines: (locale: Locale) => string
): Promise<ExitCode> {
	const text = options.json
		? `${JSON.stringify(record, null, '\t')}\n`
		: lines(localeOf(io, options.locale));
	await io.write(text);
	return EXIT.done;
}

/** What would be done: an upgrade where the pack is installed, else an installation. */
export async function runPlan(io: Io, pack: string, options: PackClientOptions): Promise<ExitCode> {
	return atClient(io, pack, options, async (ctx, actor, id, version) => {
		const input = { pack: id, answers: answersOf(options), ...(version ? { version } : {}) };
		const plan = await planPack(ctx, actor, input);
		const installed = await findInstalled(ctx.db.read, id);
		if (!installed || plan.isInstalled) {
			return print(io, options, plan, (locale) => installLines(plan, locale));
		}
		const upgrade = await planUpgrade(ctx, actor, input);
		return print(io, options, upgrade, (locale) => upgradeLines(upgrade, locale));
	});
}

export async function runInstall(
	io: Io,
	pack: string,
	options: PackClientOptions
): Promise<ExitCode> {
	return atClient(io, pack, options, async (ctx, actor, id, version) => {
		const answers = answersOf(options);
		const at = { pack: id, ...(version ? { version } : {}) };
		const plan = options.dryRun
			? await planPack(ctx, actor, { ...at, answers })
			: (await installPack(ctx, actor, { ...at, ...answers, conflicts: decisionsOf(options) }))
					.plan;
		return print(io, options, plan, (locale) => installLines(plan, locale));
	});
}

export async function runUpgrade(
	io: Io,
	pack: string,
	options: PackClientOptions
): Promise<ExitCode> {
	return atClient(io, pack, options, async (ctx, actor, id, version) => {
		const input = { pack: id, answers: answersOf(options), ...(version ? { version } : {}) };
		const plan = await planUpgrade(ctx, actor, { ...input, effects: options.dryRun ?? false });
		if (options.dryRun) {
			return print(io, options, plan, (locale) => upgradeLines(plan, locale));
		}
		const conflicts = plan.parts.flatMap((part) => part.conflicts.map((one) => one.id));
		const choices = choicesOf(options, conflicts);
		const undecided = conflicts.filter((conflict) => choices[conflict] === undefined);
		if (undecided.length > 0 && !options.json) {
			io.log(upgradeLines(plan, localeOf(io, options.locale)));
		}
		const done = await upgradePack(ctx, actor, { ...input, state: plan.state, choices });
		const record = { ...done.plan, changed: done.changed, drafts: done.drafts };
		return print(io, options, record, (locale) =>
			upgradeLines({ ...done.plan, effects: [], range: null }, locale, done.drafts)
		);
	});
}

export async function runUninstall(
	io: Io,
	pack: string,
	options: PackClientOptions
): Promise<ExitCode> {
	return atClient(io, pack, options, async (ctx, actor, id) => {
		const plan = await planUninstall(ctx, actor, { pack: id });
		if (!options.dryRun) {
			if (!options.yes) {
				io.log(uninstallLines(plan, localeOf(io, options.locale)));
				throw failure('needs_yes', { client: options.client });
			}
			await uninstallPack(ctx, actor, { pack: id, state: plan.state });
		}
		return print(io, options, plan, (locale) => uninstallLines(plan, locale));
	});
}

export async function runReceive(
	io: Io,
	zip: string,
	options: PackClientOptions
): Promise<ExitCode> {
	const bytes = await readBytes(io, zip);
	return withInstance(io, options, async (instance) => {
		const ctx = await contextOf(instance, options.client);
		const received = await receivePack(ctx, systemActor(options.client), { bytes });
		const { pack, version, hash, signer } = received;
		return print(io, options, received, () => `${pack} ${version} ${hash} ${signer ?? '-'}\n`);
	});
}
