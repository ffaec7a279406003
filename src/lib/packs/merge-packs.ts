/**
 * Three-way merge of a pack at a client: the version installed, the version offered, and what the
 * client has today. Parts are matched by kind and id, schemes and definitions merged by place. What
 * only one side changed is taken without a question, so no edit of either side is lost silently.
 */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { DiffOptions } from '#lib/engine/revise/diff.ts';
import { sameJson } from '#lib/engine/revise/sections.ts';
import { mergePart, type PartMerge, type PartSides } from './merge-part.ts';
import type { ConflictChoice, MergedKind, MergedPart } from './merge-types.ts';
import type { Pack } from './pack.ts';
import { packParts } from './plan-install.ts';

/** A scheme that the client works with and that came from the pack. */
export interface SchemeInUse {
	readonly schemeId: string;
	/** Id of the pack's scheme it descends from. */
	readonly packScheme: string;
	readonly name: LocalText;
	/** Its newest state: the open draft, else the newest version. */
	readonly document: Json;
}

export interface PackMergeInput {
	/** The pack as it was installed, answers applied. */
	readonly base: Pack;
	/** The pack as it is offered, the same answers applied. */
	readonly offered: Pack;
	/** What the client has of each part, by `kind:id`; absent where it has none. */
	readonly present: ReadonlyMap<string, Json>;
	readonly inUse: readonly SchemeInUse[];
	/** Parts that something at the client needs, and what, by `kind:id`. */
	readonly uses?: ReadonlyMap<string, LocalText>;
	/** For each conflict, by its id. What is not chosen stays as the client has it. */
	readonly choices?: Readonly<Record<string, ConflictChoice>>;
	/** Names for sentences about rules. */
	readonly words?: DiffOptions;
}

export interface PackMerge {
	readonly parts: readonly MergedPart[];
	/** What the client has afterwards, by `kind:id`, where that is not what it has now; null: gone. */
	readonly results: ReadonlyMap<string, Json | null>;
	/** Conflicts that nobody decided. */
	readonly undecided: readonly string[];
}

interface OnePart extends PartSides {
	readonly kind: MergedKind;
	readonly id: string;
	readonly name: LocalText;
}

/** Merges; pure, and the same for the same input. */
export function mergePacks(input: PackMergeInput): PackMerge {
	const merges = partsOf(input).map((part) => ({
		part,
		merge: mergePart(part, {
			choices: input.choices ?? {},
			usedBy: input.uses?.get(keyOf(part)) ?? null,
			words: input.words ?? {}
		})
	}));
	return {
		parts: merges.map(({ part, merge }) => described(part, merge)),
		results: new Map(
			merges.flatMap(({ part, merge }) =>
				sameJson(merge.result, part.ours) ? [] : [[keyOf(part), merge.result ?? null] as const]
			)
		),
		undecided: merges.flatMap(({ merge }) =>
			merge.conflicts.map(({ id }) => id).filter((id) => input.choices?.[id] === undefined)
		)
	};
}

function keyOf({ kind, id }: { readonly kind: MergedKind; readonly id: string }): string {
	return `${kind}:${id}`;
}

function described({ kind, id, name }: OnePart, merge: PartMerge): MergedPart {
	const { outcome, changedBy, sentences, conflicts } = merge;
	return { kind, id, name, outcome, changedBy, sentences, conflicts };
}

/** Every part that one of the two packs has, and every scheme in use; the pack's order first. */
function partsOf({ base, offered, present, inUse }: PackMergeInput): OnePart[] {
	const old = new Map(packParts(base).map((part) => [keyOf(part), part]));
	const next = new Map(packParts(offered).map((part) => [keyOf(part), part]));
	const parts = [...next.values(), ...[...old.values()].filter((part) => !next.has(keyOf(part)))];
	return [
		...parts.map(({ kind, id, name }): OnePart => {
			const key = `${kind}:${id}`;
			return {
				kind,
				id,
				name,
				...sides(old.get(key)?.content, present.get(key), next.get(key)?.content)
			};
		}),
		...inUse.map(({ schemeId, packScheme, name, document }): OnePart => ({
			kind: 'use',
			id: schemeId,
			name,
			...sides(
				old.get(`scheme:${packScheme}`)?.content,
				document,
				next.get(`scheme:${packScheme}`)?.content
			)
		}))
	];
}

function sides(
	base: Json | undefined,
	ours: Json | undefined,
	theirs: Json | undefined
): PartSides {
	return {
		...(base === undefined ? {} : { base }),
		...(ours === undefined ? {} : { ours }),
		...(theirs === undefined ? {} : { theirs })
	};
}
