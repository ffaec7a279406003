/** What can be said of a pack without running its tests: structure, references, and its schemes. */
import { packDictionary } from './dictionary.ts';
import { FileReport, type PackFinding } from './finding.ts';
import type { Pack } from './pack.ts';
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
