/** The known name nearest to one that is not known, for “did you mean”. */

/** Names longer than this are not compared: nobody mistypes them that way. */
const LONGEST = 80;

/** Edits (insert, delete, replace) between two names, or `most + 1` if it takes more than `most`. */
function editDistance(a: string, b: string, most: number): number {
	if (Math.abs(a.length - b.length) > most) return most + 1;
	let above = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			const cost = Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
			row.push(cost);
			least = Math.min(least, cost);
		}
		if (least > most) return most + 1;
		above = row;
	}
	return above[b.length] ?? most + 1;
}

/**
 * The candidate with the fewest edits, at most a third of the name; of equals the first by code
 * unit. The same last part (`target.revenue` for `metric.revenue`) counts as near, too.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
	if (name.length > LONGEST) return null;
	let best: string | null = null;
	let fewest = Math.max(1, Math.floor(name.length / 3));
	const lastPart = name.slice(name.lastIndexOf('.') + 1);
	let samePart: string | null = null;
	for (const candidate of candidates) {
		if (candidate.length > LONGEST) continue;
		const edits = editDistance(name, candidate, fewest);
		if (edits < fewest || (edits === fewest && (best === null || candidate < best))) {
			fewest = edits;
			best = candidate;
		}
		if (candidate.endsWith(`.${lastPart}`) && (samePart === null || candidate < samePart)) {
			samePart = candidate;
		}
	}
	return best ?? samePart;
}
