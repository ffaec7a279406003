/** The merge of one part of a pack: what happens to it, and what somebody has to choose. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { diffSchemes, type DiffOptions } from '#lib/engine/revise/diff.ts';
import { mergeSchemes, type MergeConflict } from '#lib/engine/revise/merge.ts';
import { takeTheirs } from '#lib/engine/revise/resolve.ts';
import { sameJson } from '#lib/engine/revise/sections.ts';
import { isObject } from './fields.ts';
import { isValidDefinition } from './definitions.ts';
import { mergeFields, takeFields } from './merge-fields.ts';
import type { ConflictChoice, MergedKind, MergedPart, PackConflict } from './merge-types.ts';
import {
	BROUGHT,
	changeWords,
	OWN_DEFINITION,
	placeWords,
	REMOVED_HERE,
	REMOVED_UPSTREAM,
	UNCHANGED
} from './merge-words.ts';

/** The three sides of a part; absent where it does not exist. */
export interface PartSides {
	readonly base?: Json;
	readonly ours?: Json;
	readonly theirs?: Json;
}

export interface PartMerge extends Omit<MergedPart, 'kind' | 'id' | 'name'> {
	/** What the client has afterwards; absent where it has none. */
	readonly result?: Json;
}

interface MergeContext {
	readonly choices: Readonly<Record<string, ConflictChoice>>;
	readonly usedBy: LocalText | null;
	readonly words: DiffOptions;
}

interface Part extends PartSides {
	readonly kind: MergedKind;
	readonly id: string;
	readonly name: LocalText;
}

/** Merges one part. */
export function mergePart(part: Part, context: MergeContext): PartMerge {
	const { base, ours, theirs } = part;
	if (base === undefined) return broughtAnew(part, context);
	if (theirs === undefined) return removedUpstream(part, context);
	if (ours === undefined) return removedHere(part, context);
	if (part.kind === 'use' || part.kind === 'scheme') {
		return mergedScheme(part, { base, ours, theirs }, context);
	}
	if (isObject(base) && isObject(ours) && isObject(theirs)) {
		return mergedDefinition(part, { base, ours, theirs }, context);
	}
	throw new Error(`${part.kind} ${part.id} is no definition.`);
}

/** The outcome of a part that nobody has to be asked about. */
function settled(
	outcome: MergedPart['outcome'],
	changedBy: MergedPart['changedBy'],
	result: Json | undefined,
	sentences: readonly LocalText[] = []
): PartMerge {
	return {
		outcome,
		changedBy,
		sentences,
		conflicts: [],
		...(result === undefined ? {} : { result })
	};
}

/** A conflict about a part as a whole. */
function wholeConflict(
	part: Part,
	reason: PackConflict['reason'],
	sentences: PackConflict['sentences'],
	{ choices }: MergeContext
): PartMerge {
	const { base, ours, theirs } = part;
	const id = `${part.kind}:${part.id}`;
	const result = choices[id] === 'theirs' ? theirs : ours;
	return {
		outcome: 'conflict',
		changedBy: 'both',
		sentences: [],
		conflicts: [
			{
				id,
				reason,
				place: part.name,
				...(base === undefined ? {} : { base }),
				...(ours === undefined ? {} : { ours }),
				...(theirs === undefined ? {} : { theirs }),
				sentences
			}
		],
		...(result === undefined ? {} : { result })
	};
}

function broughtAnew(part: Part, context: MergeContext): PartMerge {
	const { ours, theirs } = part;
	if (ours === undefined) return settled('added', 'pack', theirs);
	// A scheme in use whose pack never had a base of it is the client's own.
	if (theirs === undefined || part.kind === 'use') return settled('kept', 'client', ours);
	if (sameJson(ours, theirs)) return settled('same', null, ours);
	return wholeConflict(part, 'both_added', { ours: OWN_DEFINITION, theirs: BROUGHT }, context);
}

function removedUpstream({ kind, base, ours }: Part, { usedBy }: MergeContext): PartMerge {
	if (ours === undefined) return settled('same', 'pack', undefined);
	if (kind === 'use') return settled('kept', 'pack', ours, [REMOVED_UPSTREAM]);
	if (!sameJson(base, ours)) return settled('kept', 'both', ours, [REMOVED_UPSTREAM]);
	if (usedBy) return settled('kept', 'pack', ours, [REMOVED_UPSTREAM, usedBy]);
	return settled('removed', 'pack', undefined, [REMOVED_UPSTREAM]);
}

function removedHere(part: Part, context: MergeContext): PartMerge {
	const { kind, base, theirs } = part;
	if (sameJson(base, theirs)) return settled('kept', 'client', undefined, [REMOVED_HERE]);
	const changes =
		kind === 'scheme'
			? diffSchemes(base, theirs, context.words).map(({ sentence }) => sentence)
			: fieldChanges(base, theirs);
	return wholeConflict(
		part,
		'removed_here',
		{ ours: REMOVED_HERE, theirs: joined(changes) },
		context
	);
}

interface ThreeSides<T> {
	readonly base: T;
	readonly ours: T;
	readonly theirs: T;
}

