/** Keys that sign packs: Ed25519, made here, kept as files, trusted by putting the public one in a folder. */
import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	sign,
	verify,
	type KeyObject
} from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { sha256Hex } from '#lib/engine/hash.ts';

/** A public key that an instance trusts, as its file says. */
const publicKeyFile = v.strictObject({
	name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120)),
	algorithm: v.literal('ed25519'),
	/** SubjectPublicKeyInfo in base64. */
	public_key: v.pipe(v.string(), v.base64()),
	/** Last day on which what it signed is taken. */
	valid_until: v.optional(v.pipe(v.string(), v.isoDate()))
});
export type PublicKeyFile = v.InferOutput<typeof publicKeyFile>;

export interface TrustedKey {
	readonly name: string;
	readonly fingerprint: string;
	readonly key: KeyObject;
	readonly validUntil: string | null;
}

export interface SigningKey {
	readonly fingerprint: string;
	readonly key: KeyObject;
}

/** A new pair: the private key as PEM, the public one as the file that others trust. */
export function makeKeys(
	name: string,
	validUntil?: string
): {
	readonly privatePem: string;
	readonly publicFile: PublicKeyFile;
	readonly fingerprint: string;
} {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	return {
		privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
		publicFile: {
			name,
			algorithm: 'ed25519',
			public_key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
			...(validUntil === undefined ? {} : { valid_until: validUntil })
		},
		fingerprint: fingerprintOf(publicKey)
	};
}

/** Reads a private key; null for anything that is not one of Ed25519. */
export function readSigningKey(pem: string): SigningKey | null {
	try {
		const key = createPrivateKey(pem);
		if (key.asymmetricKeyType !== 'ed25519') return null;
		return { key, fingerprint: fingerprintOf(createPublicKey(key)) };
	} catch {
		return null;
	}
}

/** Reads the file of a trusted key; null where it is none. */
export function readTrustedKey(text: string): TrustedKey | null {
	try {
		const file = v.parse(publicKeyFile, JSON.parse(text));
		const key = createPublicKey({
			key: Buffer.from(file.public_key, 'base64'),
			format: 'der',
			type: 'spki'
		});
		if (key.asymmetricKeyType !== 'ed25519') return null;
		return {
			name: file.name,
			fingerprint: fingerprintOf(key),
			key,
			validUntil: file.valid_until ?? null
		};
	} catch {
		return null;
	}
}

/** Folder of trusted keys inside the data directory. */
const KEYS_FOLDER = 'pack-keys';

/** The keys that this instance trusts. A file that is no key trusts nobody. */
export async function trustedKeys(dataDir: string): Promise<TrustedKey[]> {
	const folder = join(dataDir, KEYS_FOLDER);
	const names = await readdir(folder).catch(() => []);
	const keys = await Promise.all(
		names
			.filter((name) => name.endsWith('.json'))
			.sort()
			.map(async (name) => readTrustedKey(await readFile(join(folder, name), 'utf8')))
	);
	return keys.filter((key) => key !== null);
}

/** Says what the signature is about, so that it fits nothing else. */
const PREFIX = 'quanheng pack manifest\n';

export function signManifest(manifest: string, { key }: SigningKey): string {
	return sign(null, Buffer.from(PREFIX + sha256Hex(manifest)), key).toString('base64');
}

export function isSignedBy(manifest: string, signature: string, { key }: TrustedKey): boolean {
	return verify(
		null,
		Buffer.from(PREFIX + sha256Hex(manifest)),
		key,
		Buffer.from(signature, 'base64')
	);
}

/** Short enough to be read aloud, long enough to be nobody else's. */
function fingerprintOf(key: KeyObject): string {
	return sha256Hex(key.export({ format: 'der', type: 'spki' })).slice(0, 32);
}
