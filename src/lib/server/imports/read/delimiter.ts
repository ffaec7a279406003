/** Which character separates the cells, judged by how evenly it divides the first lines. */

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const SAMPLE_LINES = 40;

export interface SniffedDelimiter {
	readonly delimiter: Delimiter;
	/** Lines that it divides into the same number of cells. */
	readonly lines: number;
	readonly confidence: number;
}

/** The delimiter that divides most of the first lines into the same number of cells; comma in doubt. */
export function sniffDelimiter(text: string): SniffedDelimiter {
	let best: SniffedDelimiter = { delimiter: ',', lines: 0, confidence: 0.5 };
	let bestScore = 0;
	let second = 0;
	for (const delimiter of DELIMITERS) {
		const counts = countsPerLine(text, delimiter);
		const tally = new Map<number, number>();
		for (const count of counts) if (count > 0) tally.set(count, (tally.get(count) ?? 0) + 1);
		let own = 0;
		for (const [count, lines] of tally) {
			const score = lines * lines * Math.min(count, 30);
			own = Math.max(own, score);
			if (score > bestScore) {
				second = best.delimiter === delimiter ? second : bestScore;
				best = { delimiter, lines, confidence: 0 };
				bestScore = score;
			}
		}
		if (delimiter !== best.delimiter) second = Math.max(second, own);
	}
	if (bestScore === 0) return best;
	return { ...best, confidence: Math.round((1 - second / (bestScore * 2)) * 100) / 100 };
}

function countsPerLine(text: string, delimiter: Delimiter): number[] {
	const counts: number[] = [];
	let quoted = false;
	let count = 0;
	for (let i = 0; i < text.length && counts.length < SAMPLE_LINES; i += 1) {
		const character = text[i];
		if (character === '"') quoted = !quoted;
		else if (!quoted && character === delimiter) count += 1;
		else if (!quoted && character === '\n') {
			counts.push(count);
			count = 0;
		}
	}
	if (count > 0 && counts.length < SAMPLE_LINES) counts.push(count);
	return counts;
}
