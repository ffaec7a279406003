/** The one stretch in which two texts differ, so that an editor keeps caret and scroll elsewhere. */
export interface TextChange {
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

export function textChange(before: string, after: string): TextChange {
	const shorter = Math.min(before.length, after.length);
	let from = 0;
	while (from < shorter && before[from] === after[from]) from += 1;
	let same = 0;
	while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
	return {
		from,
		to: before.length - same,
		text: after.slice(from, after.length - same)
	};
}
