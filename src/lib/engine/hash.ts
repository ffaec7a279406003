/**
 * SHA-256, synchronous and the same in browser and server: `crypto.subtle` is absent on plain http.
 * The only file of the engine that imports anything from outside it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** A running hash, for data that is too large to hold as one text. */
export interface Hasher {
	update(input: string | Uint8Array): Hasher;
	hex(): string;
}

function toBytes(input: string | Uint8Array): Uint8Array {
	return typeof input === 'string' ? utf8ToBytes(input) : input;
}

/** SHA-256 of a text (as UTF-8) or of bytes, as 64 lower-case hexadecimal digits. */
export function sha256Hex(input: string | Uint8Array): string {
	return bytesToHex(sha256(toBytes(input)));
}

/** Starts a SHA-256 that is fed piece by piece. */
export function createHasher(): Hasher {
	const state = sha256.create();
	const hasher: Hasher = {
		update(input) {
			state.update(toBytes(input));
			return hasher;
		},
		hex: () => bytesToHex(state.digest())
	};
	return hasher;
}
