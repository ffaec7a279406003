/**
 * What installing a pack at a client would do, before anything is written: what it adds, what is
 * there already, what the client has in another form, and which data nobody supplies yet.
 */
import { sha256Hex } from '#lib/engine/hash.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PackField } from './answers.ts';
import { packNeeds, type ClientData, type DataNeed } from './needs.ts';
import type { ImportPreset, Pack } from './pack.ts';
import { packForm } from './pack-form.ts';

/** A `value` is the name that people read for a value of an attribute, such as a position. */
export const PACK_PART_KINDS = ['metric', 'record', 'scheme', 'preset', 'param', 'value'] as const;
export type PackPartKind = (typeof PACK_PART_KINDS)[number];

/** What a client has now, as hashes of canonical JSON. */
export interface ClientPackState {
	readonly parts: Readonly<Record<PackPartKind, ReadonlyMap<string, string>>>;
	/** What the client has data of. */
	readonly data: ClientData;
	readonly installed: { readonly version: string; readonly hash: string } | null;
}

export interface PlannedPart {
	readonly kind: PackPartKind;
	readonly id: string;
	readonly name: LocalText;
	/** `added`: new here. `same`: exactly this is here. `conflict`: the client has another one. */
	readonly outcome: 'added' | 'same' | 'conflict';
}

export interface MissingData {
	readonly path: string;
	readonly name: LocalText | null;
	/** Schemes that cannot score without it. */
	readonly schemes: readonly string[];
}

export interface InstallPlan {
	readonly pack: string;
	readonly version: string;
	readonly hash: string;
	/** The very same files are installed: installing again changes nothing. */
	readonly isInstalled: boolean;
	readonly replaces: string | null;
	readonly parts: readonly PlannedPart[];
	readonly counts: Readonly<Record<PlannedPart['outcome'], number>>;
	readonly missing: readonly MissingData[];
	/** Everything the schemes read, missing or not, by path. */
	readonly needs: readonly DataNeed[];
	/** What is asked at installation. */
	readonly form: readonly PackField[];
}

/** Hash by which a part of a pack is compared with what a client has. */
export function partHash(part: Json): string {
	return sha256Hex(canonicalJson(part));
}

/** A preset without its id: plain JSON. */
export function presetJson(preset: ImportPreset): Json {
	return {
		name: { ...preset.name },
		for: preset.for,
		match: preset.match,
		columns: Object.fromEntries(
			[...preset.columns].map(([target, column]) => [
				target,
				{
					aliases: column.aliases,
					...(column.transform ? { transform: column.transform } : {})
				}
			])
		),
		...(preset.period ? { period: { ...preset.period } } : {})
	};
}

interface Part {
	readonly kind: PackPartKind;
	readonly id: string;
	readonly name: LocalText;
	readonly content: Json;
}

/** Every part of a pack with the content by which it is compared. */
export function packParts(pack: Pack): readonly Part[] {
	// Definitions were read from JSON or YAML, so they are JSON; their interfaces only lack the index signature.
	const json = (value: unknown): Json => value as Json;
	return [
		...[...pack.metrics.values()].map((metric) => ({
			kind: 'metric' as const,
			id: metric.id,
			name: metric.name,
			content: json(metric)
		})),
		...[...pack.records.values()].map((record) => ({
			kind: 'record' as const,
			id: record.id,
			name: record.name,
			content: json(record)
		})),
		...[...pack.schemes].map(([id, scheme]) => ({
			kind: 'scheme' as const,
			id,
			name: scheme.document.name,
			content: scheme.source
		})),
		...[...pack.presets.values()].map((preset) => ({
			kind: 'preset' as const,
			id: preset.id,
			name: preset.name,
			content: presetJson(preset)
		})),
		...pack.manifest.params.map((param) => ({
			kind: 'param' as const,
			id: param.id,
			name: param.name,
			// The client's own value is no conflict: only name and unit belong to the pack.
			content: json({ name: param.name, unit: param.unit })
		})),
		...pack.manifest.requires.attributes.flatMap((attribute) =>
			(attribute.values ?? []).flatMap((value) =>
				typeof value === 'string'
					? []
					: [
							{
								kind: 'value' as const,
								id: valuePartId(attribute.id, value.value),
								name: value.name,
								content: json({ name: value.name })
							}
						]
			)
		)
	];
}

/** A name belongs to one value of one attribute: `position/sales`. */
export function valuePartId(attribute: string, value: string): string {
	return `${attribute}/${value}`;
}

/** The attribute and the value that a name belongs to. */
export function valueOfPart(id: string): { readonly attribute: string; readonly value: string } {
	const at = id.indexOf('/');
	return { attribute: id.slice(0, at), value: id.slice(at + 1) };
}

/** Plans the installation of a pack at a client. */
export function planInstall(pack: Pack, client: ClientPackState): InstallPlan {
	const parts = packParts(pack).map(({ kind, id, name, content }): PlannedPart => {
		const present = client.parts[kind].get(id);
		const outcome =
			present === undefined ? 'added' : present === partHash(content) ? 'same' : 'conflict';
		return { kind, id, name, outcome };
	});
	const needs = packNeeds(pack, client.data);
	const count = (outcome: PlannedPart['outcome']): number =>
		parts.filter((part) => part.outcome === outcome).length;
	return {
		pack: pack.manifest.id,
		version: pack.manifest.version,
		hash: pack.hash,
		isInstalled: client.installed?.hash === pack.hash,
		replaces:
			client.installed && client.installed.hash !== pack.hash ? client.installed.version : null,
		parts,
		counts: { added: count('added'), same: count('same'), conflict: count('conflict') },
		missing: needs
			.filter(({ have, schemes }) => have === null && schemes.length > 0)
			.map(({ path, name, schemes }) => ({ path, name, schemes })),
		needs,
		form: packForm(pack)
	};
}
