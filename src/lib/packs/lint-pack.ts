/** What can be said of a pack without running its tests: structure, references, and its schemes. */
import { analyseScheme } from '#lib/engine/analyse/analyse.ts';
import { packDictionary } from './dictionary.ts';
import { FileReport, type PackFinding } from './finding.ts';
import { readJson } from './json.ts';
import type { Pack, PackScheme } from './pack.ts';
import { parsePack, type PackFiles, type ParsePackOptions } from './parse-pack.ts';

export interface PackLint {
	readonly pack: Pack | null;
	readonly findings: readonly PackFinding[];
}

/** Reads a pack and lets the checker judge every scheme of it. */
export function lintPack(files: PackFiles, options: ParsePackOptions = {}): PackLint {
	const { pack, findings } = parsePack(files, options);
	if (!pack) return { pack, findings };
	const all = [...findings];
	checkGiven(pack, all);
	for (const scheme of pack.schemes.values()) analyse(pack, scheme, files, all);
	return { pack, findings: all };
}

/** A misspelt variable in a test is missing, and the test would silently test something else. */
function checkGiven(pack: Pack, findings: PackFinding[]): void {
	const dictionary = packDictionary(pack.manifest, pack.metrics);
	for (const test of pack.tests) {
		const report = new FileReport(test.file, findings);
		for (const path of Object.keys(test.given)) {
			if (!dictionary.has(path)) {
				report.add('test_given_unknown', `${test.at}/given`, { path }, test.line);
			}
		}
	}
}

function analyse(pack: Pack, scheme: PackScheme, files: PackFiles, findings: PackFinding[]): void {
	const { diagnostics } = analyseScheme(scheme.document, {
		metrics: pack.metrics,
		dictionary: packDictionary(pack.manifest, pack.metrics)
	});
	const { lineOf } = readJson(files.get(scheme.file) ?? '', scheme.file, []);
	const known = new Set(
		findings
			.filter((finding) => finding.file === scheme.file)
			.map((finding) => `${finding.code} ${finding.at}`)
	);
	new FileReport(scheme.file, findings, lineOf).adopt(
		diagnostics.filter((found) => !known.has(`${found.code} ${found.at}`))
	);
}
