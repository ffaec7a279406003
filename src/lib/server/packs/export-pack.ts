import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PackTestReport } from '#lib/packs/run-pack-tests.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import type { Actor, Context } from '../context.ts';

export interface ExportPack {
	/** Id of the pack that is made, in kebab-case. */
	readonly id: string;
	readonly version: string;
	readonly name: LocalText;
	readonly description: LocalText;
	readonly industry: string;
	readonly authors: readonly string[];
	readonly licence?: string;
	/** Schemes to take along, each from its newest version or from a draft. */
	readonly schemes: readonly { readonly schemeId: string; readonly draftId?: string }[];
	/** Metrics beyond those that the schemes need. */
	readonly metrics?: readonly string[];
	/** Import presets to take along; all unless given. */
	readonly presets?: readonly string[];
}

export interface PackExported {
	readonly files: PackFiles;
	readonly hash: string;
	/** The zip with its manifest of hashes. */
	readonly archive: Uint8Array;
	readonly fileName: string;
	readonly tests: PackTestReport;
}

/** Makes a pack of a client's own schemes and metrics, with nobody's name or pay in it. */
export async function exportPack(
	ctx: Context,
	actor: Actor,
	input: ExportPack
): Promise<PackExported> {
	throw new Error(`Not yet: ${ctx.clientId} ${actor.userId} ${input.id}`);
}
