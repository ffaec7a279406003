import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Actor, Context } from '../context.ts';

export interface ReceivePack {
	/** The zip as it came. */
	readonly bytes: Uint8Array;
}

export interface PackReceived {
	readonly pack: string;
	readonly version: string;
	readonly hash: string;
	readonly name: LocalText;
	/** Name of the trusted key that signed it; null for a pack without a signature. */
	readonly signer: string | null;
	/** False when the very same pack was kept already. */
	readonly changed: boolean;
}

/** Judges an archive and keeps it for this client; nothing is installed yet. */
export async function receivePack(
	ctx: Context,
	actor: Actor,
	input: ReceivePack
): Promise<PackReceived> {
	throw new Error(`Not yet: ${ctx.clientId} ${actor.userId} ${input.bytes.length}`);
}
