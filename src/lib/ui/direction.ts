/** Which way a figure moved. Shown by colour, sign and mark together, never by colour alone. */
export type Direction = 'up' | 'down' | 'same' | 'none';

export function directionOf(delta: number | null | undefined): Direction {
	if (delta === null || delta === undefined || Number.isNaN(delta)) return 'none';
	if (delta === 0) return 'same';
	return delta > 0 ? 'up' : 'down';
}
