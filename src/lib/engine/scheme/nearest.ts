/** Restricted edit distance (insert, delete, replace, swap neighbours) between two short words. */
function distance(a: string, b: string): number {
	const width = b.length + 1;
	let before: number[] = [];
	let previous = Array.from({ length: width }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		for (let j = 1; j < width; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			let best = Math.min(
				(previous[j] ?? 0) + 1,
				(current[j - 1] ?? 0) + 1,
				(previous[j - 1] ?? 0) + same
			);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				best = Math.min(best, (before[j - 2] ?? 0) + 1);
			current.push(best);
		}
		before = previous;
		previous = current;
	}
	return previous[width - 1] ?? 0;
}

/**
 * The known word that was probably meant, or null when none is close. Ties go to the first known
 * word, so the hint does not depend on chance. Long input is not compared: nobody meant it.
 */
export function nearestWord(word: string, known: Iterable<string>): string | null {
	if (word.length > 80) return null;
	const limit = Math.max(1, Math.floor(word.length / 3));
	let best: string | null = null;
	let bestDistance = limit + 1;
	for (const candidate of known) {
		if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
		const d = distance(word.toLowerCase(), candidate.toLowerCase());
		if (d < bestDistance) {
			best = candidate;
			bestDistance = d;
		}
	}
	return best;
}
