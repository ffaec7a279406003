/** A later version of a shipped pack, made from its files, as its authors would send it. */
import { parsePack } from '../../../src/lib/packs/parse-pack.ts';
import { runPackTests } from '../../../src/lib/packs/run-pack-tests.ts';
import { writeArchive } from '../../../src/lib/server/packs/archive/write-archive.ts';
import { packFiles } from './packs.ts';

/** A text of a file and what stands there in the later version. */
export type FileEdit = readonly [path: string, before: string, after: string];

/** The archive of a later version. Sentences that the changes make untrue leave with the old version. */
export function newerPack(id: string, version: string, edits: readonly FileEdit[]): Buffer {
	const files = packFiles(id);
	const edit = (path: string, change: (text: string) => string): void => {
		files.set(path, change(files.get(path) ?? ''));
	};
	edit('pack.yaml', (text) => text.replace(/^version: .*$/m, `version: ${version}`));
	for (const [path, before, after] of edits) {
		edit(path, (text) => {
			if (!text.includes(before)) throw new Error(`${path} does not say: ${before}`);
			return text.replace(before, after);
		});
	}
	const draft = parsePack(files);
	if (!draft.pack) throw new Error(JSON.stringify(draft.findings.slice(0, 3)));
	const untrue = runPackTests(draft.pack).results.filter(({ verdict }) => verdict !== 'PASS');
	for (const path of files.keys()) {
		const lines = untrue.filter(({ file }) => file === path).flatMap(({ line }) => line ?? []);
		if (lines.length > 0) edit(path, (text) => withoutSentences(text, lines));
	}
	const { pack } = parsePack(files);
	if (!pack) throw new Error(`${id} ${version} is no valid pack.`);
	return Buffer.from(writeArchive(pack, files));
}

/** A file of tests without the sentences that stand at these lines; each begins with its name. */
function withoutSentences(text: string, lines: readonly number[]): string {
	let first = 1;
	return text
		.split(/(?=^- name:)/m)
		.filter((sentence) => {
			const begins = first;
			first += sentence.split('\n').length - 1;
			return !lines.some((line) => line >= begins && line < first);
		})
		.join('');
}
