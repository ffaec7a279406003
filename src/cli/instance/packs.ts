/** `quanheng pack plan|install --client C`: rule packs on an instance. */
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import type { InstallPlan } from '#lib/packs/plan-install.ts';
import { systemActor } from '#lib/server/context.ts';
import { installPack } from '#lib/server/packs/install-pack.ts';
import { planPack } from '#lib/server/packs/plan-pack.ts';
import { EXIT, localeOf, type ExitCode, type Io } from '../io.ts';
import type { InstallOptions } from './options.ts';
import { contextOf, withInstance } from './with-instance.ts';

export async function runInstall(io: Io, id: string, options: InstallOptions): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	const plan = await withInstance(io, options, async (instance) => {
		const ctx = await contextOf(instance, options.client);
		const actor = systemActor(options.client);
		if (options.dryRun) return planPack(ctx, actor, { pack: id });
		return (await installPack(ctx, actor, { pack: id })).plan;
	});
	await io.write(options.json ? `${JSON.stringify(plan, null, '\t')}\n` : planLines(plan, locale));
	return EXIT.done;
}

const WORDS = {
	'zh-CN': { added: '新增', same: '相同', conflict: '冲突', missing: '缺少数据' },
	en: { added: 'added', same: 'same', conflict: 'conflict', missing: 'missing data' }
} as const;

function planLines(plan: InstallPlan, locale: Locale): string {
	const words = WORDS[locale];
	const parts = plan.parts
		.filter(({ outcome }) => outcome !== 'same')
		.map(({ kind, id, name, outcome }) => `${words[outcome]} ${kind} ${id} ${name[locale]}\n`);
	const missing = plan.missing.map(
		({ path, schemes }) => `${words.missing} ${path} (${schemes.join(', ')})\n`
	);
	const { added, same, conflict } = plan.counts;
	const total = `${plan.pack} ${plan.version}: ${words.added} ${added}, ${words.same} ${same}, ${words.conflict} ${conflict}, ${words.missing} ${plan.missing.length}\n`;
	return [...parts, ...missing, total].join('');
}
