/** `quanheng pack build|keygen|sample`: what is made of a pack. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sha256Hex } from '#lib/engine/hash.ts';
import { runPackTests } from '#lib/packs/run-pack-tests.ts';
import { generateSample } from '#lib/packs/sample/generate-sample.ts';
import { sampleCsv } from '#lib/packs/sample/sample-csv.ts';
import { makeKeys, readSigningKey, type SigningKey } from '#lib/server/packs/archive/keys.ts';
import { writeArchive } from '#lib/server/packs/archive/write-archive.ts';
import { failure } from './failure.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import { writeOutput } from './outputs.ts';
import { readBytes, soundInput } from './pack-input.ts';
import { printDiagnostics } from './print-diagnostics.ts';

export interface BuildOptions {
	readonly locale?: string;
	readonly json?: boolean;
	readonly out?: string;
	readonly key?: string;
	readonly dryRun?: boolean;
}

/** Makes the archive of a pack whose sentences all hold. */
export async function runBuild(io: Io, folder: string, options: BuildOptions): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	const { pack, files, findings } = await soundInput(io, folder);
	if (!options.json) await printDiagnostics(io, findings, { locale, json: false });
	const tests = runPackTests(pack);
	if (tests.failed + tests.errors > 0) {
		throw failure('tests_failed', { failed: tests.failed, errors: tests.errors });
	}
	const key = options.key === undefined ? null : await signingKey(io, options.key);
	const { id, version } = pack.manifest;
	const target = options.out ?? `${id}-${version}.zip`;
	const archive = writeArchive(pack, files, key);
	const paths = [...files.keys()].sort();
	if (!options.dryRun) await writeBytes(io, target, archive);
	const about = {
		file: target,
		bytes: archive.length,
		sha256: sha256Hex(archive),
		pack: id,
		version,
		hash: pack.hash,
		signer: key?.fingerprint ?? null,
		files: paths
	};
	if (options.json) await io.write(`${JSON.stringify(about, null, '\t')}\n`);
	else if (options.dryRun) await io.write(`${target}\n${paths.join('\n')}\n`);
	else await io.write(`${target} ${about.bytes} ${about.sha256}\n`);
	return EXIT.done;
}

async function signingKey(io: Io, path: string): Promise<SigningKey> {
	const key = readSigningKey(Buffer.from(await readBytes(io, path)).toString('utf8'));
	if (!key) throw failure('key_wrong', { path });
	return key;
}

export interface KeygenOptions {
	readonly name: string;
	readonly until?: string;
	readonly dryRun?: boolean;
}

/** Makes a pair of keys: `<file>.key` stays with the author, `<file>.pub.json` goes to who trusts it. */
export async function runKeygen(io: Io, file: string, options: KeygenOptions): Promise<ExitCode> {
	if (options.until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(options.until)) {
		throw failure('option_wrong', {
			option: '--until',
			expected: '2027-12-31',
			found: options.until,
			command: 'pack keygen'
		});
	}
	const { privatePem, publicFile, fingerprint } = makeKeys(options.name, options.until);
	if (!options.dryRun) {
		await writeBytes(io, `${file}.key`, new TextEncoder().encode(privatePem), 0o600);
		const text = `${JSON.stringify(publicFile, null, '\t')}\n`;
		await writeBytes(io, `${file}.pub.json`, new TextEncoder().encode(text));
	}
	await io.write(`${file}.key\n${file}.pub.json ${fingerprint}\n`);
	return EXIT.done;
}

/** Writes a new file; a key that is there already is never written over. */
async function writeBytes(io: Io, target: string, bytes: Uint8Array, mode?: number): Promise<void> {
	try {
		const how = mode === undefined ? {} : { mode, flag: 'wx' };
		await writeFile(resolve(io.cwd, target), bytes, how);
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		throw failure('file_unwritable', { path: target, problem });
	}
}

/** Writes the exports of a pack's sample client. */
export async function runSample(io: Io, folder: string, options: BuildOptions): Promise<ExitCode> {
	const { pack } = await soundInput(io, folder);
	if (!pack.generator) throw failure('no_sample', { pack: pack.manifest.id });
	const target = options.out ?? '.';
	const files = Object.entries(sampleCsv(generateSample(pack.generator), pack.metrics));
	if (!options.dryRun) {
		await mkdir(resolve(io.cwd, target), { recursive: true });
		for (const [name, text] of files) await writeOutput(io, join(target, name), [text]);
	}
	await io.write(files.map(([name]) => `${join(target, name)}\n`).join(''));
	return EXIT.done;
}
