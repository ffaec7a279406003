/** Plans of packs as lines for people; `--json` prints the plans themselves. */
import type { Locale, LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { InstallPlan } from '#lib/packs/plan-install.ts';
import { KIND_WORDS } from '#lib/packs/merge-words.ts';
import type { UninstallPlan } from '#lib/server/packs/plan-uninstall.ts';
import type { ChoiceEffect, UpgradePlan } from '#lib/server/packs/plan-upgrade.ts';

const WORDS = {
	'zh-CN': {
		added: '新增',
		same: '相同',
		conflict: '冲突',
		merged: '合并',
		kept: '保留',
		removed: '移除',
		retired: '停用',
		restored: '恢复',
		changed: '留下（改过）',
		used: '留下（在用）',
		gone: '已不在',
		missing: '缺少数据',
		ours: '现有',
		theirs: '规则包',
		draft: '新草稿',
		effect: (rising: number, falling: number) => `${rising} 人升，${falling} 人降`
	},
	en: {
		added: 'added',
		same: 'same',
		conflict: 'conflict',
		merged: 'merged',
		kept: 'kept',
		removed: 'removed',
		retired: 'retired',
		restored: 'restored',
		changed: 'stays (changed)',
		used: 'stays (used)',
		gone: 'gone already',
		missing: 'missing data',
		ours: 'ours',
		theirs: 'theirs',
		draft: 'new draft',
		effect: (rising: number, falling: number) => `${rising} rise, ${falling} fall`
	}
} as const;

type Missing = readonly { readonly path: string; readonly schemes: readonly string[] }[];

function missingLines(missing: Missing, locale: Locale): string[] {
	return missing.map(
		({ path, schemes }) => `${WORDS[locale].missing} ${path} (${schemes.join(', ')})\n`
	);
}

export function installLines(plan: InstallPlan, locale: Locale): string {
	const words = WORDS[locale];
	const parts = plan.parts
		.filter(({ outcome }) => outcome !== 'same')
		.map(({ kind, id, name, outcome }) => `${words[outcome]} ${kind} ${id} ${name[locale]}\n`);
	const { added, same, conflict } = plan.counts;
	const total = `${plan.pack} ${plan.version}: ${words.added} ${added}, ${words.same} ${same}, ${words.conflict} ${conflict}, ${words.missing} ${plan.missing.length}\n`;
	return [...parts, ...missingLines(plan.missing, locale), total].join('');
}

export function upgradeLines(
	plan: UpgradePlan,
	locale: Locale,
	drafts: readonly { readonly id: string; readonly schemeId: string }[] = []
): string {
	const words = WORDS[locale];
	const lines: string[] = [];
	for (const { kind, id, name, outcome, sentences, conflicts } of plan.parts) {
		if (outcome === 'same') continue;
		lines.push(`${words[outcome]} ${KIND_WORDS[kind][locale]} ${id} ${name[locale]}\n`);
		for (const sentence of sentences) lines.push(`  ${sentence[locale]}\n`);
		for (const conflict of conflicts) {
			const effect = plan.effects.find((one) => one.conflict === conflict.id);
			const side = (which: 'ours' | 'theirs', sentence: LocalText): string =>
				`    ${words[which]}: ${sentence[locale]}${effect ? effectWords(effect[which], locale) : ''}\n`;
			lines.push(`  ${conflict.id}\n`);
			lines.push(side('ours', conflict.sentences.ours));
			lines.push(side('theirs', conflict.sentences.theirs));
		}
	}
	for (const { id, schemeId } of drafts) lines.push(`${words.draft} ${schemeId} ${id}\n`);
	const { added, merged, kept, same, conflict, removed } = plan.counts;
	const counted = { added, merged, kept, same, conflict, removed };
	const totals = (Object.keys(counted) as (keyof typeof counted)[])
		.map((key) => `${words[key]} ${counted[key]}`)
		.join(', ');
	const total = `${plan.pack} ${plan.from.version} → ${plan.to.version}: ${totals}\n`;
	return [...lines, ...missingLines(plan.missing, locale), total].join('');
}

function effectWords({ rising, falling, meanDelta }: ChoiceEffect, locale: Locale): string {
	const delta = meanDelta === null ? '' : `, ${meanDelta > 0 ? '+' : ''}${meanDelta}`;
	return ` [${WORDS[locale].effect(rising, falling)}${delta}]`;
}

export function uninstallLines(plan: UninstallPlan, locale: Locale): string {
	const words = WORDS[locale];
	const parts = plan.parts.map(({ kind, id, name, outcome, because }) => {
		const reason = because ? `: ${because[locale]}` : '';
		return `${words[outcome]} ${kind} ${id} ${name[locale]}${reason}\n`;
	});
	const { retired, restored, changed, used } = plan.counts;
	const total = `${plan.pack} ${plan.version}: ${words.retired} ${retired}, ${words.restored} ${restored}, ${words.changed} ${changed}, ${words.used} ${used}\n`;
	return [...parts, total].join('');
}