/** Where a document says which pack it came from; that is no content and is written anew. */
const ORIGIN = 'origin';

function mergedScheme(
	part: Part,
	{ base, ours, theirs }: ThreeSides<Json>,
	{ choices, words }: MergeContext
): PartMerge {
	// A scheme that was taken under another id is still the pack's scheme.
	const id = isObject(base) ? (base['id'] ?? null) : null;
	const plain = (document: Json): Json => {
		if (!isObject(document)) return document;
		const { [ORIGIN]: _origin, ...content } = document;
		return { ...content, id };
	};
	const [from, left, right] = [plain(base), plain(ours), plain(theirs)];
	const { merged, conflicts } = mergeSchemes(from, left, right, words);
	const prefix = `${part.kind}:${part.id}#`;
	const known = new Set<string>();
	const distinct = conflicts.filter((conflict) => {
		const isNew = !known.has(conflict.id);
		known.add(conflict.id);
		return isNew;
	});
	const chosen = distinct.filter((conflict) => choices[prefix + conflict.id] === 'theirs');
	const document = chosen.length > 0 ? takeTheirs(merged, right, chosen) : merged;
	const result = sameJson(document, left) ? ours : withHead(document, ours);
	const sentences = diffSchemes(left, document, words).map(({ sentence }) => sentence);
	return {
		...outcomeOf({ base: from, ours: left, theirs: right }, distinct.length > 0, document),
		sentences,
		conflicts: distinct.map((conflict) => schemeConflict(prefix, conflict)),
		result
	};
}

/** The id and origin of the client's own document stay. */
function withHead(document: Json, ours: Json): Json {
	if (!isObject(document) || !isObject(ours)) return document;
	const origin = ours[ORIGIN];
	return {
		...document,
		...(ours['id'] === undefined ? {} : { id: ours['id'] }),
		...(origin === undefined ? {} : { [ORIGIN]: origin })
	};
}

function schemeConflict(prefix: string, conflict: MergeConflict): PackConflict {
	const { id, reason, place, sentences, base, ours, theirs } = conflict;
	return {
		id: prefix + id,
		reason,
		place,
		...(base === undefined ? {} : { base }),
		...(ours === undefined ? {} : { ours }),
		...(theirs === undefined ? {} : { theirs }),
		sentences
	};
}

function outcomeOf(
	{ base, ours, theirs }: ThreeSides<Json>,
	isConflict: boolean,
	result: Json
): Pick<MergedPart, 'outcome' | 'changedBy'> {
	const byClient = !sameJson(base, ours);
	const byPack = !sameJson(base, theirs);
	const changedBy = byClient ? (byPack ? 'both' : 'client') : byPack ? 'pack' : null;
	if (isConflict) return { outcome: 'conflict', changedBy };
	if (!sameJson(result, ours)) return { outcome: 'merged', changedBy };
	return { outcome: byClient && !sameJson(ours, theirs) ? 'kept' : 'same', changedBy };
}

function mergedDefinition(
	part: Part,
	{ base, ours, theirs }: ThreeSides<JsonObject>,
	{ choices }: MergeContext
): PartMerge {
	const { merged, conflicts } = mergeFields(base, ours, theirs, (definition) =>
		isValidDefinition(part.kind, part.id, definition)
	);
	const idOf = (path: readonly string[]): string => `${part.kind}:${part.id}#${path.join('.')}`;
	const chosen = conflicts
		.map(({ path }) => path)
		.filter((path) => choices[idOf(path)] === 'theirs');
	const result = chosen.length > 0 ? takeFields(merged, theirs, chosen) : merged;
	return {
		...outcomeOf({ base, ours, theirs }, conflicts.length > 0, result),
		sentences: fieldChanges(ours, result),
		conflicts: conflicts.map(({ path, ...conflict }): PackConflict => ({
			...conflict,
			id: idOf(path),
			place: placeWords(path),
			sentences: {
				ours: sameJson(conflict.base, conflict.ours)
					? UNCHANGED
					: changeWords(path, conflict.base, conflict.ours),
				theirs: changeWords(path, conflict.base, conflict.theirs)
			}
		})),
		result
	};
}

/** What differs between two definitions, in words. */
function fieldChanges(before: Json | undefined, after: Json | undefined): LocalText[] {
	if (!isObject(before) || !isObject(after)) return [];
	const { taken } = mergeFields(before, before, after, () => true);
	return taken.map((path) => changeWords(path, valueAt(before, path), valueAt(after, path)));
}

function valueAt(definition: JsonObject, [field = '', id]: readonly string[]): Json | undefined {
	const value = definition[field];
	if (id === undefined || value === undefined) return value;
	if (isObject(value)) return value[id];
	return Array.isArray(value)
		? (value as readonly Json[]).find((element) => isObject(element) && element['id'] === id)
		: undefined;
}

function joined(sentences: readonly LocalText[]): LocalText {
	return {
		'zh-CN': sentences.map((sentence) => sentence['zh-CN']).join('；'),
		en: sentences.map((sentence) => sentence.en).join('; ')
	};
}
