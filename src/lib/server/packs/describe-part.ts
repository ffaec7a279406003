import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Dictionary, Json } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { packDictionary } from '#lib/packs/dictionary.ts';
import { partDifferences } from '#lib/packs/part-differences.ts';
import { packParts, type PackPartKind } from '#lib/packs/plan-install.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { offeredPack } from './offered-packs.ts';
import { presentParts } from './present-parts.ts';

export interface DescribePart {
	readonly pack: string;
	readonly version?: string;
	readonly kind: PackPartKind;
	readonly id: string;
}

export interface PartDescription {
	readonly kind: PackPartKind;
	readonly id: string;
	readonly name: LocalText;
	/** The part as the pack has it. */
	readonly definition: Json;
	/** What the pack would change of what the client has, in words; null where it has none. */
	readonly differences: readonly LocalText[] | null;
	/** What names in rules mean. */
	readonly metrics: readonly MetricDefinition[];
	readonly dictionary: Dictionary;
}

/** One part of a pack, to be read before it is installed. */
export async function describePart(
	ctx: Context,
	actor: Actor,
	input: DescribePart
): Promise<PartDescription> {
	admitActor(ctx, actor, 'pack.read');
	const { pack } = await offeredPack(ctx.db.read, { pack: input.pack, version: input.version });
	const part = packParts(pack).find(({ kind, id }) => kind === input.kind && id === input.id);
	if (!part) throw refuse(commonProblems, 'not_found');
	const present = (await presentParts(ctx.db.read)).get(`${part.kind}:${part.id}`);
	const dictionary = packDictionary(pack.manifest, pack.metrics);
	const param = pack.manifest.params.find(({ id }) => part.kind === 'param' && id === part.id);
	return {
		kind: part.kind,
		id: part.id,
		name: part.name,
		// A parameter of the manifest was read from YAML, so it is JSON.
		definition: param ? (param as unknown as Json) : part.content,
		differences: present
			? partDifferences(part.kind, present.content, part.content, {
					metrics: pack.metrics,
					dictionary
				})
			: null,
		metrics: part.kind === 'scheme' ? [...pack.metrics.values()] : [],
		dictionary
	};
}
