/** What a pack's CHANGELOG says about the versions between two. */
import { compareVersions, parseVersion } from './semver.ts';

export interface ChangelogEntry {
	readonly version: string;
	/** Paragraphs and points as they were written, without the marks of lists. */
	readonly lines: readonly string[];
}

const HEADING = /^##\s+\[?v?(\d+\.\d+\.\d+[^\s\]]*)\]?/;

/** The sections of versions after `from` up to and including `to`, newest first. */
export function changelogBetween(changelog: string, from: string, to: string): ChangelogEntry[] {
	const [low, high] = [parseVersion(from), parseVersion(to)];
	if (!low || !high) return [];
	return sectionsOf(changelog).filter(({ version }) => {
		const own = parseVersion(version);
		return own !== null && compareVersions(own, low) > 0 && compareVersions(own, high) <= 0;
	});
}

function sectionsOf(changelog: string): ChangelogEntry[] {
	const sections: { version: string; lines: string[] }[] = [];
	for (const line of changelog.split(/\r?\n/)) {
		const version = HEADING.exec(line)?.[1];
		if (version !== undefined) sections.push({ version, lines: [] });
		else if (line.trim() !== '') sections.at(-1)?.lines.push(line.replace(/^\s*[-*]\s+/, ''));
	}
	return sections;
}
