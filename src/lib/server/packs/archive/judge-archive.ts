/** Everything that is asked of a pack's archive before it may be kept: bytes, words, rules, sentences. */
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PackFinding } from '#lib/packs/finding.ts';
import { lintPack } from '#lib/packs/lint-pack.ts';
import type { Pack } from '#lib/packs/pack.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import { runPackTests, type TestResult } from '#lib/packs/run-pack-tests.ts';
import { foundWords } from '#lib/packs/fields.ts';
import { report } from './look-into.ts';
import { MANIFEST_FILE } from './manifest.ts';
import { readArchive, type Trust } from './read-archive.ts';

export interface JudgedArchive {
	/** Null when any finding is an error. */
	readonly pack: Pack | null;
	readonly files: PackFiles;
	readonly signer: string | null;
	readonly findings: readonly PackFinding[];
}

/** Judges an archive as a whole. Warnings of the checker do not refuse, errors do. */
export async function judgeArchive(bytes: Uint8Array, trust: Trust): Promise<JudgedArchive> {
	const archive = await readArchive(bytes, trust);
	if (!archive.files || !archive.manifest) {
		return { pack: null, files: new Map(), signer: null, findings: archive.findings };
	}
	const { pack, findings: found } = lintPack(archive.files);
	const findings = [...archive.findings, ...found];
	if (pack) {
		const { id, version } = pack.manifest;
		const says = { pack: id, version, hash: pack.hash };
		for (const field of ['pack', 'version', 'hash'] as const) {
			if (archive.manifest[field] === says[field]) continue;
			report(findings, MANIFEST_FILE, 'manifest_refused', {
				field,
				expected: says[field],
				expected_zh: says[field],
				found: foundWords(archive.manifest[field])
			});
		}
		for (const result of runPackTests(pack).results) {
			if (result.verdict === 'PASS') continue;
			report(findings, result.file, 'pack_test_fails', {
				name: result.name,
				problem: problemOf(result)
			});
		}
	}
	return {
		pack: hasErrors(findings) ? null : pack,
		files: archive.files,
		signer: archive.signer,
		findings
	};
}

function problemOf({ error, mismatches }: TestResult): string {
	if (error !== undefined) return error;
	return mismatches
		.map(({ field, expected, found }) => `${field}: ${foundWords(expected)} ≠ ${foundWords(found)}`)
		.join('; ');
}
