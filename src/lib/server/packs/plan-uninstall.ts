import { isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import { sameJson } from '#lib/engine/revise/sections.ts';
import { packParts, partHash, type PackPartKind } from '#lib/packs/plan-install.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { parameterValues } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { partUses } from './part-uses.ts';
import {
	getInstalled,
	installedPack,
	presentParts,
	type InstalledRow,
	type PresentPart
} from './present-parts.ts';

export interface PlanUninstall {
	readonly pack: string;
}

/**
 * `retired`: nobody changed or uses it, so it goes. `restored`: what was here before the pack comes
 * back. `changed`: the client made it its own, so it stays. `used`: something else needs it.
 * `gone`: the client removed it already.
 */
export const UNINSTALL_OUTCOMES = ['retired', 'restored', 'changed', 'used', 'gone'] as const;
export type UninstallOutcome = (typeof UNINSTALL_OUTCOMES)[number];

export interface UninstalledPart {
	readonly kind: PackPartKind;
	readonly id: string;
	readonly name: LocalText;
	readonly outcome: UninstallOutcome;
	/** Why it stays, in words: who uses it. Null where it goes. */
	readonly because: LocalText | null;
}

export interface UninstallPlan {
	readonly pack: string;
	readonly name: LocalText;
	readonly version: string;
	readonly parts: readonly UninstalledPart[];
	readonly counts: Readonly<Record<UninstallOutcome, number>>;
	/** What the plan was made for; quoted when it is carried out. */
	readonly state: string;
}

/** What an uninstallation would take away, put back and leave. Nothing is written. */
export async function planUninstall(
	ctx: Context,
	actor: Actor,
	input: PlanUninstall
): Promise<UninstallPlan> {
	admitActor(ctx, actor, 'pack.read');
	return (await prepareUninstall(ctx.db.read, input.pack)).plan;
}

export interface PreparedUninstall {
	readonly installed: InstalledRow;
	readonly plan: UninstallPlan;
	readonly present: ReadonlyMap<string, PresentPart>;
	/** What the pack replaced, by `kind:id`. */
	readonly before: Readonly<Record<string, PresentPart>>;
}

/** The plan with what it was made from. */
export async function prepareUninstall(
	queries: Queries,
	packId: string
): Promise<PreparedUninstall> {
	const installed = await getInstalled(queries, packId);
	const pack = await installedPack(installed);
	const present = await presentParts(queries);
	const before = installed.replaced as unknown as Readonly<Record<string, PresentPart>>;
	const ownValues = await paramsWithOwnValues(queries, packId);
	const parts = packParts(pack).map(({ kind, id, name, content }) => {
		const key = `${kind}:${id}`;
		const here = present.get(key);
		const stays = here
			? reasonToStay(here, sameJson(here.content, content), packId, ownValues)
			: null;
		return { kind, id, name, key, isGone: !here, stays };
	});
	const leaving = new Set(
		parts.filter(({ isGone, stays }) => !isGone && !stays).map(({ key }) => key)
	);
	// What is put back stays in another form, so nobody who uses it loses it.
	const uses = await partUses(queries, leaving);
	const planned = parts.map(({ kind, id, name, key, isGone, stays }): UninstalledPart => {
		if (isGone) return { kind, id, name, outcome: 'gone', because: null };
		if (stays) return { kind, id, name, outcome: 'changed', because: stays };
		if (before[key]) return { kind, id, name, outcome: 'restored', because: null };
		const use = uses.get(key);
		if (use) return { kind, id, name, outcome: 'used', because: use };
		return { kind, id, name, outcome: 'retired', because: null };
	});
	const count = (outcome: UninstallOutcome): number =>
		planned.filter((part) => part.outcome === outcome).length;
	return {
		installed,
		present,
		before,
		plan: {
			pack: packId,
			name: pack.manifest.name,
			version: installed.version,
			parts: planned,
			counts: {
				retired: count('retired'),
				restored: count('restored'),
				changed: count('changed'),
				used: count('used'),
				gone: count('gone')
			},
			state: sha256Hex(
				canonicalJson([
					installed.id,
					[...present].map(([key, { content }]) => [key, partHash(content)]).sort(),
					planned.map(({ kind, id, outcome }) => [kind, id, outcome])
				])
			)
		}
	};
}

const CHANGED: LocalText = { 'zh-CN': '客户改过', en: 'the client changed it' };
const EARLIER: LocalText = {
	'zh-CN': '安装之前就有',
	en: 'it was here before the pack'
};
const OWN_VALUES: LocalText = {
	'zh-CN': '客户填过自己的数值',
	en: 'the client gave it values of its own'
};

function reasonToStay(
	{ kind, id, origin }: PresentPart,
	isSame: boolean,
	packId: string,
	ownValues: ReadonlySet<string>
): LocalText | null {
	if (!isSame) return CHANGED;
	if (origin?.pack !== packId) return EARLIER;
	if (kind === 'param' && ownValues.has(id)) return OWN_VALUES;
	return null;
}

/** Parameters with a value that did not come from the pack. */
async function paramsWithOwnValues(queries: Queries, packId: string): Promise<Set<string>> {
	const rows = await queries
		.select({ id: parameterValues.parameterId, source: parameterValues.source })
		.from(parameterValues)
		.where(isNull(parameterValues.withdrawnAt));
	return new Set(rows.filter(({ source }) => source !== `pack:${packId}`).map(({ id }) => id));
}
