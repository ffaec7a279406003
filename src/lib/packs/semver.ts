/** Versions of packs and ranges of engine versions, as far as packs use them. */

export type Version = readonly [major: number, minor: number, patch: number];

/** Reads `1.2.3`; null for anything else. Pre-releases are not released as packs. */
export function parseVersion(text: string): Version | null {
	const match = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/.exec(text);
	return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

/** Negative when `a` is older than `b`, zero when equal. */
export function compareVersions(a: Version, b: Version): number {
	return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

export type VersionRange = (version: Version) => boolean;

/** Reads a range: comparators separated by spaces all hold (`>=0.1.0 <2.0.0`, `^1.2.0`, `~1.2.0`, `*`). */
export function parseRange(text: string): VersionRange | null {
	const parts = text.trim().split(/\s+/);
	const comparators = parts.map(parseComparator);
	return comparators.every((comparator) => comparator !== null)
		? (version) => comparators.every((holds) => holds(version))
		: null;
}

function parseComparator(text: string): VersionRange | null {
	if (text === '*') return () => true;
	const match = /^(\^|~|>=|<=|>|<|=)?(.+)$/.exec(text);
	const bound = match?.[2] === undefined ? null : parseVersion(match[2]);
	if (!bound) return null;
	const isBelow =
		(ceiling: Version): VersionRange =>
		(version) =>
			compareVersions(version, bound) >= 0 && compareVersions(version, ceiling) < 0;
	switch (match?.[1]) {
		case '^':
			// The leftmost figure that is not zero must stay.
			if (bound[0] > 0) return isBelow([bound[0] + 1, 0, 0]);
			return bound[1] > 0 ? isBelow([0, bound[1] + 1, 0]) : isBelow([0, 0, bound[2] + 1]);
		case '~':
			return isBelow([bound[0], bound[1] + 1, 0]);
		case '>=':
			return (version) => compareVersions(version, bound) >= 0;
		case '<=':
			return (version) => compareVersions(version, bound) <= 0;
		case '>':
			return (version) => compareVersions(version, bound) > 0;
		case '<':
			return (version) => compareVersions(version, bound) < 0;
		default:
			return (version) => compareVersions(version, bound) === 0;
	}
}
